"""The reading room as a web application: addresses -> pages."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from footnote.errors import EmptyIndex, FootnoteError
from footnote.reading.certainty import SURE_FROM
from footnote_bot.citation_format import on_one_line
from footnote_bot.page_links import last_day
from footnote_bot.render.receipts import sections
from footnote_bot.web.corrections import PublicCorrections
from footnote_bot.web.operations import Watched, add_operations
from footnote_bot.web.room import AnswerPage, PageRefused, Room
from footnote_bot.web.security import this_machine_only, with_headers
from footnote_bot.web.templating import static_files, templates

log = logging.getLogger(__name__)

AskHere = Callable[[str], Awaitable[str]]
"""Answers a question, and returns the address of the answer. Raises FootnoteError."""

_LARGEST_FORM = 16_384
LONGEST_QUESTION = 1500
_KEPT_BY_BROWSERS = "public, max-age=604800, immutable"
_ROBOTS = "User-agent: *\nDisallow: /\n"


def make_application(
    room: Room,
    *,
    ask: AskHere | None = None,
    watched: Watched | None = None,
    corrections: PublicCorrections | None = None,
) -> web.Application:
    """With a question box if there is `ask`: for this machine only. With health and metrics of what is `watched`."""
    guards = [with_headers, this_machine_only] if ask else [with_headers]
    pages = _Pages(room, ask, corrections)
    application = web.Application(middlewares=[*guards, pages.errors], client_max_size=_LARGEST_FORM)
    application.add_routes(
        [
            web.get("/", pages.home),
            web.get("/answers/{key}", pages.answer),
            web.get("/c/{key}/{number}", pages.citation),
            web.get("/articles/{article:.+}", pages.article),
            web.get("/pages/{article:.+}", pages.picture),
            web.get("/static/{name}", pages.static),
            web.get("/robots.txt", pages.robots),
        ]
    )
    if ask:
        application.add_routes([web.post("/ask", pages.ask)])
    if corrections:
        application.add_routes([web.get("/corrections", pages.corrections)])
    if watched:
        add_operations(application, watched, public_url=room.links.base)
    return application


class _Pages:
    """The handlers."""

    def __init__(self, room: Room, ask: AskHere | None, corrections: PublicCorrections | None) -> None:
        self._room = room
        self._ask = ask
        self._corrections = corrections
        self._static = static_files()
        self._templates = templates(self._static)

    async def home(self, _request: web.Request) -> web.Response:
        return await self._home()

    async def ask(self, request: web.Request) -> web.Response:
        """The answer gets its own address, so that reloading its page does not ask again."""
        assert self._ask, "there is no route without it"  # noqa: S101 - a programming error, not input
        question = str((await request.post()).get("question", ""))[:LONGEST_QUESTION]
        try:
            address = await self._ask(question)
        except FootnoteError as error:
            return await self._home(problem=str(error), question=question, status=400)
        raise web.HTTPSeeOther(address)

    async def answer(self, request: web.Request) -> web.Response:
        page = await self._room.answer(request.match_info["key"], _token(request))
        record = page.record
        return self._page(
            "answer.html",
            page=page,
            record=record,
            title=on_one_line(record.question) or "(question removed)",
            standing=_standing(page),
            receipt=sections(record, page.receipt) if page.shows_receipt else [],
            valid=last_day(page.until),
            anchors={number: anchor for source in page.sources for number, anchor in source.anchors.items()},
            has_question_box=self._ask is not None,
        )

    async def citation(self, request: web.Request) -> web.Response:
        found = request.match_info
        raise web.HTTPFound(await self._room.citation(found["key"], found["number"], _token(request)))

    async def article(self, request: web.Request) -> web.Response:
        query = request.query
        page = await self._room.article(
            request.match_info["article"], query.get("v", ""), query.get("s", ""), _token(request)
        )
        return self._page("article.html", page=page, title=on_one_line(page.article.title))

    async def picture(self, request: web.Request) -> web.Response:
        query = request.query
        drawn = await self._room.picture(
            request.match_info["article"], query.get("v", ""), query.get("s", ""), _token(request)
        )
        return web.Response(body=drawn, content_type="image/png")

    async def corrections(self, request: web.Request) -> web.Response:
        assert self._corrections, "there is no route without it"  # noqa: S101 - a programming error, not input
        page = await self._corrections.page(request.query.get("before", ""))
        return self._page("corrections.html", page=page, title="Corrections")

    async def static(self, request: web.Request) -> web.Response:
        file = self._static.get(request.match_info["name"])
        if file is None:
            raise PageRefused
        return web.Response(
            body=file.content, content_type=file.kind, charset="utf-8", headers={"Cache-Control": _KEPT_BY_BROWSERS}
        )

    async def robots(self, _request: web.Request) -> web.Response:
        return web.Response(text=_ROBOTS)

    @web.middleware
    async def errors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Each error as a page that says what to do."""
        try:
            return await handler(request)
        except PageRefused as error:
            return self._error(str(error), error.status)
        except web.HTTPNotFound:
            return self._error(str(PageRefused()), 404)
        except FootnoteError as error:
            return self._error(str(error), 503)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception:
            log.exception("a page could not be shown")
            return self._error("Something went wrong. The operator can find the reason in the log.", 500)

    async def _home(self, *, problem: str = "", question: str = "", status: int = 200) -> web.Response:
        try:
            index = await self._room.articles.status()
        except EmptyIndex as error:
            index, problem = None, problem or str(error)
        return self._page(
            "home.html",
            status=status,
            title="Footnote",
            index=index,
            problem=problem,
            question=question,
            has_question_box=self._ask is not None,
            has_corrections=self._corrections is not None,
        )

    def _error(self, line: str, status: int) -> web.Response:
        return self._page("error.html", status=status, title="Footnote", line=line)

    def _page(self, template: str, *, status: int = 200, **values: Any) -> web.Response:  # noqa: ANN401 - for templates
        text = self._templates.get_template(template).render(**values)
        return web.Response(text=text, content_type="text/html", status=status)


def _token(request: web.Request) -> str:
    return request.query.get("k", "")


def _standing(page: AnswerPage) -> list[str]:
    """What a reader should know about the answer, as lines."""
    record = page.record
    lines = []
    if record.verdict:
        lines.append("Corrected and approved by a moderator" if record.is_corrected else _approved(page))
    elif record.answered and record.confidence < SURE_FROM:
        lines.append("Not sure: the articles may not answer exactly this")
    if record.understood:
        lines.append(f"Understood as: {record.understood}")
    if record.note:
        lines.append(record.note)
    return lines


def _approved(page: AnswerPage) -> str:
    return (
        "Approved by a moderator" if page.record.answered else "A moderator confirms: the articles do not answer this"
    )
