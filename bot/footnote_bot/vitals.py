"""Whether a running bot can answer, and its metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from footnote.answering.budget import Allowance
from footnote.ports import Ledger
from footnote.records.overview import QueueState
from footnote.stores import Stores
from footnote_bot.discord_services import IndexService
from footnote_bot.metrics import Metrics


class Vitals:
    """`is_connected`: whether Discord can reach the bot. `allowance`: what the language model may cost in a day."""

    def __init__(
        self,
        index: IndexService,
        stores: Stores,
        ledger: Ledger,
        metrics: Metrics,
        *,
        allowance: Allowance,
        is_connected: Callable[[], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._index = index
        self._stores = stores
        self._ledger = ledger
        self._metrics = metrics
        self._allowance = allowance
        self._is_connected = is_connected
        self._clock = clock

    async def missing(self) -> list[str]:
        """What a question would have to wait for; empty when the bot is ready."""
        missing = [] if self._is_connected() else ["discord"]
        if await _fails(self._index.status):
            missing.append("index")
        if await _fails(self._stores.answers.synced_scopes):
            missing.append("database")
        return missing

    async def measured(self) -> bytes:
        """All metrics, in Prometheus' text format."""
        missing = await self.missing()
        gauges = {"footnote_ready": ("Whether questions can be answered", float(not missing))}
        if "index" not in missing:
            gauges |= await self._of_index()
        if "database" not in missing:
            gauges |= await self._of_database()
        return self._metrics.text(gauges)

    async def _of_index(self) -> Mapping[str, tuple[str, float]]:
        status = await self._index.status()
        return {
            "footnote_index_articles": ("Articles of the live index", status.articles),
            "footnote_index_passages": ("Passages of the live index", status.passages),
            "footnote_index_built_timestamp_seconds": ("When it was built", status.built_at.timestamp()),
        }

    async def _of_database(self) -> Mapping[str, tuple[str, float]]:
        queue = await self._stores.overview.queue(None, QueueState.OPEN, limit=1)
        spent = (await self._ledger.spent(self._clock().date(), None)).everybody
        gauges = {
            "footnote_review_queue": ("Answers that wait for a verdict", float(queue.total)),
            "footnote_model_tokens_today": ("Tokens of the language model since midnight, UTC", float(spent.tokens)),
            "footnote_model_dollars_today": ("Their cost", spent.dollars),
        }
        if self._allowance.tokens is not None:
            gauges["footnote_model_tokens_allowed"] = ("Tokens allowed in a day", float(self._allowance.tokens))
        return gauges


async def _fails(look: Callable[[], Awaitable[object]]) -> bool:
    try:
        await look()
    except Exception:  # noqa: BLE001 - whatever it is, no question can be answered
        return True
    return False
