"""What a language model may cost in a day: for one asker, for one server of Discord, and for everybody together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from footnote.errors import BudgetSpent
from footnote.ports import Asker, Ledger, Spendings, Spent, Usage


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens; `cached` ones are prompt tokens that the server has seen shortly before."""

    prompt: float = 0.0
    cached: float = 0.0
    completion: float = 0.0

    def cost(self, usage: Usage) -> float:
        """In US dollars."""
        fresh = usage.prompt - usage.cached
        parts = ((fresh, self.prompt), (usage.cached, self.cached), (usage.completion, self.completion))
        return sum(tokens * price for tokens, price in parts) / 1_000_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """Tokens and US dollars for a day; None: as many as you like."""

    tokens: int | None = None
    dollars: float | None = None

    def is_spent(self, spent: Spent) -> bool:
        return (self.tokens is not None and spent.tokens >= self.tokens) or (
            self.dollars is not None and spent.dollars >= self.dollars
        )


@dataclass(frozen=True, slots=True)
class Allowances:
    """For each asker, for each server of Discord, and for everybody together."""

    user: Allowance = Allowance()
    guild: Allowance = Allowance()
    everybody: Allowance = Allowance()


class Budget:
    """Implements `Meter`. Days are those of UTC.

    A call is admitted while something is left, and may then take more than that: what it costs shows at its end.
    """

    def __init__(
        self, ledger: Ledger, allowances: Allowances, prices: Prices, *, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._allowances = allowances
        self._prices = prices
        self._clock = clock

    async def admit(self, asker: Asker | None) -> None:
        allowances = self._allowances
        if allowances == Allowances():
            return
        spent = await self._ledger.spent(self._today(), asker)
        if (
            allowances.user.is_spent(spent.user)
            or allowances.guild.is_spent(spent.guild)
            or allowances.everybody.is_spent(spent.everybody)
        ):
            raise BudgetSpent

    async def charge(self, asker: Asker | None, usage: Usage) -> None:
        await self._ledger.add(self._today(), asker, Spent(usage.tokens, self._prices.cost(usage)))

    def _today(self) -> date:
        return self._clock().date()


class MemoryLedger:
    """Implements `Ledger` for as long as the process runs: in the terminal, where there is one asker."""

    def __init__(self) -> None:
        self._spent: dict[date, Spent] = {}

    async def spent(self, day: date, asker: Asker | None) -> Spendings:  # noqa: ARG002 - it is always the same one
        return Spendings(everybody=self._spent.get(day, Spent()))

    async def add(self, day: date, asker: Asker | None, spent: Spent) -> None:  # noqa: ARG002 - as above
        self._spent[day] = self._spent.get(day, Spent()) + spent
