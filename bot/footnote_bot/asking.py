"""The use case of a question in Discord: policy, answer, triage, record. /ask, messages and "tell me when" share it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

import discord

from footnote.errors import FootnoteError
from footnote.models import Abstention, Answer, Article
from footnote.ports import Asker, OnDrafting, Turn
from footnote.records.answers import AnswerRecord
from footnote.records.policies import DEFAULT, UNREVIEWED, Mode, Policy
from footnote.review.recording import Review
from footnote.review.triage import cast, triage
from footnote.stores import PolicyStore
from footnote_bot.access.ask_channels import parent_channel_of, require_ask_channel
from footnote_bot.access.audiences import Askers
from footnote_bot.discord_services import AskService, FileService, SuggestService
from footnote_bot.log_format import begin_question
from footnote_bot.translations.catalogue import _

log = logging.getLogger(__name__)


LONGEST_QUESTION = 1500
"""Characters."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles are searched: those of that time (both days included) and with these ids; None: all. `words`
    describe it.
    """

    since: date | None = None
    until: date | None = None
    articles: frozenset[str] | None = None
    words: str = ""


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Wish:
    """How something is asked: `follows` is the answer that it follows up on; if it `is_private`, only the asker sees
    the answer. `attached` is a file attached to it.
    """

    follows: AnswerRecord | None = None
    is_private: bool = False
    scope: Scope = EVERYTHING
    attached: Article | None = None


ALONE = Wish()
"""Not a follow-up, public, and about all articles."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to an answer. `origin` is the message, interaction or abstention that it comes from, and
    `question_id` the same, unless the answer replies to nothing. `began`: people who are forgotten since then are left
    out. `follows` is the number of the answer that it follows up on; if it `is_private`, only the asker sees the
    answer. `calls_people`: as in `AnswerRecord`.
    """

    text: str
    asker: Asker
    channel_id: int
    policy: Policy
    began: datetime
    origin: int
    question_id: int | None = None
    follows: int | None = None
    is_private: bool = False
    scope: Scope = EVERYTHING
    attached: Article | None = None
    calls_people: bool = False

    @property
    def is_held(self) -> bool:
        """Whether a moderator sees the answer before everybody else does."""
        return self.policy.mode is Mode.HOLD


class Asking:
    """Implements the use case. It shows nothing: the caller posts what is recorded."""

    def __init__(
        self,
        ask: AskService,
        review: Review,
        policies: PolicyStore,
        askers: Askers,
        suggest: SuggestService,
        files: FileService,
        *,
        time_limit: float,
    ) -> None:
        self._ask = ask
        self._review = review
        self.store = review.store
        self._policies = policies
        self._askers = askers
        self._suggest = suggest
        self._files = files
        self._time_limit = time_limit

    async def require_channel(self, channel: object, channel_id: int, user: discord.User | discord.Member) -> None:
        """Raises NotAllowed where questions are not answered."""
        await require_ask_channel(self._policies, channel, channel_id, user)

    async def asker(
        self, user_id: int, guild_id: int | None, channel_id: int, *, alone: discord.Member | discord.User | None = None
    ) -> Asker:
        """Without a guild, the question is asked in direct messages. `alone` is the asker if nobody else reads the
        answer.

        Raises NotInDirectMessages.
        """
        return await self._askers.asker(user_id, guild_id, channel_id, alone=alone)

    async def policy(self, asker: Asker, channel: object, channel_id: int) -> Policy:
        """The policy of a channel. Direct messages have no policy."""
        if asker.guild_id is None or asker.is_direct:
            return DEFAULT
        return await self._policies.policy_of(asker.guild_id, parent_channel_of(channel, channel_id))

    async def calls_people(self, asker: Asker, channel: object, channel_id: int) -> bool:
        """Whether members may have the moderators' role mentioned below the answer."""
        if asker.guild_id is None or asker.is_direct:
            return False
        ways = await self._policies.ways_of(asker.guild_id, parent_channel_of(channel, channel_id))
        return ways.calls_people and await self._policies.moderator_role(asker.guild_id) is not None

    async def begin_reply(self, inquiry: Inquiry) -> None:
        """Records the reply, so that nobody is left waiting."""
        await self._review.begin_reply(inquiry.origin, inquiry.channel_id)

    def inquiry(
        self,
        text: str,
        asker: Asker,
        policy: Policy,
        *,
        channel_id: int,
        origin: int,
        is_reply: bool = True,
        wish: Wish = ALONE,
    ) -> Inquiry:
        """A question that begins now, in this task."""
        begin_question(origin)
        return Inquiry(
            text,
            asker,
            channel_id,
            policy,
            self._review.now(),
            origin,
            question_id=origin if is_reply else None,
            follows=wish.follows.id if wish.follows else None,
            is_private=wish.is_private,
            scope=wish.scope,
            attached=wish.attached,
        )

    async def outcome(
        self,
        inquiry: Inquiry,
        *,
        conversation: Awaitable[Sequence[Turn]] | None = None,
        on_drafting: OnDrafting | None = None,
    ) -> Answer | Abstention:
        """Raises TimeoutError when it takes too long, and FootnoteError."""
        async with asyncio.timeout(self._time_limit):
            before = await conversation if conversation else ()
            scope = inquiry.scope
            return await self._ask(
                inquiry.text,
                since=scope.since,
                until=scope.until,
                articles=scope.articles,
                conversation=before,
                asker=inquiry.asker,
                on_drafting=on_drafting,
                attached=partial(self._files.find, inquiry.attached) if inquiry.attached else None,
            )

    async def record(self, inquiry: Inquiry, outcome: Answer | Abstention) -> AnswerRecord:
        """Records an outcome before anybody sees it, with what its policy says about review. If only some articles were
        searched, or also a file, the recorded question says so: without that, the answer may be different.
        """
        if beside := ", ".join(filter(None, [inquiry.scope.words, _("with a file") if inquiry.attached else ""])):
            outcome = replace(outcome, question=f"{outcome.question} ({beside})")
        asker, policy = inquiry.asker, UNREVIEWED if inquiry.is_private else inquiry.policy
        record = await self._review.record(
            outcome,
            asker_id=asker.user_id,
            guild_id=None if asker.is_direct else asker.guild_id,
            channel_id=inquiry.channel_id,
            question_id=inquiry.question_id,
            triage=triage(policy, outcome, now=self._review.now(), dice=cast(inquiry.origin)),
            since=inquiry.began,
            follows=inquiry.follows,
            is_private=inquiry.is_private,
            suggestions=await self._suggestions(inquiry, outcome),
            calls_people=inquiry.calls_people and not inquiry.is_private,
        )
        log.info("answer %d: recorded in channel %d", record.id, record.channel_id)
        return record

    async def _suggestions(self, inquiry: Inquiry, outcome: Answer | Abstention) -> tuple[str, ...]:
        """None after an abstention, and none if the answer is limited to certain articles, since a suggestion would
        lose the limit, or comes from a file, which is no longer there.
        """
        if not isinstance(outcome, Answer) or inquiry.scope != EVERYTHING or inquiry.attached:
            return ()
        try:
            return tuple(await self._suggest(outcome))
        except FootnoteError as error:
            log.warning("no suggestions: %s", error)
            return ()
