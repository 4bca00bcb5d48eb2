"""The generation that an index answers from, for tests of what it is made of."""

from __future__ import annotations

from footnote_index.index import Index
from footnote_index.retrieval import OpenGeneration


def live_generation(index: Index) -> OpenGeneration:
    live = index._live.open()
    assert live is not None
    return live
