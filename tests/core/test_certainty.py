"""Where the three levels of certainty begin."""

from __future__ import annotations

from math import nextafter

import pytest

from footnote.models import Abstention, Answer, Receipt
from footnote.reading.certainty import ABSTAIN_BELOW, NEARLY_ANSWERED_FROM, SURE_FROM, Certainty, certainty

RECEIPT = Receipt((), (), "extractive", "g1", 1.0, 1.0)


@pytest.mark.parametrize(
    ("confidence", "level"),
    [
        (1.0, Certainty.SURE),
        (SURE_FROM, Certainty.SURE),
        (nextafter(SURE_FROM, 0), Certainty.UNSURE),
        (ABSTAIN_BELOW, Certainty.UNSURE),
        (0.0, Certainty.UNSURE),  # whoever answers below the line has decided to
    ],
)
def test_an_answer_is_sure_from_its_line_on(confidence: float, level: Certainty) -> None:
    assert certainty(Answer("Who?", (), confidence, RECEIPT)) is level


@pytest.mark.parametrize("confidence", [0.0, NEARLY_ANSWERED_FROM, SURE_FROM, 1.0])
def test_an_abstention_is_one_however_near_it_came(confidence: float) -> None:
    assert certainty(Abstention("Who?", (), confidence, RECEIPT)) is Certainty.ABSTAINED


def test_the_lines_are_in_order() -> None:
    assert 0 < NEARLY_ANSWERED_FROM < ABSTAIN_BELOW < SURE_FROM < 1
