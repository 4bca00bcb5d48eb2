"""Generations that several processes share: vectors on a Chroma server, everything else in the database and copied from
there.

    index/shared/ID/    lexical/  catalogue.sqlite  sentences.i8  vectors.keys  manifest.json

The folder is written by a build, or downloaded; the passage vectors are on the server only.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from chromadb.errors import ChromaError

from footnote.adapters.database.shared_index import SharedIndex
from footnote.errors import DamagedIndex, FootnoteError
from footnote_index.building.reports import Status
from footnote_index.server.connection import ChromaServer
from footnote_index.server.lease import SECONDS, Lease
from footnote_index.server.transfer import NotShared, fetch, publish
from footnote_index.storage.chroma import ChromaPassages
from footnote_index.storage.disk import told_when_full
from footnote_index.storage.generations import GenerationFolder, fresh_id, parse_manifest

PASSAGES = "footnote-passages-"
_ATTEMPTS = 5


class ServedPassages(ChromaPassages):
    """The passage vectors of one generation in their own collection on a server. Raises ServerAway."""

    rows_at_once = 100  # a request has to be answered in time

    def __init__(self, server: ChromaServer, generation: str, *, create: bool = False) -> None:
        self._connection = server.connect()
        name = f"{PASSAGES}{generation}"
        try:
            self._collection = self._connection.create(name) if create else self._connection.get(name)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True, slots=True)
class SharedFolder(GenerationFolder):
    """The copy of a generation that is on a server."""

    server: ChromaServer

    def open_passages(self) -> ChromaPassages:
        return ServedPassages(self.server, self.id)

    def begin_passages(self, base: GenerationFolder | None) -> ChromaPassages:  # noqa: ARG002 - a server copies nothing
        return ServedPassages(self.server, self.id, create=True)

    @contextmanager
    def passages_to_examine(self) -> Iterator[ChromaPassages]:
        with closing(self.open_passages()) as passages:
            yield passages


class SharedGenerations:
    """Implements `Home`. The data folder has copies; what is not in the database does not count.

    `lease_seconds`: after that time the build of a killed process is considered dead.
    """

    is_shared = True

    def __init__(
        self, data: Path, server: ChromaServer, records: SharedIndex, *, lease_seconds: float = SECONDS
    ) -> None:
        self._data = data
        self._folder = data / "index" / "shared"
        self._server = server
        self._records = records
        self._lease_seconds = lease_seconds
        self._lease: Lease | None = None

    @contextmanager
    def locked(self, origin: str) -> Iterator[None]:
        lease = Lease(self._records, seconds=self._lease_seconds)
        with lease.taken(origin):
            self._lease = lease
            try:
                yield
            finally:
                self._lease = None

    def live_id(self) -> str | None:
        return self._records.live()

    def live(self) -> GenerationFolder | None:
        for _ in range(_ATTEMPTS):
            live = self._records.live()
            try:
                return self._fetched(live) if live else None
            except NotShared:
                continue  # others have built so often meanwhile that it is gone: check which one is live now
        raise DamagedIndex(f"generation {live} is no longer in the database")

    def _fetched(self, generation: str) -> GenerationFolder:
        folder = SharedFolder(self._folder / generation, self._server)
        if folder.manifest.is_file():
            return folder
        self._make_room()
        with told_when_full(self._data), tempfile.TemporaryDirectory(dir=self._folder) as aside:
            fresh = Path(aside, generation)
            fresh.mkdir()
            fetch(self._records, generation, fresh)
            with suppress(OSError):  # another command on this data folder was quicker
                fresh.rename(folder.path)
        self._remove_copies_besides({*self._records.manifests()})
        return folder

    def _make_room(self) -> None:
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.mkdir(parents=True, exist_ok=True)

    def create(self) -> GenerationFolder:
        folder = SharedFolder(self._folder / fresh_id(), self._server)
        self._make_room()
        folder.path.mkdir()
        return folder

    def switch_to(self, folder: GenerationFolder) -> None:
        """The files go to the database first. Raises BuildError when another process has begun a build meanwhile."""
        if self._records.manifest(folder.id) is None:
            publish(self._records, folder)
        self._held_lease().switch(folder.id)

    def remove(self, folder: GenerationFolder) -> None:
        with suppress(ChromaError, FootnoteError):  # the next build does it
            if folder.id != self.live_id():
                with closing(self._server.connect()) as chroma:
                    self._records.remove(folder.id)
                    chroma.delete(f"{PASSAGES}{folder.id}")
                shutil.rmtree(folder.path, ignore_errors=True)

    def remove_all_but(self, keep: set[str]) -> int:
        self._held_lease().renew()
        with closing(self._server.connect()) as chroma:
            served = {name.removeprefix(PASSAGES) for name in chroma.names() if name.startswith(PASSAGES)}
            gone = (served | {*self._records.manifests()}) - keep
            for generation in gone:
                self._records.remove(generation)  # first, because it makes a generation complete
                chroma.delete(f"{PASSAGES}{generation}")
        for path in self._paths():
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
        return len(gone)

    def find(self, generation: str) -> GenerationFolder | None:
        try:
            return self._fetched(generation) if self._records.manifest(generation) else None
        except NotShared:
            return None

    def complete(self) -> list[Status]:
        found = []
        for generation, manifest in self._records.manifests().items():
            with suppress(DamagedIndex):
                found.append(parse_manifest(generation, manifest)[0])
        return sorted(found, key=lambda status: status.built_at, reverse=True)

    def all(self) -> list[GenerationFolder]:
        return [SharedFolder(path, self._server) for path in self._paths()]

    def _held_lease(self) -> Lease:
        if self._lease is None:
            raise RuntimeError("only the holder of the lease may switch or collect")
        return self._lease

    def _remove_copies_besides(self, known: set[str]) -> None:
        for path in self._paths():
            if path.name not in known and (path / "manifest.json").is_file():  # otherwise it is being written
                shutil.rmtree(path, ignore_errors=True)

    def _paths(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if path.is_dir()] if self._folder.is_dir() else []
