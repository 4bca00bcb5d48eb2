"""What can be chosen on the panel of /setup, and in which words."""

from __future__ import annotations

from dataclasses import replace

import discord

from footnote.policies import AtDeadline, Cards, Mode, Policy

MOST_CHANNELS = 25  # Discord's limit
FOR_QUESTIONS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

MODES = {
    Mode.POST: "Show answers at once, review them later",
    Mode.HOLD: "Hold answers until a moderator approves them",
    Mode.NONE: "Show answers at once, without review",
}

_SHARES = (0.5, 0.25, 0.1, 0.05)

CARDS = {
    "all": "A card for every answer",
    **{f"{share}": f"A card for {share:.0%} of the answers" for share in _SHARES},
    "doubtful": "A card for doubtful answers only",
}

MINUTES = (5, 15, 30, 60, 240, 720, 1440)

DEADLINES = {
    AtDeadline.POST: "If nobody comes: show it, with a note",
    AtDeadline.SAY: "If nobody comes: send the asker a message",
}

DIRECT: dict[str, bool | None] = {"auto": None, "on": True, "off": False}

DIRECT_LABELS = {
    "auto": "Direct messages: unless there are channels for questions",
    "on": "Direct messages: answered, unless answers are held",
    "off": "Direct messages: not answered",
}


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
