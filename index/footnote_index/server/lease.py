"""One build at a time over all processes that share an index: its holder renews the lease, a killed one's runs out."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from footnote.adapters.database.shared_index import SharedIndex
from footnote.errors import BuildError, ServerAway

SECONDS = 60.0
"""How long a lease counts if it is not renewed."""

_RENEWALS = 10
"""How often it is renewed in that time."""

log = logging.getLogger(__name__)


class Lease:
    """What the holder does to the shared index; it can do nothing once another process has the lease."""

    def __init__(self, records: SharedIndex, *, seconds: float) -> None:
        self._records = records
        self._seconds = seconds
        self._builder = secrets.token_hex(16)

    def switch(self, generation: str) -> None:
        """Raises BuildError when another process has it by now."""
        self._records.switch(self._builder, generation)

    def renew(self) -> None:
        """Raises BuildError when another process has it by now."""
        self._records.renew_lease(self._builder, seconds=self._seconds)

    @contextmanager
    def taken(self, origin: str) -> Iterator[None]:
        """Held inside the block. Raises BuildRunning, with the origin of the current holder."""
        self._records.take_lease(self._builder, origin, seconds=self._seconds)
        is_over = Event()
        renewing = Thread(target=self._keep_renewing, args=[is_over], daemon=True)
        renewing.start()
        try:
            yield
        finally:
            is_over.set()
            renewing.join()
            with suppress(ServerAway):  # then it runs out
                self._records.end_lease(self._builder)

    def _keep_renewing(self, is_over: Event) -> None:
        while not is_over.wait(self._seconds / _RENEWALS):
            try:
                self.renew()
            except BuildError:
                return  # the build finds out before it switches
            except ServerAway as error:
                log.warning("the lease of this build was not renewed: %s", error)
