"""Notices when another generation of the index goes live, also if another process built it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from footnote_bot.discord_services import IndexService

log = logging.getLogger(__name__)


class Switches:
    """`on_switch` is called for each generation except the one that is live at the start."""

    def __init__(self, index: IndexService, *, on_switch: Callable[[], None]) -> None:
        self._index = index
        self._on_switch = on_switch

    async def run(self, *, seconds: float) -> None:
        """Checks at intervals (in seconds) until it is cancelled."""
        before = await self._live()
        while True:
            await asyncio.sleep(seconds)
            live = await self._live()
            if live not in {before, None}:
                self._on_switch()
                before = live

    async def _live(self) -> str | None:
        try:
            return (await self._index.status()).generation
        except Exception as error:  # noqa: BLE001 - there may be none yet, and the next check may find it
            log.debug("the live generation is unknown: %s", error)
            return None
