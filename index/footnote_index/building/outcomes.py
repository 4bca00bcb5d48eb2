"""The outcome of a build: what it did, what it would do, or that there was nothing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from footnote.models import Passage
from footnote.text.languages import DEFAULT, language_of
from footnote_index.building.embedding_source import EmbeddingSource
from footnote_index.building.plan import Plan
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import BuildReport, Forecast, Foreign, Status
from footnote_index.building.write import Order, passages_of
from footnote_index.embedders import ENGLISH_ONLY, Embedder
from footnote_index.loaders.suspicion import warnings_for
from footnote_index.storage.embedding_cache import EmbeddingCache

MANY_FOREIGN = 0.1
"""A share of the added and changed articles."""


def report_on(
    plan: Plan,
    embedder: Embedder,
    *,
    generation: str | None,
    passages: int,
    sentences: int,
    seconds: float,
    tokens: int = 0,
    forecast: Forecast | None = None,
    failed_canaries: tuple[str, ...] = (),
    live: bool = True,
) -> BuildReport:
    """`generation` is the live one when nothing was written."""
    return BuildReport(
        generation=generation,
        added=len(plan.difference.added),
        changed=len(plan.difference.changed),
        removed=len(plan.difference.removed),
        unchanged=len(plan.difference.unchanged),
        articles=len(plan.articles),
        passages=passages,
        sentences=sentences,
        seconds=seconds,
        embedded_tokens=tokens,
        live=live,
        skipped=plan.skipped,
        forecast=forecast,
        not_fetched=plan.not_fetched,
        duplicates=plan.duplicates,
        warned=tuple(warnings_for(plan.fresh)),
        difference=plan.difference,
        failed_canaries=failed_canaries,
        readings=plan.readings,
        foreign=_foreign(plan, embedder),
    )


def _foreign(plan: Plan, embedder: Embedder) -> Foreign | None:
    """None also if there are only few."""
    if embedder.name not in ENGLISH_ONLY:
        return None
    languages = [language_of(article.text) for article in plan.fresh]
    foreign = sum(language != DEFAULT for language in languages)
    return Foreign(foreign, len(languages), embedder.name) if foreign > MANY_FOREIGN * len(languages) else None


def nothing_to_do(
    plan: Plan,
    live: Status,
    embedder: Embedder,
    meter: ProgressMeter,
    failed_canaries: tuple[str, ...],
    *,
    dry_run: bool,
) -> BuildReport:
    return report_on(
        plan,
        embedder,
        generation=live.generation,
        passages=live.passages,
        sentences=live.sentences,
        seconds=meter.seconds,
        forecast=Forecast(0, embedder.expense([])),
        failed_canaries=failed_canaries,
        live=not dry_run,
    )


def foreseen(order: Order, plan: Plan, live: Status | None, embedder: Embedder, meter: ProgressMeter) -> BuildReport:
    """What a build would do."""
    counted = _Counted()
    with EmbeddingCache(order.cache) as cache:
        supply = EmbeddingSource(cache, embedder, from_scratch=order.from_scratch)
        forecast = supply.forecast(counted.passing(passages_of(plan, order.base)))
    return report_on(
        plan,
        embedder,
        generation=live.generation if live else None,
        passages=counted.passages,
        sentences=counted.sentences,
        seconds=meter.seconds,
        forecast=forecast,
        live=False,
    )


class _Counted:
    passages = sentences = 0

    def passing(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        for passage in passages:
            self.passages += 1
            self.sentences += len(passage.sentences)
            yield passage
