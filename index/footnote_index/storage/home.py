"""Where generations are kept: in a data folder of one process (generations.py), or shared by several (server/)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from footnote_index.building.reports import Status
from footnote_index.storage.generations import GenerationFolder


class Home(Protocol):
    """All generations of one index. Exactly one is live, once a first build has ended. Blocking.

    Every method of a shared one raises ServerAway. What it stores elsewhere is returned as copies in the data folder.
    """

    @property
    def is_shared(self) -> bool:
        """Whether other processes, possibly on other machines, build and answer from the same generations."""
        ...

    def locked(self, origin: str) -> AbstractContextManager[None]:
        """For a build, a rollback or garbage collection: one at a time, over all processes. `origin` says who started
        it and when. Raises BuildRunning.
        """
        ...

    def live_id(self) -> str | None:
        """The id of the live generation, whether it exists or not; None before the first build."""
        ...

    def live(self) -> GenerationFolder | None:
        """None before the first build, and when somebody has deleted the generation."""
        ...

    def create(self) -> GenerationFolder:
        """An empty folder next to the live one."""
        ...

    def switch_to(self, folder: GenerationFolder) -> None:
        """Makes a complete generation the live one, in one atomic step that survives a power cut."""
        ...

    def remove(self, folder: GenerationFolder) -> None:
        """Deletes a generation, or what there is of it; never the live one. Raises nothing."""
        ...

    def remove_all_but(self, keep: set[str]) -> int:
        """Deletes the others, and what killed builds left behind; returns how many."""
        ...

    def find(self, generation: str) -> GenerationFolder | None:
        """The generation with this id."""
        ...

    def complete(self) -> list[Status]:
        """The generations that can be rolled back to according to their manifests, newest first, including the live
        one.
        """
        ...

    def all(self) -> list[GenerationFolder]:
        """Those in the data folder, in any state."""
        ...
