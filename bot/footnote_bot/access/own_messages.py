"""Whether a button, menu or form belongs to the answer that it names.

Custom ids carry the answer's number and the mark of its database: when a database is lost, numbers start again, while
old messages are still there. Older ids, from before there were marks, carry the number only. In either case, the
message has to be the one on record for that answer, as its card or as its reply.
"""

from __future__ import annotations

import re
from typing import Any

import discord

from footnote.records.answers import AnswerKey, AnswerRecord, MessageRef
from footnote_bot.access.permissions import NotAllowed
from footnote_bot.translations.catalogue import N_, _

KEY = r"(?P<id>[0-9]{1,18})(?:-(?P<mark>[0-9a-f]{8}))?"
"""An `AnswerKey` in a custom id."""

_NOT_ON_RECORD = N_("This answer no longer exists. Ask again to get a new one.")


def answer_of(custom_id: re.Match[str]) -> AnswerKey:
    return AnswerKey(int(custom_id["id"]), custom_id["mark"] or "")


def require_own_card(interaction: discord.Interaction[Any], record: AnswerRecord, named: AnswerKey) -> None:
    """For what moderators press: under the answer's card, or in a private message that they opened there.

    Raises NotAllowed.
    """
    is_elsewhere = record.card is not None and record.card.channel_id != interaction.channel_id
    if record.guild_id is None or record.guild_id != interaction.guild_id or is_elsewhere:
        raise NotAllowed(_("This answer was given in another server; it can only be reviewed there."))
    if not _is_own(interaction.message, record.card, record, named):
        raise NotAllowed(_not_the_card(record))


def require_own_message(interaction: discord.Interaction[Any], record: AnswerRecord, named: AnswerKey) -> bool:
    """Whether the button is under the card of this answer, rather than under the answer. Raises NotAllowed."""
    message = interaction.message
    if record.guild_id != interaction.guild_id:
        raise NotAllowed(_(_NOT_ON_RECORD))
    if record.is_private:
        if _is_private(message) and record.asker_id == interaction.user.id and _is_own(message, None, record, named):
            return False
        raise NotAllowed(_(_NOT_ON_RECORD))
    is_asked_here = record.channel_id == interaction.channel_id and not _is_private(message)
    if is_asked_here and _is_own(message, record.posted, record, named):
        return False
    is_at_desk = record.card is not None and record.card.channel_id == interaction.channel_id
    if is_at_desk and _is_own(message, record.card, record, named):
        return True
    raise NotAllowed(_(_NOT_ON_RECORD))


def require_own_sources(interaction: discord.Interaction[Any], record: AnswerRecord, named: AnswerKey) -> bool:
    """For buttons under *Sources*, which only one person sees: whether that was opened under the answer's card, rather
    than under the answer. Raises NotAllowed.
    """
    is_own = _is_private(interaction.message) and _is_own(interaction.message, None, record, named)
    if record.guild_id != interaction.guild_id or not is_own:
        raise NotAllowed(_(_NOT_ON_RECORD))
    if record.is_private and record.asker_id != interaction.user.id:
        raise NotAllowed(_(_NOT_ON_RECORD))
    if record.channel_id == interaction.channel_id:
        return False
    if record.card is not None and record.card.channel_id == interaction.channel_id:
        return True
    raise NotAllowed(_(_NOT_ON_RECORD))


def _is_own(
    message: discord.Message | None, on_record: MessageRef | None, record: AnswerRecord, named: AnswerKey
) -> bool:
    """The mark alone is enough for private messages, which are not on record, and for messages that the bot posted
    without recording where.
    """
    if message is None or (named.mark and named.mark != record.key.mark):
        return False
    if _is_private(message) or on_record is None:
        return bool(named.mark)
    return on_record == MessageRef(message.channel.id, message.id)


def _is_private(message: discord.Message | None) -> bool:
    return message is not None and message.flags.ephemeral


def _not_the_card(record: AnswerRecord) -> str:
    if record.card is None:
        return _(_NOT_ON_RECORD)
    link = f"https://discord.com/channels/{record.guild_id}/{record.card.channel_id}/{record.card.message_id}"
    moved = _("This is no longer the card of answer #{number}. The card is {link}")
    return moved.format(number=record.id, link=link)
