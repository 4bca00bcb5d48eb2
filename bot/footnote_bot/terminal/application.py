"""Opens the application for a command, with an index that can answer."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from footnote.errors import BuildError, CanaryFailed, DiskFull, EmptyIndex, ModelError, WouldShrink
from footnote_bot.settings import Settings
from footnote_bot.terminal import builds
from footnote_bot.terminal.session import Session, run_until_stopped

if TYPE_CHECKING:
    from footnote_bot.app import Footnote  # not at run time: it brings Chroma

Work = Callable[["Footnote"], Awaitable[None]]


def run(session: Session, work: Work, *, up_to_date: bool, is_bot: bool = False, keeps_answers: bool = False) -> None:
    """Opens the application, builds the index if requested or if there is none, and runs the work.

    A bot stores its answers, and also starts without an index: its articles may be fixed later, and rebuilt from
    Discord.
    """

    from footnote_bot.app import opened

    async def run() -> None:
        def go_on(reason: str) -> None:
            builds.warn(session.err, f"{reason} Until then, questions are answered without it.")

        keeps = is_bot or keeps_answers
        async with (
            opened(session.settings, keeps_answers=keeps, on_no_database=go_on) as footnote,
            loading(footnote.slow_parts),
        ):
            if up_to_date or await _is_empty(footnote):
                await _bring_up_to_date(footnote, session.err, needs_index=not is_bot)
            await _warn_of_other_articles(footnote, session.settings, session.err)
            await work(footnote)

    run_until_stopped(run())


@asynccontextmanager
async def loading(parts: Sequence[Callable[[], object]]) -> AsyncIterator[None]:
    """Loads them in threads, while other things are done at the start. If one cannot be loaded, the first question
    tries again, and reports the reason.
    """

    async def load() -> None:
        await asyncio.gather(*map(asyncio.to_thread, parts), return_exceptions=True)
        gc.freeze()  # these stay too

    task = asyncio.create_task(load())
    try:
        yield
    finally:
        await task


async def _bring_up_to_date(footnote: Footnote, err: Console, *, needs_index: bool) -> None:
    try:
        report = await builds.build(err, footnote)
    except (WouldShrink, CanaryFailed) as error:  # there may be nobody to ask, and the live generation answers
        builds.warn(err, str(error))
    except (BuildError, DiskFull, ModelError) as error:
        if needs_index and await _is_empty(footnote):
            raise
        builds.warn(err, str(error))
    else:
        if report.forecast is None:
            builds.show_report(err, report)
        else:
            builds.show_unchanged(err, report)


async def _warn_of_other_articles(footnote: Footnote, settings: Settings, err: Console) -> None:
    """Answers come from what was built, even if FOOTNOTE_ARTICLES has changed since."""
    if "articles" not in settings.model_fields_set or settings.chroma_url or await _is_empty(footnote):
        return  # or on other machines that build too, where the same articles have another path
    built_from = (await footnote.index.status()).folder
    if built_from != str(settings.articles.resolve()):
        builds.warn(
            err,
            f"The index was built from {built_from}, and FOOTNOTE_ARTICLES is {settings.articles}. To switch, run "
            "`footnote index build --yes`.",
        )


async def _is_empty(footnote: Footnote) -> bool:
    try:
        await footnote.index.status()
    except EmptyIndex:
        return True
    return False
