"""A server's settings in words, with what keeps them from working."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import discord

from footnote.policies import EVERYWHERE, AtDeadline, Cards, Mode, Policy
from footnote_bot.access.permissions import is_open_to_all, missing_to_post, missing_to_review, own_permissions
from footnote_bot.access.privacy import is_private_to, roles_kept_out
from footnote_bot.reviewing.server_setup import Chosen

_NAMED = 10  # channels in a line
_ROLES_NAMED = 3

AT_DEADLINE = {
    AtDeadline.POST: "then shown, with a note that it was not reviewed",
    AtDeadline.SAY: "then the asker reads that nobody reviewed it",
}

SHOWN_TO_ROLE = " (allow `/review` for them under Server Settings > Integrations)"
"""Discord hides a command from members without its permission, and a bot cannot change that for a role."""


def setup_page(chosen: Chosen, guild: discord.Guild) -> str:
    """All that is set, and what is wrong with it."""
    return "\n".join([*_settings(chosen), *_own_policies(chosen, guild), *_warnings(chosen, guild)])


def of_channel(chosen: Chosen, guild: discord.Guild, channel_id: int) -> str:
    """How one channel is reviewed, or all that have no policy of their own."""
    if channel_id == EVERYWHERE:
        lines = [f"Answers everywhere: {in_words(chosen.policy())}.", *_own_policies(chosen, guild)]
    else:
        as_all = "" if channel_id in chosen.policies else " (as everywhere else)"
        lines = [f"Answers in <#{channel_id}>{as_all}: {in_words(chosen.policy(channel_id))}."]
        lines += _missing(guild, [channel_id], missing_to_post)
        lines += _hidden(chosen, guild, [channel_id])
    return "\n".join([*lines, *_without_review(chosen)])


def in_words(policy: Policy) -> str:
    if policy.mode is Mode.NONE:
        return "shown at once, without review"
    if policy.mode is Mode.HOLD:
        return (
            f"held until a moderator approves them, for {duration(policy.minutes)}; {AT_DEADLINE[policy.at_deadline]}"
        )
    return f"shown at once; {_cards(policy)}"


def duration(minutes: int) -> str:
    if minutes % 60:
        return f"{minutes} minutes"
    hours = minutes // 60
    return "an hour" if hours == 1 else f"{hours} hours"


def _cards(policy: Policy) -> str:
    if policy.cards is Cards.SAMPLED:
        return f"{policy.share:.0%} of the answers get a card"
    return "every answer gets a card" if policy.cards is Cards.ALL else "every doubtful answer gets a card"


def _settings(chosen: Chosen) -> Iterator[str]:
    if chosen.review_channel is None:
        yield "Review is off: answers are posted without review cards. `/setup review_channel` switches it on."
    else:
        policy = chosen.policy()
        cards = (
            "answers are not reviewed; cards of others go to" if policy.mode is Mode.NONE else f"{_cards(policy)} in"
        )
        if policy.mode is Mode.HOLD:
            cards = "every answer waits for a moderator; cards go to"
        yield f"Review is on: {cards} <#{chosen.review_channel}>. `/setup off:True` switches it off."
    yield f"Answers everywhere: {in_words(chosen.policy())}."
    role = f", and <@&{chosen.moderator_role}>{SHOWN_TO_ROLE}" if chosen.moderator_role else ""
    yield f"Moderators: members with Manage Messages{role}."
    channels = _channels(chosen.ask_channels) if chosen.ask_channels else "every channel"
    yield f"Questions are answered in {channels}{', and in direct messages' if _answers_directly(chosen) else ''}."


def _answers_directly(chosen: Chosen) -> bool:
    is_held = any(policy.mode is Mode.HOLD for policy in chosen.policies.values())
    is_allowed = not chosen.ask_channels if chosen.direct_messages is None else chosen.direct_messages
    return is_allowed and not is_held


def _own_policies(chosen: Chosen, guild: discord.Guild) -> list[str]:
    own = [channel_id for channel_id in chosen.policies if guild.get_channel(channel_id)]
    lines = [f"In <#{channel_id}>: {in_words(chosen.policies[channel_id])}." for channel_id in own[:_NAMED]]
    return [*lines, f"And {len(own) - _NAMED} more channels."] if len(own) > _NAMED else lines


def _warnings(chosen: Chosen, guild: discord.Guild) -> Iterator[str]:
    if chosen.is_public_bot:
        yield (
            "⚠️ When I started, anybody could invite me to their server. My operator should switch off *Public "
            "Bot*, on my page *Bot* in Discord's developer portal."
        )
    yield from _without_review(chosen)
    if chosen.review_channel is not None:
        yield from _missing(guild, [chosen.review_channel], missing_to_review)
    yield from _missing(guild, chosen.ask_channels, missing_to_post)
    if chosen.ask_channels and not any(map(guild.get_channel, chosen.ask_channels)):
        yield "⚠️ None of the channels for questions exists any more: choose others, or none."
    if chosen.review_channel is not None and is_open_to_all(guild, chosen.review_channel):
        yield f"⚠️ Everybody can read <#{chosen.review_channel}>: cards repeat questions from other channels there."
    asked_in = chosen.ask_channels or [channel.id for channel in guild.text_channels]
    yield from _hidden(chosen, guild, asked_in)


def _without_review(chosen: Chosen) -> list[str]:
    is_held = any(policy.mode is Mode.HOLD for policy in chosen.policies.values())
    if chosen.review_channel is not None or not is_held:
        return []
    return ["⚠️ Answers are held, but without a review channel nobody can approve them."]


def _missing(
    guild: discord.Guild, channel_ids: Sequence[int], lacks: Callable[[discord.Permissions], list[str]]
) -> Iterator[str]:
    for channel in filter(None, map(guild.get_channel, channel_ids)):
        if missing := lacks(own_permissions(channel)):  # type: ignore[arg-type]
            yield f"⚠️ In <#{channel.id}> these permissions are missing: {', '.join(missing)}."


def _hidden(chosen: Chosen, guild: discord.Guild, asked_in: Sequence[int]) -> Iterator[str]:
    """Channels whose cards tell nothing, and for whose sake."""
    review = guild.get_channel(chosen.review_channel or 0)
    if review is None:
        return
    others = (channel for channel in map(guild.get_channel, asked_in) if channel and channel != review)
    hidden = [channel for channel in others if is_private_to(channel, review)]
    if not hidden:
        return
    roles = dict.fromkeys(role for channel in hidden for role in roles_kept_out(channel, review))
    names = [f"<@&{role}>" if role != guild.id else "everyone" for role in roles][:_ROLES_NAMED]
    who = f" ({', '.join(names)})" if names else ""
    yield (
        f"⚠️ Cards hide what is asked in {_channels([channel.id for channel in hidden])}: "
        f"not all who read <#{review.id}> can read that{who}."
    )


def _channels(channel_ids: Sequence[int]) -> str:
    names = ", ".join(f"<#{channel_id}>" for channel_id in channel_ids[:_NAMED])
    return f"{names} and {len(channel_ids) - _NAMED} more" if len(channel_ids) > _NAMED else names
