"""Progress without a terminal: plain lines, few enough for a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.text import Text

Item = TypeVar("Item")

_FEW = 100
"""With this few items, there is only a line for the beginning."""

_PARTS = 10

_QUICK = 3.0
"""Seconds."""


class PlainProgress:
    """A line when something new begins, and one for each tenth of many items; none in the first seconds, because quick
    work needs no progress. Safe for threads that take turns.
    """

    def __init__(self, console: Console, *, clock: Callable[[], float] = monotonic) -> None:
        self._console = console
        self._clock = clock
        self._begun = clock()
        self._what: str | None = None
        self._part = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self._what, self._part = what, 0
            self._print(f"{what}: {total:,}" if total else what)
        part = _PARTS * done // total if total > _FEW else 0
        if part > self._part:
            self._part = part
            self._print(f"{what}: {done:,} of {total:,}")

    def _print(self, line: str) -> None:
        if self._clock() - self._begun >= _QUICK:
            self._console.print(Text(line), soft_wrap=True)


def tracked(console: Console, items: Sequence[Item], what: str) -> Iterator[Item]:
    """The items one after the other, with a bar for people and lines for logs."""
    if console.is_terminal:
        yield from track(items, what, console=console)
        return
    show = PlainProgress(console)
    show(what, 0, len(items))
    for done, item in enumerate(items, 1):
        yield item
        show(what, done, len(items))
