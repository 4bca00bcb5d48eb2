"""Malicious and broken servers: each is reported quickly with what is wrong, and does not affect anything else."""

from __future__ import annotations

import asyncio
import gzip
import socket
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from article_files import write_articles
from web_server import Reply, WebServer, Write, plain, rss, sitemap
from yarl import URL

from footnote.models import Article
from footnote_index.building.canaries_file import read_canaries
from footnote_index.loaders.folder import find_articles, read_articles
from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.web.addresses import is_public
from footnote_index.web.connecting import open_session
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.fetch_errors import Unfetched
from footnote_index.web.fetch_stage import Web, WebPages
from footnote_index.web.fetching import Fetcher
from footnote_index.web.listed_page import ListedPage
from footnote_index.web.sitemaps import read_sitemap

SIZE = 200_000
CRAWL_LIMITS = CrawlLimits(
    delay=0,
    longest_wait=0.05,
    connect_time=0.5,
    read_time=0.2,
    whole_time=0.5,
    patience=99,
    page_size=SIZE,
    feed_size=5_000_000,
    sitemap_size=10_000_000,
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
BOMB = '<!DOCTYPE a [<!ENTITY b0 "ha">{}]>'.format("".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(9)))
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer() as server:
        server.answers["/good"] = plain("Good")
        yield server


@pytest.fixture
def reading() -> Iterator[ParserProcess]:
    with ParserProcess() as process:
        yield process


async def built(folder: Path, sources: str) -> WebPages:
    articles = write_articles(folder / "articles", {"sources.yaml": sources})
    web = Web(articles, folder / "var", allow_private=True, crawl_limits=CRAWL_LIMITS)
    return await asyncio.to_thread(web.pages, lambda _done, _total: None, dry_run=False)


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(9)


async def endless_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD)
    for number in range(1_000_000):
        writer.write(f"X-{number}: {'x' * 100}\r\n".encode())
        await writer.drain()


async def huge_header(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"X: " + b"x" * 1_000_000 + b"\r\n\r\nText")
    await writer.drain()


