"""An evaluation set, built into an index of its own and asked.

No benchmark runs if CHROMA_URL is set: its articles would replace those that others are answered from.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from footnote.evaluation import GoldQuestion
from footnote_bot.app import Footnote, opened
from footnote_bot.settings import Settings
from footnote_bot.terminal.builds import build
from footnote_bot.terminal.evaluation_sets import read_questions

console = Console(width=140)

if Settings().chroma_url:
    sys.exit("CHROMA_URL is set, and benchmarks need an index of their own: unset it, also in .env.")


async def asked(folder: Path, limit: int | None) -> AsyncIterator[tuple[Footnote, GoldQuestion]]:
    """Each question of a set, with the application that has the set's articles in its index."""
    with tempfile.TemporaryDirectory() as data:
        async with opened(settings_for(folder, data)) as footnote:
            await build(console, footnote)
            for question in track(read_questions(folder, limit=limit), folder.name, console=console):
                yield footnote, question


def settings_for(folder: Path, data: str) -> Settings:
    return Settings(FOOTNOTE_ARTICLES=folder / "articles", FOOTNOTE_DATA=data)  # type: ignore[call-arg] # by alias
