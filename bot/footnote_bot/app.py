"""The composition root: the one place where parts are chosen and wired."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from footnote.adapters.reader import MULTILINGUAL, TrainedModel
from footnote.answering.budget import Budget, MemoryLedger
from footnote.answering.checking import Checking
from footnote.answering.pipeline import Answering
from footnote.errors import SettingsError
from footnote.ports import Entailer, Ledger, Reader
from footnote.reading.certainty import ABSTAIN_BELOW
from footnote.reading.relevance import PassageReader
from footnote.review.recording import utc_now
from footnote.review.verified import VerifiedAnswers
from footnote.stores import Stores
from footnote_bot.answerers import opened_answerers
from footnote_bot.decided_questions import approved_answers, is_worth_opening
from footnote_bot.generation_home import opened_home
from footnote_bot.metered_index import MeteredIndex
from footnote_bot.settings import Settings
from footnote_index.embedders import Embedder
from footnote_index.storage import data_folder
from footnote_index.storage.home import Home
from footnote_index.web.fetch_stage import Web

_BETWEEN_LOOKS = 2.0
"""Seconds between two checks which generation of a shared index is live. Each takes a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """The application without a user interface; `stores` is None if none are needed yet, or if the database `is_away`.
    `slow_parts` load what the first question would otherwise wait for.
    """

    index: MeteredIndex
    answering: Answering
    reader: Reader
    entailer: Entailer
    ledger: Ledger = field(default_factory=MemoryLedger)
    stores: Stores | None = None
    memory: VerifiedAnswers | None = None
    is_away: bool = False
    slow_parts: tuple[Callable[[], object], ...] = ()


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    keeps_answers: bool = False,
    recalls: bool = True,
    on_no_database: Callable[[str], None] | None = None,
) -> AsyncIterator[Footnote]:
    """The application, with the data folder locked by this process. If there is no database, `on_no_database` is called
    with the reason, and the application continues without one, unless it `keeps_answers`. Raises DataInUse,
    SettingsError.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(data_folder.locked(settings.data))
        database = await _database(stack, settings, is_needed=keeps_answers, on_none=on_no_database)
        stores = database.stores
        meter = Budget(database.ledger, settings.allowances, settings.prices, clock=utc_now)
        answerers = await stack.enter_async_context(opened_answerers(settings, meter))
        model, multilingual = _models(settings)
        reader = PassageReader(model, multilingual)
        index = _index(settings, reader, stack.enter_context(opened_home(settings, upgrades=False)), stores)
        memory = VerifiedAnswers(stores.answers, stores.reviewed, index, index) if stores else None
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
        slow = [index.load_embedder, index.open, *(one.load for one in (model, multilingual) if one)]
        if settings.uses_language_model:
            slow.append(model.load_claims)
        yield Footnote(index, answering, reader, model, database.ledger, stores, memory, database.is_away, tuple(slow))


@dataclass(frozen=True, slots=True)
class _Database:
    stores: Stores | None = None
    ledger: Ledger = field(default_factory=MemoryLedger)
    is_away: bool = False


async def _database(
    stack: AsyncExitStack, settings: Settings, *, is_needed: bool, on_none: Callable[[str], None] | None
) -> _Database:
    """None as long as nothing is stored yet. Raises SettingsError if it cannot be opened and `is_needed`."""
    if not (is_needed or is_worth_opening(settings)):
        return _Database()
    try:
        return _Database(*await stack.enter_async_context(opened_database(settings)))
    except SettingsError as error:
        if is_needed or on_none is None:
            raise
        on_none(str(error))
        return _Database(is_away=True)


def _index(settings: Settings, reader: Reader, home: Home, stores: Stores | None) -> MeteredIndex:
    return MeteredIndex(
        settings.articles,
        settings.data,
        partial(_loading(settings), settings),
        reader=reader,
        home=home,
        web=Web(settings.articles, settings.data, allow_private=settings.allow_private_addresses),
        approved=partial(approved_answers, stores.reviewed) if stores else None,
    )


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
    """The stores, with tables brought up to date. Raises SettingsError."""
    from footnote.adapters.database import DatabaseLedger, open_engine, stores_of, upgrade

    await asyncio.to_thread(upgrade, settings.database)
    engine = open_engine(settings.database)
    try:
        yield stores_of(engine, settings.share), DatabaseLedger(engine)
    finally:
        await engine.dispose()


def _models(settings: Settings) -> tuple[TrainedModel, TrainedModel | None]:
    """The reader of English, and that of other languages where the weights that it changes have to be there anyway."""
    models = settings.data / "models"
    is_multilingual = settings.embedder == "multilingual" and not settings.uses_embedding_server
    return TrainedModel(models), TrainedModel(models, MULTILINGUAL) if is_multilingual else None


def _loading(settings: Settings) -> Callable[[Settings], Embedder]:
    if settings.uses_embedding_server:
        return _load_openai
    return _load_multilingual if settings.embedder == "multilingual" else _load_minilm


def _load_minilm(settings: Settings) -> Embedder:
    from footnote_index.embedders.minilm import MiniLM

    return MiniLM(settings.data / "models")


def _load_multilingual(settings: Settings) -> Embedder:
    from footnote_index.embedders.multilingual import MultilingualE5

    return MultilingualE5(settings.data / "models")


def _load_openai(settings: Settings) -> Embedder:
    from footnote_index.embedders.openai import OpenAIEmbedder

    return OpenAIEmbedder.connect(
        model=settings.openai_embedding_model,
        api_key=settings.openai_key,
        base_url=settings.openai_base_url,
        price=settings.openai_embedding_price,
        tokens_per_minute=settings.openai_embedding_tokens_per_minute,
    )
