"""What the Discord face needs from the rest of Footnote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from footnote.models import Abstention, Answer, Citation
from footnote.ports import Asker, OnDrafting, Turn
from footnote_index.context import Context
from footnote_index.reports import BuildReport, Progress, Status


class AskService(Protocol):
    """Question -> answer or abstention. Raises FootnoteError, for example EmptyIndex."""

    async def __call__(
        self,
        question: str,
        /,
        *,
        conversation: Sequence[Turn] = (),
        asker: Asker | None = None,
        on_drafting: OnDrafting | None = None,
    ) -> Answer | Abstention: ...


class IndexService(Protocol):
    """The index as people see it: rebuild it, look at it, read around a cited sentence."""

    async def build(
        self, *, started_by: str, on_progress: Callable[[Progress], None], is_regular: bool = False
    ) -> BuildReport:
        """Rebuilds; calls `on_progress` often and from a worker thread. Raises BuildRunning, BuildError.

        `is_regular`: it comes by the clock, and asks for each page of the web once an hour at most.
        """
        ...

    async def status(self) -> Status:
        """The live generation. Raises EmptyIndex."""
        ...

    async def context(self, citation: Citation, /) -> Context | None:
        """The cited sentence inside its neighbours; None when its article has changed since."""
        ...
