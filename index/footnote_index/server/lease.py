"""One build at a time over all processes that share a Chroma server.

Whoever makes the collection `footnote-build` holds it: Chroma makes a name only once (`benchmarks/two_processes.py`).
It says until when it counts, by the server's clock, and its holder renews it; that of a killed process runs out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import chromadb
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from footnote.errors import BuildError, BuildRunning, FootnoteError

SECONDS = 60.0
"""How long a lease counts that is not renewed."""

LEASE = "footnote-build"
ENDED = "footnote-ended-"
_ATTEMPTS = 5
_RENEWALS = 10
"""In the time that a lease counts."""

log = logging.getLogger(__name__)


class Lease:
    """`seconds`: how long it counts when it is not renewed."""

    def __init__(self, client: ClientAPI, *, seconds: float = SECONDS) -> None:
        self._client = client
        self._seconds = seconds
        self._held: chromadb.Collection | None = None
        self._origin = ""

    @contextmanager
    def held(self, origin: str) -> Iterator[None]:
        """For the length of the block. Raises BuildRunning with the origin of the one that is held."""
        self._origin = origin
        self._held = self._made()
        is_over = Event()
        renewing = Thread(target=self._keep_renewing, args=[is_over], daemon=True)
        renewing.start()
        try:
            yield
        finally:
            is_over.set()
            renewing.join()
            with suppress(ChromaError, FootnoteError):  # then it runs out
                self._put_aside(self._held)

    def renew(self) -> None:
        """Raises BuildError when it is somebody else's by now."""
        current = self._current()
        if self._held and current and current.id == self._held.id:
            with suppress(NotFoundError):
                self._held.modify(metadata=self._metadata())
                return
        raise BuildError(
            "Another Footnote took this one for dead, and has begun a build; the index is as it was. "
            "Wait for that build, then try again."
        )

    def _made(self) -> chromadb.Collection:
        for _ in range(_ATTEMPTS):
            with suppress(ChromaError):  # there is one already, or was a moment ago
                return self._client.create_collection(LEASE, metadata=self._metadata(), embedding_function=None)
            if current := self._current():
                self._require_over(current)
                self._put_aside(current)
        return self._client.create_collection(LEASE, metadata=self._metadata(), embedding_function=None)

    def _require_over(self, current: chromadb.Collection) -> None:
        told = current.metadata or {}
        if self._now() < float(told.get("until", 0)):
            raise BuildRunning(f"{told.get('origin')}, and it has not ended yet. Wait for it, then try again.")

    def _put_aside(self, lease: chromadb.Collection) -> None:
        """By its own id: a lease that somebody else has made meanwhile under the same name is left alone."""
        name = f"{ENDED}{lease.id}"
        with suppress(NotFoundError):  # another process has done the same
            lease.modify(name=name)
            self._client.delete_collection(name)

    def _current(self) -> chromadb.Collection | None:
        try:
            return self._client.get_collection(LEASE, embedding_function=None)
        except NotFoundError:
            return None

    def _metadata(self) -> dict[str, str | float]:
        return {"origin": self._origin, "until": self._now() + self._seconds}

    def _now(self) -> float:
        """Seconds on the server's clock, the only one that all processes share."""
        return self._client.heartbeat() / 1e9

    def _keep_renewing(self, is_over: Event) -> None:
        while not is_over.wait(self._seconds / _RENEWALS):
            try:
                self.renew()
            except BuildError:
                return  # the build finds out before it switches
            except (ChromaError, FootnoteError) as error:
                log.warning("the lease of this build was not renewed: %s", error)
