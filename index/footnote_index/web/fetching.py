"""One address -> what its server answers: checks robots.txt first, waits its turn, and follows and checks redirects."""

from __future__ import annotations

import asyncio
import os
import ssl
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
from aiohttp import ClientResponse, ClientSession
from yarl import URL

from footnote.adapters.retrying import retry_after
from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.web.addresses import checked
from footnote_index.web.connecting import PrivateAddress
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.document import FetchedDocument
from footnote_index.web.fetch_errors import Gone, Refused, Unfetched, Unreachable
from footnote_index.web.host_throttle import HostThrottle
from footnote_index.web.robots import Permission

_CHUNK = 65_536
_AGAIN = {429, 503}
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_MARK = 1000


class Fetcher:
    """Sends requests to web servers. Lives as long as one build."""

    def __init__(self, session: ClientSession, crawl_limits: CrawlLimits, process: ParserProcess) -> None:
        self._session = session
        self._crawl_limits = crawl_limits
        self._process = process
        self._throttles: dict[str, HostThrottle] = {}
        self._robots: dict[URL, asyncio.Task[bytes]] = {}
        self._unreadable: dict[URL, str] = {}

    async def fetch(
        self, url: URL, *, size: int, known: FetchedDocument | None = None, types: frozenset[str] | None = None
    ) -> FetchedDocument | None:
        """None when it has not changed since `known`. `types`: the content types that can be used.

        Raises Gone when its server says that it does not exist, Unfetched for every other reason.
        """
        return await self._follow(url, size=size, known=known, types=types)

    async def _follow(
        self,
        url: URL,
        *,
        size: int,
        known: FetchedDocument | None = None,
        types: frozenset[str] | None = None,
        is_robots: bool = False,
    ) -> FetchedDocument | None:
        for _ in range(self._crawl_limits.redirects + 1):
            if not is_robots:
                await self._require_permission(url)
            found = await self._ask(url, size, known, types)
            if not isinstance(found, URL):
                return found
            url = found
        raise Unfetched(f"it redirects more than {self._crawl_limits.redirects} times")

    async def _require_permission(self, url: URL) -> None:
        origin = url.origin()
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._read_robots(origin))
        robots = await self._robots[origin]
        if not (await self._permission(robots, url)).is_given:
            raise Unfetched("its robots.txt forbids it")

    async def _read_robots(self, origin: URL) -> bytes:
        """As in RFC 9309: everything is allowed if there is no such file, and nothing if it cannot be read."""
        try:
            document = await self._follow(origin / "robots.txt", size=self._crawl_limits.robots_size, is_robots=True)
        except Refused:
            document = None
        robots = document.body if document else b""
        if delay := (await self._permission(robots, origin)).delay:
            self._host(origin).slow_down(delay)
        return robots

    async def _permission(self, robots: bytes, url: URL) -> Permission:
        if not robots.strip():
            return Permission(is_given=True, delay=None)
        reason = self._unreadable.get(url.origin())
        try:
            if reason is None:
                return await self._process.read_soon("robots", robots, Permission, url=str(url))
        except Unreadable as error:
            reason = self._unreadable[url.origin()] = str(error)
        raise Unfetched(f"its robots.txt cannot be used: {reason}")

    def _host(self, url: URL) -> HostThrottle:
        return self._throttles.setdefault(url.host or "", HostThrottle(self._crawl_limits))

    async def _ask(
        self, url: URL, size: int, known: FetchedDocument | None, types: frozenset[str] | None
    ) -> FetchedDocument | URL | None:
        """One request, and one more if the server only asks to wait; returns a URL if it redirects."""
        host = self._host(url)
        conditions = _conditions(known) if known and known.final_url == str(url) else {}
        async with host.turn():
            found = await self._answer(url, conditions, size, types)
        if isinstance(found, _Later) and host.postpone(found.seconds):
            async with host.turn():
                found = await self._answer(url, conditions, size, types)
        if isinstance(found, _Later):
            raise Unfetched(f"its server asks to wait for {found.seconds:,.0f} s")
        return found

    async def _answer(
        self, url: URL, conditions: dict[str, str], size: int, types: frozenset[str] | None
    ) -> FetchedDocument | URL | _Later | None:
        try:
            async with self._session.get(url, headers=conditions, allow_redirects=False) as response:
                if response.status == 304 and conditions:
                    return None
                if response.status in _AGAIN:
                    return _Later(retry_after(response.headers) or self._crawl_limits.longest_wait)
                if response.status in _REDIRECTS:
                    return _target(url, response)
                return await _document(url, response, size, types)
        except (TimeoutError, aiohttp.ClientError, zlib.error, ValueError, OSError) as error:
            raise _problem(error) from error


@dataclass(frozen=True, slots=True)
class _Later:
    seconds: float


def _conditions(known: FetchedDocument) -> dict[str, str]:
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


def _target(url: URL, response: ClientResponse) -> URL:
    try:
        return checked(url.join(URL(response.headers.get("Location", ""))))
    except Unfetched as error:
        raise Unfetched(f"it redirects to an address that cannot be fetched: {error}") from error
    except ValueError as error:
        raise Unfetched("it redirects to an address that cannot be fetched: it is not an address") from error


async def _document(url: URL, response: ClientResponse, size: int, types: frozenset[str] | None) -> FetchedDocument:
    status = response.status
    if status in {404, 410}:
        raise Gone(f"its server says that it does not exist ({status})")
    if status != 200:
        kind = Refused if 400 <= status < 500 else Unreachable
        raise kind(f"its server answers {status}")
    content_type = _mark(response.headers.get("Content-Type", "").partition(";")[0].strip().lower()) or ""
    if types is not None and content_type not in types:
        raise Unfetched(f"it is not an article but {content_type[:60] or 'a file of unknown type'}")
    body = await _body(response, size)
    etag, last_modified = (_mark(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
    return FetchedDocument(
        str(url), content_type, _mark(response.charset), etag, last_modified, datetime.now(UTC), body
    )


def _mark(value: str | None) -> str | None:
    """The header as received, if it can be stored and sent back."""
    return value if value and value.isascii() and len(value) <= _LONGEST_MARK else None


async def _body(response: ClientResponse, size: int) -> bytes:
    too_large = Unfetched(f"it is larger than {size / 1e6:g} MB")
    if (response.content_length or 0) > size:
        raise too_large
    unpack = _unpacker(response.headers.get("Content-Encoding", "").strip().lower())
    parts: list[bytes] = []
    received = unpacked = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        parts.append(unpack.decompress(chunk, size + 1 - unpacked) if unpack else chunk)
        received += len(chunk)
        unpacked += len(parts[-1])
        if max(received, unpacked) > size:
            raise too_large
    if unpack and not unpack.eof:
        raise Unfetched("its compressed content is incomplete")
    return b"".join(parts)


def _unpacker(encoding: str) -> zlib._Decompress | None:
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    raise Unfetched("its content has an unsupported compression")


def _problem(error: Exception) -> Unfetched:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, PrivateAddress):
        return Unfetched(str(cause))
    if isinstance(error, aiohttp.InvalidURL):
        return Unfetched("it is not an address")
    if isinstance(error, zlib.error):
        return Unfetched("its compressed content is damaged")
    return Unreachable(_reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "its server takes too long"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its server's name cannot be resolved"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "its server has no valid certificate"
    if isinstance(error, aiohttp.ClientConnectorError):
        number = error.os_error.errno
        return f"its server cannot be reached ({os.strerror(number) if number else 'no connection'})"
    return f"its server's answer is invalid ({type(error).__name__})"
