"""What Ctrl-C does while something can be stopped without ending the program."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def on_ctrl_c(act: Callable[[], object]) -> Iterator[None]:
    """Calls this in the event loop, instead of ending the program."""
    loop, before = asyncio.get_running_loop(), signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(act))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stopped_by_ctrl_c() -> Iterator[asyncio.Event]:
    """Ctrl-C ends only what is inside. The event is set if it did."""
    task, stopped = asyncio.current_task(), asyncio.Event()
    assert task is not None, "inside a coroutine"  # noqa: S101 - a programming error, not input

    def stop() -> None:
        if not stopped.is_set():
            stopped.set()
            task.cancel()

    try:
        with on_ctrl_c(stop):
            yield stopped
    except asyncio.CancelledError:
        if not stopped.is_set() or task.uncancel():  # somebody else stops the program
            raise
