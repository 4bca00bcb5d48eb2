"""The texts of a generation, in a real SQLite file."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.models import Article, Passage
from footnote_index.passages import split_passages
from footnote_index.storage import catalogue
from footnote_index.storage.catalogue import Catalogue, fingerprint

LONG = " ".join(f"Sentence {number} stands here with a few more words." for number in range(60))
FULL = Article(
    *("a/full.md", "The title", LONG),
    source="Review",
    author="A. Writer",
    published=date(2021, 9, 6),
    url="https://news.example/full",
    category="Report",
    pages=(0, 100, 100, 2_000),
)
BARE = Article("bare.txt", "Bare", "One sentence. Another one.")

Open = Callable[[Sequence[Article]], Catalogue]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Writes articles with all their passages, and opens what was written."""
    catalogues: list[Catalogue] = []

    def write_and_open(articles: Sequence[Article]) -> Catalogue:
        file = tmp_path / f"{len(catalogues)}.sqlite"
        catalogue.write(file, articles, passages_of(articles))
        catalogues.append(Catalogue(file))
        return catalogues[-1]

    yield write_and_open
    for each in catalogues:
        each.close()


def passages_of(articles: Sequence[Article]) -> list[Passage]:
    return [passage for article in articles for passage in split_passages(article)]


def test_a_file_that_is_no_catalogue_is_not_kept_open(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_bytes(b"not a database" * 1000)
    opened = Catalogue.__new__(Catalogue)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        opened.__init__(file)  # type: ignore[misc]
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        opened.fingerprints()


# --- what was written is read

_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "\x00",
        "a\x00b.",
        "'; DROP TABLE articles; --",
        "\u202e",
        "👨\u200d👩\u200d👧. É́.",
        "One. Two? Three!",
        "\ufeff.",
        "\U0010ffff",
    ]
)
_ARTICLE = st.builds(
    Article,
    id=_TEXT,
    title=_TEXT,
    text=_TEXT.filter(lambda text: text.strip() and "\0" not in text),
    source=st.none() | _TEXT,
    author=st.none() | _TEXT,
    published=st.none() | st.dates(),
    url=st.none() | _TEXT,
    category=st.none() | _TEXT,
    pages=st.lists(st.integers(0, 2**40)).map(tuple),
)


@given(st.lists(_ARTICLE, max_size=5, unique_by=lambda article: article.id))
@settings(deadline=None, max_examples=50)
def test_articles_and_passages_of_any_text_read_back_as_they_were(articles: list[Article]) -> None:
    passages = passages_of(articles)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.sqlite"
        catalogue.write(file, articles, passages)
        with closing(Catalogue(file)) as written:
            assert [written.article(article.id) for article in articles] == articles
            assert written.passages(range(len(passages))) == passages
            assert written.fingerprints() == {article.id: fingerprint(article) for article in articles}


@pytest.mark.parametrize("name", ["a b.sqlite", "50% #1?.sqlite", "Straße & 'co'.sqlite"])
def test_a_catalogue_may_lie_anywhere(tmp_path: Path, name: str) -> None:
    catalogue.write(tmp_path / name, [BARE], [])
    with closing(Catalogue(tmp_path / name)) as written:
        assert written.article("bare.txt") == BARE


def test_an_article_that_is_not_there_is_none(opened: Open) -> None:
    assert opened([BARE]).article("bare") is None


# --- passages


@pytest.mark.parametrize("numbers", [[], [0], [3, 1, 2], [2, 2, 0]])
def test_passages_come_in_the_order_asked_for(opened: Open, numbers: list[int]) -> None:
    passages = passages_of([FULL, BARE])
    assert opened([FULL, BARE]).passages(numbers) == [passages[number] for number in numbers]


def test_passages_of_one_article_share_it(opened: Open) -> None:
    first, second = opened([FULL]).passages([0, 1])
    assert first.article is second.article


def test_a_passage_that_is_not_there_is_an_error(opened: Open) -> None:
    with pytest.raises(KeyError):
        opened([BARE]).passages([1])


def test_days_and_sentence_rows_run_parallel_to_the_passages(opened: Open) -> None:
    passages = passages_of([FULL, BARE])
    written = opened([FULL, BARE])
    assert written.days.tolist() == [
        passage.article.published.toordinal() if passage.article.published else 0 for passage in passages
    ]
    for number, passage in enumerate(passages):
        assert written.sentence_rows[number + 1] - written.sentence_rows[number] == len(passage.sentences)
    assert written.sentence_rows[0] == 0


def test_a_catalogue_without_articles_can_be_opened(opened: Open) -> None:
    written = opened([])
    assert (written.fingerprints(), written.days.tolist(), written.sentence_rows.tolist()) == ({}, [], [0])


def test_several_threads_may_read_at_once(opened: Open) -> None:
    written, passages = opened([FULL, BARE]), passages_of([FULL, BARE])
    numbers = [*range(len(passages))] * 20
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: written.passages([number]), numbers))
    assert found == [[passages[number]] for number in numbers]


# --- fingerprints


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b.md"},
        {"title": "Another title"},
        {"text": LONG + "!"},
        {"source": None},
        {"author": "B. Writer"},
        {"published": date(2021, 9, 7)},
        {"url": "https://news.example/other"},
        {"category": "Comment"},
        {"pages": (0, 100, 2_000)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_fingerprint_changes_with_anything_about_its_article(change: dict[str, Any]) -> None:
    assert fingerprint(replace(FULL, **change)) != fingerprint(FULL)


def test_a_fingerprint_is_the_same_for_the_same_article() -> None:
    assert fingerprint(replace(FULL)) == fingerprint(FULL)


def test_words_moved_from_one_field_to_the_next_change_the_fingerprint() -> None:
    one, other = replace(FULL, source="Re", author="view"), replace(FULL, source="Review", author="")
    assert fingerprint(one) != fingerprint(other)
