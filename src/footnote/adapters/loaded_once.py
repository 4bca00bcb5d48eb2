"""What takes long to load, and is loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Loaded = TypeVar("Loaded")


class LoadedOnce(Generic[Loaded]):
    """Call it to get what is loaded: the first call loads it, and others wait meanwhile. If `load` raises, so does the
    call, and the next one tries again.
    """

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self.load = load
        self._loaded: Loaded | None = None
        self._loading = Lock()

    def __call__(self) -> Loaded:
        with self._loading:
            if self._loaded is None:
                self._loaded = self.load()
            return self._loaded
