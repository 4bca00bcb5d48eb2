"""What can be chosen on the panel of /setup: each choice becomes a policy."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from footnote.records.policies import AtDeadline, Cards, Mode, Policy
from footnote_bot.translations.language import speaking
from footnote_bot.views.setup_choices import (
    DEADLINES,
    DIRECT,
    DIRECT_LABELS,
    MINUTES,
    MODES,
    card_choices,
    policy_with,
    translated,
)

BEFORE = Policy(Mode.HOLD, Cards.SAMPLED, share=0.25, minutes=15, at_deadline=AtDeadline.POST)
MOST_OPTIONS, LONGEST_LABEL = 25, 100  # Discord's limits for a menu


@pytest.mark.parametrize(
    ("what", "value", "after"),
    [
        ("mode", "none", replace(BEFORE, mode=Mode.NONE)),
        ("minutes", "1440", replace(BEFORE, minutes=1440)),
        ("deadline", "say", replace(BEFORE, at_deadline=AtDeadline.SAY)),
        ("cards", "all", replace(BEFORE, cards=Cards.ALL)),
        ("cards", "doubtful", replace(BEFORE, cards=Cards.DOUBTFUL)),
        ("cards", "0.05", replace(BEFORE, share=0.05)),
    ],
)
def test_a_choice_changes_only_what_it_is_about(what: str, value: str, after: Policy) -> None:
    assert policy_with(BEFORE, what, value) == after


def test_a_share_means_that_answers_are_sampled() -> None:
    every = replace(BEFORE, cards=Cards.ALL, share=0.1)
    assert policy_with(every, "cards", "0.5") == replace(every, cards=Cards.SAMPLED, share=0.5)


def test_every_offered_choice_of_cards_can_be_applied() -> None:
    found = [policy_with(BEFORE, "cards", value) for value in card_choices()]
    assert [(one.cards, one.share) for one in found] == [
        (Cards.ALL, 0.25),
        (Cards.SAMPLED, 0.5),
        (Cards.SAMPLED, 0.25),
        (Cards.SAMPLED, 0.1),
        (Cards.SAMPLED, 0.05),
        (Cards.DOUBTFUL, 0.25),
    ]


def test_the_defaults_are_among_what_is_offered() -> None:
    default = Policy()
    assert default.minutes in MINUTES
    assert str(default.share) in card_choices()
    assert {field.name for field in fields(Policy)} == {"mode", "cards", "share", "minutes", "at_deadline"}


def test_everything_that_can_be_stored_can_be_chosen() -> None:
    assert set(MODES) == set(Mode)
    assert set(DEADLINES) == set(AtDeadline)
    assert DIRECT.keys() == DIRECT_LABELS.keys()
    assert set(DIRECT.values()) == {True, False, None}


@pytest.mark.parametrize("language", ["en", "de"])
def test_menus_are_within_discords_limits_and_their_labels_differ(language: str) -> None:
    with speaking(language):
        menus = [translated(MODES).values(), translated(DEADLINES).values(), translated(DIRECT_LABELS).values()]
        for labels in (*menus, card_choices().values()):
            assert len(labels) <= MOST_OPTIONS
            assert len(set(labels)) == len(labels)
            assert all(0 < len(label) <= LONGEST_LABEL for label in labels)


def test_shares_are_written_as_the_language_does() -> None:
    assert card_choices()["0.05"] == "A card for 5% of the answers"
    with speaking("de"):
        assert "5\N{NO-BREAK SPACE}%" in card_choices()["0.05"]


def test_an_unknown_choice_is_refused() -> None:
    for what, value in (("mode", "later"), ("minutes", "soon"), ("deadline", ""), ("cards", "some")):
        with pytest.raises(ValueError, match=value or "''"):
            policy_with(BEFORE, what, value)
