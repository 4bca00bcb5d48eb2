"""The Discord face: lifecycle and dispatch, nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from footnote.errors import SettingsError
from footnote.review import ABANDONED_AFTER, Review
from footnote.revisions import Revisions
from footnote.stores import Stores
from footnote.verdicts import Verdicts
from footnote_bot.access.audiences import Askers
from footnote_bot.access.direct_messages import DirectMessages
from footnote_bot.access.gate import Gate, GatedTree
from footnote_bot.access.privacy import Privacy
from footnote_bot.access.turns import AskLimits, Turns
from footnote_bot.audit import Audit
from footnote_bot.building.article_changes import ArticleChanges
from footnote_bot.building.rebuilds import Rebuilds
from footnote_bot.building.rollbacks import Rollbacks
from footnote_bot.building.watching import Watch
from footnote_bot.cogs.add_message import AddMessageCog
from footnote_bot.cogs.ask import AskCog
from footnote_bot.cogs.edits import EditsCog
from footnote_bot.cogs.forget_me import ForgetMeCog
from footnote_bot.cogs.index import IndexCog
from footnote_bot.cogs.privacy import PrivacyCog
from footnote_bot.cogs.review import ReviewCog, WhyCog
from footnote_bot.cogs.setup import SetupCog
from footnote_bot.posts.ageing import Ageing
from footnote_bot.posts.awaiting import Awaiting
from footnote_bot.posts.digest import Digest
from footnote_bot.posts.drafts import Pace
from footnote_bot.posts.history import History
from footnote_bot.posts.holding import Holding
from footnote_bot.posts.posting import Posting
from footnote_bot.posts.queues import Queues
from footnote_bot.reviewing.counting import VectorsOf
from footnote_bot.reviewing.retention import Retention
from footnote_bot.reviewing.server_setup import ServerSetup
from footnote_bot.services import AskService, IndexService
from footnote_bot.timing import Timing
from footnote_bot.views import setup
from footnote_bot.views.answer import SourcesButton
from footnote_bot.views.builds import CancelButton, RebuildButton, RollbackButton
from footnote_bot.views.card import ShowButton, UndoButton, VerdictButton
from footnote_bot.views.edit import EditButton, StateButton
from footnote_bot.views.feedback import FlagButton, ThumbButton
from footnote_bot.views.forgetting import ForgetButton
from footnote_bot.views.queue import QueueButton
from footnote_bot.views.rulings import BetterButton, JudgeSelect, RulingButton, SentenceSelect, TakeBackButton
from footnote_bot.views.waiting import TellMeButton
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import report_error
from footnote_bot.wire.retrying import Retry
from footnote_bot.wire.syncing import sync_commands
from footnote_index.article_folder import ArticleFolder
from footnote_index.web.source_list import SourceList

log = logging.getLogger(__name__)


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Sends discord.py to a REST proxy or a test server; None keeps Discord's own.

    To be called before a client is made. `api_url` includes the version: `https://discord.com/api/v10`.
    """
    if api_url is not None:
        Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


async def serve(client: FootnoteClient, token: str) -> None:
    """Footnote in Discord until it is stopped. Raises SettingsError when Discord refuses it or is out of reach."""
    async with client:
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise SettingsError("Discord refuses DISCORD_TOKEN. Copy it again from the developer portal.") from error
        except discord.HTTPException as error:
            raise SettingsError(f"Discord refuses the bot: {error.text or error.status}.") from error
        except aiohttp.ClientConnectionError as error:
            raise _out_of_reach(error) from error
        try:
            await client.connect()
        except AttributeError as error:
            # discord.py 2.7.1 trips over its own missing socket when the very first connection to the gateway fails.
            if client.ws is not None or error.__context__ is None:
                raise
            raise _out_of_reach(error.__context__) from error


def _out_of_reach(cause: BaseException) -> SettingsError:
    log.debug("no connection to Discord", exc_info=cause)
    return SettingsError("Discord cannot be reached. Check the network, DISCORD_API_URL and DISCORD_GATEWAY_URL.")


