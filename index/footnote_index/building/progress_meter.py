"""How far a build is, and since when."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from footnote_index.building.reports import (
    Expense,
    Progress,
    Stage,
)

LONGEST_SLEEP = 0.2
"""Seconds: nobody should have to wait long for a stopped build."""


class ProgressMeter:
    """Reports a build's progress with the seconds since it began."""

    def __init__(self, on_progress: Callable[[Progress], None]) -> None:
        self._on_progress = on_progress
        self._began = time.monotonic()
        self._last = Progress(Stage.READING, 0, 0, 0.0)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def tell(self, stage: Stage, done: int, total: int, expense: Expense | None = None) -> None:
        self._last = Progress(stage, done, total, self.seconds, expense)
        self._on_progress(self._last)

    def again(self) -> None:
        """Reports the progress again, which ends the build if somebody has stopped it."""
        self._on_progress(replace(self._last, seconds=self.seconds))

    def pause(self, seconds: float) -> None:
        """Waits, and keeps reporting the progress."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LONGEST_SLEEP))
            self.again()
