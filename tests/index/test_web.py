"""Articles from the web, against a server on loopback: what is fetched, what stays, and how politely."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from article_files import write_articles
from web_server import SENTENCE, Reply, WebServer, page, plain, rss, sitemap
from word_reader import WordReader

from footnote.errors import BuildError, DiskFull, WouldShrink
from footnote.models import Article
from footnote.models.collections import Readable
from footnote_index.building.plan import plan_build
from footnote_index.building.planned_articles import PlannedArticles
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import Duplicate, NotFetched, Progress, Stage
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.web.crawl_limits import USER_AGENT, CrawlLimits
from footnote_index.web.fetch_stage import Web, WebPages, store_file
from footnote_index.web.source_states import source_states
from footnote_index.web.store import opened

CRAWL_LIMITS = CrawlLimits(delay=0, longest_wait=0.2, connect_time=1, read_time=1, whole_time=2, patience=3)
MONDAY, TUESDAY = "Mon, 06 Sep 2021 10:00:00 GMT", "Tue, 07 Sep 2021 10:00:00 GMT"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer() as server:
        yield server


class Footnote:
    """An articles folder with a sources.yaml, and a data folder."""

    def __init__(self, folder: Path, crawl_limits: CrawlLimits = CRAWL_LIMITS) -> None:
        self.articles, self.data = folder / "articles", folder / "var"
        self.articles.mkdir()
        self.web = Web(self.articles, self.data, allow_private=True, crawl_limits=crawl_limits)
        self._opened: list[Index] = []

    def sources(self, text: str) -> None:
        write_articles(self.articles, {"sources.yaml": text})

    def index(self, minilm: MiniLM) -> Index:
        index = Index(self.articles, self.data, lambda: minilm, reader=WordReader(), web=self.web)
        self._opened.append(index)
        return index

    async def close(self) -> None:
        for index in self._opened:
            await index.close()

    async def build(self, *, dry_run: bool = False) -> WebPages:
        return await asyncio.to_thread(self.web.pages, lambda _done, _total: None, dry_run=dry_run)


@pytest.fixture
async def footnote(tmp_path: Path) -> AsyncIterator[Footnote]:
    footnote = Footnote(tmp_path)
    yield footnote
    await footnote.close()


def by_id(pages: WebPages) -> dict[str, Article]:
    return {article.id: article for article in pages.articles}


def reasons(pages: WebPages) -> dict[str, str]:
    return {problem.url.partition("//")[2].partition("/")[2]: problem.reason for problem in pages.not_fetched}


async def test_pages_come_from_feeds_urls_and_sitemaps(server: WebServer, footnote: Footnote) -> None:
    server.answers = {
        "/rss.xml": rss((server.url("/fed?utm_source=rss"), "As the feed has it", MONDAY)),
        "/fed": Reply(page("Fed")),
        "/a/b.html": Reply(page("Named", published="2021-09-05")),
        "/plain.txt": Reply(
            "Plain\n\nA plain text, in the encoding that its server names: café.".encode("cp1252"),
            kind="text/plain; charset=windows-1252",
        ),
        "/map.xml": sitemap(server.url("/more.xml"), further=True),
        "/more.xml": sitemap(server.url("/news/mapped"), server.url("/about")),
        "/news/mapped": Reply(page("Mapped")),
    }
    footnote.sources(f"""
feeds: [{server.url("/rss.xml")}]
urls:
  - {server.url("/a/b.html#top")}
  - {server.url("/plain.txt")}
sitemaps:
  - {{url: {server.url("/map.xml")}, only: /news/, limit: 5}}
