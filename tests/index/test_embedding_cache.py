"""Vectors that are kept from build to build: nothing is embedded twice, and nothing in the cache can harm a build."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from article_files import write_articles
from counted_words import CountedWords
from live_generations import live_generation
from numpy.typing import NDArray
from word_reader import WordReader

from footnote.errors import ModelError, OtherEmbedder
from footnote.models import Article, Passage, Sentence
from footnote.models.collections import EVERYTHING
from footnote_index.building.reports import BuildReport
from footnote_index.embedders import Embedder, PassageVectors, Pause
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache, cache_key

ARTICLES = {
    f"{number:03}.txt": f"Number {number}\nThis is article {number}. It says {number * 7}. And a third."
    for number in range(100)
}


class Counting(CountedWords):
    """Keeps a list of all passages it was asked for. It fails from the given one on."""

    def __init__(self, name: str = "bags", *, fails_after: int | None = None) -> None:
        self.name = name
        self.embedded: list[str] = []
        self._fails_after = fails_after

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        if self._fails_after is not None and len(self.embedded) + len(passages) > self._fails_after:
            raise ModelError("The server is down.")
        self.embedded += [passage.text for passage in passages]
        return super().embed_passages(passages, pause=pause)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", ARTICLES)


@pytest.fixture
async def make(articles: Path, tmp_path: Path) -> AsyncIterator[Callable[[Embedder], Index]]:
    opened: list[Index] = []

    def open_index(embedder: Embedder) -> Index:
        opened.append(Index(articles, tmp_path / "data", lambda: embedder, reader=WordReader()))
        return opened[-1]

    yield open_index
    for index in opened:
        await index.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data/index/vectors.sqlite"


async def build(index: Index, *, full: bool = False, dry_run: bool = False) -> BuildReport:
    return await index.build(
        full=full, dry_run=dry_run, may_shrink=True, started_by="A test", on_progress=lambda _: None
    )


def written(index: Index, data: Path) -> tuple[NDArray[np.float32], bytes]:
    """Passage vectors and sentence vectors of the live generation, in order."""
    live = live_generation(index)
    ids = live.catalogue.ids()
    rows = live.passages.collection.get(ids=ids, include=["embeddings"])
    vectors = dict(zip(rows["ids"], np.asarray(rows["embeddings"]), strict=True))
    sentences = (data / "index/generations" / live.status.generation / "sentences.i8").read_bytes()
    return np.stack([vectors[passage_id] for passage_id in ids]), sentences


async def test_vectors_from_the_cache_are_those_of_a_fresh_build(
    make: Callable[[Embedder], Index], minilm: MiniLM, tmp_path: Path
) -> None:
    index = make(minilm)
    first = await build(index)
    fresh = written(index, tmp_path / "data")
    await index.close()
    shutil.rmtree(tmp_path / "data/index/generations")
    index = make(minilm)
    again = await build(index)
    cached = written(index, tmp_path / "data")
    assert (first.embedded_tokens > 0, again.embedded_tokens) == (True, 0)
    assert np.array_equal(fresh[0], cached[0])
    assert fresh[1] == cached[1]


async def test_only_new_passages_are_embedded_unless_in_full(make: Callable[[Embedder], Index], articles: Path) -> None:
    embedder = Counting()
    index = make(embedder)
    assert (await build(index)).embedded_tokens == len(embedder.embedded) == 100
    write_articles(
        articles, {"050.txt": "Changed\nThis is new.", "zzz.txt": "Same\n" + ARTICLES["099.txt"].split("\n")[1]}
    )
    forecast = (await build(index, dry_run=True)).forecast
    assert forecast is not None
    assert forecast.passages == 1
    assert (await build(index)).embedded_tokens == 1
    assert embedder.embedded[100:] == ["This is new."]
    assert (await build(index, full=True)).embedded_tokens == 100  # two of 101 say the same


async def test_a_changed_title_or_date_embeds_nothing(make: Callable[[Embedder], Index], articles: Path) -> None:
    index = make(Counting())
    await build(index)
    write_articles(articles, {"050.txt": ARTICLES["050.txt"].replace("Number", "No.")})
    report = await build(index)
    assert (report.changed, report.embedded_tokens) == (1, 0)


async def test_a_build_that_fails_resumes_where_it_was(make: Callable[[Embedder], Index]) -> None:
    broken = make(Counting(fails_after=96))
    with pytest.raises(ModelError):
        await build(broken)
    await broken.close()
    embedder = Counting()
    assert (await build(make(embedder))).passages == 100
    assert len(embedder.embedded) == 4


async def test_what_no_generation_on_disk_uses_leaves_the_cache(
    make: Callable[[Embedder], Index], articles: Path, file: Path
) -> None:
    index = make(Counting())
    await build(index)
    before = file.stat().st_size
    for name in list(ARTICLES)[1:]:
        (articles / name).unlink()
    live = (await build(index)).generation
    assert _rows(file) == 100, "the generation before may be rolled back to"
    for older in (file.parent / "generations").iterdir():
        if older.name != live:
            shutil.rmtree(older)
    await build(index, full=True)
    assert _rows(file) == 1
    assert file.stat().st_size < before


def _rows(file: Path) -> int:
    with closing(sqlite3.connect(file)) as cache:
        return int(cache.execute("SELECT count(*) FROM vectors").fetchone()[0])


async def test_a_dry_run_makes_no_cache(make: Callable[[Embedder], Index], file: Path) -> None:
    await build(make(Counting()), dry_run=True)
    assert not file.exists()


async def test_another_embedder_is_refused_until_a_build_has_changed_over(
    make: Callable[[Embedder], Index],
) -> None:
    first = make(Counting("first"))
    await build(first)
    await first.close()
    embedder = Counting("second")
    second = make(embedder)
    with pytest.raises(OtherEmbedder, match=r"first.*second.*Run `footnote index build`, or /index rebuild"):
        await second.retrieve("What does article 7 say?", readable=EVERYTHING)
    assert (await build(second)).embedded_tokens == 100
    assert (await second.retrieve("What does article 7 say?", readable=EVERYTHING)).hits
    assert (await second.status()).embedder == "second"


async def test_a_model_that_changed_behind_its_name_is_named(make: Callable[[Embedder], Index], articles: Path) -> None:
    class Shorter(Counting):
        def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
            vectors = super().embed_passages(passages, pause=pause)
            return PassageVectors(vectors.passages[:, :8], vectors.sentences[:, :8], vectors.tokens)

        def embed_question(self, question: str) -> NDArray[np.float32]:
            return super().embed_question(question)[:8]

    first = make(Counting())
    await build(first)
    await first.close()
    second = make(Shorter())
    with pytest.raises(ModelError, match="different model under this name"):
        await second.retrieve("What does article 7 say?", readable=EVERYTHING)
    write_articles(articles, {"050.txt": "Changed\nThis is new."})
    with pytest.raises(ModelError, match="different model under this name"):
        await build(second)
    await build(second, full=True)
    assert (await second.retrieve("What does article 7 say?", readable=EVERYTHING)).hits


def garble(file: Path) -> None:
    file.write_bytes(b"not a database" * 1000)


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty_out(file: Path) -> None:
    with closing(sqlite3.connect(file)) as rows, rows:
        rows.executescript("DROP TABLE vectors; CREATE TABLE vectors (something TEXT)")


@pytest.mark.parametrize("damage", [garble, halve, empty_out])
async def test_a_damaged_cache_is_made_again_with_a_warning(
    make: Callable[[Embedder], Index],
    file: Path,
    articles: Path,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = make(Counting())
    await build(first)
    await first.close()
    damage(file)
    write_articles(articles, {"050.txt": "Changed\nThis is new."})
    second = make(Counting())
    assert (await build(second)).embedded_tokens == 100
    assert [record.levelno for record in caplog.records if "is damaged" in record.message] == [logging.WARNING]
    write_articles(articles, {"050.txt": "Changed\nThis is newer."})
    assert (await build(second)).embedded_tokens == 1


async def test_a_cache_that_cannot_be_opened_does_not_keep_a_build_from_ending(
    make: Callable[[Embedder], Index], file: Path, articles: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir(parents=True)
    index = make(Counting())
    assert (await build(index)).live
    write_articles(articles, {"050.txt": "Changed\nThis is new."})
    assert (await build(index)).embedded_tokens == 100
    assert "could not be stored for the next" in caplog.text


CACHED = CachedVectors(np.array([0.6, 0.8], np.float32), np.array([[95, 127], [127, 0]], np.int8))


def test_a_row_that_is_not_as_it_was_written_is_not_found(tmp_path: Path) -> None:
    with EmbeddingCache(tmp_path / "cache") as cache:
        cache.put({b"sound": CACHED, b"altered": CACHED})
    with closing(sqlite3.connect(tmp_path / "cache")) as rows, rows:
        rows.execute("UPDATE vectors SET sentences = x'00000000' WHERE key = ?", (b"altered",))
    with EmbeddingCache(tmp_path / "cache") as cache:
        (key, found), *others = cache.take([b"sound", b"altered", b"unknown"]).items()
    assert (key, others) == (b"sound", [])
    assert np.array_equal(found.passage, CACHED.passage)
    assert np.array_equal(found.sentences, CACHED.sentences)


def test_a_key_stands_for_exactly_what_is_embedded() -> None:
    text = "One. Two."
    article = Article("a.txt", "A", text)
    passage = Passage(article, (Sentence(0, 4), Sentence(5, 9)))
    moved = Passage(Article("b.txt", "B", "Here: " + text), (Sentence(6, 10), Sentence(11, 15)))
    assert cache_key("minilm", passage) == cache_key("minilm", moved)
    others = [
        cache_key("other", passage),
        cache_key("minilm", Passage(article, (Sentence(0, 9),))),
        cache_key("minilm", Passage(Article("a.txt", "A", "One. Tw2."), passage.sentences)),
    ]
    assert len({cache_key("minilm", passage), *others}) == 4
