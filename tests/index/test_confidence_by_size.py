"""The same question about the same article is answered as surely in a small index as in a large one."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_files import write_articles

from footnote.adapters.reader import TrainedModel
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.pipeline import Answering
from footnote.reading.relevance import PassageReader
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index

BRIDGE = """Harbour bridge closes for repairs

The harbour bridge of Norvik will close to cars on 3 May. Ferries will run every twenty minutes until it opens again.

The council expects the work to take eleven weeks. The repairs cost 4.2 million euros, half of it from the county.

Cyclists may still cross by the footpath on the east side. The bridge was built in 1932 by Ida Storm.
"""
TOWNS = ("Aldby", "Bremnes", "Corran", "Dalvik", "Estrup", "Fjellby", "Garvik", "Hestad", "Ilsvik", "Jorund")
MATTERS = (
    ("the library", "lends {n} books a week", "Its reading room was painted green."),
    ("the fish market", "sells {n} crates on a good morning", "Herring is cheapest in autumn."),
    ("the ski club", "has {n} members", "Lessons begin after the first snow."),
    ("the bakery", "bakes {n} loaves before six", "The rye bread takes two days."),
    ("the ferry office", "sold {n} tickets in July", "Dogs travel free of charge."),
    ("the school", "teaches {n} children", "A new gym opens beside it."),
)
QUESTIONS = (
    "When does the harbour bridge close to cars?",
    "How much do the repairs cost?",
    "Who built the bridge?",
    "how long will the work on the bridge take",
    "Who designed the footpath?",
    "How many people cross the bridge in a day?",
)


def articles(count: int) -> dict[str, str]:
    """The bridge, and others about other matters."""
    found = {"bridge.txt": BRIDGE}
    for number in range(count - 1):
        town, (what, does, more) = TOWNS[number % 10], MATTERS[number % 6]
        text = f"News from {town}\n\nIn {town}, {what} {does.format(n=37 + 13 * number)}. {more}\n"
        found[f"news-{number}.txt"] = text
    return found


async def confidences(folder: Path, minilm: MiniLM, model: TrainedModel, count: int) -> list[float]:
    reader = PassageReader(model)
    index = Index(write_articles(folder / "articles", articles(count)), folder / "data", lambda: minilm, reader=reader)
    await index.build(full=False, dry_run=False, may_shrink=True, started_by="A test", on_progress=lambda _: None)
    answering = Answering(index, reader, ExtractiveAnswerer(), abstain_below=0.5)
    found = [(await answering.ask(question)).confidence for question in QUESTIONS]
    await index.close()
    return found


async def test_confidence_is_the_same_alone_among_ten_and_among_many(
    tmp_path: Path, minilm: MiniLM, models: Path
) -> None:
    model = TrainedModel(models)
    alone = await confidences(tmp_path / "1", minilm, model, 1)
    assert min(alone[:4]) > 0.5
    for count in (10, 120):
        assert await confidences(tmp_path / f"{count}", minilm, model, count) == pytest.approx(alone, abs=0.05)
