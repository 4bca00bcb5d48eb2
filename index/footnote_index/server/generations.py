"""Generations on a Chroma server, and the copies of them in the data folder of each process.

    index/shared/ID/    lexical/  catalogue.sqlite  sentences.i8  vectors.keys  manifest.json

The folder is written by a build, or fetched; the passage vectors are on the server only.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.errors import ChromaError, NotFoundError

from footnote.errors import BuildError, DamagedIndex, FootnoteError
from footnote_index.building.reports import Status
from footnote_index.server.cache_warming import stock
from footnote_index.server.connection import ChromaServer, disconnect
from footnote_index.server.lease import ENDED, SECONDS, Lease
from footnote_index.server.pointer import Link, Overtaken, add_link, last_link
from footnote_index.server.transfer import FILES, fetch, manifests, publish
from footnote_index.storage.chroma import ChromaPassages
from footnote_index.storage.disk import told_when_full
from footnote_index.storage.generations import GenerationFolder, fresh_id, parse_manifest, to_keep

PASSAGES = "footnote-passages-"
_ATTEMPTS = 5


class ServedPassages(ChromaPassages):
    """The passage vectors of one generation in a collection of their own on a server. Raises ServerAway."""

    def __init__(self, server: ChromaServer, generation: str, *, create: bool = False) -> None:
        self._open(server.connect(), f"{PASSAGES}{generation}", create=create)

    def close(self) -> None:
        disconnect(self._client)


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
    """Implements `Home` with a Chroma server. The data folder holds copies; what is not on the server does not count.

    `lease_seconds`: after that time the build of a killed process is taken for dead.
    """

    is_shared = True

    def __init__(self, data: Path, server: ChromaServer, *, lease_seconds: float = SECONDS) -> None:
        self._data = data
        self._folder = data / "index" / "shared"
        self._server = server
        self._lease_seconds = lease_seconds
        self._connecting = Lock()
        self._connected: Client | None = None
        self._lease: Lease | None = None
        self._link = Link(0, None)

    @property
    def _client(self) -> ClientAPI:
        with self._connecting:
            if self._connected is None:
                self._connected = self._server.connect()
            return self._connected

    def close(self) -> None:
        with self._connecting:
            if self._connected is not None:
                disconnect(self._connected)
                self._connected = None

    @contextmanager
    def held(self, origin: str) -> Iterator[None]:
        lease = Lease(self._client, seconds=self._lease_seconds)
        with lease.held(origin):
            self._lease, self._link = lease, self._fenced_off()
            try:
                yield
            finally:
                self._lease = None

    def _fenced_off(self) -> Link:
        """A new link to what is live: whoever was taken for dead, and is not, can no longer switch by the old one."""
        while True:
            last = last_link(self._client)
            with suppress(Overtaken):
                return add_link(self._client, last, last.generation)

    def live(self) -> GenerationFolder | None:
        for _ in range(_ATTEMPTS):
            live = last_link(self._client).generation
            try:
                return self._fetched(live) if live else None
            except NotFoundError:
                continue  # others have built so often meanwhile that it is gone: look which is live now
        raise DamagedIndex(f"generation {live} is not on the Chroma server any more")

    def _fetched(self, generation: str) -> GenerationFolder:
        folder = SharedFolder(self._folder / generation, self._server)
        if folder.manifest.is_file():
            return folder
        self._make_room()
        with told_when_full(self._data), tempfile.TemporaryDirectory(dir=self._folder) as aside:
            fresh = Path(aside, generation)
            fresh.mkdir()
            fetch(self._client, generation, fresh)
            with suppress(OSError):  # another command on this data folder was quicker
                fresh.rename(folder.path)
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
        """The files go to the server first. Raises BuildError when another process has begun a build meanwhile."""
        if folder.id not in manifests(self._client):
            publish(self._client, folder)
        self._require_lease()
        try:
            self._link = add_link(self._client, self._link, folder.id)
        except Overtaken as error:
            raise BuildError("Another Footnote has switched to another index meanwhile. Try again.") from error

    def remove(self, folder: GenerationFolder) -> None:
        with suppress(ChromaError, FootnoteError):  # the next build does it
            if folder.id != last_link(self._client).generation:
                self._delete(folder.id)
                shutil.rmtree(folder.path, ignore_errors=True)

    def find(self, generation: str) -> GenerationFolder | None:
        if generation not in manifests(self._client):
            return None
        try:
            return self._fetched(generation)
        except NotFoundError:
            return None

    def complete(self) -> list[Status]:
        found = []
        for generation, manifest in manifests(self._client).items():
            with suppress(DamagedIndex):
                found.append(parse_manifest(generation, manifest)[0])
        return sorted(found, key=lambda status: status.built_at, reverse=True)

    def all(self) -> list[GenerationFolder]:
        return [SharedFolder(path, self._server) for path in self._paths()]

    def collect_unfinished(self) -> None:
        self._collect({*manifests(self._client)})

    def collect_old(self) -> int:
        return self._collect(to_keep(last_link(self._client).generation, self.complete()))

    def collect_copies(self) -> None:
        known = manifests(self._client)
        for path in self._paths():
            if path.name not in known and (path / "manifest.json").is_file():  # else it is being written
                shutil.rmtree(path, ignore_errors=True)

    def stock(self, shelf: Path) -> None:
        with suppress(DamagedIndex):
            if live := self.live():
                stock(live, shelf)

    def _collect(self, keep: set[str]) -> int:
        """Deletes all others, and what is left of leases; how many generations were deleted."""
        self._require_lease()
        names = [one.name for one in self._client.list_collections()]
        for name in names:
            if name.startswith(ENDED):
                self._delete_collection(name)
        there = {name.removeprefix(kind) for kind in (FILES, PASSAGES) for name in names if name.startswith(kind)}
        for generation in there - keep:
            self._delete(generation)
        for path in self._paths():
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)
        return len(there - keep)

    def _require_lease(self) -> None:
        if self._lease is None:
            raise RuntimeError("only whoever holds the lease may switch or collect")
        self._lease.renew()

    def _delete(self, generation: str) -> None:
        """The files first: they make it complete."""
        self._delete_collection(f"{FILES}{generation}")
        self._delete_collection(f"{PASSAGES}{generation}")

    def _delete_collection(self, name: str) -> None:
        with suppress(NotFoundError):
            self._client.delete_collection(name)

    def _paths(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if path.is_dir()] if self._folder.is_dir() else []
