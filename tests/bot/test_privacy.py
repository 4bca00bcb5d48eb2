"""Whether somebody who reads the review channel cannot read the channel of the question: a table of cases."""

from __future__ import annotations

import random
from itertools import product

import pytest

from footnote_bot.access.privacy import ChannelAccess, Role, roles_that_read_only, some_read_only

EVERYONE = Role(1, sees=True)
NOBODY = Role(1, sees=False)
MOD, STAFF, MUTED, TRUSTED = Role(2, sees=False), Role(3, sees=False), Role(4, sees=False), Role(5, sees=True)
ROLES = (MOD, STAFF, MUTED, TRUSTED)
ANN = 77


def sight(*, members: dict[int, bool] | None = None, **roles: bool) -> ChannelAccess:
    numbers = {"everyone": 1, "mod": 2, "staff": 3, "muted": 4, "trusted": 5}
    return ChannelAccess({numbers[name]: is_let_in for name, is_let_in in roles.items()}, members or {})


def drawn(dice: random.Random) -> ChannelAccess:
    said = {role: dice.choice((None, None, True, False)) for role in (1, 2, 3, 4, 5)}
    return ChannelAccess({role: is_let_in for role, is_let_in in said.items() if is_let_in is not None}, {})


OPEN = sight()
MODS = sight(everyone=False, mod=True)


@pytest.mark.parametrize(
    ("review", "asked", "is_private"),
    [
        (OPEN, OPEN, False),
        (MODS, OPEN, False),
        (OPEN, MODS, True),
        (MODS, MODS, False),
        (MODS, sight(everyone=False, staff=True), True),
        (MODS, sight(everyone=False, staff=True, mod=True), False),
        (sight(everyone=False, mod=True, staff=True), sight(everyone=False, mod=True), True),
        # a role that is shut out
        (MODS, sight(muted=False), False),
        (OPEN, sight(muted=False), True),
        (MODS, sight(mod=False), True),
        # members with overwrites of their own
        (sight(everyone=False, mod=True, members={ANN: True}), OPEN, False),
        (sight(everyone=False, mod=True, members={ANN: True}), sight(everyone=False, mod=True), True),
        (
            sight(everyone=False, mod=True, members={ANN: True}),
            sight(everyone=False, mod=True, members={ANN: True}),
            False,
        ),
        (MODS, sight(everyone=False, mod=True, members={ANN: False}), True),
        (MODS, sight(members={ANN: False}), False),
        (OPEN, sight(members={ANN: False}), True),
        (sight(members={ANN: False}), sight(members={ANN: False}), False),
        (sight(everyone=False, mod=True, members={ANN: True}), sight(members={ANN: False}), True),
    ],
)
def test_a_channel_is_private_when_some_reader_of_the_cards_cannot_read_it(
    review: ChannelAccess, asked: ChannelAccess, is_private: bool
) -> None:
    assert some_read_only(review, asked, EVERYONE, ROLES) is is_private


@pytest.mark.parametrize(
    ("review", "asked", "is_private"),
    [
        (OPEN, OPEN, False),  # readers are those with the role Trusted, of both
        (MODS, OPEN, True),  # moderators need not be trusted
        (sight(mod=True), sight(mod=True), False),
        (sight(mod=True, trusted=False), sight(mod=True), False),
        (sight(mod=True), sight(mod=True, trusted=False), True),
        (sight(staff=True), sight(staff=True, muted=False), True),  # a trusted one who is muted reads the cards
    ],
)
def test_servers_where_a_role_opens_the_channels_are_understood(
    review: ChannelAccess, asked: ChannelAccess, is_private: bool
) -> None:
    assert some_read_only(review, asked, NOBODY, ROLES) is is_private


def test_the_roles_are_named_that_would_have_to_be_let_in() -> None:
    asked = sight(everyone=False, staff=True)
    assert roles_that_read_only(sight(everyone=False, mod=True, staff=True), asked, EVERYONE, ROLES) == [MOD.id]


def test_nobody_with_any_roles_reads_the_cards_of_a_closed_channel_that_is_not_called_private() -> None:
    """Compared with all possible members, for channels chosen at random (always the same ones)."""
    dice = random.Random(5)  # noqa: S311 - nothing to guess
    checked = 0
    for _ in range(3000):
        review, asked = (drawn(dice) for _ in range(2))
        everyone = dice.choice((EVERYONE, NOBODY))
        if asked.lets_in(everyone, ()) or some_read_only(review, asked, everyone, ROLES):
            continue
        checked += 1
        for has in product((False, True), repeat=len(ROLES)):
            roles = [role for role, is_held in zip(ROLES, has, strict=True) if is_held]
            assert asked.lets_in(everyone, roles) or not review.lets_in(everyone, roles)
    assert checked > 100