async def nonsense(writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\x01\x02 no HTTP at all\r\n\r\n")
    await writer.drain()


async def cut_off(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"Content-Length: 1000\r\n\r\nOnly the beginning")
    await writer.drain()


async def odd_type(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/\xff\r\nConnection: close\r\n\r\nText")
    await writer.drain()


async def odd_redirect(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://[\xff\r\nConnection: close\r\n\r\n")
    await writer.drain()


async def odd_marks(writer: asyncio.StreamWriter) -> None:
    marks = b'ETag: "\xff"\r\nLast-Modified: \xfe\r\nContent-Type: text/plain; charset="\xff"\r\n'
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + marks + b"\r\nOdd\n\nThe text is as good as any.")
    await writer.drain()


async def empty_gzip(writer: asyncio.StreamWriter) -> None:
    """Compressed bytes that never become a byte of text."""
    writer.write(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10])
    while True:
        writer.write(b"\x00\x00\x00\xff\xff" * 10_000)
        await writer.drain()


def zipped(content: bytes) -> Reply:
    return Reply(gzip.compress(content), kind="text/plain", headers={"Content-Encoding": "gzip"})


def towards(address: str) -> Reply:
    return Reply(status=302, headers={"Location": address})


PAGES: dict[str, tuple[Reply | Write, str]] = {
    "an endless body": (endless, "larger than 0.2 MB"),
    "a slow drip": (drip, "takes too long"),
    "silence": (silence, "takes too long"),
    "endless headers": (endless_headers, "answer is invalid"),
    "a huge header": (huge_header, "answer is invalid"),
    "no HTTP": (nonsense, "answer is invalid"),
    "a body cut off": (cut_off, "answer is invalid"),
    "a page of 100 MB": (Reply(kind="text/plain", headers={"Content-Length": "100000000"}), "larger than 0.2 MB"),
    "a gzip bomb": (zipped(b"0" * 50_000_000), "larger than 0.2 MB"),
    "gzip that never ends": (empty_gzip, "larger than 0.2 MB"),
    "damaged gzip": (Reply(b"\x1f\x8bno", kind="text/plain", headers={"Content-Encoding": "gzip"}), "is damaged"),
    "gzip cut off": (
        Reply(gzip.compress(b"text" * 99)[:-9], kind="text/plain", headers={"Content-Encoding": "gzip"}),
        "content is incomplete",
    ),
    "another compression": (
        Reply("x", kind="text/plain", headers={"Content-Encoding": "br"}),
        "unsupported compression",
    ),
    "a picture": (Reply(b"\x89PNG", kind="image/png"), "not an article but image/png"),
    "a type that is no text": (odd_type, "a file of unknown type"),
    "a redirect that is no text": (odd_redirect, "redirects to an address that cannot be fetched"),
    "no content type": (Reply("x", kind=""), "a file of unknown type"),
    "a redirect loop": (towards("/page"), "redirects more than 5 times"),
    "a redirect to a file": (towards("file:///etc/passwd"), "redirects to an address that cannot be fetched"),
    "a redirect to FTP": (towards("ftp://example.org/a"), "redirects to an address that cannot be fetched"),
    "a redirect with a password": (
        towards("http://me:secret@example.org/"),
        "redirects to an address that cannot be fetched",
    ),
    "a redirect to nowhere": (Reply(status=302), "redirects more than 5 times"),
    "a redirect to nonsense": (towards("http://[::1/"), "redirects to an address that cannot be fetched"),
    "a redirect to a number": (towards("http://2130706433/"), "it is not an address"),
    "a 304 that nobody asked for": (Reply(status=304), "its server answers 304"),
    "too many requests": (Reply(status=429, headers={"Retry-After": "999999999999"}), "asks to wait for"),
    "an unreadable Retry-After": (Reply(status=503, headers={"Retry-After": "soon"}), "asks to wait for"),
    "a refusal": (Reply(status=403), "its server answers 403"),
}


@pytest.mark.parametrize("case", PAGES)
async def test_a_hostile_page_is_refused_with_its_reason(server: WebServer, tmp_path: Path, case: str) -> None:
    answer, reason = PAGES[case]
    if isinstance(answer, Reply):
        server.answers["/page"] = answer
    else:
        server.raw["/page"] = answer
    pages = await built(tmp_path, f"urls: [{server.url('/page')}]")
    (problem,) = pages.not_fetched
    assert reason in problem.reason
    assert not pages.articles


async def test_marks_that_are_no_text_are_not_kept(server: WebServer, tmp_path: Path) -> None:
    server.raw["/page"] = odd_marks
    for _ in range(2):
        pages = await built(tmp_path, f"urls: [{server.url('/page')}]")
        assert [article.title for article in pages.articles] == ["Odd"]
    assert "if-none-match" not in server.asked[-1][1]


async def test_a_fault_that_nobody_thought_of_ends_no_build(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Fetcher.fetch

    async def fail_to_fetch(self: Fetcher, url: URL, **options: Any) -> Any:
        if url.path == "/feed":
            raise KeyError
        return await fetch(self, url, **options)

    monkeypatch.setattr("footnote_index.web.gathering.Fetcher.fetch", fail_to_fetch)
    server.answers["/feed"] = rss()
    pages = await built(tmp_path, f"feeds: [{server.url('/feed')}]\nurls: [{server.url('/good')}]")
    assert "(KeyError)" in pages.not_fetched[0].reason
    assert [article.title for article in pages.articles] == ["Good"]


LISTINGS: dict[str, tuple[str, Reply, str | None]] = {
    "a broken feed": ("feeds", Reply("<rss><channel><item><link>GOOD</link><tit"), "it is cut short"),
    "half a character in a feed": (
        "feeds",
        Reply("<rss version='2.0'><channel><item><title>a &#xD800; b</title><link>GOOD</link></item></channel></rss>"),
        "it is damaged (UnicodeEncodeError)",
    ),
    "half a character in HTML in a feed": (
        "feeds",
        Reply(
            "<rss version='2.0'><channel><item><title>a &amp;#xD800; b</title><link>GOOD</link></item></channel></rss>"
        ),
        None,
    ),
    "a feed that is a page": ("feeds", Reply("<html><p>Please log in.</p></html>"), "neither RSS nor Atom"),
    "a feed that is a path": ("feeds", Reply("/etc/passwd"), "neither RSS nor Atom"),
    "a feed of 100,000 entries": (
        "feeds",
        Reply(
            "<rss><channel><item><link>GOOD</link></item>"
            + "<item><link>x</link></item>" * 100_000
            + "</channel></rss>"
        ),
        None,
    ),
    "an entity bomb in a feed": (
        "feeds",
        Reply(f"{BOMB}<rss><channel><item><title>&b9;</title><link>GOOD</link></item></channel></rss>"),
        None,
    ),
    "a file in a feed": (
        "feeds",
        Reply(f"{OUTSIDE}<rss><channel><item><title>&x;</title><link>GOOD</link></item></channel></rss>"),
        None,
    ),
    "bad addresses in a feed": (
        "feeds",
        rss(*((url, "x", "") for url in ("file:///etc/passwd", "http://a:b@h/", "javascript:x", "http://[", "GOOD"))),
        None,
    ),
    "an entity bomb in a sitemap": (
        "sitemaps",
        Reply(f"{BOMB}<urlset><url><loc>&b9;</loc></url></urlset>"),
        "its XML is broken or not allowed",
    ),
    "a file in a sitemap": (
        "sitemaps",
        Reply(f"{OUTSIDE}<urlset><url><loc>&x;</loc></url></urlset>"),
        "its XML is broken or not allowed",
    ),
    "a sitemap that is a page": ("sitemaps", Reply("<html><p>Please log in.</p></html>"), "not a sitemap"),
    "an empty sitemap": ("sitemaps", Reply(""), "its XML is broken or not allowed"),
    "a bomb as a sitemap": ("sitemaps", Reply(gzip.compress(b" " * 20_000_000)), "larger than 10 MB"),
    "a sitemap index that names itself": ("sitemaps", sitemap("LISTING", "LISTING", further=True), None),
}


@pytest.mark.parametrize("case", LISTINGS)
async def test_a_hostile_listing_is_refused_or_gives_what_is_good_in_it(
    server: WebServer, tmp_path: Path, case: str
) -> None:
    kind, reply, reason = LISTINGS[case]
    if isinstance(reply.body, str):
        body = reply.body.replace("GOOD", server.url("/good")).replace("LISTING", server.url("/listing"))
        reply = Reply(body, kind="application/xml")
    server.answers["/listing"] = reply
    pages = await built(tmp_path, f"{kind}: [{{url: {server.url('/listing')}, limit: 3}}]")
    listing_problems = [one.reason for one in pages.not_fetched if "/listing" in one.url]
    if reason:
        assert reason in listing_problems[0]
    else:
        assert not listing_problems
        assert [article.title for article in pages.articles] == ["Good"] * (kind == "feeds")
    assert server.paths.count("/listing") == 1


SLOW_FEED = b"<rss version='2.0'><channel><item><author>" + b"a." * 30_000 + b"</author></item></channel></rss>"


def test_a_feed_that_takes_too_long_is_given_up() -> None:
    with ParserProcess(time_limit=1) as process, pytest.raises(Unreadable, match="it takes too long to read"):
        process.read("feed", SLOW_FEED, tuple[ListedPage, ...], base="https://example.org/")


async def test_a_robots_txt_that_takes_too_long_forbids_its_host_and_is_tried_once(server: WebServer) -> None:
    server.answers["/robots.txt"] = Reply("User-agent: *\nDisallow: /bad", kind="text/plain")
    with ParserProcess(time_limit=0.001) as reading:  # too short for any
        async with open_session(CRAWL_LIMITS, is_good) as session:
            fetcher = Fetcher(session, CRAWL_LIMITS, reading)
            for path in ("/good", "/better"):
                with pytest.raises(Unfetched, match=r"its robots\.txt cannot be used: it takes too long to read"):
                    await fetcher.fetch(URL(server.url(path)), size=SIZE)
        assert reading._process is None, "nothing is read again"
    assert [path for path, _ in server.asked] == ["/robots.txt"]


async def test_a_build_parses_nothing_foreign_in_its_own_process(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_arguments: object, **_options: object) -> None:
        raise AssertionError("parsed in the process of the bot")

    for name in (
        "yaml.compose",
        "yaml.load",
        "feedparser.parse",
        "protego.Protego.parse",
        "trafilatura.bare_extraction",
    ):
        monkeypatch.setattr(name, forbidden)
    monkeypatch.setattr("defusedxml.ElementTree.iterparse", forbidden)
    server.answers["/feed"] = rss((server.url("/good"), "Good", ""))
    server.answers["/sitemap"] = sitemap(server.url("/better"))
    server.answers["/better"] = plain("Better")
    server.answers["/robots.txt"] = Reply("User-agent: *\nDisallow: /bad", kind="text/plain")
    articles = {"a.md": "---\ntitle: Best\n---\nThe text.", "canaries.yaml": "- question: Why?\n  article: a.md"}
    write_articles(tmp_path / "articles", articles)
    pages = await built(tmp_path, f"feeds: [{server.url('/feed')}]\nsitemaps: [{server.url('/sitemap')}]")
    assert {article.title for article in pages.articles} == {"Good", "Better"}
    assert read_canaries(tmp_path / "articles")[0].question == "Why?"
    found = find_articles(tmp_path / "articles")
    assert [one.title for one in read_articles(found, tmp_path / "articles") if isinstance(one, Article)] == ["Best"]


def test_a_sitemap_of_anything_but_pages_takes_little_memory_and_an_end() -> None:
    entry = b"<url><loc>https://example.org/a</loc></url>"
    filler = b"<a><b/></a>" * 50_000
    tracemalloc.start()
    pages = read_sitemap(b"<urlset>" + filler + entry + b"</urlset>", "https://example.org/", size=SIZE).pages
    assert [page.url for page in pages] == ["https://example.org/a"]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    endless = b"<urlset>" + b"<a/>" * 500_000 + entry + b"</urlset>"
    assert not read_sitemap(endless, "https://example.org/", size=SIZE).pages


async def test_a_sitemap_index_without_end_is_left_after_some(server: WebServer, tmp_path: Path) -> None:
    for number in range(80):
        server.answers[f"/{number}"] = sitemap(server.url(f"/{number + 1}"), further=True)
    await built(tmp_path, f"sitemaps: [{server.url('/0')}]")
    assert len(server.paths) == 50


async def test_https_to_a_plain_port_and_a_port_that_nobody_listens_at(tmp_path: Path) -> None:
    async def speak_plainly(_reader: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as plain_server:
        port = plain_server.sockets[0].getsockname()[1]
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            urls = f"https://127.0.0.1:{port}/, http://127.0.0.1:{closed.getsockname()[1]}/"
            pages = await built(tmp_path, f"urls: [{urls}]")
    first, second = (one.reason for one in pages.not_fetched)
    assert "no valid certificate" in first
    assert "cannot be reached" in second


class Rebinding(AbstractResolver):
    """A name server that returns a public address first, and then one of this machine."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - as aiohttp has it
    ) -> list[ResolveResult]:
        address = self.addresses.pop(0) if len(self.addresses) > 1 else self.addresses[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0"])  # noqa: S104
async def test_a_name_that_leads_to_this_machine_is_not_connected_to(
    server: WebServer, address: str, reading: ParserProcess
) -> None:
    async with open_session(CRAWL_LIMITS, is_public, resolver=Rebinding(address)) as session:
        with pytest.raises(Unfetched, match="private address"):
            await Fetcher(session, CRAWL_LIMITS, reading).fetch(
                URL(f"http://news.example.org:{server.port}/good"), size=SIZE
            )
    assert not server.asked


def is_good(address: str) -> bool:
    """Here 127.0.0.1 represents the internet, and everything else private addresses."""
    return address == "127.0.0.1"


async def test_a_name_that_leads_elsewhere_a_moment_later_is_not_connected_to(
    server: WebServer, reading: ParserProcess
) -> None:
    resolver = Rebinding("127.0.0.1", "127.0.0.1", "127.0.0.2")
    url = URL(f"http://news.example.org:{server.port}/good")
    async with open_session(CRAWL_LIMITS, is_good, resolver=resolver) as session:
        fetcher = Fetcher(session, CRAWL_LIMITS, reading)
        assert await fetcher.fetch(url, size=SIZE)
        with pytest.raises(Unfetched, match="private address"):
            await fetcher.fetch(url, size=SIZE)
    assert len(server.paths) == 1


async def test_a_redirect_to_a_private_address_is_not_followed(server: WebServer, reading: ParserProcess) -> None:
    server.answers["/page"] = towards(f"http://127.0.0.2:{server.port}/good")
    async with open_session(CRAWL_LIMITS, is_good) as session:
        with pytest.raises(Unfetched, match="private address"):
            await Fetcher(session, CRAWL_LIMITS, reading).fetch(URL(server.url("/page")), size=SIZE)
    assert server.paths == ["/page"]


async def test_the_host_of_the_address_is_asked_for_at_the_address_that_was_checked(
    server: WebServer, reading: ParserProcess
) -> None:
    async with open_session(CRAWL_LIMITS, is_good, resolver=Rebinding("127.0.0.1")) as session:
        url = URL(f"http://zeitung.bücher.example:{server.port}/good")
        document = await Fetcher(session, CRAWL_LIMITS, reading).fetch(url, size=SIZE)
    assert document
    assert document.body.startswith(b"Good")
    assert server.asked[-1][1]["host"] == f"zeitung.xn--bcher-kva.example:{server.port}"
