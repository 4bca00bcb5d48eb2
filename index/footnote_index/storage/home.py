"""Where generations are kept: in a data folder of one process (generations.py), or shared by several (server/)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from footnote_index.building.reports import Status
from footnote_index.storage.generations import GenerationFolder


class Home(Protocol):
    """All generations of one index. Exactly one is live, once a first build has ended. Blocking.

    Each method of one that is shared raises ServerAway. Of what it has elsewhere, it gives copies in the data folder.
    """

    @property
    def is_shared(self) -> bool:
        """Whether other processes, maybe on other machines, build and answer from the same generations."""
        ...

    def locked(self, origin: str) -> AbstractContextManager[None]:
        """For a build, a rollback or the collection of what is old: one at a time, over all processes. `origin` says
        who started it and when. Raises BuildRunning.
        """
        ...

    def live_id(self) -> str | None:
        """Of the generation that is live, whether it is there or not; None before the first build."""
        ...

    def live(self) -> GenerationFolder | None:
        """None before the first build, and when somebody has deleted the generation."""
        ...

    def create(self) -> GenerationFolder:
        """An empty folder beside the live one."""
        ...

    def switch_to(self, folder: GenerationFolder) -> None:
        """Makes a complete generation the live one, in one atomic step that survives a power cut."""
        ...

    def remove(self, folder: GenerationFolder) -> None:
        """Deletes a generation, or as much of it as there is; never the live one. Raises nothing."""
        ...

    def remove_all_but(self, keep: set[str]) -> int:
        """Deletes the others, and what killed builds left behind; how many those were."""
        ...

    def find(self, generation: str) -> GenerationFolder | None:
        """The generation of this id."""
        ...

    def complete(self) -> list[Status]:
        """The generations that can be rolled back to as far as their manifests tell, newest first; the live one too."""
        ...

    def all(self) -> list[GenerationFolder]:
        """Those in the data folder, in whatever state they are."""
        ...
