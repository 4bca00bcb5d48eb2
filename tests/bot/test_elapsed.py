"""How long something took, in words: the figures that test_figures.py leaves out."""

from __future__ import annotations

import pytest

from footnote_bot.render.figures import elapsed
from footnote_bot.translations.language import speaking


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (9.94, "9.9 s"),
        (10, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (200, "3 min 20 s"),
        (3599.6, "1 h 0 min"),
        (3900, "1 h 5 min"),
        (90_000, "25 h 0 min"),
    ],
)
def test_what_took_longer_is_said_in_larger_units(seconds: float, words: str) -> None:
    assert elapsed(seconds) == words


def test_a_short_time_is_written_as_the_language_does() -> None:
    with speaking("de"):
        assert elapsed(2.5) == "2,5 s"
