"""A server's settings in words, with what keeps them from working."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import discord

from footnote.records.policies import EVERYWHERE, AtDeadline, Cards, Mode, Policy
from footnote_bot.access.permissions import is_open_to_all, missing_to_answer, missing_to_review, own_permissions
from footnote_bot.access.privacy import is_private_to, roles_kept_out
from footnote_bot.server_records.server_setup import Chosen
from footnote_bot.translations.catalogue import N_, _, percent, pgettext, plural
from footnote_bot.translations.language import NAMES

_NAMED = 10  # channels in a line
_ROLES_NAMED = 3
_LONGEST_PAGE = 2000  # Discord's limit
_FOR_OTHERS = 300

AT_DEADLINE = {
    AtDeadline.POST: N_("then shown, with a note that it was not reviewed"),
    AtDeadline.SAY: N_("then the asker gets a message that nobody reviewed it"),
}

_REVIEWED = {
    Mode.NONE: N_(
        "Review is on: answers are not reviewed; cards of others go to {channel}. `/setup off:True` switches it off."
    ),
    Mode.HOLD: N_(
        "Review is on: every answer waits for a moderator; cards go to {channel}. `/setup off:True` switches it off."
    ),
    Mode.POST: N_("Review is on: {cards} in {channel}. `/setup off:True` switches it off."),
}
"""What is set for the server as a whole."""

SHOWN_TO_ROLE = N_(" (allow `/review` for them under Server Settings > Integrations)")
"""Discord hides a command from members without its permission, and a bot cannot change that for a role."""


def setup_page(chosen: Chosen, guild: discord.Guild) -> str:
    """All settings, and what is wrong with them; of the channels with their own policy, as many as fit."""
    settings, warnings = [*_settings(chosen)], [*_warnings(chosen, guild)]
    room = _LONGEST_PAGE - len("\n".join([*settings, *warnings])) - 1
    return "\n".join([*settings, *_own_policies(chosen, guild, room=room), *warnings])


def of_channel(chosen: Chosen, guild: discord.Guild, channel_id: int) -> str:
    """How one channel is reviewed, or all channels without their own policy."""
    if channel_id == EVERYWHERE:
        lines = [_everywhere(chosen), *_own_policies(chosen, guild, room=_LONGEST_PAGE - _FOR_OTHERS)]
    else:
        line = _("Answers in {channel} (as everywhere else): {policy}.")
        if channel_id in chosen.policies:
            line = _("Answers in {channel}: {policy}.")
        lines = [line.format(channel=f"<#{channel_id}>", policy=in_words(chosen.policy(channel_id)))]
        lines += _missing(guild, [channel_id], missing_to_answer)
        lines += _hidden(chosen, guild, [channel_id])
    return "\n".join([*lines, *_without_review(chosen)])


def in_words(policy: Policy) -> str:
    if policy.mode is Mode.NONE:
        return _("shown at once, without review")
    if policy.mode is Mode.HOLD:
        held = _("held until a moderator approves them, for {duration}; {then}")
        return held.format(duration=hours_or_minutes(policy.minutes), then=_(AT_DEADLINE[policy.at_deadline]))
    return _("shown at once; {cards}").format(cards=_cards(policy))


def _everywhere(chosen: Chosen) -> str:
    return _("Answers everywhere: {policy}.").format(policy=in_words(chosen.policy()))


def hours_or_minutes(minutes: int) -> str:
    if minutes % 60:
        return plural("{n} minute", "{n} minutes", minutes)
    return plural("an hour", "{n} hours", minutes // 60)


def _cards(policy: Policy) -> str:
    if policy.cards is Cards.SAMPLED:
        return _("{share} of the answers get a card").format(share=percent(policy.share))
    return _("every answer gets a card") if policy.cards is Cards.ALL else _("every doubtful answer gets a card")


def _settings(chosen: Chosen) -> Iterator[str]:
    if chosen.review_channel is None:
        yield _("Review is off: answers are posted without review cards. `/setup review_channel` switches it on.")
    else:
        policy = chosen.policy()
        line = _(_REVIEWED[policy.mode])
        yield line.format(cards=_cards(policy), channel=f"<#{chosen.review_channel}>")
    yield _everywhere(chosen)
    line = _("Moderators: members with Manage Messages.")
    if chosen.moderator_role:
        line = _("Moderators: members with Manage Messages, and {role}.")
    yield line.format(role=f"<@&{chosen.moderator_role}>{_(SHOWN_TO_ROLE)}")
    line = _("Questions are answered in {channels}.")
    if _answers_directly(chosen):
        line = _("Questions are answered in {channels}, and in direct messages.")
    yield line.format(channels=_channels(chosen.ask_channels) if chosen.ask_channels else _("every channel"))
    if chosen.language:
        yield _("I speak {language} in this server.").format(language=pgettext("choice", NAMES[chosen.language]))


def _answers_directly(chosen: Chosen) -> bool:
    is_held = any(policy.mode is Mode.HOLD for policy in chosen.policies.values())
    is_allowed = not chosen.ask_channels if chosen.direct_messages is None else chosen.direct_messages
    return is_allowed and not is_held


def _own_policies(chosen: Chosen, guild: discord.Guild, *, room: int) -> list[str]:
    own = [channel_id for channel_id in chosen.policies if guild.get_channel(channel_id)]
    line, lines = _("In {channel}: {policy}."), list[str]()
    for channel_id in own[:_NAMED]:
        said = line.format(channel=f"<#{channel_id}>", policy=in_words(chosen.policies[channel_id]))
        if len("\n".join([*lines, said, _more_channels(len(own))])) > room:
            break
        lines.append(said)
    left = len(own) - len(lines)
    return [*lines, _more_channels(left)] if left else lines


def _more_channels(number: int) -> str:
    return plural("And {n} more channel.", "And {n} more channels.", number)


def _warnings(chosen: Chosen, guild: discord.Guild) -> Iterator[str]:
    if chosen.is_public_bot:
        yield _(
            "⚠️ When I started, anybody could invite me to their server. My operator should switch off *Public "
            "Bot*, on my page *Bot* in Discord's developer portal."
        )
    yield from _without_review(chosen)
    if chosen.review_channel is not None:
        yield from _missing(guild, [chosen.review_channel], lambda _channel, granted: missing_to_review(granted))
    yield from _missing(guild, chosen.ask_channels, missing_to_answer)
    if chosen.ask_channels and not any(map(guild.get_channel, chosen.ask_channels)):
        yield _("⚠️ The channels for questions no longer exist: choose others, or none.")
    if chosen.review_channel is not None and is_open_to_all(guild, chosen.review_channel):
        line = _("⚠️ Everybody can read {channel}: cards repeat questions from other channels there.")
        yield line.format(channel=f"<#{chosen.review_channel}>")
    asked_in = chosen.ask_channels or [channel.id for channel in guild.text_channels]
    yield from _hidden(chosen, guild, asked_in)


def _without_review(chosen: Chosen) -> list[str]:
    is_held = any(policy.mode is Mode.HOLD for policy in chosen.policies.values())
    if chosen.review_channel is not None or not is_held:
        return []
    return [_("⚠️ Answers are held, but without a review channel nobody can approve them.")]


def _missing(
    guild: discord.Guild, channel_ids: Sequence[int], lacks: Callable[[object, discord.Permissions], list[str]]
) -> Iterator[str]:
    for channel in filter(None, map(guild.get_channel, channel_ids)):
        if missing := lacks(channel, own_permissions(channel)):  # type: ignore[arg-type]
            yield lacking(channel.id, missing)


def lacking(channel_id: int, names: Sequence[str]) -> str:
    """A warning that the bot lacks permissions in a channel."""
    line = _("⚠️ In {channel} these permissions are missing: {names}.")
    return line.format(channel=f"<#{channel_id}>", names=", ".join(map(_, names)))


def _hidden(chosen: Chosen, guild: discord.Guild, asked_in: Sequence[int]) -> Iterator[str]:
    """Channels whose cards hide the content, and the roles that cause it."""
    review = guild.get_channel(chosen.review_channel or 0)
    if review is None:
        return
    others = (channel for channel in map(guild.get_channel, asked_in) if channel and channel != review)
    hidden = [channel for channel in others if is_private_to(channel, review)]
    if not hidden:
        return
    roles = dict.fromkeys(role for channel in hidden for role in roles_kept_out(channel, review))
    names = [f"<@&{role}>" if role != guild.id else _("everyone") for role in roles][:_ROLES_NAMED]
    who = f" ({', '.join(names)})" if names else ""
    line = _("⚠️ Cards hide what is asked in {channels}: not everybody who can read {review} can read that{who}.")
    channels = _channels([channel.id for channel in hidden])
    yield line.format(channels=channels, review=f"<#{review.id}>", who=who)


def _channels(channel_ids: Sequence[int]) -> str:
    names = ", ".join(f"<#{channel_id}>" for channel_id in channel_ids[:_NAMED])
    left = len(channel_ids) - _NAMED
    return _("{names} and {left} more").format(names=names, left=left) if left > 0 else names
