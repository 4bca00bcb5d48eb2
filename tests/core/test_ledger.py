"""What was spent, in real databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest

from footnote.adapters.database import DatabaseLedger, open_engine
from footnote.models.collections import EVERYTHING
from footnote.ports import Asker, Spendings, Spent

TODAY = date(2026, 3, 1)
ANN, BEN = 2**63 - 1, 8
HOME, ABROAD = 2**62, 80


@pytest.fixture
async def ledger(database_url: str) -> AsyncIterator[DatabaseLedger]:
    engine = open_engine(database_url)
    yield DatabaseLedger(engine)
    await engine.dispose()


async def test_at_first_nothing_is_spent(ledger: DatabaseLedger) -> None:
    assert await ledger.spent(TODAY, Asker(ANN, HOME, readable=EVERYTHING)) == Spendings()
    assert await ledger.spent(TODAY, None) == Spendings()


async def test_what_is_spent_counts_for_the_asker_the_guild_and_everybody(ledger: DatabaseLedger) -> None:
    for asker, tokens in [
        (Asker(ANN, HOME, readable=EVERYTHING), 1),
        (Asker(ANN, ABROAD, readable=EVERYTHING), 10),
        (Asker(ANN, None, readable=EVERYTHING), 100),
        (None, 1000),
    ]:
        await ledger.add(TODAY, asker, Spent(tokens, tokens / 4))
    await ledger.add(TODAY, Asker(BEN, HOME, readable=EVERYTHING), Spent(10_000, 2_500.0))
    await ledger.add(date(2026, 2, 28), Asker(ANN, HOME, readable=EVERYTHING), Spent(7, 7.0))

    def spent(tokens: int) -> Spent:
        return Spent(tokens, tokens / 4)

    assert await ledger.spent(TODAY, Asker(ANN, HOME, readable=EVERYTHING)) == Spendings(
        spent(111), spent(10_001), spent(11_111)
    )
    assert await ledger.spent(TODAY, Asker(ANN, None, readable=EVERYTHING)) == Spendings(
        spent(111), Spent(), spent(11_111)
    )
    assert await ledger.spent(TODAY, Asker(BEN, ABROAD, readable=EVERYTHING)) == Spendings(
        spent(10_000), spent(10), spent(11_111)
    )
    assert await ledger.spent(TODAY, None) == Spendings(everybody=spent(11_111))


async def test_of_what_is_spent_at_once_nothing_is_lost(ledger: DatabaseLedger) -> None:
    await asyncio.gather(*(ledger.add(TODAY, Asker(ANN, HOME, readable=EVERYTHING), Spent(1, 0.5)) for _ in range(40)))
    assert (await ledger.spent(TODAY, Asker(ANN, HOME, readable=EVERYTHING))).user == Spent(40, 20.0)
