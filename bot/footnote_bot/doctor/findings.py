"""What an examination finds: one line for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """WARN: it works, but should be checked. BAD: something does not work."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is what was checked, `line` what was found, `advice` what to do; empty when there is nothing to do."""

    state: State
    subject: str
    line: str
    advice: str = ""


def ok(subject: str, line: str) -> Finding:
    return Finding(State.OK, subject, line)


def warning(subject: str, line: str, advice: str) -> Finding:
    return Finding(State.WARN, subject, line, advice)


def bad(subject: str, line: str, advice: str) -> Finding:
    return Finding(State.BAD, subject, line, advice)
