"""How an articles folder differs from the live generation, and when that shrinks the index too much to go on."""

from __future__ import annotations

from dataclasses import dataclass

MOST_LOST = 0.25
"""The share of the live generation's articles that a build may lose without asking."""


@dataclass(frozen=True, slots=True)
class FolderDifference:
    """How an articles folder differs from the live generation: ids of articles.

    `removed` articles no longer have a file. `unreadable` ones have a file that could be read when the live generation
    was built, but not now: a build leaves them out.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.lost)

    @property
    def lost(self) -> tuple[str, ...]:
        """Articles that the live generation answers from, and a build would not."""
        return self.removed + self.unreadable

    @property
    def before(self) -> int:
        """Articles of the live generation."""
        return len(self.changed) + len(self.lost) + len(self.unchanged)

    @property
    def shrinks(self) -> bool:
        """Whether so many would be lost that somebody should agree first."""
        return len(self.lost) > self.before * MOST_LOST
