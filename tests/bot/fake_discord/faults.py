"""Failures on order: the next request that matches is refused, torn off or answered late."""

import re
from dataclasses import dataclass, field
from enum import Enum


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
    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The first planned fault that strikes this request, used up by one."""
        for fault in self._planned:
            if fault.strikes(method, path):
                fault.used += 1
                return fault
        return None