class FootnoteClient(commands.Bot):
    """The client with its commands, buttons and background work."""

    def __init__(
        self,
        *,
        ask: AskService,
        index: IndexService,
        review: Review,
        verdicts: Verdicts,
        revisions: Revisions,
        stores: Stores,
        articles: ArticleFolder,
        sources: SourceList,
        guild_ids: Sequence[int] = (),  # the servers that are served; empty: all
        leaves_others: bool = True,  # the servers that are not
        direct_messages: bool = True,  # whether they are answered
        ask_limits: AskLimits | None = None,  # None: everybody may ask as much as they like
        answer_within: float = 40.0,  # a language model may take 30, and then the fallback answers
        answers_age: timedelta = timedelta(0),
        keep_questions: timedelta = timedelta(0),  # zero: for ever
        model_host: str | None = None,  # of the language model that gets questions, if one does
        pace: Pace | None = None,
        timing: Timing | None = None,
        seconds_between_looks: float | None = None,  # at the articles; None: nobody looks
        vectors_of: VectorsOf | None = None,  # of questions; None: they are compared by their words
        on_forgotten: Callable[[], Awaitable[None]] | None = None,  # questions in memory have to go
        digest_days: int = 0,  # from one digest to the next; 0: none
        retry: Retry | None = None,
    ) -> None:
        self._timing = timing = timing or Timing()
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=GatedTree,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_messages=None,
            guild_ready_timeout=timing.for_guilds,
        )
        self.gate = gate = Gate(self, guild_ids)
        self._leaves_others = leaves_others
        self.index = index
        self.review = review
        self.verdicts = verdicts
        self.revisions = revisions
        self.stores = stores
        self._retry = retry or Retry()
        self.privacy = Privacy(self)
        direct = DirectMessages(self, gate, stores.policies, are_answered=direct_messages)
        self._askers = Askers(self.privacy, direct)
        self.posting = Posting(self, review, stores.notices, index, self._retry, self.privacy)
        self._ageing = Ageing(index, review, self.posting, within=answers_age, seconds_between=timing.between_aged)
        self._retention = Retention(stores.forgetting, review, keep=keep_questions)
        self._awaiting = Awaiting(
            self,
            ask,
            index,
            review,
            stores.waiting,
            stores.policies,
            self.posting,
            self._askers,
            self._retry,
            time_limit=answer_within,
        )
        self._holding = Holding(
            self, stores.answers, stores.holds, stores.policies, self.posting, clock=self.review.now
        )
        self.in_flight = InFlight()
        self.queues = Queues(stores.overview)
        self._vectors_of = vectors_of
        self._digest_days = digest_days
        self._keep_questions = keep_questions
        self._model_host = model_host
        self._on_forgotten = on_forgotten
        self._noted = noted = Audit(stores.audit)
        self.server_setup = ServerSetup(review, stores.policies, noted, gate)
        self.rebuilds = Rebuilds(
            self, index, noted, gate, self._retry, on_end=self._catch_up, seconds_between_edits=timing.between_edits
        )
        self.rollbacks = Rollbacks(self, index, noted, gate, self._retry, on_end=self._catch_up)
        self._sources = sources
        self._article_changes = ArticleChanges(index, articles, sources, noted, gate)
        self._history = History(self, review.store, seconds=timing.for_history)
        self._ask = ask
        self._turns = Turns(ask_limits or AskLimits(), stores.policies)
        self._guild_ids = tuple(guild_ids)
        self._answer_within = answer_within
        self._pace = pace or Pace()
        self._seconds_between_looks = seconds_between_looks
        self._background: list[asyncio.Task[None]] = []
        self._is_leaving = False

    async def setup_hook(self) -> None:
        self.tree.error(report_error)
        self.add_dynamic_items(SourcesButton, CancelButton, RebuildButton, RollbackButton)
        self.add_dynamic_items(VerdictButton, ShowButton, UndoButton, EditButton, StateButton)
        self.add_dynamic_items(JudgeSelect, RulingButton, TakeBackButton, BetterButton, SentenceSelect)
        self.add_dynamic_items(ThumbButton, FlagButton, TellMeButton, QueueButton, ForgetButton)
        self.add_dynamic_items(*setup.ITEMS)
        await self.add_cog(
            AskCog(
                self,
                self._ask,
                self.review,
                self.posting,
                self.in_flight,
                self._history,
                self.stores.policies,
                self._turns,
                self.gate,
                self._askers,
                time_limit=self._answer_within,
                pace=self._pace,
            )
        )
        changes = self._article_changes
        await self.add_cog(
            IndexCog(self.index, self.in_flight, self.rebuilds, self.rollbacks, changes, self._sources, self.gate)
        )
        await self.add_cog(AddMessageCog(self.tree, self.in_flight, changes))
        await self.add_cog(EditsCog(self.gate))
        await self.add_cog(SetupCog(self.server_setup, self.in_flight))
        vectors_of = self._vectors_of
        await self.add_cog(
            ReviewCog(
                self.stores,
                self.queues,
                self.verdicts,
                self.posting,
                self._noted,
                self.in_flight,
                vectors_of=vectors_of,
            )
        )
        await self.add_cog(WhyCog(self.stores, self.in_flight))
        await self.add_cog(ForgetMeCog(self.in_flight))
        await self.add_cog(PrivacyCog(self.in_flight, keep=self._keep_questions, model_host=self._model_host))
        await sync_commands(self.tree, self.review.store, self._guild_ids, self._retry)
        self._background.append(asyncio.create_task(self._catch_up_regularly()))
        self._background.append(asyncio.create_task(self._holding.run(seconds=self._timing.between_deadlines)))
        if self._seconds_between_looks is not None:
            watch = Watch(self, self.index, self.review.store, self.gate, self._retry, on_end=self._catch_up)
            self._background.append(asyncio.create_task(watch.run(seconds=self._seconds_between_looks)))
        if self._digest_days:
            digest = Digest(self, self.stores.overview, self._retry, days=self._digest_days, vectors_of=vectors_of)
            self._background.append(asyncio.create_task(digest.run(seconds=self._timing.between_digests)))

    async def on_ready(self) -> None:
        log.info("ready in %d guilds", len(self.guilds))
        self.gate.tell_rules()
        for guild in self.guilds:
            self._leave_unless_served(guild)
        self._catch_up()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self._leave_unless_served(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server that was away while the bot started."""
        self._leave_unless_served(guild)

    async def on_resumed(self) -> None:
        self._catch_up()

    async def on_message(self, message: discord.Message, /) -> None:
        """Commands are slash commands: nothing to parse here. AskCog listens for questions."""

    async def close(self) -> None:
        """Leaves Discord, after a few seconds for what is in flight: once Discord is left, no answer can be posted.

        Builds are stopped after that, when discord.py unloads the cogs. What the services hold is closed later, by
        whoever made them: events arrive until Discord is left.
        """
        self._is_leaving = True
        self._ageing.stop()
        for task in self._background:
            task.cancel()
        await self.in_flight.settle(seconds=self._timing.to_settle)
        await asyncio.gather(*self._background, return_exceptions=True)
        await super().close()

    async def on_forgotten(self) -> None:
        if self._on_forgotten is not None:
            await self._on_forgotten()

    def show_changes(self, guild_id: int | None) -> None:
        """Something has changed on record: cards that are missing in the guild are posted, outdated messages edited."""
        self.in_flight.start(self._show_changes(guild_id), name="showing changes")

    async def _show_changes(self, guild_id: int | None) -> None:
        if guild_id is not None:
            await self.posting.post_missing_cards(guild_id)
        await self.posting.notices.show_changes()
        await self._ageing.show()

    async def _catch_up_regularly(self) -> None:
        """Discord may stay away from one channel without the connection ever breaking.

        The first pass comes as soon as all that an earlier process has left behind counts as abandoned.
        """
        pause = min(ABANDONED_AFTER.total_seconds() + 1, self._timing.between_passes)
        while True:
            await asyncio.sleep(pause)
            self._catch_up()
            pause = self._timing.between_passes

    def _leave_unless_served(self, guild: discord.Guild) -> None:
        if self._leaves_others and not self._is_leaving:
            self.in_flight.start(self.gate.leave_unless_served(guild, self._retry), name="leaving a server")

    def _catch_up(self) -> None:
        """Not any more when everything in flight is about to end: the database may be closed before this would be."""
        if self._is_leaving:
            return
        self.in_flight.start(self._catch_up_with_all(), name="catching up")
        self.in_flight.start(self._awaiting.run_once(), name="asking again")

    async def _catch_up_with_all(self) -> None:
        await self._ageing.run_once()
        await self.posting.catch_up([guild.id for guild in self.guilds if self.gate.serves(guild.id)])
        await self._retention.run_once()
        await self.posting.notices.show_changes()
        await self._ageing.show()
