"""An embedder that is loaded when somebody needs it for the first time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from footnote_index.embedders import Embedder


class LoadedOnce:
    """To be called for the embedder: the first call loads it, and those that come meanwhile wait. What `load` raises,
    the call raises; the next one tries again.
    """

    def __init__(self, load: Callable[[], Embedder]) -> None:
        self.load = load
        self._loaded: Embedder | None = None
        self._loading = Lock()

    def __call__(self) -> Embedder:
        with self._loading:
            if self._loaded is None:
                self._loaded = self.load()
            return self._loaded