""")
    pages = await footnote.build()
    assert not pages.not_fetched
    host = f"web/127.0.0.1_{server.port}"
    articles = by_id(pages)
    assert sorted(articles) == [f"{host}/{path}" for path in ("a/b.html", "fed", "news/mapped", "plain.txt")]
    named = articles[f"{host}/a/b.html"]
    assert (named.title, str(named.published), named.url) == ("Named", "2021-09-05", server.url("/a/b.html"))
    assert SENTENCE in named.text
    assert str(articles[f"{host}/fed"].published) == "2021-09-06", "the page has no date, the feed has"
    assert "café" in articles[f"{host}/plain.txt"].text
    assert all(headers["user-agent"] == USER_AGENT.lower() for _, headers in server.asked)
    states = {state.source.url: state for state in source_states(footnote.articles, footnote.data)}
    assert [(state.fetched, state.named, state.problem) for state in states.values()] == [(1, 1, None)] * 4


async def test_a_build_begins_with_fetching_and_indexes_each_text_once(
    server: WebServer, footnote: Footnote, minilm: MiniLM
) -> None:
    reply = plain("The dam", f"{SENTENCE} It opened in May 2019, after nine years of work on it.")
    server.answers["/page"] = reply
    title, _, text = str(reply.body).partition("\n\n")
    write_articles(footnote.articles, {"copy.md": f"---\ntitle: {title}\npublished: 2021-09-01\n---\n{text}"})
    footnote.sources(f"urls: [{server.url('/page')}]")
    seen: list[Progress] = []
    web = Web(footnote.articles, footnote.data, allow_private=True)
    index = Index(footnote.articles, footnote.data, lambda: minilm, reader=WordReader(), web=web)
    report = await index.build(started_by="A test", on_progress=seen.append)
    await index.close()
    assert [*dict.fromkeys(progress.stage for progress in seen)] == list(Stage)
    fetching = [(progress.done, progress.total) for progress in seen if progress.stage is Stage.FETCHING]
    assert fetching[-1] == (1, 1)
    assert (report.articles, report.not_fetched) == (1, ())
    assert report.duplicates == (Duplicate(f"web/127.0.0.1_{server.port}/page", "copy.md"),)


def test_a_file_comes_before_a_page_with_its_id(tmp_path: Path) -> None:
    write_articles(tmp_path, {"web/example.org/a.txt": "The file\nIt was here first."})
    page = Article("web/example.org/a.txt", "The page", "It came later.")
    with PlannedArticles(tmp_path / "planned") as articles:
        plan = plan_build(tmp_path, {}, ProgressMeter(lambda _progress: None), articles, WebPages((page,)))
        assert [article.title for article in articles.values()] == ["The file"]
    assert [skipped.article_id for skipped in plan.skipped] == [page.id]


async def test_what_has_not_changed_is_not_sent_again(server: WebServer, footnote: Footnote) -> None:
    def conditional(headers: Mapping[str, str]) -> Reply:
        known = (headers.get("if-none-match"), headers.get("if-modified-since")) == ('"1"', MONDAY.lower())
        marks = {"ETag": '"1"', "Last-Modified": MONDAY}
        return Reply(status=304) if known else replace(plain("Kept"), headers=marks)

    server.answers["/page"] = conditional
    footnote.sources(f"urls: [{server.url('/page')}]")
    first, second = await footnote.build(), await footnote.build()
    assert first.articles == second.articles != ()
    assert "if-none-match" in server.asked[-1][1]


async def test_a_page_that_cannot_be_reached_stays_as_it_was_and_is_reported(
    server: WebServer, footnote: Footnote
) -> None:
    server.answers["/page"] = plain("Kept")
    footnote.sources(f"urls: [{server.url('/page')}, {server.url('/never')}]")
    server.answers["/never"] = Reply(status=500)
    before = await footnote.build()
    server.answers["/page"] = Reply(status=500)
    after = await footnote.build()
    assert after.articles == before.articles != ()
    assert "its server answers 500; the version of" in reasons(after)["page"]
    assert reasons(after)["never"] == "its server answers 500; there is no earlier version"
    states = source_states(footnote.articles, footnote.data)
    assert [state.problem for state in states] == ["its server answers 500"] * 2


async def test_a_failing_page_of_a_feed_is_named(server: WebServer, footnote: Footnote) -> None:
    server.answers = {
        "/rss.xml": rss((server.url("/well"), "Well", MONDAY), (server.url("/ill"), "Ill", TUESDAY)),
        "/well": plain("Well"),
        "/ill": Reply(status=500),
    }
    footnote.sources(f"feeds: [{server.url('/rss.xml')}]")
    await footnote.build()
    [state] = source_states(footnote.articles, footnote.data)
    assert (state.fetched, state.named, state.problem) == (1, 2, None)
    assert state.with_problems == (NotFetched(server.url("/ill"), "its server answers 500"),)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_is_no_longer_an_article(server: WebServer, footnote: Footnote, status: int) -> None:
    server.answers["/page"] = plain("Retracted")
    footnote.sources(f"urls: [{server.url('/page')}]")
    assert (await footnote.build()).articles
    server.answers["/page"] = Reply(status=status)
    after = await footnote.build()
    assert not after.articles
    assert "it is no longer an article" in reasons(after)["page"]


async def test_a_page_taken_out_of_the_file_is_gone(server: WebServer, footnote: Footnote) -> None:
    server.answers |= {"/a": plain("A"), "/b": plain("B")}
    footnote.sources(f"urls: [{server.url('/a')}, {server.url('/b')}]")
    assert len((await footnote.build()).articles) == 2
    footnote.sources(f"urls: [{server.url('/b')}]")
    assert [article.title for article in (await footnote.build()).articles] == ["B"]
    (footnote.articles / "sources.yaml").unlink()
    assert not (await footnote.build()).articles


async def test_what_was_fetched_is_deleted_only_once_a_build_without_it_is_live(
    server: WebServer, footnote: Footnote, minilm: MiniLM
) -> None:
    pages = {f"/{name}": plain(name, f"{SENTENCE} This is page {name}.") for name in "abc"}
    server.answers |= pages
    urls = [server.url(path) for path in pages]
    write_articles(footnote.articles, {"own.txt": "Own\nThe file was here first."})
    footnote.sources(f"urls: [{', '.join(urls)}]")
    index = footnote.index(minilm)

    async def build(index: Index, **options: bool) -> None:
        await index.build(started_by="A test", on_progress=lambda _: None, **options)

    def fetched() -> list[str]:
        with opened(store_file(footnote.data)) as kept:
            return [path for path, url in zip(pages, urls, strict=True) if kept.has(url)]

    await build(index)
    server.answers["/c"] = Reply(status=404)
    footnote.sources(f"urls: [{urls[1]}, {urls[2]}]")
    await build(index, dry_run=True)
    with pytest.raises(WouldShrink):
        await build(index)
    elsewhere = write_articles(footnote.data.with_name("elsewhere"), {"a.txt": "Other\nAnother folder."})
    other = Index(elsewhere, footnote.data, lambda: minilm, reader=WordReader())
    await build(other, dry_run=True)
    await build(other, may_shrink=True)
    await other.close()
    assert fetched() == [*pages]

    index = footnote.index(minilm)
    await build(index, may_shrink=True)
    assert fetched() == ["/b"]
    (footnote.articles / "sources.yaml").unlink()
    await build(index, may_shrink=True)
    assert not fetched()


async def test_a_limit_that_was_wrong_for_one_build_takes_no_page_away(server: WebServer, footnote: Footnote) -> None:
    for name in "ab":
        server.answers[f"/{name}"] = plain(name)
        server.answers["/rss"] = rss((server.url(f"/{name}"), name, MONDAY))
        footnote.sources(f"feeds: [{server.url('/rss')}]")
        await footnote.build()
    footnote.sources(f"feeds: [{{url: {server.url('/rss')}, limit: 1}}]")
    assert len((await footnote.build(dry_run=True)).articles) == 1
    footnote.sources(f"feeds: [{server.url('/rss')}]")
    assert len((await footnote.build()).articles) == 2


async def test_a_page_that_may_have_gone_is_asked_for_again(server: WebServer, footnote: Footnote) -> None:
    server.answers |= {"/a": plain("a"), "/rss": rss((server.url("/a"), "a", MONDAY))}
    footnote.sources(f"feeds: [{server.url('/rss')}]")
    await footnote.build()
    server.answers["/a"] = Reply(status=404)
    assert not (await footnote.build()).articles
    server.answers["/rss"] = rss()
    assert not (await footnote.build()).articles


async def test_pages_that_a_feed_drops_stay_up_to_its_limit_and_are_left_alone(
    server: WebServer, footnote: Footnote
) -> None:
    titles = "ABC"
    server.answers |= {f"/{title}": plain(title) for title in titles}
    footnote.sources(f"feeds: [{{url: {server.url('/rss')}, limit: 2}}]")
    for title in titles:
        server.answers["/rss"] = rss((server.url(f"/{title}"), title, MONDAY))
        last = await footnote.build()
    assert sorted(article.title for article in last.articles) == ["B", "C"]
    assert server.paths.count("/B") == 1, "no feed names it, and it was fetched a moment ago"
    server.answers["/rss"] = Reply("<html>Sorry!</html>")
    broken = await footnote.build()
    assert sorted(article.title for article in broken.articles) == ["B", "C"]
    assert "neither RSS nor Atom" in reasons(broken)["rss"]


async def test_the_newest_pages_of_a_feed_are_taken_first(server: WebServer, footnote: Footnote) -> None:
    server.answers |= {"/old": plain("Old"), "/new": plain("New")}
    server.answers["/rss"] = rss((server.url("/old"), "Old", MONDAY), (server.url("/new"), "New", TUESDAY))
    footnote.sources(f"feeds: [{{url: {server.url('/rss')}, limit: 1}}]")
    assert [article.title for article in (await footnote.build()).articles] == ["New"]


async def test_a_build_after_its_dry_run_fetches_nothing_again(server: WebServer, footnote: Footnote) -> None:
    server.answers["/page"] = plain("Page")
    footnote.sources(f"urls: [{server.url('/page')}]")
    tried = await footnote.build(dry_run=True)
    assert (await footnote.build()).articles == tried.articles != ()
    assert server.paths == ["/page"]
    await footnote.build()
    assert server.paths == ["/page", "/page"]


async def test_a_build_that_was_agreed_to_fetches_nothing_again(
    server: WebServer, footnote: Footnote, minilm: MiniLM
) -> None:
    server.answers |= {f"/{name}": plain(name, f"{SENTENCE} This is page {name}.") for name in "ab"}
    footnote.sources(f"urls: [{server.url('/a')}, {server.url('/b')}]")
    index = footnote.index(minilm)
    await index.build(started_by="A test", on_progress=lambda _: None)
    server.answers["/a"] = Reply(status=404)
    with pytest.raises(WouldShrink):
        await index.build(started_by="A test", on_progress=lambda _: None)
    asked = len(server.paths)
    server.answers["/b"] = Reply(status=404)
    report = await index.build(may_shrink=True, started_by="A test", on_progress=lambda _: None)
    assert (report.articles, len(server.paths)) == (1, asked)


async def test_regular_builds_ask_once_an_hour_and_a_person_at_once(
    server: WebServer, footnote: Footnote, minilm: MiniLM
) -> None:
    write_articles(footnote.articles, {"own.txt": "Own\nThe file was here first."})
    server.answers |= {"/a": plain("a"), "/map": sitemap(server.url("/a")), "/c": plain("c", f"{SENTENCE} Or not.")}
    footnote.sources(f"urls: [{server.url('/c')}]\nsitemaps: [{server.url('/map')}]")
    index = footnote.index(minilm)

    async def build(**options: bool) -> int:
        return (await index.build(started_by="A test", on_progress=lambda _: None, **options)).articles

    assert await build(is_regular=True) == 3
    assert await build(is_regular=True) == 3
    assert sorted(server.paths) == ["/a", "/c", "/map"]
    server.answers |= {"/a": Reply(status=404)}
    with pytest.raises(WouldShrink):
        await build()
    assert len(server.paths) == 6
    with pytest.raises(WouldShrink):
        await build(is_regular=True)
    assert len(server.paths) == 6


async def test_a_redirect_is_followed_and_the_page_goes_by_where_it_leads(
    server: WebServer, footnote: Footnote
) -> None:
    server.answers |= {"/old": Reply(status=301, headers={"Location": "/new"}), "/new": plain("Moved")}
    footnote.sources(f"urls: [{server.url('/old')}, {server.url('/new')}]")
    (article,) = (await footnote.build()).articles
    assert article.url == server.url("/new")


async def test_no_page_passes_for_one_of_another_host(server: WebServer, footnote: Footnote) -> None:
    canonical = '<link rel="canonical" href="https://{}/story">'
    server.answers["/forged"] = Reply(page("Forged", head=canonical.format("news.example.org")))
    footnote.sources(f"urls: [{server.url('/forged')}]")
    (article,) = (await footnote.build()).articles
    assert article.url == server.url("/forged")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("BBC News", "127.0.0.1 (BBC News)"),
        ("BBC News (bbc.com)", "127.0.0.1 (BBC News (bbc.com))"),
        ("X" * 1000, f"127.0.0.1 ({'X' * 289}"),
        ("127.0.0.1", "127.0.0.1"),
        (None, "127.0.0.1"),
    ],
)
async def test_the_host_of_a_page_is_shown_with_the_name_that_it_gives_itself(
    server: WebServer, footnote: Footnote, name: str | None, source: str
) -> None:
    head = f'<meta property="og:site_name" content="{name}">' if name else ""
    server.answers["/page"] = Reply(page("Forged", head=head))
    footnote.sources(f"urls: [{server.url('/page')}]")
    (article,) = (await footnote.build()).articles
    assert article.source == source


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "base64", "nonsense"])
async def test_an_encoding_that_is_none_of_texts_is_not_used(
    server: WebServer, footnote: Footnote, charset: str
) -> None:
    text = r"A \u0041 stays as it is -- abc."
    server.answers["/page"] = Reply(f"Title\n\n{text}", kind=f"text/plain; charset={charset}")
    footnote.sources(f"urls: [{server.url('/page')}]")
    (article,) = (await footnote.build()).articles
    assert article.text == text


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“Hi” costs 5 €."),
        ("GB2312", "gb18030", "他说〇号码头镕。"),
        ("shift_jis", "cp932", "①番の埠頭です。"),
    ],
)
async def test_an_encoding_is_what_browsers_take_it_for(
    server: WebServer, footnote: Footnote, charset: str, encoding: str, text: str
) -> None:
    server.answers["/page"] = Reply(f"Title\n\n{text}".encode(encoding), kind=f"text/plain; charset={charset}")
    footnote.sources(f"urls: [{server.url('/page')}]")
    (article,) = (await footnote.build()).articles
    assert article.text == text


async def test_robots_txt_is_obeyed(server: WebServer, footnote: Footnote) -> None:
    rules = (
        "User-agent: *\nDisallow: /\n\nUser-agent: footnote\nCrawl-delay: 0.1\nDisallow: /*.php$\nDisallow: /secret\n"
    )
    server.answers["/robots.txt"] = Reply(rules + "Allow: /secret/open\n", kind="text/plain")
    paths = ["/a", "/b.php", "/secret/x", "/secret/open"]
    server.answers |= {path: plain(path) for path in paths}
    footnote.sources("urls:\n" + "".join(f"  - {server.url(path)}\n" for path in paths))
    began = asyncio.get_running_loop().time()
    pages = await footnote.build()
    assert asyncio.get_running_loop().time() - began >= 0.2, "two pauses between three requests"
    assert sorted(server.paths) == ["/a", "/secret/open"]
    assert all("robots.txt forbids" in reason for reason in reasons(pages).values())
    assert len(server.asked) == 3, "robots.txt is read once"


async def test_nothing_is_fetched_where_robots_txt_cannot_be_read(server: WebServer, footnote: Footnote) -> None:
    server.answers |= {"/robots.txt": Reply(status=500), "/a": plain("A"), "/b": plain("B")}
    footnote.sources(f"urls: [{server.url('/a')}, {server.url('/b')}]")
    assert len((await footnote.build()).not_fetched) == 2
    assert [path for path, _ in server.asked] == ["/robots.txt"]


async def test_a_host_gets_one_request_at_a_time_with_a_pause_between(server: WebServer, tmp_path: Path) -> None:
    footnote = Footnote(tmp_path, replace(CRAWL_LIMITS, delay=0.05))
    paths = [f"/{number}" for number in range(6)]
    server.answers |= {path: plain(path) for path in paths}
    server.answers["/rss"] = rss(*((server.url(path), path, MONDAY) for path in paths[3:]))
    footnote.sources(f"feeds: [{server.url('/rss')}]\nurls: [{', '.join(map(server.url, paths[:3]))}]")
    began = asyncio.get_running_loop().time()
    assert len((await footnote.build()).articles) == 6
    assert asyncio.get_running_loop().time() - began >= 7 * 0.05
    assert server.most_at_once == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_for_time_gets_it(server: WebServer, footnote: Footnote, status: int) -> None:
    replies = iter([Reply(status=status, headers={"Retry-After": "0"}), plain("Later")])
    server.answers["/page"] = lambda _headers: next(replies)
    footnote.sources(f"urls: [{server.url('/page')}]")
    assert [article.title for article in (await footnote.build()).articles] == ["Later"]


async def test_a_host_with_problems_is_left_alone_until_the_next_build(server: WebServer, footnote: Footnote) -> None:
    server.answers |= {f"/{number}": Reply(status=500) for number in range(9)}
    server.answers["/wait"] = Reply(status=503, headers={"Retry-After": "3600"})
    footnote.sources("urls:\n" + "".join(f"  - {server.url(f'/{number}')}\n" for number in range(9)))
    pages = await footnote.build()
    assert len(server.paths) == CRAWL_LIMITS.patience
    assert "failed 3 times in a row" in reasons(pages)["8"]
    await footnote.build()
    assert len(set(server.paths)) == 2 * CRAWL_LIMITS.patience, "what was not asked for comes first the next time"
    footnote.sources(f"urls: [{server.url('/wait')}, {server.url('/1')}]")
    pages = await footnote.build()
    assert reasons(pages)["1"].startswith("its server asks to wait for 3,600 s")


async def test_stopping_a_build_ends_its_fetching_at_once(server: WebServer, footnote: Footnote) -> None:
    async def say_nothing(_writer: object) -> None:
        await asyncio.sleep(5)

    server.raw["/slow"] = say_nothing
    footnote.sources(f"urls: [{server.url('/slow')}]")

    def stop(_done: int, _total: int) -> None:
        raise BuildError("stopped")

    began = asyncio.get_running_loop().time()
    with pytest.raises(BuildError, match="stopped"):
        await asyncio.to_thread(footnote.web.pages, stop, dry_run=False)
    assert asyncio.get_running_loop().time() - began < 0.8


async def test_stopping_a_build_ends_its_reading_at_the_next_page(server: WebServer, footnote: Footnote) -> None:
    server.answers |= {f"/{number}": plain(str(number)) for number in range(3)}
    footnote.sources(f"urls: [{', '.join(server.url(path) for path in server.answers)}]")
    told: list[int] = []

    def stop(done: int, _total: int) -> None:
        if 3 in told:
            raise BuildError("stopped")
        told.append(done)

    with pytest.raises(BuildError, match="stopped"):
        await asyncio.to_thread(footnote.web.pages, stop, dry_run=False)
    assert len(server.paths) == 3


async def test_a_damaged_store_is_one_clear_line(footnote: Footnote) -> None:
    write_articles(footnote.data, {"fetched/pages.sqlite": "no database" * 99})
    footnote.sources("urls: [https://example.org/]")
    with pytest.raises(BuildError, match=r"pages\.sqlite cannot be used .* delete the file"):
        await footnote.build()
    with pytest.raises(BuildError, match="delete the file"):
        source_states(footnote.articles, footnote.data)


async def test_a_disk_that_is_full_while_fetching_is_reported_as_full(
    server: WebServer, footnote: Footnote, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/page"] = plain("Large", SENTENCE * 3_000)
    footnote.sources(f"urls: [{server.url('/page')}]")
    connect = sqlite3.connect

    def connect_to_full_disk(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_to_full_disk)
    with pytest.raises(DiskFull):
        await footnote.build()


async def test_private_addresses_are_refused_unless_allowed(server: WebServer, footnote: Footnote) -> None:
    server.answers["/page"] = plain("Inside")
    urls = [server.url("/page"), f"http://localhost:{server.port}/page"]
    footnote.sources("urls:\n" + "".join(f"  - {url}\n" for url in urls))
    footnote.web = Web(footnote.articles, footnote.data, crawl_limits=CRAWL_LIMITS)
    pages = await footnote.build()
    assert not pages.articles
    assert len(pages.not_fetched) == 2
    assert {one.reason.partition(";")[0] for one in pages.not_fetched} == {"it leads to a private address"}
    assert not server.asked


async def test_pages_belong_to_the_collection_that_their_source_names(
    server: WebServer, footnote: Footnote, minilm: MiniLM
) -> None:
    server.answers["/rss.xml"] = rss(("/a", "One", MONDAY), ("/b", "Two", TUESDAY))
    server.answers |= {path: plain(path, f"The page {path} stands here.") for path in ("/a", "/b")}
    index = footnote.index(minilm)

    async def built(collection: str) -> tuple[list[str], int]:
        footnote.sources(
            f"urls:\n  - {server.url('/a')}\nfeeds:\n  - {{url: {server.url('/rss.xml')}, collection: {collection}}}\n"
        )
        report = await index.build(may_shrink=True, started_by="A test", on_progress=lambda _: None)
        return [*await index.titles(readable=Readable(frozenset({collection})))], report.embedded_tokens

    host = f"web/127.0.0.1_{server.port}"
    assert (await built("rules"))[0] == [f"rules/{host}/a", f"rules/{host}/b"], (
        "where another source names no collection"
    )
    assert await built("staff") == ([f"staff/{host}/a", f"staff/{host}/b"], 0)
    assert await index.titles(readable=Readable(closed=frozenset({"staff"}))) == {}
