"""sources.yaml changed by remote users: a page is added or removed, and no other byte changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from article_files import write_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from web_server import SENTENCE, Reply, WebServer, page, plain, rss

from footnote.errors import ArticleError, BuildError
from footnote_index.web import source_list
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.fetch_stage import Web
from footnote_index.web.listing import with_page, without_page
from footnote_index.web.source_list import SourceList, listable
from footnote_index.web.sources_file import SourceKind, WebSource, parse

NEW = "https://example.org/new"
MONDAY = "Mon, 06 Sep 2021 10:00:00 GMT"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", {"bread.txt": "Bread\nKnead the dough for ten minutes."})


@pytest.fixture
def sources(folder: Path) -> SourceList:
    return SourceList(folder, folder.parent / "var", allow_private=True, crawl_limits=CrawlLimits(delay=0))


async def add(sources: SourceList, url: str) -> str:
    return (await asyncio.to_thread(sources.add, url)).id


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "urls:\n  - NEW\n"),
        ("# ours\n", "# ours\nurls:\n  - NEW\n"),
        ("feeds: [http://a/]  # news", "feeds: [http://a/]  # news\nurls:\n  - NEW\n"),
        ("feeds:\r\n  - http://a/\r\n", "feeds:\r\n  - http://a/\r\nurls:\r\n  - NEW\r\n"),
        ("urls:\n  - http://a/ # a\n# b\nfeeds: []\n", "urls:\n  - http://a/ # a\n  - NEW\n# b\nfeeds: []\n"),
        ("urls:\n- 'http://a/'\n\n\nfeeds:\n", "urls:\n- 'http://a/'\n- NEW\n\n\nfeeds:\n"),
        ("urls:\n  - http://a/", "urls:\n  - http://a/\n  - NEW\n"),
        ("urls: # none\nfeeds: [http://a/]\n", "urls: # none\n  - NEW\nfeeds: [http://a/]\n"),
        ("  feeds: [http://a/]\n", "  feeds: [http://a/]\n  urls:\n    - NEW\n"),
        ("urls: []\n", "urls: [NEW]\n"),
        ("urls: [http://a/, # a\n  http://b/,\n]\n", "urls: [http://a/, # a\n  http://b/, NEW,\n]\n"),
    ],
)
def test_a_page_is_put_behind_the_others_and_nothing_else_is_touched(before: str, after: str) -> None:
    fresh = with_page(before.encode(), NEW)
    assert fresh == after.replace("NEW", NEW)
    assert {*parse(fresh.encode())} == {*parse(before.encode()), WebSource(SourceKind.URL, NEW)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("urls:\n  - NEW # mine\n  # b\n  - http://b/\n", "urls:\n  # b\n  - http://b/\n"),
        ("feeds: []\nurls:\n- http://b/\n- NEW", "feeds: []\nurls:\n- http://b/\n"),
        ("urls:\n  - NEW\nfeeds:\n", "urls:\nfeeds:\n"),
        ("urls: [NEW]", "urls: []"),
        ("urls: [NEW, http://b/] # c", "urls: [http://b/] # c"),
        ("urls: [http://b/, NEW, ]", "urls: [http://b/, ]"),
        ("urls:\r\n  - NEW?utm_source=x\r\n  - http://b/\r\n", "urls:\r\n  - http://b/\r\n"),
        ("urls: [http://b/]", "urls: [http://b/]"),
    ],
)
def test_a_page_is_taken_out_and_nothing_else_is_touched(before: str, after: str) -> None:
    assert without_page(before.replace("NEW", NEW).encode(), NEW) == after


LINES = st.lists(st.sampled_from(["http://a/", "'http://b/?x=1,2'", "http://c/ # c", "\n# note"]), unique=True)


@settings(max_examples=60, deadline=None)
@given(
    LINES, st.integers(0, 4), st.sampled_from(["http://d/", "http://d/?a[]=1,2&b={3}", "http://d/x:", "http://d/:,"])
)
def test_a_page_that_came_and_went_leaves_the_text_as_it_was(entries: list[str], margin: int, link: str) -> None:
    url = listable(link)
    lines = [f"{' ' * margin}- {entry}" if "#" not in entry[:2] else entry.strip() for entry in entries]
    text = "\n".join(["# top", "urls:", *lines, "feeds: [http://f/]", "# end", ""])
    there = with_page(text.encode(), url).encode()
    assert WebSource(SourceKind.URL, url) in parse(there)
    assert without_page(there, url) == text


async def test_a_link_is_fetched_read_and_listed(server: WebServer, sources: SourceList, folder: Path) -> None:
    server.answers["/dam"] = Reply(page("The dam", published="2021-09-05"))
    write_articles(folder, {"sources.yaml": "\ufefffeeds: [] # none yet\n"})
    (folder / "sources.yaml").chmod(0o640)
    article = await asyncio.to_thread(sources.add, server.url("/dam?utm_source=x#top"))
    assert (article.title, str(article.published), article.url) == ("The dam", "2021-09-05", server.url("/dam"))
    assert SENTENCE in article.text
    expected = f"\ufefffeeds: [] # none yet\nurls:\n  - {server.url('/dam')}\n"
    assert (folder / "sources.yaml").read_bytes() == expected.encode()
    assert (folder / "sources.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(file.name for file in folder.iterdir()) == ["bread.txt", "sources.yaml"]
    [state] = sources.states()
    assert (state.fetched, state.named, state.problem) == (1, 1, None)
    web = Web(folder, folder.parent / "var", allow_private=True, crawl_limits=CrawlLimits(delay=0))
    built = await asyncio.to_thread(web.pages, lambda _done, _total: None, dry_run=False)
    assert built.articles == (article,)


async def test_an_address_that_is_already_listed_is_named(server: WebServer, sources: SourceList, folder: Path) -> None:
    moved = Reply(status=301, headers={"Location": "/new"})
    server.answers = {
        "/old": moved,
        "/new": plain("New"),
        "/rss.xml": rss((server.url("/fed"), "Fed", MONDAY)),
        "/fed": plain("Fed"),
    }
    write_articles(folder, {"sources.yaml": f"feeds: [{server.url('/rss.xml')}]\n"})
    web = Web(folder, folder.parent / "var", allow_private=True, crawl_limits=CrawlLimits(delay=0))
    await asyncio.to_thread(web.pages, lambda _done, _total: None, dry_run=False)
    await add(sources, server.url("/new"))
    asked = len(server.asked)
    for path, reason in {
        "/new#top": "it is in sources.yaml already",
        "/new/": "it is in sources.yaml already",
        "/fed": f"the feed {server.url('/rss.xml')} in sources.yaml already lists it",
        "/rss.xml": "it is in sources.yaml already",
    }.items():
        with pytest.raises(ArticleError) as refused:
            await add(sources, server.url(path))
        assert str(refused.value) == reason
    assert len(server.asked) == asked, "nobody was asked"
    with pytest.raises(ArticleError, match="already"):
        await add(sources, server.url("/old"))
    assert (folder / "sources.yaml").read_text(encoding="utf-8").count("http://") == 2


async def test_what_cannot_be_an_article_is_refused_and_not_listed(
    server: WebServer, sources: SourceList, folder: Path
) -> None:
    server.answers = {
        "/robots.txt": Reply("User-agent: *\nDisallow: /closed", kind="text/plain"),
        "/closed": plain("Closed"),
        "/data": Reply("{}", kind="application/json"),
        "/empty": Reply("<html><body></body></html>"),
        "/huge": Reply(b"x" * 300),
    }
    small = SourceList(
        folder, folder.parent / "var", allow_private=True, crawl_limits=CrawlLimits(delay=0, page_size=200)
    )
    public = SourceList(folder, folder.parent / "var", crawl_limits=CrawlLimits(delay=0))
    for one, path, reason in (
        (sources, "/closed", "its robots.txt forbids it"),
        (sources, "/data", "it is not an article but application/json"),
        (sources, "/empty", "it has no text below its title"),
        (sources, "/none", "its server says that it does not exist (404)"),
        (small, "/huge", "it is larger than 0.0002 MB"),
        (public, "/data", "it leads to a private address; FOOTNOTE_ALLOW_PRIVATE_ADDRESSES=true allows that"),
    ):
        with pytest.raises(ArticleError) as refused:
            await add(one, server.url(path))
        assert str(refused.value) == reason
    with pytest.raises(ArticleError, match="user name or a password"):
        sources.add("https://me:secret@example.org/")
    assert not (folder / "sources.yaml").exists()


async def test_nobody_waits_longer_than_a_minute(
    server: WebServer, sources: SourceList, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stall(_writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    server.raw["/slow"] = stall
    monkeypatch.setattr(source_list, "TIME_LIMIT", 0.2)
    with pytest.raises(ArticleError, match="could not be fetched within"):
        await add(sources, server.url("/slow"))
    assert not (folder / "sources.yaml").exists()


@pytest.mark.parametrize("text", ["{feeds: []}\n", "feeds: []\n...\n"])
async def test_a_file_of_another_form_is_left_to_people(
    server: WebServer, sources: SourceList, folder: Path, text: str
) -> None:
    server.answers["/page"] = plain("Page")
    write_articles(folder, {"sources.yaml": text})
    with pytest.raises(ArticleError, match="must be changed by hand"):
        await add(sources, server.url("/page"))
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == text


async def test_a_link_to_another_file_is_not_written_through(
    server: WebServer, sources: SourceList, folder: Path
) -> None:
    server.answers["/page"] = plain("Page")
    other = folder.parent / "other.yaml"
    other.write_text("feeds: []\n", encoding="utf-8")
    (folder / "sources.yaml").symlink_to(other)
    with pytest.raises(ArticleError, match="not a regular file"):
        await add(sources, server.url("/page"))
    assert other.read_text(encoding="utf-8") == "feeds: []\n"


async def test_a_page_is_taken_off_by_the_id_of_its_article_or_its_address(
    server: WebServer, sources: SourceList, folder: Path
) -> None:
    moved = Reply(status=301, headers={"Location": "/new"})
    server.answers = {"/old": moved, "/new": plain("New"), "/other": plain("Other")}
    name = await add(sources, server.url("/old"))
    await add(sources, server.url("/other"))
    assert name == f"web/127.0.0.1_{server.port}/new"
    assert sources.remove(name) == server.url("/old")
    assert sources.remove(server.url("/other#top")) == server.url("/other")
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == "urls:\n"
    with pytest.raises(ArticleError, match="no source"):
        sources.remove(name)


async def test_a_page_of_a_feed_is_not_taken_off(server: WebServer, sources: SourceList, folder: Path) -> None:
    server.answers = {"/rss.xml": rss((server.url("/fed"), "Fed", MONDAY)), "/fed": plain("Fed")}
    write_articles(folder, {"sources.yaml": f"feeds: [{server.url('/rss.xml')}]\n"})
    web = Web(folder, folder.parent / "var", allow_private=True, crawl_limits=CrawlLimits(delay=0))
    await asyncio.to_thread(web.pages, lambda _done, _total: None, dry_run=False)
    with pytest.raises(ArticleError, match=f"the feed {server.url('/rss.xml')} lists it; remove that from"):
        sources.remove(server.url("/fed"))


def test_a_broken_file_is_reported_and_kept(sources: SourceList, folder: Path) -> None:
    write_articles(folder, {"sources.yaml": "urls: [http://a/\n"})
    with pytest.raises(BuildError, match=r"sources\.yaml, line 2"):
        sources.add(NEW)
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == "urls: [http://a/\n"
