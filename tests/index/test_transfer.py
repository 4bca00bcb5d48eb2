"""Files of a generation go to the shared database and come back whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from databases import SQLiteDatabases

from footnote.adapters.database.shared_index import FilePart, SharedIndex
from footnote.errors import DamagedIndex
from footnote_index.building.reports import Status
from footnote_index.server.transfer import NotShared, fetch, publish
from footnote_index.storage.checksums import CHROMA
from footnote_index.storage.generations import GenerationFolder

MEBIBYTE = 1 << 20
STATUS = Status("first", datetime(2021, 9, 6, tzinfo=UTC), 1, 1, 1, "minilm", "articles")
FILES = {"catalogue.sqlite": b"rows", "lexical/words.json": b"{}", "vectors.keys": b""}


@pytest.fixture
def url(sqlite: SQLiteDatabases) -> str:
    return sqlite.migrated()


@pytest.fixture
def records(url: str) -> Iterator[SharedIndex]:
    with closing(SharedIndex(url)) as records:
        yield records


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "copy/first"
    folder.mkdir(parents=True)
    return folder


def generation(folder: Path, files: Mapping[str, bytes], said: Mapping[str, bytes] | None = None) -> GenerationFolder:
    """With these files; `said` are the ones that its manifest has the checksums of."""
    made = GenerationFolder(folder / "first")
    made.path.mkdir()
    for name, content in files.items():
        (made.path / name).parent.mkdir(parents=True, exist_ok=True)
        (made.path / name).write_bytes(content)
    sums = {name: sha256(content).hexdigest() for name, content in (files if said is None else said).items()}
    made.write_manifest(STATUS, {CHROMA: "0", **sums})
    return made


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_all_files_come_back_with_their_manifest(records: SharedIndex, tmp_path: Path, target: Path) -> None:
    source = generation(tmp_path, FILES)
    publish(records, source)
    fetch(records, "first", target)
    assert files_in(target) == files_in(source.path)
    assert GenerationFolder(target).read_manifest() == STATUS


@pytest.mark.parametrize(
    ("size", "parts"), [(MEBIBYTE - 1, [MEBIBYTE - 1]), (MEBIBYTE, [MEBIBYTE]), (MEBIBYTE + 1, [MEBIBYTE, 1])]
)
def test_a_large_file_goes_in_parts(
    records: SharedIndex, tmp_path: Path, target: Path, size: int, parts: list[int]
) -> None:
    content = b"a" * (size - 1) + b"b"
    publish(records, generation(tmp_path, {"sentences.i8": content}))
    assert [len(part) for part in records.parts("first", "sentences.i8")] == parts
    fetch(records, "first", target)
    assert (target / "sentences.i8").read_bytes() == content


def test_files_of_chroma_are_not_copied(records: SharedIndex, tmp_path: Path, target: Path) -> None:
    source = generation(tmp_path, {"vectors.keys": b"keys"})
    source.chroma.mkdir()
    (source.chroma / "chroma.sqlite3").write_bytes(b"rows")
    publish(records, source)
    assert [*records.parts("first", "chroma/chroma.sqlite3")] == []
    fetch(records, "first", target)
    assert set(files_in(target)) == {"vectors.keys", "manifest.json"}


def test_what_is_not_there_is_not_shared(records: SharedIndex, target: Path) -> None:
    with pytest.raises(NotShared):
        fetch(records, "first", target)
    assert files_in(target) == {}


@pytest.mark.parametrize("there", [{"vectors.keys": b"other"}, {"vectors.keys": b""}, {"more": b"keys"}])
def test_a_file_that_is_not_whole_is_damage_and_leaves_no_manifest(
    records: SharedIndex, tmp_path: Path, target: Path, there: dict[str, bytes]
) -> None:
    publish(records, generation(tmp_path, there, said={"vectors.keys": b"keys"}))
    with pytest.raises(DamagedIndex, match=r"vectors\.keys of generation first is not whole in the database"):
        fetch(records, "first", target)
    assert not (target / "manifest.json").exists()


@pytest.mark.parametrize("name", ["../second/vectors.keys", "/etc/vectors.keys", "a/../../b"])
def test_no_file_is_written_outside_the_folder(records: SharedIndex, tmp_path: Path, target: Path, name: str) -> None:
    source = generation(tmp_path, {}, said={name: b"keys"})
    records.publish("first", source.manifest.read_text(), [FilePart(name, 0, b"keys")])
    with pytest.raises(DamagedIndex, match="a file outside its folder"):
        fetch(records, "first", target)
    assert files_in(target.parent) == {}


def test_a_manifest_of_another_generation_is_damage(records: SharedIndex, tmp_path: Path, target: Path) -> None:
    records.publish("second", generation(tmp_path, FILES).manifest.read_text(), [])
    with pytest.raises(DamagedIndex, match="is that of another one"):
        fetch(records, "second", target)


class Deleting(SharedIndex):
    """Another process deletes the generation while it is fetched."""

    def parts(self, generation: str, name: str) -> Iterator[bytes]:
        self.remove(generation)
        return super().parts(generation, name)


def test_a_generation_that_is_deleted_meanwhile_is_not_damaged(url: str, tmp_path: Path, target: Path) -> None:
    with closing(Deleting(url)) as records:
        publish(records, generation(tmp_path, {"vectors.keys": b"keys"}))
        with pytest.raises(NotShared):
            fetch(records, "first", target)
    assert not (target / "manifest.json").exists()
