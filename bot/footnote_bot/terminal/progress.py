"""Progress without a terminal: plain sentences, few enough for a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.text import Text

from footnote_bot.citation_format import counted

Item = TypeVar("Item")

_FEW = 100
"""With this few items, there is only a line for the beginning."""

_PARTS = 10

_QUICK = 3.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and to what: `Step("Reading", "article", "read")`. Without a thing, there is nothing to
    count.
    """

    doing: str
    thing: str = ""
    done: str = ""

    def begun(self, total: int) -> str:
        """Reading 39 articles."""
        if not self.thing:
            return f"{self.doing}."
        return f"{self.doing} {counted(total, self.thing) if total else f'{self.thing}s'}."

    def so_far(self, done: int, total: int) -> str:
        """10 of 39 articles are read."""
        return f"{done:,} of {counted(total, self.thing)} are {self.done}."


ANSWERING = Step("Answering", "question", "answered")


class PlainProgress:
    """A line when something new begins, and one for each tenth of many items; none in the first seconds, because quick
    work needs no progress. Safe for threads that take turns.
    """

    def __init__(self, console: Console, *, clock: Callable[[], float] = monotonic) -> None:
        self._console = console
        self._clock = clock
        self._begun = clock()
        self._step: Step | None = None
        self._part = 0

    def __call__(self, step: Step, done: int, total: int) -> None:
        if step != self._step:
            self._step, self._part = step, 0
            self._print(step.begun(total))
        part = _PARTS * done // total if total > _FEW and step.thing else 0
        if part > self._part:
            self._part = part
            self._print(step.so_far(done, total))

    def _print(self, line: str) -> None:
        if self._clock() - self._begun >= _QUICK:
            self._console.print(Text(line), soft_wrap=True)


def tracked(console: Console, items: Sequence[Item], step: Step) -> Iterator[Item]:
    """The items one after the other, with a bar for people and lines for logs."""
    if console.is_terminal:
        yield from track(items, step.begun(len(items)).removesuffix("."), console=console)
        return
    show = PlainProgress(console)
    show(step, 0, len(items))
    for done, item in enumerate(items, 1):
        yield item
        show(step, done, len(items))
