"""Notices to askers about moderators' decisions: one message, in reply to the answer.

It is posted before it is recorded. If a process is killed in between, the message is posted again. Within minutes
Discord drops the second one, since both have the same enforced nonce; after a longer pause an asker may get it twice,
which is better than not at all.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import discord

from footnote.records.answers import AnswerRecord, Decision, Hold, MessageRef
from footnote.stores import AnswerStore, Notice, NoticeStore
from footnote_bot.access.permissions import own_permissions
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.wire.editing import Editing, Outcome
from footnote_bot.wire.mentions import mention
from footnote_bot.wire.retrying import Retry, failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)

_LINES = {
    "corrected": N_("a moderator has corrected the answer to your question"),
    "withdrawn": N_("a moderator has withdrawn the answer to your question"),
    "released": N_("a moderator has approved the answer to your question, and you can read it now"),
    "refused": N_("a moderator did not approve the answer to your question"),
    "overdue": N_("no moderator reviewed the answer to your question in time, so it is shown without review"),
    "closed": N_("no moderator reviewed the answer to your question in time, so it is not shown"),
}
_NOT_SEEN_BEFORE = (None, "released", "refused", "closed")


async def _reword(message: discord.PartialMessage, *, text: str) -> None:
    await message.edit(content=text, allowed_mentions=discord.AllowedMentions.none())


def due_notice(record: AnswerRecord) -> str | None:
    """The notice that the asker should have by now, if any: a key of `_LINES`."""
    decision = record.verdict.decision if record.verdict else None
    match record.hold:
        case Hold.WAITING:
            return None
        case Hold.CLOSED:
            return "refused" if decision is Decision.REJECTED else "closed"
        case Hold.OVERDUE if decision is None:
            return "overdue"
    if decision is Decision.REJECTED:
        return "withdrawn" if record.answered else None
    if record.hold is Hold.SHOWN and decision is Decision.APPROVED and record.told in _NOT_SEEN_BEFORE:
        return "released"
    return "corrected" if record.is_corrected else None


class Notices:
    """Sends askers the notices that are due, and removes forgotten people from them."""

    def __init__(
        self, client: discord.Client, store: AnswerStore, notices: NoticeStore, retry: Retry, edit: Editing
    ) -> None:
        self._client = client
        self._store = store
        self._notices = notices
        self._retry = retry
        self._edit = edit

    async def note(self, message: MessageRef, answer_id: int, text: str) -> None:
        """Records a message that mentions people."""
        await self._notices.add(Notice(message, answer_id, text))

    async def show_changes(self) -> None:
        for notice in await self._notices.outdated():
            if await self._edit(notice.message, partial(_reword, text=notice.text)) is not Outcome.LATER:
                await self._notices.set_shown(notice)

    async def tell(self, record: AnswerRecord) -> Outcome:
        """Replies to the posted answer, unless there is nothing new; pings the asker and nobody else."""
        notice = due_notice(record)
        posted = record.posted
        if notice is None or notice == record.told or posted is None or not self._is_person(record.asker_id):
            return Outcome.DONE
        try:
            await self._retry(lambda: self._reply(record, posted, notice))
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning(
                "answer %d: its asker gets no message that it is %s: %s", record.id, notice, failure_in_words(error)
            )
            if is_passing(error):
                return Outcome.LATER
        await self._store.set_told(record.id, notice)
        return Outcome.DONE

    def _is_person(self, asker_id: int) -> bool:
        """Neither forgotten, nor the bot itself."""
        return asker_id != 0 and (self._client.user is None or asker_id != self._client.user.id)

    async def _reply(self, record: AnswerRecord, posted: MessageRef, notice: str) -> None:
        """A plain post with the link if the bot may not read the history: then Discord refuses replies."""
        channel = self._client.get_partial_messageable(posted.channel_id, guild_id=record.guild_id)
        asker = discord.Object(record.asker_id)
        options: dict[str, Any] = {
            "nonce": f"told-{record.id}-{notice}"[:25],
            "allowed_mentions": discord.AllowedMentions(everyone=False, roles=False, users=[asker], replied_user=False),
        }
        if self._may_reply(posted.channel_id):
            options["reference"] = discord.MessageReference(
                message_id=posted.message_id, channel_id=posted.channel_id, fail_if_not_exists=False
            )
        link = f"https://discord.com/channels/{record.guild_id or '@me'}/{posted.channel_id}/{posted.message_id}"
        text = f"{mention(record.asker_id)}, {_(_LINES[notice])}: {link}"
        message = await channel.send(text, **options)
        await self.note(MessageRef(posted.channel_id, message.id), record.id, text)

    def _may_reply(self, channel_id: int) -> bool:
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread):
            return True
        return own_permissions(channel).read_message_history
