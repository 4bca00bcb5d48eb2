"""A generation that is intact, and one that is not."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from small_index import SmallIndex

from footnote.models import Article, Passage, Sentence
from footnote_index.embedders.minilm import MiniLM
from footnote_index.storage import checksums
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.chroma import ChromaPassages
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.verification import find_damage

ALIEN = Passage(Article("alien.md", "Alien", "Nobody has written this."), (Sentence(0, 24),))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Path:
    small = SmallIndex(tmp_path_factory.mktemp("built"), minilm)

    async def build() -> str:
        generation = await small.built(1)
        await small.index.close()
        return generation

    return small.generations / asyncio.run(build())


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> GenerationFolder:
    return GenerationFolder(shutil.copytree(built, tmp_path / built.name))


def test_a_generation_is_sound_and_stays_so_when_it_is_asked(folder: GenerationFolder) -> None:
    told: list[tuple[int, int]] = []
    assert find_damage(folder, lambda done, total: told.append((done, total))) == []
    assert told[-1] == (6, 6)
    before = checksums.of_file(folder.chroma / "chroma.sqlite3")
    with closing(ChromaPassages(folder.chroma)) as chroma:
        first = id_of(folder, 0)
        chroma.nearest(chroma.read([first])[first].vector, limit=3)
    assert checksums.of_file(folder.chroma / "chroma.sqlite3") != before  # why its files are not what is compared
    assert find_damage(folder) == []


def id_of(folder: GenerationFolder, number: int) -> str:
    """Of a passage that is in the catalogue, and of one that is not."""
    with closing(Catalogue(folder.catalogue)) as catalogue:
        return [*catalogue.ids(), "another"][number]


def change(statement: str) -> Callable[[GenerationFolder], None]:
    def damage(folder: GenerationFolder) -> None:
        with closing(sqlite3.connect(folder.catalogue)) as rows, rows:
            rows.execute(statement)

    return damage


def alter(name: str) -> Callable[[GenerationFolder], None]:
    def damage(folder: GenerationFolder) -> None:
        file = folder.path / name
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(content)

    return damage


def write(number: int, passage: Passage, vector: float = 1 / 384**0.5) -> Callable[[GenerationFolder], None]:
    def damage(folder: GenerationFolder) -> None:
        with closing(ChromaPassages(folder.chroma)) as chroma:
            chroma.upsert([id_of(folder, number)], [passage], np.full((1, 384), vector, np.float32))

    return damage


def delete_row(folder: GenerationFolder) -> None:
    with closing(ChromaPassages(folder.chroma)) as chroma:
        chroma.delete([id_of(folder, 2)])


def turn_vector(folder: GenerationFolder) -> None:
    with closing(ChromaPassages(folder.chroma)) as chroma:
        chroma.collection.update(ids=[id_of(folder, 2)], embeddings=np.full((1, 384), 1 / 384**0.5, np.float32))


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        (
            change("UPDATE articles SET text = 'Tea' WHERE id = 'tea.txt'"),
            "the text of tea.txt does not have the sha256",
        ),
        (change("UPDATE articles SET text = 'Tea' WHERE id = 'tea.txt'"), "(tea.txt) has sentences that do not lie in"),
        (change("DELETE FROM passages WHERE number = 5"), "the catalogue has 5 passages, and the manifest says 6"),
        (change("DELETE FROM passages WHERE number = 5"), "Chroma has 6 passages, and the manifest says 5"),
        (change("UPDATE articles SET title = 'Milk' WHERE id = 'tea.txt'"), "catalogue.sqlite has been altered"),
        (write(2, ALIEN), "has another text in Chroma"),
        (write(6, ALIEN), "Chroma has 7 passages"),
        (write(2, ALIEN, 0.5), "Chroma's rows have been altered"),
        (delete_row, "has no vector in Chroma"),
        (turn_vector, "Chroma's rows have been altered"),
        (alter("sentences.i8"), "sentences.i8 has been altered"),
        (alter("lexical/data.csc.index.npy"), "lexical/data.csc.index.npy has been altered"),
        (lambda folder: folder.sentence_vectors.unlink(), "sentences.i8 is missing"),
        (lambda folder: shutil.rmtree(folder.lexical), "the words of BM25 cannot be read"),
        (lambda folder: shutil.rmtree(folder.chroma), "Chroma cannot be read"),
        (lambda folder: folder.catalogue.write_bytes(b"SQLite"), "the catalogue cannot be read"),
        (lambda folder: folder.manifest.write_text("{"), "the manifest of generation"),
    ],
)
def test_damage_is_named(folder: GenerationFolder, damage: Callable[[GenerationFolder], None], finding: str) -> None:
    damage(folder)
    findings = find_damage(folder)
    assert any(finding in found for found in findings), findings
    assert not any("\n" in found for found in findings)
