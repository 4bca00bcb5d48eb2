"""Fetched documents become articles, and no page can pretend to be from another site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.building.reports import Skipped
from footnote_index.loaders.folder import MAX_CHARACTERS
from footnote_index.loaders.parser_process import ParserProcess
from footnote_index.web.document import FetchedDocument
from footnote_index.web.listed_page import ListedPage
from footnote_index.web.pages import read_page, read_pages
from footnote_index.web.store import Store, opened

DAM = "https://norvik.example/news/dam"
ID = "web/norvik.example/news/dam"
DAY = date(2021, 9, 6)


class Scripted(ParserProcess):
    """Reads every file as the same article, and remembers what it was given: only names and bytes matter here."""

    def __init__(self, article: Article | None = None) -> None:
        super().__init__()
        self.given: list[tuple[str, bytes]] = []
        self._article = article or Article("a", "The old dam", "It holds.")

    def parse(self, article_id: str, content: bytes) -> Article:
        self.given.append((article_id, content))
        return self._article


def document(
    body: bytes = b"The dam\n\nIt holds.",
    *,
    url: str = DAM,
    kind: str = "text/plain",
    charset: str | None = None,
) -> FetchedDocument:
    return FetchedDocument(url, kind, charset, None, None, datetime(2021, 9, 7, tzinfo=UTC), body)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "pages.sqlite") as store:
        yield store


def read(
    store: Store, *pages: ListedPage, process: ParserProcess | None = None, collections: Mapping[str, str] | None = None
) -> list[Article | Skipped]:
    return [*read_pages(pages, store, process or Scripted(), collections or {})]


def parsed(article: Article, url: str = DAM) -> Article:
    """What becomes of a web page that is read as this article."""
    return read_page(url, document(url=url, kind="text/html"), Scripted(article))


def test_a_page_is_named_after_its_final_address(store: Store) -> None:
    store.put("https://norvik.example/1", document())
    assert read(store, ListedPage("https://norvik.example/1")) == [
        Article(ID, "The dam", "It holds.", source="norvik.example", url=DAM)
    ]


def test_pages_that_were_not_fetched_are_left_out(store: Store) -> None:
    assert read(store, ListedPage(DAM)) == []


def test_pages_that_lead_to_the_same_address_are_one(store: Store) -> None:
    for number in (1, 2):
        store.put(f"https://norvik.example/{number}", document())
    pages = [ListedPage(f"https://norvik.example/{number}", published=date(2021, 9, number)) for number in (1, 2)]
    assert [one.published for one in read(store, *pages) if isinstance(one, Article)] == [date(2021, 9, 1)]
    in_collection = read(store, *pages, collections={pages[1].url: "staff"})
    assert [(one.id, one.published) for one in in_collection if isinstance(one, Article)] == [
        (f"staff/{ID}", date(2021, 9, 2))
    ]


def test_a_page_that_cannot_be_read_is_named_with_the_reason(store: Store) -> None:
    for name in ("dam", "lock"):
        store.put(f"https://norvik.example/{name}", document(b" ", url=f"https://norvik.example/{name}"))
    store.put(DAM, document())
    found = read(store, *(ListedPage(f"https://norvik.example/{name}") for name in ("dam", "lock", "news/dam")))
    assert [type(one) for one in found] == [Skipped, Skipped, Article]
    assert [one.article_id for one in found if isinstance(one, Skipped)] == [
        "web/norvik.example/dam",
        "web/norvik.example/lock",
    ]


@pytest.mark.parametrize(
    ("own", "listed", "title"),
    [
        ("The old dam", "The dam", "The old dam"),
        ("dam", "The dam", "The dam"),
        ("dam", None, "dam"),
    ],
)
def test_a_feed_names_a_page_that_has_no_title_of_its_own(
    store: Store, own: str, listed: str | None, title: str
) -> None:
    store.put(DAM, document(kind="text/html"))
    (found,) = read(store, ListedPage(DAM, listed), process=Scripted(Article("a", own, "It holds.")))
    assert isinstance(found, Article)
    assert found.title == title


@pytest.mark.parametrize(("own", "day"), [(date(2021, 9, 1), date(2021, 9, 1)), (None, DAY)])
def test_a_page_knows_its_day_better_than_a_feed(store: Store, own: date | None, day: date) -> None:
    store.put(DAM, document(kind="text/html"))
    article = Article("a", "The dam", "It holds.", published=own)
    (found,) = read(store, ListedPage(DAM, published=DAY, changed=date(2021, 9, 9)), process=Scripted(article))
    assert isinstance(found, Article)
    assert found.published == day


@pytest.mark.parametrize(
    ("name", "url", "source"),
    [
        (None, DAM, "norvik.example"),
        ("BBC News", DAM, "norvik.example (BBC News)"),
        ("Norvik.example", DAM, "norvik.example"),
        ("www.norvik.example", DAM, "norvik.example"),
        ("norvik.example", "https://www.norvik.example/dam", "www.norvik.example"),
        ("Nörvik", "https://nörvik.example/dam", "xn--nrvik-jua.example (Nörvik)"),
    ],
)
def test_the_host_comes_before_the_name_of_an_outlet(name: str | None, url: str, source: str) -> None:
    assert parsed(Article("a", "The dam", "It holds.", source=name), url).source == source


@pytest.mark.parametrize(
    ("stated", "is_taken"),
    [
        ("https://norvik.example/dam", True),
        ("http://www.norvik.example/dam", True),
        ("https://NORVIK.example/dam", True),
        ("https://bbc.example/dam", False),
        ("https://norvik.example.evil.example/dam", False),
        ("https://ann@norvik.example/dam", False),
        ("https://:word@norvik.example/dam", False),
        ("https://[norvik.example/dam", False),
        ("/dam", False),
        (None, False),
    ],
)
def test_the_address_that_a_page_states_is_on_its_own_host(stated: str | None, is_taken: bool) -> None:
    article = parsed(Article("a", "The dam", "It holds.", url=stated))
    assert article.url == (stated.replace("NORVIK", "norvik") if stated and is_taken else DAM)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("text/html", "dam.html"), ("application/xhtml+xml", "dam.html"), ("application/pdf", "dam.pdf")],
)
def test_each_content_type_has_its_reader(kind: str, name: str) -> None:
    process = Scripted()
    read_page(DAM, document(b"content", kind=kind), process)
    assert process.given == [(name, b"content")]


@pytest.mark.parametrize(
    ("body", "charset", "kind", "given"),
    [
        ("Dämme".encode("latin-1"), "iso-8859-1", "text/html", "Dämme".encode()),
        ("Dämme".encode("utf-16-le"), "UTF-16LE", "text/html", "Dämme".encode()),
        (b"D\xe4mme", "utf-8", "text/html", b"D\xe4mme"),
        (b"D\xe4mme", "no-such-encoding", "text/html", b"D\xe4mme"),
        (b"D\xe4mme", None, "text/html", b"D\xe4mme"),
        (b"D\xe4mme", "iso-8859-1", "application/pdf", b"D\xe4mme"),
        (b"D\xe4mme", "iso-8859-1", "application/xhtml+xml", b"D\xe4mme"),
    ],
)
def test_texts_are_read_in_the_encoding_that_their_server_names(
    body: bytes, charset: str | None, kind: str, given: bytes
) -> None:
    process = Scripted()
    read_page(DAM, document(body, charset=charset, kind=kind), process)
    assert [content for _, content in process.given] == [given]


def test_a_text_may_have_five_million_characters_and_no_more() -> None:
    article = Article("a", "The dam", "a" * MAX_CHARACTERS)
    assert len(parsed(article).text) == MAX_CHARACTERS
    with pytest.raises(ArticleError, match="its text has 5,000,001 characters, more than 5,000,000"):
        parsed(replace(article, text=article.text + "a"))
