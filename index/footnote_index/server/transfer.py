"""The files of a generation on a Chroma server: in parts, each the metadata of a row.

Not the row's document: Chroma indexes documents for full-text search, which took ten times as long.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from chromadb.api import ClientAPI

from footnote.errors import DamagedIndex
from footnote_index.storage import checksums
from footnote_index.storage.generations import GenerationFolder, parse_manifest

FILES = "footnote-files-"
_PART = 500_000
"""Bytes before they are compressed: servers refuse requests beyond some megabytes."""

_PLACE = np.ones((1, 1), np.float32)
"""Chroma's rows have a vector each; these are never looked for by it."""


def publish(client: ClientAPI, folder: GenerationFolder) -> None:
    """Puts a complete generation's files on the server, its manifest last: it makes the generation complete there."""
    collection = client.create_collection(f"{FILES}{folder.id}", embedding_function=None)
    for name in checksums.files_of(folder):
        for number, part in enumerate(_parts(folder.path / name)):
            row: dict[str, str | int | float | bool | None] = {
                "file": name,
                "part": number,
                "data": b64encode(zlib.compress(part, 1)).decode(),
            }
            collection.upsert(ids=[_id(name, number)], embeddings=_PLACE, metadatas=[row])
    collection.modify(metadata={"manifest": folder.manifest.read_text(encoding="utf-8")})


def manifests(client: ClientAPI) -> dict[str, str]:
    """Id -> manifest of all generations that are complete on the server."""
    found = [one for one in client.list_collections() if one.name.startswith(FILES)]
    return {
        one.name.removeprefix(FILES): str(one.metadata["manifest"])
        for one in found
        if one.metadata and "manifest" in one.metadata
    }


def fetch(client: ClientAPI, generation: str, folder: Path) -> None:
    """Writes the files of a generation into an empty folder, each compared with its checksum, the manifest last.

    Raises NotFoundError when it is not on the server, DamagedIndex when it is not whole there.
    """
    collection = client.get_collection(f"{FILES}{generation}", embedding_function=None)
    manifest = str((collection.metadata or {}).get("manifest", ""))
    _, known = parse_manifest(generation, manifest)
    for name in sorted(known.keys() - {checksums.CHROMA}):
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()):
            raise DamagedIndex(f"generation {generation} on the Chroma server has a file outside its folder")
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            stream.writelines(_fetched_parts(collection, name))
        if checksums.of_file(file) != known[name]:
            raise DamagedIndex(f"{name} of generation {generation} is not whole on the Chroma server")
    GenerationFolder(folder).manifest.write_text(manifest, encoding="utf-8")


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while part := stream.read(_PART):
            yield part


def _fetched_parts(collection: Any, name: str) -> Iterator[bytes]:  # noqa: ANN401 - Chroma's rows have no types
    number = 0
    while rows := collection.get(ids=[_id(name, number)], include=["metadatas"])["metadatas"]:
        yield zlib.decompress(b64decode(rows[0]["data"]))
        number += 1


def _id(name: str, number: int) -> str:
    return f"{name}/{number}"
