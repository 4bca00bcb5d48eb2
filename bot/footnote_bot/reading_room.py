"""Builds the reading room: for a bot, whose answers may not all be public, or for the user of this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

from footnote.answering.questions import clean_question
from footnote.models.collections import EVERYTHING, Readable
from footnote.records.answers import HERE, AnswerRecord
from footnote.review.recording import Review, utc_now
from footnote.stores import Stores
from footnote_bot.discord_services import Pictures
from footnote_bot.page_links import Links, signing_key
from footnote_bot.settings import Settings
from footnote_bot.web.application import AskHere, make_application
from footnote_bot.web.corrections import PublicCorrections
from footnote_bot.web.operations import Watched
from footnote_bot.web.pictures import PagePictures
from footnote_bot.web.room import Articles, Room
from footnote_bot.web.serving import served

if TYPE_CHECKING:
    from footnote.models import Abstention, Answer

Ask = Callable[[str], Awaitable["Answer | Abstention"]]

ReadableAt = Callable[[AnswerRecord], Awaitable[Readable]]

_THIS_MACHINE = "127.0.0.1"


def public_links(settings: Settings) -> Links | None:
    """What messages link to; None if no pages are served, or their address is unknown."""
    if settings.web_port is None or settings.web_url is None:
        return None
    return Links(signing_key(settings.data), settings.web_url, days=settings.web_link_days)


@asynccontextmanager
async def bots_room(
    settings: Settings,
    stores: Stores,
    articles: Articles,
    *,
    pictures: Pictures,
    may_show: Callable[[AnswerRecord], bool],
    readable_at: ReadableAt,
    watched: Watched | None = None,
) -> AsyncIterator[None]:
    """Serves pages together with a bot, if there is a port for them. `may_show`: whether everybody may read an answer;
    `readable_at`: what the answer's channel is answered from.
    """
    if settings.web_port is None:
        yield
        return
    links = public_links(settings) or Links(signing_key(settings.data), "", days=settings.web_link_days)
    corrections = None
    if settings.web_corrections:
        corrections = PublicCorrections(
            stores.corrections, links, may_show=may_show, readable_at=readable_at, clock=utc_now
        )
    room = Room(stores, articles, links, pictures=pictures, may_show=may_show, readable_at=readable_at, clock=utc_now)
    application = make_application(room, watched=watched, corrections=corrections)
    async with served(application, settings.web_host, settings.web_port):
        yield


@asynccontextmanager
async def own_room(settings: Settings, stores: Stores, articles: Articles, ask: Ask) -> AsyncIterator[str]:
    """Pages with a question box, for this machine only. Yields their address. Answers given in Discord are not shown:
    without Discord it is unknown who may read them.
    """
    links = Links(signing_key(settings.data), "", days=settings.web_link_days)
    with closing(PagePictures(settings.articles)) as pictures:
        room = Room(
            stores,
            articles,
            links,
            pictures=pictures,
            may_show=was_asked_here,
            readable_at=_all_collections,
            clock=utc_now,
        )
        application = make_application(room, ask=_recording(ask, Review(stores.answers), links))
        async with served(application, _THIS_MACHINE, settings.web_port or 0) as port:
            yield f"http://{_THIS_MACHINE}:{port}/"


def was_asked_here(record: AnswerRecord) -> bool:
    """In the terminal, or on a page of this machine."""
    return record.guild_id is None and record.channel_id == HERE


async def _all_collections(_: AnswerRecord) -> Readable:
    """The user of this machine runs Footnote."""
    return EVERYTHING


def _recording(ask: Ask, review: Review, links: Links) -> AskHere:
    async def answer(question: str) -> str:
        outcome = await ask(clean_question(question))
        return links.receipt(await review.record_here(outcome))

    return answer
