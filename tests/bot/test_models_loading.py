"""The models are loaded beside what else is done at the start."""

from __future__ import annotations

from threading import Event
from typing import Any, cast

from footnote.errors import ModelError
from footnote_bot.app import Footnote


def with_models(*models: Any) -> Footnote:
    nothing = cast("Any", None)
    return Footnote(nothing, nothing, nothing, models=models)


async def test_models_are_loaded_while_something_else_is_done() -> None:
    has_begun, may_end = Event(), Event()

    def load() -> None:
        has_begun.set()
        may_end.wait()

    async with with_models(load, load).models_loading():
        may_end.set()
    assert has_begun.is_set()


async def test_a_model_that_cannot_be_loaded_is_named_by_the_first_question_only() -> None:
    def fail() -> None:
        raise ModelError("The weights are damaged.")

    loaded = Event()
    async with with_models(fail, loaded.set).models_loading():
        pass
    assert loaded.is_set()
