"""Another answerer takes over, and one that keeps failing is not called: with a clock that only moves when told to."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from footnote.answering import fallback
from footnote.answering.circuit_breaker import CircuitBreaker, Resting
from footnote.answering.fallback import NOTE, SPENT, WithFallback
from footnote.errors import AnswererError, BudgetSpent, EmptyIndex
from footnote.models import Candidate
from footnote.ports import Draft, DraftClaim

QUESTION = "How long is the valley?"
WRITTEN = Draft((DraftClaim("It is long.", ("S1",)),), "openai")
PICKED = Draft((DraftClaim("The valley is 115 km long.", ("S1",)),), "extractive")
DOWN = AnswererError("The language model cannot be reached.")
REFUSED = AnswererError("The language model refused to answer.", of_question=True)


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Scripted:
    """Drafts or fails as told: one item per question, the last one repeats. `hold` keeps it waiting until it is set."""

    script: list[Draft | BaseException]
    name: str = "openai"
    asked: int = 0
    hold: asyncio.Event | None = None
    seen: list[tuple[str, Mapping[str, Candidate]]] = field(default_factory=list)

    async def draft(self, question: str, candidates: Mapping[str, Candidate], **_: object) -> Draft:
        self.asked += 1
        self.seen.append((question, candidates))
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if self.hold:
            await self.hold.wait()
        if isinstance(said, BaseException):
            raise said
        return said


class Stage:
    """A primary that does what the test says, and a backup that always answers."""

    def __init__(self, *script: Draft | BaseException, deadline: float = 5.0) -> None:
        self.clock = Clock()
        self.primary = Scripted(list(script))
        self.backup = Scripted([PICKED], name="extractive")
        self.answerer = WithFallback(self.primary, self.backup, CircuitBreaker(self.clock), deadline=deadline)

    async def ask(self, times: int = 1) -> str:
        """Who answered each time."""
        return " ".join([(await self.answerer.draft(QUESTION, {})).answerer for _ in range(times)])


async def test_a_draft_of_the_primary_is_passed_on_as_it_is() -> None:
    stage = Stage(WRITTEN)
    assert await stage.answerer.draft(QUESTION, {}) is WRITTEN
    assert stage.primary.seen == [(QUESTION, {})]
    assert stage.backup.asked == 0
    assert stage.answerer.name == "openai"


async def test_not_in_the_articles_is_an_answer_too() -> None:
    stage = Stage(Draft((), "openai"))
    assert (await stage.answerer.draft(QUESTION, {})).claims == ()
    assert stage.backup.asked == 0


@pytest.mark.parametrize(("error", "note"), [(DOWN, NOTE), (REFUSED, fallback.REFUSED), (BudgetSpent(), SPENT)])
async def test_when_the_primary_fails_the_backup_answers_and_says_so(error: AnswererError, note: str) -> None:
    stage = Stage(error)
    assert await stage.answerer.draft(QUESTION, {}) == Draft(PICKED.claims, "extractive", note=note)
    assert stage.backup.seen == [(QUESTION, {})]


async def test_what_the_backup_says_about_its_draft_stays() -> None:
    stage = Stage(DOWN)
    stage.backup.script = [Draft(PICKED.claims, "extractive", note="There is more.")]
    assert (await stage.answerer.draft(QUESTION, {})).note == f"{NOTE} There is more."


async def test_why_the_primary_failed_is_logged_without_the_question(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await Stage(DOWN).ask()
    assert "cannot be reached" in caplog.text
    assert "valley" not in caplog.text


async def test_a_primary_that_takes_too_long_is_not_waited_for() -> None:
    stage = Stage(WRITTEN, deadline=0.01)
    stage.primary.hold = asyncio.Event()
    assert (await stage.answerer.draft(QUESTION, {})).note == NOTE


async def test_after_three_failures_in_a_row_the_primary_rests() -> None:
    stage = Stage(DOWN)
    await stage.ask(10)
    assert stage.primary.asked == 3
    assert stage.backup.asked == 10
    stage.clock.now += 59
    await stage.ask()
    assert stage.primary.asked == 3


async def test_slowness_counts_as_failure() -> None:
    stage = Stage(WRITTEN, deadline=0.001)
    stage.primary.hold = asyncio.Event()
    await stage.ask(5)
    assert stage.primary.asked == 3


async def test_failures_with_a_success_between_them_are_not_in_a_row() -> None:
    stage = Stage(DOWN, DOWN, WRITTEN, DOWN, DOWN, WRITTEN)
    await stage.ask(6)
    assert stage.primary.asked == 6


async def test_a_primary_that_refuses_questions_works() -> None:
    stage = Stage(DOWN, DOWN, REFUSED, DOWN, DOWN, REFUSED)
    assert await stage.ask(20) == " ".join(["extractive"] * 20)
    assert stage.primary.asked == 20


async def test_after_the_rest_one_question_finds_out_whether_it_works_again() -> None:
    stage = Stage(DOWN, DOWN, DOWN, WRITTEN)
    await stage.ask(3)
    stage.clock.now += 61
    assert await stage.ask(2) == "openai openai"


async def test_a_probe_that_fails_starts_another_rest() -> None:
    stage = Stage(DOWN)
    await stage.ask(3)
    for rest in range(1, 4):
        stage.clock.now += 61
        await stage.ask(5)
        assert stage.primary.asked == 3 + rest


async def test_of_many_questions_after_the_rest_only_one_is_the_probe() -> None:
    stage = Stage(DOWN, DOWN, DOWN, WRITTEN)
    await stage.ask(3)
    stage.clock.now += 61
    stage.primary.hold = asyncio.Event()
    probe = asyncio.create_task(stage.ask())
    await asyncio.sleep(0)
    assert await stage.ask(5) == " ".join(["extractive"] * 5)
    stage.primary.hold.set()
    assert await probe == "openai"
    assert stage.primary.asked == 4


async def test_a_probe_that_nobody_waits_for_is_followed_by_another() -> None:
    stage = Stage(DOWN, DOWN, DOWN, WRITTEN)
    await stage.ask(3)
    stage.clock.now += 61
    stage.primary.hold = asyncio.Event()
    probe = asyncio.create_task(stage.ask())
    await asyncio.sleep(0)
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    stage.primary.hold = None
    stage.clock.now += 61
    assert await stage.ask() == "openai"


async def test_a_cancelled_call_is_not_a_failure_and_has_no_fallback() -> None:
    stage = Stage(WRITTEN)
    stage.primary.hold = asyncio.Event()
    for _ in range(5):
        task = asyncio.create_task(stage.ask())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert (stage.primary.asked, stage.backup.asked) == (5, 0)


@pytest.mark.parametrize(("asked_for", "rests"), [(5.0, 5), (90.0, 90), (86400.0, 600)])
async def test_a_primary_that_asks_for_a_rest_gets_it_at_once(asked_for: float, rests: float) -> None:
    stage = Stage(AnswererError("The language model is too busy.", retry_after=asked_for), WRITTEN)
    await stage.ask()
    stage.clock.now += rests - 1
    assert await stage.ask() == "extractive"
    stage.clock.now += 2
    assert await stage.ask() == "openai"


async def test_failures_of_questions_asked_at_once_count_together() -> None:
    stage = Stage(DOWN)
    stage.primary.hold = asyncio.Event()
    together = [asyncio.create_task(stage.ask()) for _ in range(5)]
    await asyncio.sleep(0)
    stage.primary.hold.set()
    await asyncio.gather(*together)
    await stage.ask()
    assert stage.primary.asked == 5


@pytest.mark.parametrize("error", [BudgetSpent(), asyncio.CancelledError()])
async def test_a_question_that_finds_nothing_out_does_not_keep_the_others_waiting(error: BaseException) -> None:
    stage = Stage(DOWN, DOWN, DOWN, error, WRITTEN)
    await stage.ask(3)
    stage.clock.now += 61
    with suppress(asyncio.CancelledError):
        await stage.ask()
    assert await stage.ask() == "openai"


async def test_a_success_that_began_before_the_last_failure_ends_no_rest() -> None:
    breaker = CircuitBreaker(clock := Clock())
    may_end = asyncio.Event()

    async def old() -> Draft:
        await may_end.wait()
        return WRITTEN

    async def busy() -> Draft:
        raise AnswererError("Too busy.", retry_after=300.0)

    begun = asyncio.create_task(breaker(old, deadline=5.0))
    await asyncio.sleep(0)
    with pytest.raises(AnswererError):
        await breaker(busy, deadline=5.0)
    may_end.set()
    await begun
    clock.now += 299
    with pytest.raises(Resting):
        await breaker(old, deadline=5.0)
    clock.now += 2
    assert await breaker(old, deadline=5.0) is WRITTEN


async def test_an_error_of_the_backup_is_not_hidden() -> None:
    stage = Stage(DOWN)
    stage.backup.script = [EmptyIndex()]
    with pytest.raises(EmptyIndex):
        await stage.ask()


async def test_of_a_thousand_questions_none_is_lost_whatever_fails() -> None:
    chance = random.Random(7)  # noqa: S311 - a test's
    busy = AnswererError("The language model is too busy.", retry_after=3.0)
    fates: list[Draft | Exception] = [WRITTEN, DOWN, REFUSED, busy]
    stage = Stage(*chance.choices(fates, k=1000))

    async def one() -> Draft:
        stage.clock.now += chance.random() * 5
        return await stage.answerer.draft(QUESTION, {})

    drafts = await asyncio.gather(*(one() for _ in range(1000)))
    assert all(draft.claims and bool(draft.note) == (draft.answerer == "extractive") for draft in drafts)
    assert {draft.answerer for draft in drafts} == {"openai", "extractive"}


async def test_wrong_settings_are_named_as_such_also_while_the_model_rests() -> None:
    unknown = AnswererError("The language model was not found.", of_settings=True)
    stage = Stage(unknown)
    for _ in range(5):
        assert (await stage.answerer.draft(QUESTION, {})).note == fallback.SET_WRONGLY
    assert stage.primary.asked == 3
