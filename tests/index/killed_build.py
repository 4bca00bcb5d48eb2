"""Builds that are killed, each in a process of its own, which is forked from one that has the imports done."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from pathlib import Path

from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.reports import Progress

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["killed_build", "chromadb", "llama_index.core", "llama_index.core.vector_stores.utils"]
)


def killed(folder: Path, models: Path, tick: int) -> bool:
    """Builds the index of `folder / "articles"`, and kills the process (SIGKILL) when it tells its progress for the
    so-manieth time. False when it has ended before.
    """
    process = _PROCESSES.Process(target=_build, args=(folder, models, tick))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def _build(folder: Path, models: Path, kill_at: int) -> None:
    ticks = 0

    def tell(_: Progress) -> None:
        nonlocal ticks
        if ticks == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        ticks += 1

    index = Index(folder / "articles", folder / "data", lambda: MiniLM(models))
    asyncio.run(index.build(full=True, started_by="A test", on_progress=tell))
