"""Stored generations take little space, and are completed again for a rollback."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from article_files import write_articles
from counted_words import CountedWords
from small_index import ARTICLES
from word_reader import WordReader

from footnote.errors import BuildError, ModelError
from footnote.models import Passage
from footnote.models.collections import EVERYTHING
from footnote_index.building.reports import Progress, Stage
from footnote_index.embedders import PassageVectors, Pause
from footnote_index.index import Index
from footnote_index.storage import checksums, folder_lock
from footnote_index.storage.garbage import collect_garbage
from footnote_index.storage.generations import GenerationFolder, Generations
from footnote_index.storage.reduced import is_reduced, live_in_use
from footnote_index.storage.verification import find_damage

KEPT = {"catalogue.sqlite", "vectors.keys", "manifest.json"}
QUESTION = "When does snow close the pass?"


class Embedder(CountedWords):
    """Counts the passages it was asked for, and can be out of order."""

    def __init__(self) -> None:
        self.embedded = 0
        self.is_down = False

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        if self.is_down:
            raise ModelError("The server is down.")
        self.embedded += len(passages)
        return super().embed_passages(passages, pause=pause)


class Built:
    """An index whose every build adds an article."""

    def __init__(self, folder: Path) -> None:
        self.articles = write_articles(folder / "articles", ARTICLES)
        self.data = folder / "data"
        self.cache = self.data / "index/vectors.sqlite"
        self.embedder = Embedder()
        self.index = Index(self.articles, self.data, lambda: self.embedder, reader=WordReader())

    async def build(self) -> GenerationFolder:
        """The generation that is live then."""
        number = len(list(self.articles.iterdir()))
        write_articles(self.articles, {f"{number}.txt": f"Number {number}\nThe number is {number}."})
        report = await self.index.build(started_by="A test", on_progress=lambda _: None)
        return GenerationFolder(self.data / "index/generations" / str(report.generation))


@pytest.fixture
async def built(tmp_path: Path) -> AsyncIterator[Built]:
    built = Built(tmp_path)
    yield built
    await built.index.close()


def files(folder: GenerationFolder) -> set[str]:
    return {path.name for path in folder.path.iterdir()}


async def test_a_generation_that_is_not_live_keeps_what_cannot_be_made_again(built: Built) -> None:
    first = await built.build()
    assert not is_reduced(first)
    second = await built.build()
    assert files(first) == KEPT
    assert is_reduced(first)
    assert not is_reduced(second)
    assert find_damage(first) == find_damage(second) == []


async def test_a_rollback_writes_again_what_was_there_and_embeds_nothing(built: Built) -> None:
    first = await built.build()
    before, hits = first.read_checksums(), await built.index.retrieve(QUESTION, readable=EVERYTHING)
    second = await built.build()
    embedded, told = built.embedder.embedded, list[Progress]()
    await built.index.rollback(started_by="A test", on_progress=told.append)
    assert built.embedder.embedded == embedded
    assert first.read_checksums() == before
    assert find_damage(first) == []
    assert (await built.index.retrieve(QUESTION, readable=EVERYTHING)) == hits
    assert {progress.stage for progress in told} == {Stage.EMBEDDING, Stage.WRITING, Stage.SWITCHING}
    assert files(second) == KEPT
    assert (await built.index.rollback(second.id, started_by="A test")).generation == second.id


async def test_a_generation_that_somebody_reads_stays_whole(built: Built) -> None:
    first = await built.build()
    with folder_lock.in_use(first.path):
        await built.build()
        assert not is_reduced(first)
        assert find_damage(first) == []
    collect_garbage(Generations(built.data), built.data)
    assert files(first) == KEPT


async def test_what_a_killed_process_left_of_parts_is_deleted(built: Built) -> None:
    first = await built.build()
    await built.build()
    first.sentence_vectors.write_bytes(b"half")
    first.chroma.mkdir()
    collect_garbage(Generations(built.data), built.data)
    assert files(first) == KEPT


async def test_a_rollback_starts_over_where_a_killed_one_left_parts(built: Built) -> None:
    first = await built.build()
    before = first.read_checksums()
    await built.build()
    first.sentence_vectors.write_bytes(b"half")
    first.chroma.mkdir()
    (first.chroma / "chroma.sqlite3").write_bytes(b"half")
    await built.index.rollback(started_by="A test")
    assert first.read_checksums() == before
    assert find_damage(first) == []


@pytest.mark.parametrize("stage", [Stage.EMBEDDING, Stage.WRITING])
async def test_a_rollback_that_ends_early_leaves_the_live_one_and_no_parts(built: Built, stage: Stage) -> None:
    first, second = await built.build(), await built.build()

    def stop(progress: Progress) -> None:
        if progress.stage is stage:
            raise BuildError("Stopped.")

    with pytest.raises(BuildError):
        await built.index.rollback(started_by="A test", on_progress=stop)
    assert (await built.index.retrieve(QUESTION, readable=EVERYTHING)).generation == second.id
    assert files(first) == KEPT


async def test_vectors_that_are_lost_are_embedded_again(built: Built) -> None:
    first, second = await built.build(), await built.build()
    built.cache.unlink()
    built.embedder.is_down = True
    with pytest.raises(ModelError):
        await built.index.rollback(started_by="A test")
    assert (await built.index.status()).generation == second.id
    built.embedder.is_down = False
    assert (await built.index.rollback(started_by="A test")).generation == first.id
    assert find_damage(first) == []


async def test_vectors_that_the_cache_has_lost_are_put_back_before_a_generation_is_reduced(built: Built) -> None:
    first = await built.build()
    built.cache.unlink()
    await built.build()
    embedded = built.embedder.embedded
    await built.index.rollback(started_by="A test")
    assert built.embedder.embedded == embedded
    assert find_damage(first) == []


async def test_a_generation_stays_whole_when_its_vectors_cannot_be_stored(built: Built) -> None:
    built.cache.mkdir(parents=True)
    first = await built.build()
    await built.build()
    assert checksums.CHROMA in first.read_checksums()
    assert find_damage(first) == []
    assert (await built.index.rollback(started_by="A test")).generation == first.id


async def test_a_large_generation_is_written_again_in_a_process_of_its_own(built: Built) -> None:
    first, _ = await built.build(), await built.build()
    await built.index.close()
    index = Index(built.articles, built.data, CountedWords, reader=WordReader(), own_process_from=0)
    assert (await index.rollback(started_by="A test")).generation == first.id
    await index.close()
    assert find_damage(first) == []


async def test_the_live_generation_in_use_is_the_one_that_is_live_by_then(built: Built) -> None:
    first, second = await built.build(), await built.build()

    class Late(Generations):
        """Another process switches over between reading the pointer and locking."""

        looks = iter([first, second])

        def live(self) -> GenerationFolder:
            return next(self.looks)

    with live_in_use(Late(built.data)) as live:
        assert live == second
