"""Generations in a data folder: complete, immutable states of the index, and the pointer to the live one.

    index/live                      the id of the live generation, replaced in one atomic step
    index/vectors.sqlite            vectors of passages embedded before (embedding_cache.py)
    index/writing                   locked by the process that writes a generation for another one (process.py)
    index/generations/ID/           chroma/  lexical/  catalogue.sqlite  sentences.i8  vectors.keys  manifest.json

Those that are not live are reduced (reduced.py) to catalogue, keys and manifest. The manifest is written last and
deleted first: a folder without one was left behind by a killed process.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from footnote.errors import DamagedIndex
from footnote_index.building.reports import Status
from footnote_index.storage.disk import write_durably

if TYPE_CHECKING:
    from footnote_index.storage.chroma import ChromaPassages  # not at run time: `index status` does not need Chroma

KEY_LENGTH = 32
"""Bytes of a vector's key."""

_ID = re.compile(r"[\w-]{1,100}")
_DAMAGED = "(damaged)"

FORMAT = 4
"""Increase it when a generation's files, or the way articles are split and embedded, change: the next build then writes
everything again. (What is embedded again is decided by the format of embedding_cache.py.)
"""


@dataclass(frozen=True, slots=True)
class GenerationFolder:
    """The paths of the parts of one generation."""

    path: Path

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def chroma(self) -> Path:
        return self.path / "chroma"

    @property
    def lexical(self) -> Path:
        return self.path / "lexical"

    @property
    def catalogue(self) -> Path:
        return self.path / "catalogue.sqlite"

    @property
    def sentence_vectors(self) -> Path:
        return self.path / "sentences.i8"

    @property
    def vector_keys(self) -> Path:
        return self.path / "vectors.keys"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.json"

    def open_passages(self) -> ChromaPassages:
        """The passage vectors, for queries. Raises chromadb's NotFoundError when there are none."""
        from footnote_index.storage.chroma import ChromaPassages

        return ChromaPassages(self.chroma)

    def begin_passages(self, base: GenerationFolder | None) -> ChromaPassages:
        """The passage vectors, for writing: those of `base`, or none yet."""
        from footnote_index.storage.chroma import ChromaPassages

        if base:
            shutil.copytree(base.chroma, self.chroma)  # links would not do, Chroma writes into its files
        return ChromaPassages(self.chroma, create=base is None)

    def passages_to_examine(self) -> AbstractContextManager[ChromaPassages]:
        """The passage vectors, for inspection while another process answers from them."""
        from footnote_index.storage.chroma import copied

        return copied(self.chroma)

    def read_manifest(self) -> Status:
        """Raises DamagedIndex when it is unreadable, or its format is not the one that this Footnote writes."""
        status, _ = self._read()
        return status

    def read_checksums(self) -> dict[str, str]:
        """What checksums.py computed when the generation was written. Raises DamagedIndex as `read_manifest` does."""
        _, checksums = self._read()
        return checksums

    def write_vector_keys(self, keys: Iterable[bytes]) -> None:
        """The cache keys of its passages' vectors."""
        self.vector_keys.write_bytes(b"".join(keys))

    def read_vector_keys(self) -> set[bytes]:
        """Raises DamagedIndex."""
        try:
            content = self.vector_keys.read_bytes()
        except OSError as error:
            raise DamagedIndex(f"the keys of generation {self.id} cannot be read") from error
        return {content[start : start + KEY_LENGTH] for start in range(0, len(content), KEY_LENGTH)}

    def write_manifest(self, status: Status, checksums: Mapping[str, str]) -> None:
        """Marks the generation as complete."""
        fields = asdict(status) | {
            "built_at": status.built_at.isoformat(),
            "format": FORMAT,
            "checksums": dict(checksums),
        }
        _write_durably(self.manifest, json.dumps(fields, indent=2, ensure_ascii=False))

    def _read(self) -> tuple[Status, dict[str, str]]:
        try:
            text = self.manifest.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise DamagedIndex(f"the manifest of generation {self.id} cannot be read") from error
        return parse_manifest(self.id, text)


def parse_manifest(generation: str, text: str) -> tuple[Status, dict[str, str]]:
    """The content of a generation's manifest, and its checksums. Raises DamagedIndex."""
    try:
        fields: dict[str, Any] = json.loads(text)
        if fields.pop("format", None) != FORMAT:
            raise DamagedIndex(f"generation {generation} was written by another version of Footnote")
        if fields["generation"] != generation:
            raise DamagedIndex(f"the manifest of generation {generation} is that of another one")
        checksums = dict(fields.pop("checksums"))
        return Status(**fields | {"built_at": datetime.fromisoformat(fields["built_at"])}), checksums
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedIndex(f"the manifest of generation {generation} cannot be read") from error


def fresh_id() -> str:
    """An id for a new generation: ids sort by time."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


class Generations:
    """Implements `Home` (home.py) with one data folder, which belongs to this process. After the first build, exactly
    one generation is live.
    """

    is_shared = False

    def __init__(self, data: Path) -> None:
        self._pointer = data / "index" / "live"
        self._folder = data / "index" / "generations"

    def locked(self, origin: str) -> AbstractContextManager[None]:  # noqa: ARG002 - nobody else can use it
        return nullcontext()

    def live_id(self) -> str | None:
        """None before the first build. If the file is damaged, what it has is not an id of any generation."""
        try:
            found = self._pointer.read_text(encoding="utf-8", errors="replace").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found if _ID.fullmatch(found) else _DAMAGED

    def live(self) -> GenerationFolder | None:
        """None before the first build, and when somebody has deleted the generation."""
        live = self.live_id()
        folder = GenerationFolder(self._folder / live) if live else None
        return folder if folder and folder.manifest.is_file() else None

    def create(self) -> GenerationFolder:
        """An empty folder next to the live one."""
        folder = GenerationFolder(self._folder / fresh_id())
        folder.path.mkdir(parents=True)
        return folder

    def switch_to(self, folder: GenerationFolder) -> None:
        """Makes a complete generation the live one, in one atomic step that survives a power cut."""
        _write_durably(self._pointer, folder.id)

    def remove(self, folder: GenerationFolder) -> None:
        """Deletes a generation, or what there is of it; never the live one, whatever went wrong meanwhile."""
        if folder.id != self.live_id():
            with suppress(OSError):
                folder.manifest.unlink(missing_ok=True)
            shutil.rmtree(folder.path, ignore_errors=True)

    def find(self, generation: str) -> GenerationFolder | None:
        """The generation with this id, in any state."""
        return next((folder for folder in self.all() if folder.id == generation), None)

    def complete(self) -> list[Status]:
        """The generations that can be rolled back to according to their manifests, newest first, including the live
        one.
        """
        found = []
        for folder in self.all():
            with suppress(DamagedIndex):
                found.append(folder.read_manifest())
        return sorted(found, key=lambda status: status.built_at, reverse=True)

    def remove_all_but(self, keep: set[str]) -> int:
        """Deletes the others, and what killed builds left behind; returns how many."""
        gone = [folder for folder in self.all() if folder.id not in keep or not folder.manifest.is_file()]
        for folder in gone:
            self.remove(folder)
        return len(gone)

    def all(self) -> list[GenerationFolder]:
        """In any state."""
        return [GenerationFolder(path) for path in self._folder.iterdir()] if self._folder.is_dir() else []


def _write_durably(file: Path, text: str) -> None:
    write_durably(file.with_suffix(".new").open("wb"), text.encode(), file)
