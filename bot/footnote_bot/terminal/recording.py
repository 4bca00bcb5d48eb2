"""Records questions asked in the terminal: they are stored after they are answered, so that nobody waits for the
database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from footnote.answering.small_talk import small_talk
from footnote.errors import FootnoteError
from footnote.models import Abstention, Answer
from footnote.review.recording import Review
from footnote_bot.terminal.builds import warn
from footnote_bot.terminal.session import Session

if TYPE_CHECKING:
    from footnote.stores import Stores
    from footnote_bot.app import Footnote

Keep = Callable[[Answer | Abstention], Awaitable[None]]
"""Stores an outcome. A database error is only a warning: the answer was shown."""


@asynccontextmanager
async def recording(session: Session, footnote: Footnote) -> AsyncIterator[Keep]:
    """Opens the database for the first question, if it is not open yet. Small talk is not recorded."""
    async with AsyncExitStack() as stack:
        stores = footnote.stores
        is_away = footnote.is_away  # there was a warning before the first question

        async def keep(outcome: Answer | Abstention) -> None:
            nonlocal stores, is_away
            if is_away or small_talk(outcome.question):
                return
            try:
                stores = stores or await _opened(session, stack)
                await _record(stores, outcome)
            except FootnoteError as error:
                is_away = True
                warn(session.err, f"Questions are not stored: {error}")

        yield keep


def limited(
    outcome: Answer | Abstention, since: date | None, until: date | None, collections: Sequence[str]
) -> Answer | Abstention:
    """The recorded question says which articles were searched: without that, the answer may be different."""
    limits = [f"only {name}" for name in collections]
    limits += [f"{word} {day}" for word, day in (("since", since), ("until", until)) if day]
    return replace(outcome, question=f"{outcome.question} ({', '.join(limits)})") if limits else outcome


async def _opened(session: Session, stack: AsyncExitStack) -> Stores:
    from footnote_bot.app import opened_database

    stores, _ = await stack.enter_async_context(opened_database(session.settings))
    return stores


async def _record(stores: Stores, outcome: Answer | Abstention) -> None:
    """Raises SettingsError on database errors."""
    from sqlalchemy.exc import SQLAlchemyError

    from footnote.errors import SettingsError

    try:
        await Review(stores.answers).record_here(outcome)
    except (SQLAlchemyError, OSError) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise SettingsError(f"the database says “{reason}”. `footnote doctor` looks for the cause.") from error
