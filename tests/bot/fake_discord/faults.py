"""Failures on order: the next request that matches is refused, torn off or answered late. Or some of all, by chance."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random


class Kind(Enum):
    STATUS = "status"
    TORN = "torn"
    SLOW = "slow"


@dataclass
class Fault:
    """`used` counts how often it struck, so that a test can tell that it did."""

    method: str
    path: re.Pattern[str]
    kind: Kind
    times: int
    status: int = 500
    code: int = 0
    seconds: float = 0.0
    after_effect: bool = False
    used: int = field(default=0, init=False)

    def strikes(self, method: str, path: str) -> bool:
        return self.used < self.times and method == self.method and bool(self.path.search(path))


class Faults:
    """`by_chance` may make one for a request for which none is planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self.by_chance: Callable[[], Fault | None] = lambda: None

    def plan(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The first planned fault that strikes this request, used up by one."""
        for fault in self._planned:
            if fault.strikes(method, path):
                fault.used += 1
                return fault
        return self.by_chance()


def drawn_faults(share: float, chance: Random) -> Callable[[], Fault | None]:
    """For that share of all requests, before or after their effect, what Discord and networks do at bad times."""

    def draw() -> Fault | None:
        if chance.random() >= share:
            return None
        status = chance.choice((None, 429, 500, 502, 503))
        kind = Kind.TORN if status is None else Kind.STATUS
        after_effect = status != 429 and chance.random() < 0.5
        return Fault("", _ANY, kind, 1, status=status or 0, seconds=0.1, after_effect=after_effect)

    return draw


_ANY = re.compile("")
