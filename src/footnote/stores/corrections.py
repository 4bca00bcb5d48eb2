"""What moderators changed, for those who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from footnote.records.corrections import Correction, Moment


@dataclass(frozen=True, slots=True)
class Corrected:
    """Some corrections, newest first. `end`: where to go on; None: there are no older ones."""

    found: tuple[Correction, ...]
    end: Moment | None


class Corrections(Protocol):
    """Corrected and withdrawn answers in a channel of a server: nothing private, held or deleted."""

    async def newest(self, *, before: Moment | None = None, limit: int) -> Corrected:
        """Looks at up to `limit` changes before that moment. It may find fewer answers, as some changed twice."""
        ...
