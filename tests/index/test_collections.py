"""Collections in the index: real Chroma, real MiniLM, real files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from article_files import write_articles
from word_reader import WordReader

from footnote.grounding.citing import cite
from footnote.models import Candidate
from footnote.models.collections import EVERYTHING, TOP, Readable
from footnote_index.article_folder import ArticleFolder
from footnote_index.building.reports import BuildReport
from footnote_index.connectors.documents import articles_of
from footnote_index.connectors.entries import Connector, read_connectors
from footnote_index.connectors.reading import LoadedDocument
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.retrieval import POOL
from footnote_index.web.sources_file import SourceKind, WebSource, read_sources

LONG = " ".join(f"Word number {number} of the oath is said aloud." for number in range(8))
ARTICLES = {
    "pass.md": "---\ntitle: The pass\nsource: Review\npublished: 2021-09-01\n---\nSnow closes the pass in winter.",
    "rules/pass.md": "---\ntitle: Rules\nsource: Law\npublished: 2021-09-02\n---\nNobody crosses the pass at night.",
    "staff/pass.md": "---\ntitle: Staff\nsource: Desk\npublished: 2021-09-03\n---\nGuards of the pass sleep at noon.",
    "rules/oath.md": f"The oath\n{LONG}",
    "staff/oath.md": f"The oath\n{LONG}",
}
RULES, STAFF = Readable(frozenset({"rules"})), Readable(frozenset({"staff"}))
OTHERS = Readable(closed=frozenset({"rules", "staff"}))
ROAD = "Where does road 7 lead?"
CROSSING = "Who crosses the pass?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", ARTICLES)


@pytest.fixture
async def index(folder: Path, tmp_path: Path, minilm: MiniLM) -> AsyncIterator[Index]:
    opened = Index(folder, tmp_path / "data", lambda: minilm, reader=WordReader())
    yield opened
    await opened.close()


async def build(index: Index) -> BuildReport:
    return await index.build(may_shrink=True, started_by="A test", on_progress=lambda _: None)


async def found(index: Index, question: str, readable: Readable, **about: date) -> list[str]:
    hits = (await index.retrieve(question, readable=readable, **about)).hits  # type: ignore[arg-type]
    return [hit.passage.article.id for hit in hits]


async def test_a_question_finds_only_what_may_be_read(index: Index) -> None:
    await build(index)
    assert {*await found(index, CROSSING, RULES)} == {"rules/pass.md", "rules/oath.md"}
    assert {*await found(index, CROSSING, STAFF)} == {"staff/pass.md", "staff/oath.md"}
    assert await found(index, CROSSING, OTHERS) == ["pass.md"]
    assert await found(index, CROSSING, Readable(frozenset())) == []
    assert await found(index, CROSSING, STAFF, since=date(2021, 9, 3)) == ["staff/pass.md"]
    assert await found(index, CROSSING, STAFF, until=date(2021, 9, 2)) == []


async def test_names_and_texts_come_only_from_what_may_be_read(index: Index) -> None:
    await build(index)
    assert await index.titles(readable=OTHERS) == {"pass.md": "The pass"}
    assert await index.sources(readable=RULES) == {"rules/pass.md": "Law"}
    assert await index.collections() == ("rules", "staff")
    assert await index.article("staff/pass.md", readable=RULES) is None
    assert await index.article("staff/pass.md", readable=STAFF) is not None
    [hit] = (await index.retrieve(CROSSING, readable=OTHERS)).hits
    citation = cite(Candidate(hit.passage, hit.passage.sentences[0], 1.0), 1)
    assert await index.context(citation, readable=OTHERS)
    assert await index.context(citation, readable=RULES) is None


async def test_as_many_are_found_as_if_there_were_no_others(index: Index, folder: Path) -> None:
    """Those that may not be read are nearer, and more than a search looks through."""
    near = {f"staff/{number}.txt": f"Pass {number}\nWho crosses the pass? {number} guards do." for number in range(9)}
    far = {f"rules/{number}.txt": f"Tea {number}\nGlass {number} is for green tea." for number in range(12)}
    write_articles(folder, near | far)
    await build(index)
    hits = await found(index, CROSSING, RULES)
    assert len(hits) == 10
    assert all(name.startswith("rules/") for name in hits)


async def test_where_most_may_be_read_the_search_is_chromas(index: Index, folder: Path) -> None:
    """More passages may be read than a search proposes: it finds enough of them among all."""
    many = {f"{number}.txt": f"Road {number}\nRoad {number} leads to the pass." for number in range(POOL + 10)}
    write_articles(folder, many)
    write_articles(folder, {"staff/road.txt": "The secret road\nWhere does road 7 lead? To the secret door."})
    await build(index)
    assert "staff/road.txt" in await found(index, ROAD, EVERYTHING)
    hits = await found(index, ROAD, OTHERS)
    assert (hits[0], len(hits)) == ("7.txt", 10)
    assert "staff/road.txt" not in hits


async def test_a_copy_in_another_collection_is_found_there_and_once_by_people_who_read_both(index: Index) -> None:
    report = await build(index)
    assert report.duplicates == ()
    assert (await found(index, "What is said aloud?", RULES))[0] == "rules/oath.md"
    assert (await found(index, "What is said aloud?", STAFF))[0] == "staff/oath.md"
    both = await found(index, "What is said aloud?", EVERYTHING)
    assert len({*both} & {"rules/oath.md", "staff/oath.md"}) == 1


async def test_a_file_that_moves_belongs_to_the_other_collection_and_is_not_embedded_again(
    index: Index, folder: Path
) -> None:
    await build(index)
    (folder / "rules/pass.md").rename(folder / "staff/law.md")
    report = await build(index)
    assert (report.added, report.removed, report.embedded_tokens, report.live) == (1, 1, 0, True)
    assert "staff/law.md" in await found(index, CROSSING, STAFF)
    assert await found(index, CROSSING, RULES) == ["rules/oath.md"]


def test_feeds_and_readers_may_name_a_collection(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(
        "feeds:\n  - {url: https://example.org/rss.xml, collection: News desk}\n"
        "readers:\n  - {name: wiki, reader: a.Reader, collection: rules}\n"
    )
    [feed] = read_sources(tmp_path)
    assert feed == WebSource(SourceKind.FEED, "https://example.org/rss.xml", collection="News desk")
    assert feed.article_id("https://example.org/a") == "News desk/web/example.org/a"
    [connector] = read_connectors(tmp_path)
    [article] = articles_of(connector, [LoadedDocument("fees", "Ten coins.", {})])
    assert article.id == "rules/readers/wiki/fees"  # type: ignore[union-attr]
    [article] = articles_of(Connector("wiki", "a.Reader"), [LoadedDocument("fees", "Ten coins.", {})])
    assert article.id == "readers/wiki/fees"  # type: ignore[union-attr]


def test_an_article_is_stored_in_the_folder_of_its_collection(tmp_path: Path) -> None:
    folder = ArticleFolder(tmp_path)
    assert folder.put("fees.txt", b"Fees\nTen coins.", collection="rules").article.id == "rules/fees.txt"
    assert folder.put("fees.txt", b"Fees\nTen coins.", collection=TOP).article.id == "fees.txt"
    assert folder.remove("rules/fees.txt") == ".removed/rules/fees.txt"
