"""An embedder that is loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from footnote_index.embedders import Embedder


class LoadedOnce:
    """Call it to get the embedder: the first call loads it, and others wait meanwhile. If `load` raises, so does the
    call, and the next one tries again.
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
