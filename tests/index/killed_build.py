"""Builds that are killed, each in its own process, forked from one that has already imported the modules."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from forked_programs import PROCESSES
from word_reader import WordReader

from footnote.adapters.database.shared_index import SharedIndex
from footnote_index.building.reports import Progress
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.server.connection import ChromaServer
from footnote_index.server.generations import SharedGenerations


def killed(folder: Path, models: Path, tick: int) -> bool:
    """Builds the index of `folder / "articles"`, and kills the process (SIGKILL) when it tells its progress for the
    so-manieth time. False when it has ended before.
    """
    process = PROCESSES.Process(target=_build, args=(folder, models, tick))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def killed_before_the_switch(folder: Path, models: Path, server: ChromaServer, database: str) -> bool:
    """Builds the index of `folder / "articles"` on a Chroma server, and kills the process when all files and passages
    are there.
    """
    process = PROCESSES.Process(target=_build_on_server, args=(folder, models, server, database))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


class _KilledBeforeTheSwitch(SharedIndex):
    def switch(self, builder: str, generation: str) -> None:  # noqa: ARG002
        os.kill(os.getpid(), signal.SIGKILL)


def _build_on_server(folder: Path, models: Path, server: ChromaServer, database: str) -> None:
    home = SharedGenerations(folder / "killed", server, _KilledBeforeTheSwitch(database))
    index = Index(folder / "articles", folder / "killed", lambda: MiniLM(models), home=home, reader=WordReader())
    asyncio.run(index.build(full=True, started_by="Process c", on_progress=lambda _: None))


def _build(folder: Path, models: Path, kill_at: int) -> None:
    ticks = 0

    def tell(_: Progress) -> None:
        nonlocal ticks
        if ticks == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        ticks += 1

    index = Index(folder / "articles", folder / "data", lambda: MiniLM(models), reader=WordReader())
    asyncio.run(index.build(full=True, started_by="A test", on_progress=tell))
