"""No more than so many tokens a minute."""

from __future__ import annotations

import time
from threading import Lock


class Pace:
    """When the next request may go out, for so many tokens a minute; None: at once. For any number of threads."""

    def __init__(self, tokens_per_minute: int | None) -> None:
        self._per_token = 60 / tokens_per_minute if tokens_per_minute else 0.0
        self._free_at = 0.0
        self._lock = Lock()

    def reserve(self, tokens: int) -> float:
        """The seconds to wait before so many tokens are sent."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free_at)
            self._free_at = start + tokens * self._per_token
            return start - now
