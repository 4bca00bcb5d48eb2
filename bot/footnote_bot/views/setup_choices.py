"""What can be chosen on the panel of /setup, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import discord

from footnote.records.policies import AtDeadline, Cards, Mode, Policy
from footnote_bot.translations.catalogue import N_, _, percent

_Value = TypeVar("_Value")

MOST_CHANNELS = 25  # Discord's limit
FOR_QUESTIONS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

MODES = {
    Mode.POST: N_("Show answers at once, review them later"),
    Mode.HOLD: N_("Hold answers until a moderator approves them"),
    Mode.NONE: N_("Show answers at once, without review"),
}

_SHARES = (0.5, 0.25, 0.1, 0.05)


def card_choices() -> dict[str, str]:
    some = _("A card for {share} of the answers")
    return {
        "all": _("A card for every answer"),
        **{f"{share}": some.format(share=percent(share)) for share in _SHARES},
        "doubtful": _("A card for doubtful answers only"),
    }


MINUTES = (5, 15, 30, 60, 240, 720, 1440)

DEADLINES = {
    AtDeadline.POST: N_("If nobody reviews it: show it, with a note"),
    AtDeadline.SAY: N_("If nobody reviews it: send the asker a message"),
}

DIRECT: dict[str, bool | None] = {"auto": None, "on": True, "off": False}

DIRECT_LABELS = {
    "auto": N_("Direct messages: unless there are channels for questions"),
    "on": N_("Direct messages: answered, unless answers are held"),
    "off": N_("Direct messages: not answered"),
}


def translated(labels: Mapping[_Value, str]) -> dict[_Value, str]:
    return {value: _(label) for value, label in labels.items()}


def policy_with(policy: Policy, what: str, value: str) -> Policy:
    """The policy with what was chosen in one of the menus."""
    if what == "mode":
        return replace(policy, mode=Mode(value))
    if what == "minutes":
        return replace(policy, minutes=int(value))
    if what == "deadline":
        return replace(policy, at_deadline=AtDeadline(value))
    if value in {Cards.ALL, Cards.DOUBTFUL}:
        return replace(policy, cards=Cards(value))
    return replace(policy, cards=Cards.SAMPLED, share=float(value))
