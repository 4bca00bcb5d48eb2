"""Metrics of a running bot for Prometheus: numbers only, never a question's text."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from footnote.errors import CanaryFailed, WouldShrink
from footnote.models import Abstention, Answer
from footnote_bot.discord_services import AskService
from footnote_index.building.reports import BuildReport

CONTENT_TYPE = CONTENT_TYPE_LATEST

_QUICK = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0, 30.0)
_SLOW = (1, 5, 15, 60, 300, 900, 3600)


class Metrics:
    """Counters of this process, and gauges that are set on request."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._questions = Counter("footnote_questions", "Questions, by outcome", ["outcome"], registry=registry)
        self._answers = Counter("footnote_answers", "Answers, by who wrote them", ["answerer"], registry=registry)
        self._claims = Counter(
            "footnote_claims", "Drafted claims, by the outcome of their checks", ["fate"], registry=registry
        )
        self._tokens = Counter("footnote_model_tokens", "Tokens of the language model", registry=registry)
        self._dollars = Counter("footnote_model_dollars", "What they cost, where the price is known", registry=registry)
        self._seconds = Histogram(
            "footnote_answer_seconds", "Time from question to outcome", ["outcome"], buckets=_QUICK, registry=registry
        )
        self._finding = Histogram(
            "footnote_retrieve_seconds", "Of that, time to find passages", buckets=_QUICK, registry=registry
        )
        self._builds = Counter("footnote_builds", "Builds, by outcome", ["outcome"], registry=registry)
        self._build_seconds = Histogram(
            "footnote_build_seconds", "Builds that went live", buckets=_SLOW, registry=registry
        )
        self._gauges: dict[str, Gauge] = {}

    def metered(self, ask: AskService) -> AskService:
        """The same service, counted."""

        async def metered(question: str, /, **options: Any) -> Answer | Abstention:  # noqa: ANN401 - as `ask` has them
            began = perf_counter()
            try:
                outcome = await ask(question, **options)
            except BaseException:
                self._questions.labels("failed").inc()
                raise
            self._count(outcome, perf_counter() - began)
            return outcome

        return metered

    def built(self, report: BuildReport | BaseException) -> None:
        """A build has ended."""
        self._builds.labels(_build_outcome(report)).inc()
        if isinstance(report, BuildReport) and report.live:
            self._build_seconds.observe(report.seconds)

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> bytes:
        """In Prometheus' text format. `gauges`: current values by name, with what each means."""
        for name, (meaning, value) in gauges.items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(name, meaning, registry=self._registry)
            self._gauges[name].set(value)
        return generate_latest(self._registry)

    def _count(self, outcome: Answer | Abstention, seconds: float) -> None:
        receipt = outcome.receipt
        kind = "answered" if isinstance(outcome, Answer) else "abstained"
        self._questions.labels(kind).inc()
        self._seconds.labels(kind).observe(seconds)
        self._finding.observe(receipt.retrieve_ms / 1000)
        if isinstance(outcome, Answer):
            self._answers.labels(str(receipt.answerer)).inc()
        for claim in receipt.checked:
            self._claims.labels(claim.fate.value).inc()
        self._tokens.inc(receipt.tokens)
        self._dollars.inc(receipt.dollars)


def _build_outcome(report: BuildReport | BaseException) -> str:
    match report:
        case BuildReport():
            return "live" if report.live and report.forecast is None else "unchanged"
        case WouldShrink() | CanaryFailed():
            return "refused"
    return "failed"
