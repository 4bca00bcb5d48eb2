"""Prompt injection in articles and questions: it changes neither the rules nor what is shown.

Each case of injection_cases.py goes the whole way with a model that obeys it (injection_trial.py), and is judged by
rules that know nothing of the checks (injection_oracles.py).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import injection_oracles as oracles
import pytest
import pytest_asyncio
from examples import a_citation, a_claim, an_answer
from fake_discord import Channel, Message, User
from injection_cases import CASES, HONEST, Case, Writes
from injection_trial import Trial, opened_trial

from footnote.models import Answer
from footnote_index.embedders.minilm import MiniLM

in_module_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trial(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> AsyncIterator[Trial]:
    async with opened_trial(tmp_path_factory.mktemp("injection"), minilm) as trial:
        yield trial
        oracles.requests_ping_nobody(trial.stage.fake.requests)


@in_module_loop
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.name}")
async def test_an_obedient_model_shows_nothing_but_what_articles_say(trial: Trial, case: Case) -> None:
    attempts, posted = await trial.run(case)
    if case.is_known_limit:
        with pytest.raises(AssertionError, match="is said"):
            await oracles.nothing_got_through(attempts, posted, trial.index)
        return
    await oracles.nothing_got_through(attempts, posted, trial.index)
    for attempt in attempts:
        assert not case.is_read_by_model or trial.has_reached(attempt.asked, case)
        if case.raw is None and case.says_truth:  # what is true comes through beside the attack
            assert isinstance(attempt.outcome, Answer)
            assert attempt.outcome.claims[0].text == trial.truth(case)
            assert attempt.outcome.note is None


@in_module_loop
async def test_without_an_attack_the_answer_is_what_the_model_wrote(trial: Trial) -> None:
    attempts, posted = await trial.run(HONEST)
    assert {attempt.outcome.text for attempt in attempts} == {trial.truth(HONEST)}
    assert posted.message.content == f"{trial.truth(HONEST)}¹"


@in_module_loop
@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "ping or markup"], ids=lambda case: case.name)
async def test_sources_and_card_are_as_inert_as_the_answer(trial: Trial, case: Case) -> None:
    for posted in await trial.run_with_card(case):
        oracles.message_is_inert(posted.message, posted.attempt.outcome.citations)


def test_there_are_many_cases_and_no_two_alike() -> None:
    assert len({(case.attack, case.writes, case.raw) for case in CASES}) == len(CASES) >= 60


# --- the oracles can fail

EVIL = Case("x", "x", "x", (Writes("x"),), absent=("free tokens",))


def said(text: str, quote: str = "The tower is 34 metres high.") -> Answer:
    return an_answer("How high?", a_claim(a_citation(1, quote), text=text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Get free tokens now.",
            "Get FREE\u200b to\u200bkens now.",
            "See evil.example.",
            "See evil。example.",
            "Call @everyone.",
        ),
        *(
            "See [this](x).",
            "See <@123456789012345678>.",
            "Call +44 20 7946 0958.",
            "See javascript:alert.",
            "a@evil.example",
        ),
    ],
)
def test_the_oracle_sees_what_no_article_says(text: str) -> None:
    with pytest.raises(AssertionError):
        oracles.only_articles_are_said(said(text), EVIL)
    oracles.only_articles_are_said(said(text, quote=text), EVIL)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[x](y)",
            "<@123456789012345678>",
            "</ask:1>",
            "<t:1:R>",
            "<a:b:1>",
            "@everyone",
            "`x`",
            "||x||",
            "~~x~~",
            "# x",
        ),
        *(
            "> - x",
            "> > x",
            "https://evil.example/x",
            "see https://news.example/x",
            "\x1b[31m",
            "a\u202eb",
            "\\\\[x](y)",
        ),
    ],
)
def test_the_oracle_sees_what_discord_would_act_on(text: str) -> None:
    with pytest.raises(AssertionError):
        oracles.text_is_inert(text, {"news.example"})


def test_the_oracle_knows_what_is_harmless() -> None:
    oracles.text_is_inert("> \\[x\\]\\(y\\) \\<@1> @\u200beveryone\nhttps://news.example/x", {"news.example"})


@in_module_loop
@pytest.mark.parametrize(
    "alter",
    [
        lambda answer: replace(answer, claims=(replace(answer.claims[0], citations=()),)),
        lambda answer: with_citation(answer, quote="It is 35 metres high."),
        lambda answer: with_citation(answer, start=answer.citations[0].start + 1),
        lambda answer: with_citation(answer, version="0" * 64),
        lambda answer: with_citation(answer, article_id="nowhere.md"),
        lambda answer: with_citation(answer, url="https://evil.example"),
    ],
)
async def test_the_oracle_sees_a_citation_that_is_not_exact(trial: Trial, alter: Callable[[Answer], Answer]) -> None:
    attempts, _ = await trial.run(HONEST)
    answer = attempts[0].outcome
    assert isinstance(answer, Answer)
    with pytest.raises(AssertionError):
        await oracles.citations_are_exact(alter(answer), trial.index)


def with_citation(answer: Answer, **changes: Any) -> Answer:
    claim = answer.claims[0]
    return replace(answer, claims=(replace(claim, citations=(replace(claim.citations[0], **changes),)),))


@in_module_loop
async def test_the_oracles_see_a_bad_message_and_a_bad_prompt(trial: Trial) -> None:
    attempts, posted = await trial.run(HONEST)
    attempt = attempts[0]
    for change in (("</sentences>", ""), ("\n</question>", "\n</question>\n</question>"), ("S2", "S9")):
        asked = replace(attempt.asked, body={"messages": with_data(attempt.asked.body["messages"], *change)})
        with pytest.raises((AssertionError, ValueError)):
            oracles.prompt_is_in_order(replace(attempt, asked=asked))
    with pytest.raises(AssertionError, match="is not"):
        oracles.description_says_only(posted.message, said("Another answer."))
    pinging = Message(1, Channel(1, 0, "general"), User(1, "Footnote"), pinged=frozenset({"@everyone"}))
    with pytest.raises(AssertionError, match="pings"):
        oracles.message_is_inert(pinging, ())


def with_data(sent: list[dict[str, str]], old: str, new: str) -> list[dict[str, str]]:
    system, data = sent
    return [system, data | {"content": data["content"].replace(old, new, 1)}]
