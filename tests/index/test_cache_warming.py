"""Vectors of a generation that is still whole go back in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from footnote.models import Article, Passage, Sentence
from footnote_index.building.reports import Status
from footnote_index.storage import catalogue, checksums, sentence_vectors
from footnote_index.storage.cache_warming import warm
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache, cache_key
from footnote_index.storage.generations import GenerationFolder

TEA = Article("tea.txt", "Tea", "Green tea is poured. It is hot. Snow falls.")
PASSAGES = [Passage(TEA, (Sentence(0, 20), Sentence(21, 31))), Passage(TEA, (Sentence(32, 43),))]
KEYS = [cache_key("minilm", passage) for passage in PASSAGES]
VECTORS = np.array([[0.6, 0.8], [1.0, 0.0]], np.float32)
SENTENCES = np.array([[127, 0], [0, 127], [50, -127]], np.int8)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> GenerationFolder:
    """Two passages with three sentences."""
    folder = GenerationFolder(tmp_path_factory.mktemp("generations") / "first")
    folder.path.mkdir()
    catalogue.write(folder.catalogue, [TEA], PASSAGES)
    folder.write_vector_keys(KEYS)
    sentence_vectors.append(folder.sentence_vectors, [SENTENCES])
    with closing(catalogue.Catalogue(folder.catalogue)) as opened, closing(folder.begin_passages(None)) as chroma:
        chroma.upsert(opened.ids(), PASSAGES, VECTORS)
        rows = checksums.of_rows(chroma)
    status = Status("first", datetime(2021, 9, 6, tzinfo=UTC), 1, 2, 3, "minilm", "articles")
    folder.write_manifest(status, checksums.of_generation(folder, rows))
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite"


@pytest.fixture
def damaged(written: GenerationFolder) -> Iterator[GenerationFolder]:
    before = written.sentence_vectors.read_bytes()
    written.sentence_vectors.write_bytes(before[:-1] + b"?")
    yield written
    written.sentence_vectors.write_bytes(before)


def cached(cache: Path) -> dict[bytes, tuple[list[float], list[list[int]]]]:
    with EmbeddingCache(cache) as vectors:
        found = vectors.take(KEYS)
    return {key: (one.passage.tolist(), one.sentences.tolist()) for key, one in found.items()}


def put(cache: Path, *keys: bytes) -> None:
    """Vectors that a generation does not have."""
    own = CachedVectors(np.array([0.0, 1.0], np.float32), np.array([[1, 2]], np.int8))
    with EmbeddingCache(cache) as vectors:
        vectors.put(dict.fromkeys(keys, own))


def test_each_passage_gets_its_vector_and_those_of_its_own_sentences(written: GenerationFolder, cache: Path) -> None:
    assert warm(written, cache)
    assert cached(cache) == {
        key: (vector.tolist(), rows.tolist())
        for key, vector, rows in zip(KEYS, VECTORS, (SENTENCES[:2], SENTENCES[2:]), strict=True)
    }


def test_only_what_is_missing_is_written(written: GenerationFolder, cache: Path) -> None:
    put(cache, KEYS[0])
    assert warm(written, cache)
    assert cached(cache)[KEYS[0]] == ([0.0, 1.0], [[1, 2]])
    assert cached(cache)[KEYS[1]][0] == [1.0, 0.0]


def test_nothing_is_taken_from_a_damaged_generation(damaged: GenerationFolder, cache: Path) -> None:
    put(cache, KEYS[0])
    assert not warm(damaged, cache)
    assert cached(cache).keys() == {KEYS[0]}


def test_a_damaged_generation_is_not_read_if_the_cache_has_everything(damaged: GenerationFolder, cache: Path) -> None:
    put(cache, *KEYS)
    assert warm(damaged, cache)


def test_a_key_that_no_passage_has_stays_missing(written: GenerationFolder, cache: Path) -> None:
    before, manifest = written.vector_keys.read_bytes(), written.manifest.read_bytes()
    status, rows = written.read_manifest(), written.read_checksums()[checksums.CHROMA]
    written.write_vector_keys([*KEYS, bytes(32)])
    written.write_manifest(status, checksums.of_generation(written, rows))
    try:
        assert not warm(written, cache)
        assert cached(cache).keys() == {*KEYS}
    finally:
        written.vector_keys.write_bytes(before)
        written.manifest.write_bytes(manifest)


def test_a_cache_that_cannot_be_written_is_said(written: GenerationFolder, tmp_path: Path) -> None:
    assert not warm(written, tmp_path)  # a folder
