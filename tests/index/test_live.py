"""The live generation while others ask, switch and close."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import cast

import pytest
from small_index import SmallIndex

from footnote.errors import Stopping
from footnote_index.embedders.minilm import MiniLM
from footnote_index.retrieval import OpenGeneration
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home
from footnote_index.storage.live import Live


class SlowHome:
    """A home whose live generation is found once `go_on` is set."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.asked, self.go_on = Event(), Event()

    def live(self) -> GenerationFolder | None:
        self.asked.set()
        self.go_on.wait()
        return self._home.live()


async def test_closing_waits_for_a_thread_that_is_still_opening_a_generation(tmp_path: Path, minilm: MiniLM) -> None:
    small = SmallIndex(tmp_path, minilm)
    await small.build()
    home = SlowHome(small.index._generations)
    live = Live(cast("Home", home))
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(live.ask, lambda generation: generation)
        home.asked.wait()
        closing = threads.submit(live.close)
        with pytest.raises(TimeoutError):
            closing.result(timeout=0.2)
        home.go_on.set()
        closing.result()
        with pytest.raises(Stopping):
            live.ask(lambda generation: generation)
        try:
            opened: OpenGeneration | None = answer.result()
        except Stopping:
            opened = live.answering
    assert opened is not None
    assert opened._is_retired, "it is closed"
    await small.index.close()
