"""Answers on record, counted: how often there was an answer, what moderators and readers say, what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from footnote.records.answers import Decision, Votes

MOST_QUESTIONS = 300
"""How many unanswered questions are clustered: the latest. What nobody has asked lately is no longer a gap."""


class QueueState(StrEnum):
    """Which answers a moderator wants to see."""

    OPEN = "open"  # to be reviewed, without a verdict
    HELD = "held"  # of these, those that are hidden until then
    FLAGGED = "flagged"  # those without a verdict that a reader has flagged
    DECIDED = "decided"
    EXPIRED = "expired"  # open again because a source has changed


@dataclass(frozen=True, slots=True)
class Entry:
    """What the statistics need from an answer on record; see `AnswerRecord`.

    `decision` is that of the current round, `first_verdict_at` the time of the first verdict. `citations` counts its
    footnotes by their numbers. Of these, `right` and `wrong` were ruled on one by one; a sentence that a moderator
    replaced by a better one counts as wrong.
    """

    id: int
    question: str
    answered: bool
    channel_id: int
    asked_at: datetime
    decision: Decision | None = None
    first_verdict_at: datetime | None = None
    round: int = 1
    is_for_review: bool = True
    is_revised: bool = False
    is_reused: bool = False
    citations: int = 0
    right: int = 0
    wrong: int = 0
    votes: Votes = field(default_factory=Votes)

    @property
    def is_corrected(self) -> bool:
        """Whether moderators changed what it says or cites, and then approved it."""
        return self.decision is Decision.APPROVED and (self.is_revised or self.wrong > 0)


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None if `whole` is 0."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class DailyCount:
    """What was asked on a day (UTC), and what moderators have said about it so far."""

    day: date
    answers: int
    abstentions: int
    approval: Ratio


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a span of time.

    `approval`: answers that moderators approved, corrected ones among them, of those decided. `abstaining`: abstentions
    that they found right, of those decided. `precision`: citations found right, of those judged. A ruling judges one
    citation. Approving an answer judges those of its citations that nobody ruled on, as right: hardly anybody presses
    *right*, so rulings alone would only show what was wrong. `rulings` is the same by rulings alone. Rejecting an
    answer says nothing about its single citations.

    `seconds_to_verdict` is the median from question to first verdict. `open` and `expired` are those that wait for a
    verdict; expired ones do because a source has changed. `reused`: answers that repeat a verified one.
    """

    answers: int
    abstentions: int
    approval: Ratio
    corrected: int
    rejected: int
    abstaining: Ratio
    precision: Ratio
    rulings: Ratio
    seconds_to_verdict: float | None
    open: int
    expired: int
    reused: int
    votes: Votes
    days: tuple[DailyCount, ...] = ()

    @property
    def answered(self) -> Ratio:
        return Ratio(self.answers, self.answers + self.abstentions)


@dataclass(slots=True)
class Tally:
    """Counts entries one by one: of a hundred thousand, only the latest unanswered questions stay in memory. Gaps are
    searched for among the questions of `gap_channels` only; None: of all channels.
    """

    gap_channels: Collection[int] | None = None
    _counts: Counter[str] = field(default_factory=Counter)
    _days: defaultdict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _seconds: list[float] = field(default_factory=list)
    _missing: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Call it in the order in which they were asked, because gaps come from the latest questions."""
        named = _names(entry)
        self._counts.update(named)
        self._days[entry.asked_at.date()].update(named)
        self._counts.update({"right": entry.right, "wrong": entry.wrong, "unruled": _unruled(entry)})
        self._counts.update({"up": entry.votes.up, "down": entry.votes.down, "flags": entry.votes.flags})
        if entry.first_verdict_at is not None:
            self._seconds.append((entry.first_verdict_at - entry.asked_at).total_seconds())
        if not entry.answered and (self.gap_channels is None or entry.channel_id in self.gap_channels):
            self._miss(entry.question)

    def statistics(self) -> Statistics:
        counts = self._counts
        approved, rejected = counts["approved"], counts["rejected"]
        right, wrong = counts["right"], counts["wrong"]
        judged_right = right + counts["unruled"]
        return Statistics(
            answers=counts["answer"],
            abstentions=counts["abstention"],
            approval=Ratio(approved, approved + rejected),
            corrected=counts["corrected"],
            rejected=rejected,
            abstaining=Ratio(counts["right to abstain"], counts["right to abstain"] + counts["wrong to abstain"]),
            precision=Ratio(judged_right, judged_right + wrong),
            rulings=Ratio(right, right + wrong),
            seconds_to_verdict=median(self._seconds) if self._seconds else None,
            open=counts["open"],
            expired=counts["expired"],
            reused=counts["reused"],
            votes=Votes(counts["up"], counts["down"], counts["flags"]),
            days=tuple(_day(day, self._days[day]) for day in sorted(self._days)),
        )

    def missing(self) -> list[tuple[str, int]]:
        """The latest unanswered questions with how often each was asked, most often first."""
        return sorted(self._missing.items(), key=lambda one: -one[1])

    def _miss(self, question: str) -> None:
        """A question asked again is one of the latest again."""
        if question.strip():  # the questions of forgotten people are gone
            self._missing[question] = self._missing.pop(question, 0) + 1
            if len(self._missing) > MOST_QUESTIONS:
                del self._missing[next(iter(self._missing))]


def _names(entry: Entry) -> list[str]:
    """What it counts as."""
    kinds = {
        (True, Decision.APPROVED): "approved",
        (True, Decision.REJECTED): "rejected",
        (False, Decision.APPROVED): "right to abstain",
        (False, Decision.REJECTED): "wrong to abstain",
    }
    waits = entry.decision is None and entry.is_for_review
    named = {
        "answer": entry.answered,
        "abstention": not entry.answered,
        "corrected": entry.answered and entry.is_corrected,
        "open": waits,
        "expired": waits and entry.round > 1,
        "reused": entry.is_reused,
    }
    decided = [kinds[entry.answered, entry.decision]] if entry.decision else []
    return [name for name, is_so in named.items() if is_so] + decided


def _unruled(entry: Entry) -> int:
    """Citations that were approved with their answer."""
    if not entry.answered or entry.decision is not Decision.APPROVED:
        return 0
    return max(entry.citations - entry.right - entry.wrong, 0)


def _day(day: date, counts: Counter[str]) -> DailyCount:
    approval = Ratio(counts["approved"], counts["approved"] + counts["rejected"])
    return DailyCount(day, counts["answer"], counts["abstention"], approval)
