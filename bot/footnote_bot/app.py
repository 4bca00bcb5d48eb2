"""The composition root: the one place where parts are chosen and wired."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from footnote.adapters.reader import TrainedModel
from footnote.answering import Answering
from footnote.budget import Budget, MemoryLedger
from footnote.certainty import ABSTAIN_BELOW
from footnote.checking import Checking
from footnote.errors import SettingsError
from footnote.fact_check import FactChecker
from footnote.ports import Entailer, Ledger, Reader
from footnote.relevance import PassageReader
from footnote.review import Review, utc_now
from footnote.revisions import Revisions
from footnote.stores import Stores
from footnote.suggestions import Suggestions
from footnote.verdicts import Verdicts
from footnote.verified import VerifiedAnswers
from footnote_bot.answerers import opened_answerers
from footnote_bot.decisions import approved_answers, is_worth_opening
from footnote_bot.home import opened_home
from footnote_bot.metered_index import MeteredIndex
from footnote_bot.settings import Settings
from footnote_index.article_folder import ArticleFolder
from footnote_index.embedders import Embedder
from footnote_index.storage import data_folder

if TYPE_CHECKING:  # not at run time: they bring discord.py
    from footnote_bot.choices import Access, Habits
    from footnote_bot.metrics import Metrics
    from footnote_bot.services import Core
    from footnote_bot.vitals import Vitals

_BESIDES_THE_MODEL = 12.0
"""Seconds for all other steps of an answer, on a machine that is busy building."""

_BETWEEN_LOOKS = 2.0
"""Seconds between two looks at which generation of a shared index is live. Each takes a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """The application without a face; `stores` is None where none are needed yet, or where the database `is_away`.
    `models` are the loaders of what the first question would otherwise wait for.
    """

    index: MeteredIndex
    answering: Answering
    reader: Reader
    entailer: Entailer
    ledger: Ledger = field(default_factory=MemoryLedger)
    stores: Stores | None = None
    memory: VerifiedAnswers | None = None
    is_away: bool = False
    models: tuple[Callable[[], object], ...] = ()


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    keeps_answers: bool = False,
    recalls: bool = True,
    on_no_database: Callable[[str], None] | None = None,
) -> AsyncIterator[Footnote]:
    """The application, with the data folder locked by this process. `on_no_database` gets to know why there is none,
    and the application goes on without, unless it `keeps_answers`. Raises DataInUse, SettingsError.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(data_folder.locked(settings.data))
        stores: Stores | None = None
        ledger: Ledger = MemoryLedger()
        is_away = False
        if keeps_answers or is_worth_opening(settings):
            try:
                stores, ledger = await stack.enter_async_context(opened_database(settings))
            except SettingsError as error:
                if keeps_answers or on_no_database is None:
                    raise
                on_no_database(str(error))
                is_away = True
        meter = Budget(ledger, settings.allowances, settings.prices, clock=utc_now)
        answerers = await stack.enter_async_context(opened_answerers(settings, meter))
        load_embedder = _load_openai if settings.uses_embedding_server else _load_minilm
        model = TrainedModel(settings.data / "models")
        reader = PassageReader(model)
        index = MeteredIndex(
            settings.articles,
            settings.data,
            partial(load_embedder, settings),
            reader=reader,
            home=stack.enter_context(opened_home(settings, upgrades=False)),
            allow_private_addresses=settings.allow_private_addresses,
            approved=partial(approved_answers, stores.reviewed) if stores else None,
        )
        memory = VerifiedAnswers(stores.answers, stores.reviewed, index, index.question_vectors) if stores else None
        stack.push_async_callback(index.close)
        if settings.chroma_url:
            await stack.enter_async_context(_following(index))
        answering = Answering(
            index,
            reader,
            answerers.answerer,
            rewriter=answerers.rewriter,
            checking=Checking(entailer=model, judge=answerers.judge),
            memory=memory if recalls else None,
            abstain_below=ABSTAIN_BELOW,
        )
        gc.freeze()  # what imports have made stays: to look through it again and again would stop everybody for 0.06 s
        models = index.load_embedder, model.load
        yield Footnote(index, answering, reader, model, ledger, stores, memory, is_away, models)


@asynccontextmanager
async def _following(index: MeteredIndex) -> AsyncIterator[None]:
    following = asyncio.create_task(index.follow(seconds=_BETWEEN_LOOKS))
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[tuple[Stores, Ledger]]:
    """Brought up to date. Raises SettingsError."""
    from footnote.adapters.database import DatabaseLedger, open_engine, stores_of, upgrade

    await asyncio.to_thread(upgrade, settings.database)
    engine = open_engine(settings.database)
    try:
        yield stores_of(engine), DatabaseLedger(engine)
    finally:
        await engine.dispose()


async def run_bot(footnote: Footnote, settings: Settings, token: str) -> None:
    """The bot in Discord, until it is stopped. Raises SettingsError when Discord refuses it or is out of reach."""
    from footnote_bot.access.visibility import is_public
    from footnote_bot.choices import QuestionUse
    from footnote_bot.client import point_at, serve
    from footnote_bot.discord_app import make_client
    from footnote_bot.metrics import Metrics
    from footnote_bot.reading_room import bots_room
    from footnote_bot.views.host import nothing_in_memory

    assert footnote.stores is not None, "a bot keeps its answers"  # noqa: S101 - a programming error, not input
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    metrics = Metrics()
    footnote.index.on_built = metrics.built
    core = _core(footnote, footnote.stores, settings, metrics)
    client = make_client(
        core,
        access=_access(settings),
        habits=_habits(settings),
        questions=QuestionUse(
            # A server would be asked for each question by itself, and wants to be paid.
            vectors_of=None if settings.uses_embedding_server else footnote.index.question_vectors,
            on_forgotten=footnote.memory.refresh if footnote.memory else nothing_in_memory,
            model_host=settings.model_host,
        ),
    )
    vitals = _vitals(footnote, core, settings, metrics, is_connected=client.is_ready)
    may_show = partial(is_public, client)
    async with bots_room(settings, core.stores, footnote.index, may_show=may_show, watched=vitals):
        await serve(client, token)


def _vitals(
    footnote: Footnote, core: Core, settings: Settings, metrics: Metrics, *, is_connected: Callable[[], bool]
) -> Vitals:
    from footnote_bot.vitals import Vitals

    allowance = settings.allowances.everybody
    return Vitals(
        core.index,
        core.stores,
        footnote.ledger,
        metrics,
        allowance=allowance,
        is_connected=is_connected,
        clock=utc_now,
    )


async def run_web(footnote: Footnote, settings: Settings, *, on_start: Callable[[str], None]) -> None:
    """The reading room with a question box, until it is stopped. Raises SettingsError."""
    from footnote_bot.reading_room import own_room

    assert footnote.stores is not None, "it keeps its answers"  # noqa: S101 - a programming error, not input
    async with own_room(settings, footnote.stores, footnote.index, footnote.answering.ask) as address:
        on_start(address)
        await asyncio.Event().wait()


def _core(footnote: Footnote, stores: Stores, settings: Settings, metrics: Metrics) -> Core:
    from footnote_bot.reading_room import public_links
    from footnote_bot.services import Core
    from footnote_index.web.source_list import SourceList

    answers, verdicts = stores.answers, stores.verdicts
    return Core(
        ask=metrics.metered(footnote.answering.ask),
        suggest=Suggestions(footnote.reader).after,
        fact_check=FactChecker(footnote.index, footnote.entailer).check,
        index=footnote.index,
        review=Review(answers),
        verdicts=Verdicts(answers, verdicts, undo_within=timedelta(minutes=settings.undo_minutes)),
        revisions=Revisions(answers, verdicts, footnote.index, footnote.reader),
        stores=stores,
        articles=ArticleFolder(settings.articles),
        sources=SourceList(settings.articles, settings.data, allow_private=settings.allow_private_addresses),
        links=public_links(settings),
    )


def _access(settings: Settings) -> Access:
    from footnote_bot.access.turns import AskLimits
    from footnote_bot.choices import Access

    return Access(
        guild_ids=settings.discord_guild_ids,
        leaves_others=settings.discord_leave_other_guilds,
        direct_messages=settings.direct_messages,
        ask_limits=AskLimits(
            a_minute=settings.questions_per_minute,
            at_once=settings.questions_at_once,
            server_a_minute=settings.server_questions_per_minute,
            server_at_once=settings.server_questions_at_once,
        ),
    )


def _habits(settings: Settings) -> Habits:
    from footnote_bot.choices import Habits

    return Habits(
        answer_within=settings.openai_time_limit + _BESIDES_THE_MODEL,
        answers_age=timedelta(days=settings.answers_age_days),
        keep_questions=timedelta(days=settings.keep_days),
        seconds_between_looks=settings.watch_minutes and settings.watch_minutes * 60,
        digest_days=settings.digest_days,
    )


def _load_minilm(settings: Settings) -> Embedder:
    from footnote_index.embedders.minilm import MiniLM

    return MiniLM(settings.data / "models")


def _load_openai(settings: Settings) -> Embedder:
    from footnote_index.embedders.openai import OpenAIEmbedder

    return OpenAIEmbedder.connect(
        model=settings.openai_embedding_model,
        api_key=settings.openai_key,
        base_url=settings.openai_base_url,
        price=settings.openai_embedding_price,
        tokens_per_minute=settings.openai_embedding_tokens_per_minute,
    )
