"""Limits the number of tokens per minute."""

from __future__ import annotations

import time
from threading import Lock


class RequestPace:
    """When the next request may be sent, for a number of tokens per minute; None: at once. Thread-safe."""

    def __init__(self, tokens_per_minute: int | None) -> None:
        self._per_token = 60 / tokens_per_minute if tokens_per_minute else 0.0
        self._free_at = 0.0
        self._lock = Lock()

    def reserve(self, tokens: int) -> float:
        """The seconds to wait before sending that many tokens."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free_at)
            self._free_at = start + tokens * self._per_token
            return start - now
