"""What a source only considers possible, plans or reports is not stated as fact, and "all" is not added."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.sense.strength import has_same_strength


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The army may attack Herat.", "The army may attack Herat."),
        ("The army could attack Herat.", "The army may attack Herat."),
        ("The army plans to attack Herat.", "The army plans to attack Herat."),
        ("The mayor reportedly took bribes.", "The mayor allegedly took bribes."),
        ("Police say that the mayor took bribes.", "According to police, the mayor took bribes."),
        ("The army attacked Herat.", "The army attacked Herat, and it may attack Kabul."),
        ("All soldiers left.", "Every soldier left."),
        ("Not all soldiers left.", "Some soldiers left."),
        ("The army is in Herat.", "The army is in Herat. It may leave."),
        ("The mayor resigned.", "The mayor, who allegedly took bribes, resigned."),
    ],
)
def test_the_same_strength_passes(claim: str, quote: str) -> None:
    assert has_same_strength(claim, [QuotedSource(quote)])


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The army attacks Herat.", "The army may attack Herat."),
        ("The army will attack Herat.", "The army could attack Herat."),
        ("The army attacked Herat.", "The army planned to attack Herat."),
        ("The army attacked Herat.", "The army nearly attacked Herat."),
        ("The mayor took bribes.", "The mayor allegedly took bribes."),
        ("The mayor took bribes.", "The mayor took bribes, according to police."),
        ("The mayor took bribes.", "The mayor is accused of having taken bribes."),
        ("All soldiers left.", "Soldiers left."),
        ("The soldiers always left early.", "The soldiers left early."),
        ("The whole army left.", "The army left."),
    ],
)
def test_a_stronger_claim_does_not(claim: str, quote: str) -> None:
    assert not has_same_strength(claim, [QuotedSource(quote)])


def test_a_second_source_may_say_it_plainly() -> None:
    sources = [QuotedSource("The army may attack Herat."), QuotedSource("The army attacked Herat on Monday.")]
    assert has_same_strength("The army attacked Herat.", sources)
    assert has_same_strength("All of the army left.", [*sources, QuotedSource("The entire army left.")])


def test_a_sentence_that_ends_with_who_believes_it_states_nothing() -> None:
    assert not has_same_strength("The army attacked Herat.", [QuotedSource("The army attacked Herat, Zara believes.")])
    assert has_same_strength("The army attacked Herat.", [QuotedSource("The army attacked Herat, Zara reports.")])
