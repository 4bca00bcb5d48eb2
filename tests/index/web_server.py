"""A web server on loopback whose every byte is controlled by the test.

    async with WebServer() as server:
        server.answers["/report.html"] = Reply(page("The dam", "It opened in May."), headers={"ETag": '"1"'})
        server.url("/report.html")
        server.asked            what it was asked for, as (path, headers in lower case)

An answer may also be a function of the headers; `server.raw` holds coroutines that write what they like.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Self

SENTENCE = "The dam above the valley holds back enough water for the whole town and for the fields below it."


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {"Content-Type": self.kind, "Content-Length": str(len(body)), "Connection": "close", **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n{lines}\r\n".encode() + body


Write = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = Reply | Callable[[Mapping[str, str]], Reply]


class WebServer:
    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.raw: dict[str, Write] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.most_at_once = 0
        self._at_once = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What it was asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(asyncio.ensure_future(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._reply(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = request[0].split(" ")[1]
            headers = dict(line.lower().split(": ", 1) for line in request[1:] if line)
            self.asked.append((path, headers))
            if path in self.raw:
                await self.raw[path](writer)
            else:
                answer = self.answers.get(path, Reply(status=404))
                reply = answer if isinstance(answer, Reply) else answer(headers)
                assert isinstance(reply, Reply)
                writer.write(reply.encoded())
                await writer.drain()
        self._at_once -= 1


def plain(title: str, text: str = SENTENCE) -> Reply:
    """A page of plain text, which is read in no time."""
    return Reply(f"{title}\n\n{text}", kind="text/plain; charset=utf-8")


def page(title: str, text: str = SENTENCE, *, published: str = "", head: str = "") -> str:
    """A web page as trafilatura finds its article in."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    body = "".join(f"<p>{part}</p>" for part in [text, *(f"{title}: {SENTENCE}" for _ in range(3))])
    return (
        f"<html><head><title>{title}</title>{meta}{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def rss(*entries: tuple[str, str, str]) -> Reply:
    """A feed of (address, title, day as in `Mon, 06 Sep 2021 10:00:00 GMT`)."""
    items = "".join(
        f"<item><link>{url}</link><title>{title}</title><pubDate>{day}</pubDate></item>" for url, title, day in entries
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    return Reply(body, kind="application/rss+xml")


def sitemap(*urls: str, further: bool = False) -> Reply:
    root, entry = ("sitemapindex", "sitemap") if further else ("urlset", "url")
    entries = "".join(f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)
    body = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'
    return Reply(body, kind="application/xml")
