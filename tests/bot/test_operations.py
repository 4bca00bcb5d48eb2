"""Health, readiness, metrics and logs: what an operator sees, and that it never contains a question."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from databases import SQLiteDatabases
from discord_stage import Stage
from examples import RECEIPT, an_abstention
from fake_services import REPORT, FakeAsk, FakeIndex
from prometheus_client.parser import text_string_to_metric_families
from small_index import SmallIndex
from web_stage import WebStage, an_answer, bridge
from word_reader import WordReader

from footnote.answering.budget import Allowance, MemoryLedger
from footnote.errors import AnswererError, CanaryFailed
from footnote.models import CheckedClaim, Fate
from footnote.ports import Spent
from footnote.records.overview import QueueState
from footnote_bot.log_format import begin_question, formatter
from footnote_bot.metered_index import MeteredIndex
from footnote_bot.metrics import Metrics
from footnote_bot.vitals import Vitals
from footnote_bot.web.application import make_application
from footnote_bot.web.serving import served

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "the secret of the bridge"  # noqa: S105 - a question


class Operated:
    """A bot as its operator sees it."""

    def __init__(self, web: WebStage) -> None:
        self.web = web
        self.metrics = Metrics()
        self.index = FakeIndex()
        self.ledger = MemoryLedger()
        self.is_connected = True
        self.vitals = Vitals(
            self.index,
            web.stores,
            self.ledger,
            self.metrics,
            allowance=Allowance(tokens=1000),
            is_connected=lambda: self.is_connected,
            clock=lambda: NOON,
        )
        self.url = ""

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with ClientSession() as session, session.get(self.url + path, headers=sent) as response:
            return response.status, await response.text()

    async def scraped(self) -> dict[str, float]:
        """Samples by name and labels, as Prometheus' own parser reads them."""
        _, text = await self.get("/metrics")
        return {
            ",".join([sample.name, *(value for _, value in sorted(sample.labels.items()))]): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
async def operated(sqlite: SQLiteDatabases) -> AsyncIterator[Operated]:
    web = WebStage(sqlite.migrated())
    web.links.base = "https://notes.example"
    operated = Operated(web)
    async with served(make_application(web.room, watched=operated.vitals), "127.0.0.1", 0) as port:
        operated.url = f"http://127.0.0.1:{port}"
        yield operated
    await web.engine.dispose()


async def test_a_bot_that_can_answer_is_ready(operated: Operated) -> None:
    assert await operated.get("/healthz") == (200, "ok\n")
    status, text = await operated.get("/readyz")
    assert (status, json.loads(text)) == (200, {"ready": True, "missing": []})


async def test_a_bot_that_cannot_answer_says_what_is_missing_and_still_lives(operated: Operated) -> None:
    operated.is_connected = False
    operated.index.live = None
    status, text = await operated.get("/readyz")
    assert (status, json.loads(text)) == (503, {"ready": False, "missing": ["discord", "index"]})
    assert (await operated.get("/healthz"))[0] == 200
    assert (await operated.scraped())["footnote_ready"] == 0


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_the_public_sees_nothing_of_it(operated: Operated, path: str) -> None:
    for headers in ({"X_Forwarded_For": "1.2.3.4"}, {"Forwarded": "for=1.2.3.4"}, {"Host": "notes.example"}):
        assert (await operated.get(path, **headers))[0] == 404


async def test_questions_are_counted_by_outcome_with_their_times_and_checks(operated: Operated) -> None:
    ask = FakeAsk()
    metered = operated.metrics.metered(ask)
    await metered(SECRET)
    ask.abstain()
    await metered(SECRET)
    ask.error = AnswererError("broken")
    with pytest.raises(AnswererError):
        await metered(SECRET)
    checked = tuple(CheckedClaim("x", fate, 1.0, ()) for fate in (Fate.KEPT, Fate.KEPT, Fate.DROPPED))
    receipt = replace(RECEIPT, checked=checked, tokens=940, dollars=0.5)
    ask.error, ask.outcome = None, lambda question: replace(an_abstention(question), receipt=receipt)
    await metered(SECRET)
    samples = await operated.scraped()
    assert samples["footnote_questions_total,answered"] == 1
    assert samples["footnote_questions_total,abstained"] == 2
    assert samples["footnote_questions_total,failed"] == 1
    assert samples["footnote_answers_total,extractive"] == 1
    assert samples["footnote_claims_total,kept"] == 2
    assert samples["footnote_claims_total,dropped"] == 1
    assert samples["footnote_model_tokens_total"] == 940
    assert samples["footnote_model_dollars_total"] == 0.5
    assert samples["footnote_answer_seconds_count,answered"] == 1
    assert samples["footnote_retrieve_seconds_count"] == 3


async def test_gauges_tell_of_the_index_the_queue_and_the_budget(operated: Operated) -> None:
    record = await operated.web.answered()
    await operated.web.review.set_review_channel(1, 5)
    await operated.ledger.add(NOON.date(), None, Spent(tokens=250, dollars=0.25))
    samples = await operated.scraped()
    assert record.id == 1
    assert samples["footnote_ready"] == 1
    assert samples["footnote_index_articles"] == 10
    assert samples["footnote_index_built_timestamp_seconds"] == datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    assert samples["footnote_review_queue"] == (await operated.web.stores.overview.queue(None, QueueState.OPEN)).total
    assert samples["footnote_model_tokens_today"] == 250
    assert samples["footnote_model_tokens_allowed"] == 1000


async def test_builds_are_counted_by_what_became_of_them(operated: Operated) -> None:
    operated.metrics.built(REPORT)
    operated.metrics.built(CanaryFailed(["a"], 1))
    operated.metrics.built(OSError())
    samples = await operated.scraped()
    assert [samples[f"footnote_builds_total,{kind}"] for kind in ("live", "refused", "failed")] == [1, 1, 1]
    assert samples["footnote_build_seconds_sum"] == REPORT.seconds


async def test_an_index_tells_of_its_builds_but_not_of_dry_runs(small: SmallIndex) -> None:
    index = MeteredIndex(small.articles, small.data, lambda: small.minilm, reader=WordReader())
    ended: list[object] = []
    index.on_built = ended.append
    await index.build(dry_run=True, started_by="A test", on_progress=lambda _: None)
    report = await index.build(started_by="A test", on_progress=lambda _: None)
    assert ended == [report]
    await index.close()


async def test_no_metric_holds_a_question(operated: Operated) -> None:
    await operated.metrics.metered(FakeAsk())(SECRET)
    await operated.web.record(an_answer(SECRET, bridge(), "The bridge opened in 1932."))
    _, text = await operated.get("/metrics")
    assert "footnote_questions_total" in text
    assert "secret" not in text
    assert not re.search(r"\b1932\b", text)  # a time in seconds may contain it


# --- logs


def line(form: str, message: str = "answer %d: recorded", *arguments: object, error: bool = False) -> str:
    record = logging.LogRecord("footnote", logging.INFO, "f.py", 1, message, arguments, None)
    if error:
        try:
            raise ValueError("broken")
        except ValueError as found:
            record.exc_info = (type(found), found, found.__traceback__)
    return formatter("json" if form == "json" else "console").format(record)


async def test_whatever_a_question_leads_to_carries_its_number() -> None:
    async def question(number: int) -> list[str]:
        begin_question(number)
        await asyncio.sleep(0)
        later = asyncio.create_task(_line_later())
        return [line("console", "x"), await asyncio.to_thread(line, "console", "x"), await later]

    one, other = await asyncio.gather(question(71), question(72))
    assert all(each.endswith("x (question 71)") for each in one)
    assert all(each.endswith("x (question 72)") for each in other)
    assert line("console", "x").endswith(": x")


async def _line_later() -> str:
    return line("console", "x")


def test_a_line_of_json_is_one_line_with_its_error() -> None:
    fields = json.loads(line("json", "answer %d:\nrecorded", 12, error=True))
    assert fields["message"] == "answer 12:\nrecorded"
    assert fields["level"] == "INFO"
    assert "ValueError: broken" in fields["error"]
    assert "question" not in fields


async def test_the_log_of_a_question_in_discord_names_it_but_not_its_words(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    lines: list[dict[str, str]] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(json.loads(formatter("json").format(record)))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        interaction = await stage.alice.slash(stage.channel, "ask", question=SECRET)
        await interaction.response()
    finally:
        logging.getLogger().removeHandler(handler)
    recorded = [one for one in lines if "recorded in channel" in one["message"]]
    assert [one["question"] for one in recorded] == [str(interaction.id)]
    assert "secret" not in json.dumps(lines)
