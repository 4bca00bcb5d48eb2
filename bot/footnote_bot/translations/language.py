"""Which language is spoken right now: the gate says it for each event, and whoever shows something may say another.

A task inherits it from the one that starts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

ENGLISH = "en"
NAMES = {ENGLISH: "English", "de": "Deutsch"}
"""What each language calls itself."""

CATALOGUES = Path(__file__).parent

_present = ContextVar("language", default=ENGLISH)
_public = ContextVar("public language", default=ENGLISH)


@cache
def languages() -> frozenset[str]:
    """Those that there is a catalogue for, and English."""
    return frozenset({ENGLISH, *(file.stem for file in CATALOGUES.glob("*.po"))})


@cache
def spoken_for(locale: str) -> str:
    """The language for one of Discord's locales: `de` for de, `en` for en-GB and for all that have no catalogue."""
    return next((code for code in (locale, locale.partition("-")[0]) if code in languages()), ENGLISH)


def present() -> str:
    """The language that is spoken right now."""
    return _present.get()


def begin(*, private: str, public: str) -> None:
    """From now on in this task, `private` is spoken, and `public` where something is shown to all."""
    _present.set(private)
    _public.set(public)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """This language is spoken until the block is left."""
    before = _present.set(language)
    try:
        yield
    finally:
        _present.reset(before)


def in_public() -> AbstractContextManager[None]:
    """What everybody in the channel reads: the server's language is spoken until the block is left."""
    return speaking(_public.get())
