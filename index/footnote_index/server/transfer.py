"""Copies the files of a generation to the shared database and from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from footnote.adapters.database.shared_index import FilePart, SharedIndex
from footnote.errors import DamagedIndex
from footnote_index.storage import checksums
from footnote_index.storage.generations import GenerationFolder, parse_manifest

_PART = 1 << 20
"""Bytes."""


class NotShared(Exception):
    """The generation is not in the shared database, or no longer there."""


def publish(records: SharedIndex, folder: GenerationFolder) -> None:
    """Puts a complete generation's files and its manifest into the database."""
    records.publish(folder.id, folder.manifest.read_text(encoding="utf-8"), _parts(folder))


def fetch(records: SharedIndex, generation: str, folder: Path) -> None:
    """Writes the files of a generation into an empty folder and checks their checksums; the manifest comes last.

    Raises NotShared, and DamagedIndex when it is not whole in the database.
    """
    manifest = records.manifest(generation)
    if manifest is None:
        raise NotShared(generation)
    _, known = parse_manifest(generation, manifest)
    for name in sorted(known.keys() - {checksums.CHROMA}):
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()):
            raise DamagedIndex(f"generation {generation} in the database has a file outside its folder")
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            stream.writelines(records.parts(generation, name))
        if checksums.of_file(file) != known[name]:
            if records.manifest(generation) is None:  # deleted meanwhile
                raise NotShared(generation)
            raise DamagedIndex(f"{name} of generation {generation} is not whole in the database")
    GenerationFolder(folder).manifest.write_text(manifest, encoding="utf-8")


def _parts(folder: GenerationFolder) -> Iterator[FilePart]:
    for name in checksums.files_of(folder):
        with (folder.path / name).open("rb") as stream:
            number = 0
            while content := stream.read(_PART):
                yield FilePart(name, number, content)
                number += 1
