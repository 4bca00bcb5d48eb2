"""The statistics in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footnote.records.answers import Votes
from footnote.records.overview import Ratio, Statistics
from footnote_bot.render.figures import duration, figures, ratio_in_percent, span
from footnote_bot.translations.language import speaking

NOTHING = Ratio(0, 0)
NO_FIGURES = Statistics(
    answers=0,
    abstentions=0,
    approval=NOTHING,
    corrected=0,
    rejected=0,
    abstaining=NOTHING,
    precision=NOTHING,
    rulings=NOTHING,
    seconds_to_verdict=None,
    open=0,
    expired=0,
    reused=0,
    votes=Votes(),
)


def test_figures_of_nothing_are_left_out() -> None:
    assert figures(NO_FIGURES) == [("Asked", "nothing"), ("Waiting", "0 for a verdict")]


def test_each_figure_says_of_how_many() -> None:
    found = replace(
        NO_FIGURES,
        answers=1500,
        abstentions=500,
        approval=Ratio(8, 10),
        corrected=1,
        rejected=2,
        abstaining=Ratio(1, 3),
        precision=Ratio(19, 20),
        rulings=Ratio(1, 2),
        seconds_to_verdict=7500.0,
        open=4,
        expired=1,
        reused=1234,
        votes=Votes(up=3, down=1, flags=1),
    )
    assert [(name, line.replace("\N{NO-BREAK SPACE}", " ")) for name, line in figures(found)] == [
        ("Asked", "2,000 questions, 75 % of them answered"),
        ("Answers", "80 % approved, of 10 decided: 1 corrected, 2 rejected"),
        ("Abstentions", "33 % found right, of 3 decided"),
        ("Citations", "95 % right, of 20 judged; 50 % of 2 ruled one by one"),
        ("Time to verdict", "2 h 5 min (median)"),
        ("Waiting", "4 for a verdict, 1 of them because a source has changed"),
        ("Readers", "3 👍, 1 👎, 1 flag"),
        ("Approved answers reused", "1,234"),
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 s"),
        (29, "29 s"),
        (31, "1 min"),
        (3600, "1 h"),
        (3660, "1 h 1 min"),
        (86_400, "1 d"),
        (86_400 + 60, "1 d"),
        (90_000, "1 d 1 h"),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_share_of_nothing_is_a_dash() -> None:
    assert ratio_in_percent(NOTHING) == "–"
    assert ratio_in_percent(Ratio(0, 5)) == "0\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("days", "words"), [(None, "all recorded answers"), (1, "the last day"), (1000, "the last 1,000 days")]
)
def test_a_span_is_said_in_words(days: int | None, words: str) -> None:
    assert span(days) == words


def test_days_are_shortened_as_the_language_does() -> None:
    with speaking("de"):
        assert duration(2 * 86400 + 5 * 3600) == "2 Tg. 5 h"
