"""Input typed in the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread


async def typed(work: Callable[[], str]) -> str:
    """Like `asyncio.to_thread`, but Ctrl-C does not wait for the work: nothing can interrupt a thread in `input`."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[str] = loop.create_future()

    def settle(outcome: Future[str]) -> None:
        if not done.cancelled():
            error = outcome.exception()
            done.set_exception(error) if error else done.set_result(outcome.result())

    def run() -> None:
        outcome: Future[str] = Future()
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - handed on to the waiting task
            outcome.set_exception(error)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, outcome)

    Thread(target=run, daemon=True).start()
    return await done
