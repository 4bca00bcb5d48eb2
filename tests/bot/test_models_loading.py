"""The models are loaded in parallel with the rest of the start."""

from __future__ import annotations

from threading import Event

from footnote.errors import ModelError
from footnote_bot.terminal.application import loading


async def test_models_are_loaded_while_something_else_is_done() -> None:
    has_begun, may_end = Event(), Event()

    def load() -> None:
        has_begun.set()
        may_end.wait()

    async with loading([load]):
        may_end.set()
    assert has_begun.is_set()


async def test_a_model_that_cannot_be_loaded_keeps_nothing_from_starting() -> None:
    def fail() -> None:
        raise ModelError("The weights are damaged.")

    loaded = Event()
    async with loading([fail, loaded.set]):
        pass
    assert loaded.is_set()
