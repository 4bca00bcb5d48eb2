"""All checks, one after the other: an error in one of them does not hide the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial

from footnote.errors import FootnoteError
from footnote.stores import Stores
from footnote_bot.doctor import machine_checks, storage_checks
from footnote_bot.doctor.findings import Finding, State, bad, ok
from footnote_bot.doctor.model_checks import ModelSetup, model_findings
from footnote_bot.settings import Settings

_DISCORD = "https://discord.com/api/v10"


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yields each finding as soon as it is known. discord.py must be pointed at its server before."""
    for look in _blocking(settings):
        for finding in await asyncio.to_thread(look):
            yield finding
    database = await asyncio.to_thread(storage_checks.database_finding, settings)
    yield database
    async for finding in _of_models(settings):
        yield finding
    async for finding in _of_discord(settings, has_database=database.state is State.OK):
        yield finding


def _blocking(settings: Settings) -> Iterable[Callable[[], list[Finding]]]:
    def one(look: Callable[..., Finding], *values: object) -> Callable[[], list[Finding]]:
        return lambda: [look(*values)]

    yield one(machine_checks.data_finding, settings.data)
    yield one(machine_checks.disk_finding, settings.data)
    yield one(storage_checks.article_finding, settings.articles)
    yield lambda: [*storage_checks.index_findings(settings)]
    yield one(machine_checks.web_finding, settings.web_host, settings.web_port, settings.web_url)


async def _of_models(settings: Settings) -> AsyncIterator[Finding]:
    subject = "Language model"
    server = partial(ModelSetup, base_url=settings.openai_base_url, key=settings.openai_key)
    try:
        writes, embeds = settings.uses_language_model, settings.uses_embedding_server
    except FootnoteError as error:
        yield bad(subject, str(error), "see docs/models.md")
        return
    if not writes:
        yield ok(subject, "none: answers are source sentences")
    else:
        setup = server(settings.openai_model, answer_tokens=settings.openai_max_tokens)
        async for finding in model_findings(subject, setup):
            yield finding
    if embeds:
        async for finding in model_findings("Embedding model", server(settings.openai_embedding_model)):
            yield finding


async def _of_discord(settings: Settings, *, has_database: bool) -> AsyncIterator[Finding]:
    if settings.discord_token is None:
        yield ok("Discord", "DISCORD_TOKEN is not set, so Footnote answers in the terminal")
        return
    from footnote_bot.doctor.discord_checks import DiscordSetup, discord_findings

    async with _opened(settings, has_database=has_database) as stores:
        token = settings.discord_token.get_secret_value()
        setup = DiscordSetup(token, settings.discord_guild_ids, stores, settings.message_content)
        async for finding in discord_findings(setup):
            yield finding
    yield await machine_checks.clock_finding(f"{settings.discord_api_url or _DISCORD}/gateway")


@asynccontextmanager
async def _opened(settings: Settings, *, has_database: bool) -> AsyncIterator[Stores | None]:
    """None if there are no tables that this Footnote can read as they are."""
    from footnote.adapters.database import missing_file, open_engine, stores_of
    from footnote.adapters.database.table_versions import is_current, versions_of

    if not has_database or missing_file(settings.database):
        yield None
        return
    if not is_current(await asyncio.to_thread(versions_of, settings.database)):
        yield None
        return
    engine = open_engine(settings.database)
    try:
        yield stores_of(engine)
    finally:
        await engine.dispose()
