"""How much fits on review cards: `python benchmarks/card_sizes.py SET_DIR [--limit N]`.

Each question of a set is answered, and its card rendered as an embed, with every sentence in its neighbours. The table
compares that with a card in Components V2, where a button could be next to each citation: such a message has up to
4,000 characters and 40 components, and neither content nor embeds.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from rich.table import Table
from running_set import asked, console

from footnote.models import Abstention, Answer
from footnote.models.collections import EVERYTHING
from footnote.records.answers import AnswerRecord, MessageRef
from footnote.review.recording import utc_now
from footnote_bot.cited_contexts import contexts_of
from footnote_bot.render.answers import size
from footnote_bot.render.cards import card

MOST_TEXT, MOST_COMPONENTS = 4000, 40
FRAME = 1 + 1 + 1 + 1 + 4
"""Components apart from the citations: the container, claims, facts, and a row with four buttons."""

LAYOUTS = {"a section with one button": 3, "text, and a row of two buttons": 4}
"""Components of each citation."""


@dataclass(frozen=True, slots=True)
class Card:
    citations: int
    text: int


def record_of(outcome: Answer | Abstention) -> AnswerRecord:
    """As in a server."""
    return AnswerRecord(
        id=1000,
        question=outcome.question,
        answered=isinstance(outcome, Answer),
        claims=outcome.claims if isinstance(outcome, Answer) else (),
        citations=outcome.citations,
        confidence=outcome.confidence,
        answerer="extractive",
        generation="g1",
        asker_id=10**18,
        guild_id=10**18,
        channel_id=10**18,
        asked_at=utc_now(),
        posted=MessageRef(10**18, 10**18),
    )


async def cards(folder: Path, limit: int) -> list[Card]:
    found = []
    async for footnote, question in asked(folder, limit):
        record = record_of(await footnote.answering.ask(question.text))
        contexts = await contexts_of(footnote.index, record.citations, readable=EVERYTHING)
        found.append(Card(len(record.citations), size(card(record, contexts))))
    return found


def show(found: list[Card]) -> None:
    sizes, numbers = [one.text for one in found], [one.citations for one in found]
    table = Table("", "p50", "p95", "most", title=f"{len(found):,} cards")
    for name, values in (("characters", sizes), ("citations", numbers)):
        table.add_row(name, f"{median(values):,.0f}", f"{quantiles(values, n=20)[-1]:,.0f}", f"{max(values):,}")
    console.print(table)
    too_long = sum(size > MOST_TEXT for size in sizes) / len(found)
    console.print(f"longer than the {MOST_TEXT:,} characters of Components V2: {too_long:.1%}")
    for name, each in LAYOUTS.items():
        room = (MOST_COMPONENTS - FRAME) // each
        over = sum(number > room for number in numbers) / len(found)
        console.print(f"{name}: {room} citations fit, {over:.1%} of the cards have more")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    given = parser.parse_args()
    show(asyncio.run(cards(given.folder, given.limit)))


if __name__ == "__main__":
    main()
