"""What a language model may cost in a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from footnote.answering.budget import Allowance, Allowances, Budget, MemoryLedger, Prices
from footnote.errors import BudgetSpent
from footnote.models.collections import EVERYTHING
from footnote.ports import Asker, Usage

USAGE = Usage(prompt=1000, cached=600, completion=100)
PRICES = Prices(prompt=1.0, cached=0.1, completion=10.0)


class Clock:
    now = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_call_costs_what_its_tokens_cost() -> None:
    assert PRICES.cost(USAGE) == pytest.approx((400 * 1.0 + 600 * 0.1 + 100 * 10.0) / 1_000_000)
    assert Prices().cost(USAGE) == 0


@pytest.mark.parametrize(
    "allowance",
    [Allowance(tokens=1500), Allowance(dollars=0.002), Allowance(tokens=1500, dollars=9.0), Allowance(9999, 0.002)],
)
async def test_a_call_is_admitted_while_something_is_left_and_again_on_the_next_day(allowance: Allowance) -> None:
    clock = Clock()
    budget = Budget(MemoryLedger(), Allowances(everybody=allowance), PRICES, clock=clock)
    for _ in range(2):
        await budget.admit(None, USAGE)
        await budget.charge(None, USAGE, USAGE)
    with pytest.raises(BudgetSpent):
        await budget.admit(None, USAGE)
    clock.now += timedelta(hours=1)
    await budget.admit(None, USAGE)


async def test_a_budget_of_nothing_admits_nobody() -> None:
    with pytest.raises(BudgetSpent):
        await Budget(MemoryLedger(), Allowances(everybody=Allowance(tokens=0)), PRICES, clock=Clock()).admit(
            None, USAGE
        )


async def test_without_a_limit_everybody_is_admitted() -> None:
    budget = Budget(MemoryLedger(), Allowances(), PRICES, clock=Clock())
    huge = Usage(10**9, 0, 10**9)
    for _ in range(3):
        await budget.admit(Asker(1, 2, readable=EVERYTHING), huge)
    await budget.charge(Asker(1, 2, readable=EVERYTHING), huge, huge)
    await budget.admit(Asker(1, 2, readable=EVERYTHING), huge)


@pytest.mark.parametrize(
    ("allowances", "admitted"),
    [
        (Allowances(user=Allowance(tokens=2000)), [2, 2, 2]),
        (Allowances(guild=Allowance(tokens=2000)), [2, 0, 2]),
        (Allowances(everybody=Allowance(tokens=2000)), [2, 0, 0]),
        (Allowances(user=Allowance(dollars=0.0020)), [2, 2, 2]),
    ],
)
async def test_calls_under_way_count(allowances: Allowances, admitted: list[int]) -> None:
    budget = Budget(MemoryLedger(), allowances, PRICES, clock=Clock())

    async def is_admitted(asker: Asker) -> bool:
        try:
            await budget.admit(asker, USAGE)
        except BudgetSpent:
            return False
        return True

    askers = [Asker(1, 10, readable=EVERYTHING), Asker(2, 10, readable=EVERYTHING), Asker(3, 30, readable=EVERYTHING)]
    assert [sum([await is_admitted(asker) for _ in range(5)]) for asker in askers] == admitted
    nothing = Usage(0, 0, 0)
    await budget.charge(askers[0], USAGE, nothing)
    assert await is_admitted(askers[0]), "a call that cost nothing leaves its place"
