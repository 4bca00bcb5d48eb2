"""What a language model may cost in a day: for one asker, for one server of Discord, and for everybody together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from footnote.errors import BudgetSpent
from footnote.ports import Asker, Ledger, Spendings, Spent, Usage


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars per million tokens; `cached` is for prompt tokens that the server has seen shortly before."""

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
    """Tokens and US dollars per day; None: no limit."""

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

    def are_spent(self, spent: Spendings) -> bool:
        """Whether one of them is."""
        return (
            self.user.is_spent(spent.user)
            or self.guild.is_spent(spent.guild)
            or self.everybody.is_spent(spent.everybody)
        )


class Budget:
    """Implements `Meter`. Days are those of UTC.

    A call is admitted while something is left after the probable cost of the calls in progress. What it really costs is
    known at its end, and may be more.
    """

    def __init__(
        self, ledger: Ledger, allowances: Allowances, prices: Prices, *, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._allowances = allowances
        self._prices = prices
        self._clock = clock
        self._under_way: list[tuple[Asker | None, Spent]] = []

    async def admit(self, asker: Asker | None, expected: Usage) -> None:
        call = (asker, self._spent(expected))
        self._under_way.append(call)
        try:
            if self._allowances != Allowances():
                spent = await self._ledger.spent(self._clock().date(), asker)
                if self._allowances.are_spent(spent + self._spent_by_others(call)):
                    raise BudgetSpent
        except BaseException:
            self._under_way.remove(call)
            raise

    async def charge(self, asker: Asker | None, expected: Usage, usage: Usage) -> Spent:
        self._under_way.remove((asker, self._spent(expected)))
        spent = self._spent(usage)
        if spent:
            await self._ledger.add(self._clock().date(), asker, spent)
        return spent

    def _spent_by_others(self, call: tuple[Asker | None, Spent]) -> Spendings:
        """What the other calls in progress will probably cost."""
        others = self._under_way.copy()
        others.remove(call)
        everybody = sum((spent for _, spent in others), Spent())
        asker = call[0]
        if asker is None:
            return Spendings(everybody=everybody)
        user = sum((spent for other, spent in others if other and other.user_id == asker.user_id), Spent())
        if asker.guild_id is None:
            return Spendings(user, everybody=everybody)
        guild = sum((spent for other, spent in others if other and other.guild_id == asker.guild_id), Spent())
        return Spendings(user, guild, everybody)

    def _spent(self, usage: Usage) -> Spent:
        return Spent(usage.tokens, self._prices.cost(usage))


class MemoryLedger:
    """Implements `Ledger` for as long as the process runs: in the terminal, where there is one asker."""

    def __init__(self) -> None:
        self._spent: dict[date, Spent] = {}

    async def spent(self, day: date, asker: Asker | None) -> Spendings:  # noqa: ARG002 - it is always the same one
        return Spendings(everybody=self._spent.get(day, Spent()))

    async def add(self, day: date, asker: Asker | None, spent: Spent) -> None:  # noqa: ARG002 - as above
        self._spent[day] = self._spent.get(day, Spent()) + spent
