"""The composition root: the one place where parts are chosen and wired."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from footnote.answering import Answering
from footnote.extractive import ExtractiveAnswerer
from footnote.fallback import WithFallback
from footnote.ports import Answerer
from footnote.relevance import ABSTAIN_BELOW, MatchReader
from footnote.review import Review
from footnote_bot.settings import Settings
from footnote_index import data_folder
from footnote_index.embedders import Embedder
from footnote_index.index import Index


@dataclass(frozen=True, slots=True)
class Footnote:
    """The application without a face."""

    index: Index
    answering: Answering


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Footnote]:
    """The application, with the data folder held by this process. Raises DataInUse, SettingsError."""
    load_embedder = _load_openai if settings.uses_embedding_server else _load_minilm
    async with _answerer(settings) as answerer:
        with data_folder.hold(settings.data):
            index = Index(settings.articles, settings.data, lambda: load_embedder(settings))
            try:
                yield Footnote(index, Answering(index, MatchReader(), answerer, abstain_below=ABSTAIN_BELOW))
            finally:
                await index.close()


@asynccontextmanager
async def _answerer(settings: Settings) -> AsyncIterator[Answerer]:
    """The one that the settings ask for. Behind a language model stands the answerer that needs none."""
    if not settings.uses_language_model:
        yield ExtractiveAnswerer()
        return
    from footnote.adapters.openai import OpenAIAnswerer

    model = OpenAIAnswerer.connect(
        model=settings.openai_model,
        api_key=_key(settings),
        base_url=settings.openai_base_url,
    )
    try:
        yield WithFallback(model, ExtractiveAnswerer(), clock=monotonic)
    finally:
        await model.close()


async def run_bot(footnote: Footnote, settings: Settings, token: str) -> None:
    """The Discord face, until it is told to stop. Raises SettingsError when Discord refuses it or is out of reach."""
    from footnote.adapters.database import DatabaseStore, open_engine, upgrade
    from footnote_bot.client import FootnoteClient, point_at, serve

    await asyncio.to_thread(upgrade, settings.database)
    store = DatabaseStore(open_engine(settings.database))
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    client = FootnoteClient(
        ask=footnote.answering.ask,
        index=footnote.index,
        review=Review(store),
        guild_ids=settings.discord_guild_ids,
    )
    # The order of closing matters: Discord first, then what its events use.
    try:
        await serve(client, token)
    finally:
        await store.close()


def _load_minilm(settings: Settings) -> Embedder:
    from footnote_index.embedders.minilm import MiniLM

    return MiniLM(settings.data / "models")


def _load_openai(settings: Settings) -> Embedder:
    from footnote_index.embedders.openai import OpenAIEmbedder

    return OpenAIEmbedder.connect(
        model=settings.openai_embedding_model,
        api_key=_key(settings),
        base_url=settings.openai_base_url,
        price=settings.openai_embedding_price,
        tokens_per_minute=settings.openai_embedding_tokens_per_minute,
    )


def _key(settings: Settings) -> str | None:
    return settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
