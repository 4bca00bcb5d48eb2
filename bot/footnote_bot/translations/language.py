"""The current language: the gate sets it for each event, and code that shows something may set another.

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
"""The name of each language in that language."""

CATALOGUES = Path(__file__).parent

_present = ContextVar("language", default=ENGLISH)
_public = ContextVar("public language", default=ENGLISH)


@cache
def languages() -> frozenset[str]:
    """The languages with a catalogue, and English."""
    return frozenset({ENGLISH, *(file.stem for file in CATALOGUES.glob("*.po"))})


@cache
def spoken_for(locale: str) -> str:
    """The language for one of Discord's locales: `de` for de, `en` for en-GB and for all that have no catalogue."""
    return next((code for code in (locale, locale.partition("-")[0]) if code in languages()), ENGLISH)


def present() -> str:
    """The current language."""
    return _present.get()


def begin(*, private: str, public: str) -> None:
    """From now on, this task uses `private`, and `public` for what everybody sees."""
    _present.set(private)
    _public.set(public)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """This language is used inside the block."""
    before = _present.set(language)
    try:
        yield
    finally:
        _present.reset(before)


def in_public() -> AbstractContextManager[None]:
    """For what everybody in the channel reads: the server's language is used inside the block."""
    return speaking(_public.get())
