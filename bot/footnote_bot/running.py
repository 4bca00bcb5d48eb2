"""How the application runs: as the bot in Discord, or as the reading room alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from footnote.answering.suggestions import Suggestions
from footnote.grounding.fact_check import FactChecker
from footnote.review.recording import Review, utc_now
from footnote.review.revisions import Revisions
from footnote.review.verdicts import Verdicts
from footnote.stores import Stores
from footnote_bot.app import Footnote
from footnote_bot.settings import Settings
from footnote_index.article_folder import ArticleFolder
from footnote_index.attached import AttachedFiles

if TYPE_CHECKING:  # not at run time: they bring discord.py
    from footnote_bot.discord_services import Core, Pictures
    from footnote_bot.metrics import Metrics
    from footnote_bot.operator_choices import Access, Habits
    from footnote_bot.vitals import Vitals

_BESIDES_THE_MODEL = 12.0
"""Seconds for all other steps of an answer, on a machine that is busy with a build."""


async def run_bot(footnote: Footnote, settings: Settings, token: str) -> None:
    """Runs the bot in Discord until it is stopped. Raises SettingsError, also when Discord rejects the bot."""
    from footnote_bot.access.visibility import is_public
    from footnote_bot.client import point_at, serve
    from footnote_bot.discord_app import make_client
    from footnote_bot.metrics import Metrics
    from footnote_bot.operator_choices import QuestionUse
    from footnote_bot.reading_room import bots_room
    from footnote_bot.views.host import nothing_in_memory
    from footnote_bot.web.pictures import PagePictures

    assert footnote.stores is not None, "a bot keeps its answers"  # noqa: S101 - a programming error, not input
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    metrics = Metrics()
    footnote.index.on_built = metrics.built
    pictures = PagePictures(settings.articles)
    core = _core(footnote, footnote.stores, settings, metrics, pictures)
    client = make_client(
        core,
        access=_access(settings),
        habits=_habits(settings),
        questions=QuestionUse(
            # With a server, each question would be a separate, paid request.
            vectors_of=None if settings.uses_embedding_server else footnote.index.question_vectors,
            on_forgotten=footnote.memory.refresh if footnote.memory else nothing_in_memory,
            model_host=settings.model_host,
        ),
    )
    vitals = _vitals(footnote, core, settings, metrics, is_connected=client.is_ready)
    with closing(pictures):
        async with bots_room(
            settings,
            core.stores,
            footnote.index,
            pictures=pictures,
            may_show=partial(is_public, client),
            readable_at=client.host.collections.of,
            watched=vitals,
        ):
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
    """Runs the reading room with a question box until it is stopped. Raises SettingsError."""
    from footnote_bot.reading_room import own_room

    assert footnote.stores is not None, "it keeps its answers"  # noqa: S101 - a programming error, not input
    async with own_room(settings, footnote.stores, footnote.index, footnote.answering.ask) as address:
        on_start(address)
        await asyncio.Event().wait()


def _core(footnote: Footnote, stores: Stores, settings: Settings, metrics: Metrics, pictures: Pictures) -> Core:
    from footnote_bot.discord_services import Core
    from footnote_bot.reading_room import public_links
    from footnote_index.web.source_list import SourceList

    answers, verdicts = stores.answers, stores.verdicts
    return Core(
        ask=metrics.metered(footnote.answering.ask),
        suggest=Suggestions(footnote.reader).after,
        fact_check=FactChecker(footnote.index, footnote.entailer).check,
        files=AttachedFiles(footnote.index.load_embedder),
        index=footnote.index,
        review=Review(answers),
        verdicts=Verdicts(answers, verdicts, undo_within=timedelta(minutes=settings.undo_minutes)),
        revisions=Revisions(answers, verdicts, footnote.index, footnote.reader),
        stores=stores,
        articles=ArticleFolder(settings.articles),
        sources=SourceList(settings.articles, settings.data, allow_private=settings.allow_private_addresses),
        pictures=pictures,
        links=public_links(settings),
    )


def _access(settings: Settings) -> Access:
    from footnote_bot.access.ask_limits import AskLimits
    from footnote_bot.operator_choices import Access

    return Access(
        guild_ids=settings.discord_guild_ids,
        leaves_others=settings.discord_leave_other_guilds,
        direct_messages=settings.direct_messages,
        reads_messages=settings.message_content,
        shards=settings.discord_shards,
        ask_limits=AskLimits(
            a_minute=settings.questions_per_minute,
            at_once=settings.questions_at_once,
            server_a_minute=settings.server_questions_per_minute,
            server_at_once=settings.server_questions_at_once,
        ),
    )


def _habits(settings: Settings) -> Habits:
    from footnote_bot.operator_choices import Habits

    return Habits(
        answer_within=settings.openai_time_limit + _BESIDES_THE_MODEL,
        answers_age=timedelta(days=settings.answers_age_days),
        keep_questions=timedelta(days=settings.keep_days),
        seconds_between_looks=settings.watch_minutes and settings.watch_minutes * 60,
        digest_days=settings.digest_days,
    )
