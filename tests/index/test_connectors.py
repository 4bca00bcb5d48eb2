"""LlamaIndex's readers as sources: run apart, with a limit of time, and their documents as articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from article_files import write_articles

from footnote.errors import BuildError
from footnote.models import Article
from footnote_index.building.reports import NotFetched
from footnote_index.connectors.documents import articles_of
from footnote_index.connectors.entries import Connector, read_connectors
from footnote_index.connectors.reading import Failed, LoadedDocument, documents_of
from footnote_index.connectors.stage import Connectors
from footnote_index.web.fetch_stage import WebPages

RANDOM_ID = "0b1c2d3e-0000-4000-8000-1234567890ab"
READERS = """
import os, time
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

class Client:
    def __init__(self, token):
        self.token = token

class Notices(BaseReader):
    def __init__(self, client, town):
        self.client, self.town = client, town

    def load_data(self, count):
        print("what a reader prints goes nowhere")
        if os.path.exists("@broken"):
            raise RuntimeError(f"server refused {self.client.token}")
        seen = os.environ.get("OPENAI_API_KEY", "no key")
        for number in range(count):
            yield Document(text=f"Notice {number} of {self.town}. {seen}.", metadata={"title": f"Notice {number}"})

class Sleeper(BaseReader):
    def load_data(self):
        time.sleep(60)

class Needy(BaseReader):
    def load_data(self):
        import a_package_that_is_not_there
"""
SOURCES = """readers:
  - name: town
    reader: town_readers.Notices
    arguments: {town: Norvik, client: {class: town_readers.Client, secrets: {token: TOWN_TOKEN}}}
    load: {count: 3}
    limit: 2
  - {name: wiki, reader: llama_index.readers.town_wiki.WikiReader}
"""
NOT_INSTALLED = NotFetched("readers: wiki", "its package is not installed: pip install llama-index-readers-town-wiki")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a file makes the reader fail."""
    (tmp_path / "town_readers.py").write_text(READERS.replace("@broken", str(tmp_path / "broken")), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("TOWN_TOKEN", "s3cret-token")
    monkeypatch.setenv("OPENAI_API_KEY", "another secret")
    return tmp_path / "broken"


def pages(folder: Path) -> WebPages:
    articles = write_articles(folder / "articles", {"sources.yaml": SOURCES})
    return Connectors(articles, folder / "var").pages(lambda: None)


def test_documents_become_articles_and_stay_when_their_reader_fails(
    tmp_path: Path, broken: Path, forked_programs: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote_index.connectors.reading.start_process", forked_programs)
    brought = pages(tmp_path)
    assert [(one.id, one.title, one.text) for one in brought.articles] == [
        ("readers/town/Notice_0", "Notice 0", "Notice 0 of Norvik. no key."),
        ("readers/town/Notice_1", "Notice 1", "Notice 1 of Norvik. no key."),
    ]
    assert brought.not_fetched == (NOT_INSTALLED,)
    broken.touch()
    reason = "RuntimeError: server refused ***; its earlier articles are used"
    assert pages(tmp_path) == WebPages(
        brought.articles, not_fetched=(NotFetched("readers: town", reason), NOT_INSTALLED)
    )


def test_a_reader_that_takes_too_long_is_ended(broken: Path) -> None:
    assert not broken.exists()
    with pytest.raises(Failed, match=r"it takes longer than 0\.3 s"):
        documents_of(Connector("a", "town_readers.Sleeper", time_limit=0.3))


@pytest.mark.parametrize(
    ("connector", "reason"),
    [
        (Connector("a", "town_readers.Needy"), "it needs another package: pip install a-package-that-is-not-there"),
        (Connector("a", "town_readers.Client"), "town_readers.Client is not a LlamaIndex reader"),
        (Connector("a", "town_readers.Sleeper", secrets={"token": "NO_SUCH"}), "variable NO_SUCH is not set"),
    ],
)
def test_what_is_missing_is_reported_in_one_line(broken: Path, connector: Connector, reason: str) -> None:
    assert not broken.exists()
    with pytest.raises(Failed, match=reason):
        documents_of(connector)


def test_metadata_tell_title_address_day_and_author() -> None:
    about = {"url": "https://example.org/a", "page_title": "Gulls", "created_at": "2021-09-06T10:00:00Z", "user": "Eva"}
    assert [*articles_of(Connector("wiki", "a.Reader"), [LoadedDocument(RANDOM_ID, "Gulls fly.", about)])] == [
        Article(
            *("readers/wiki/example.org/a", "Gulls", "Gulls fly.", "wiki", "Eva", date(2021, 9, 6)),
            url="https://example.org/a",
        )
    ]


def test_documents_with_one_id_are_parts_of_one_article() -> None:
    parts = [LoadedDocument(RANDOM_ID, f"Page {number}.", {"file_name": "a.pdf", "page": number}) for number in (1, 2)]
    (article,) = articles_of(Connector("files", "a.Reader"), [*parts, LoadedDocument(RANDOM_ID, " ", {})])
    assert isinstance(article, Article)
    assert (article.id, article.text) == ("readers/files/a.pdf", "Page 1.\n\nPage 2.")


@pytest.mark.parametrize(
    ("document", "article_id"),
    [
        (LoadedDocument("channel-5", "Hello.", {}), "readers/n/channel-5"),
        (LoadedDocument(RANDOM_ID, "Hello.", {"title": "A b/c"}), "readers/n/A_b/c"),
        (LoadedDocument(RANDOM_ID, "Hello.", {"file_path": "../../etc/passwd"}), "readers/n/etc/passwd"),
        (LoadedDocument(RANDOM_ID, "Hello.", {}), "readers/n/2d8bd7d9bb5f85ba"),
    ],
)
def test_ids_stay_the_same_and_lead_nowhere_else(document: LoadedDocument, article_id: str) -> None:
    (article,) = articles_of(Connector("n", "a.Reader"), [document])
    assert isinstance(article, Article)
    assert article.id == article_id


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{reader: x.Y, token: secret}", "token is not known"),
        ("{reader: Y}", "`reader:` names no class"),
        ("{reader: x.Y, load: 5}", "`load:` is not of the form"),
        ("{reader: x.Y, name: ../a}", "`name:` is not made of"),
        ("{reader: x.Y, limit: 0}", "`limit:` is not a number from 1 to 100,000"),
        ("{reader: x.Y}, {reader: z.Y}", "two readers have the same name"),
    ],
)
def test_a_wrong_entry_is_reported(tmp_path: Path, entry: str, message: str) -> None:
    folder = write_articles(tmp_path, {"sources.yaml": f"readers: [{entry}]"})
    with pytest.raises(BuildError, match=message):
        read_connectors(folder)
