"""Where generations are kept: in a data folder of one process (generations.py), or on a Chroma server that several
processes share (server/).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
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

    def close(self) -> None:
        """Lets go of what is open."""
        ...

    def held(self, origin: str) -> AbstractContextManager[None]:
        """For a build, a rollback or the collection of what is old: one at a time, over all processes. `origin` says
        who started it and when. Raises BuildRunning.
        """
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

    def find(self, generation: str) -> GenerationFolder | None:
        """The generation of this id."""
        ...

    def complete(self) -> list[Status]:
        """The generations that can be rolled back to as far as their manifests tell, newest first; the live one too."""
        ...

    def all(self) -> list[GenerationFolder]:
        """Those in the data folder, in whatever state they are."""
        ...

    def collect_unfinished(self) -> None:
        """Deletes what killed builds left behind."""
        ...

    def collect_old(self) -> int:
        """Deletes every generation but the live one and those kept besides it, and what killed builds left behind; how
        many those were.
        """
        ...

    def collect_copies(self) -> None:
        """Deletes copies of generations that are kept no more."""
        ...

    def stock(self, shelf: Path) -> None:
        """Puts the vectors of the live generation on the shelf (embedding_cache.py), as far as they are not there."""
        ...
