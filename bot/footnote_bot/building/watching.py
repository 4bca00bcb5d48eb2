"""Looks at the articles every few minutes, and rebuilds the index when they have changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

import discord

from footnote.errors import BuildRunning, FootnoteError
from footnote.stores import AnswerStore
from footnote_bot.access.gate import Gate
from footnote_bot.discord_services import IndexService
from footnote_bot.render.markdown import fit
from footnote_bot.translations.catalogue import N_, _, plural
from footnote_bot.translations.from_below import told
from footnote_bot.translations.language import speaking
from footnote_bot.wire.retrying import Retry, failure_in_words, is_discords
from footnote_index.building.reports import BuildReport

log = logging.getLogger(__name__)

_NAMES_SHOWN = 5
_LONGEST_LINE = 1900
_WATCH = N_("The article watcher")


class Watch:
    """Rebuilds, and posts a silent line about it in the review channels of servers that may change the index; about the
    same problem only once. `on_end` is called when another generation may be live.
    """

    def __init__(
        self,
        client: discord.Client,
        index: IndexService,
        store: AnswerStore,
        gate: Gate,
        retry: Retry,
        *,
        on_end: Callable[[], None],
    ) -> None:
        self._client = client
        self._index = index
        self._store = store
        self._gate = gate
        self._retry = retry
        self._on_end = on_end
        self._told: str | None = None

    async def run(self, *, seconds: float) -> None:
        """Checks at intervals (in seconds) until it is cancelled; for the first time once the servers are known."""
        await self._client.wait_until_ready()
        while True:
            await asyncio.sleep(seconds)
            try:
                await self.run_once()
            except Exception:
                log.exception("the articles could not be checked")

    async def run_once(self) -> None:
        """Once."""
        try:
            done = await self._index.build(started_by=_WATCH, on_progress=lambda _progress: None, is_regular=True)
        except BuildRunning:
            return
        except FootnoteError as error:
            news = partial(_not_rebuilt, error)
        else:
            news = partial(_changes, done)
        line = news()
        if line != self._told and line:
            log.info("%s", line)
            self._on_end()
            await self._tell(news)
        self._told = line

    async def _tell(self, news: Callable[[], str]) -> None:
        """`news` says it in the current language: each server's own."""
        for guild in [guild for guild in self._client.guilds if self._gate.trusts(guild.id)]:
            review = await self._store.review_channel(guild.id)
            if review is None:
                continue
            channel = self._client.get_partial_messageable(review[0], guild_id=guild.id)
            with speaking(self._gate.languages.of_server(guild.id)):
                line = fit(news(), _LONGEST_LINE)
            try:
                await self._retry(partial(channel.send, line, silent=True))
            except Exception as error:
                if not is_discords(error):
                    raise
                log.warning("channel %d got no message about a rebuild: %s", review[0], failure_in_words(error))


def _not_rebuilt(error: FootnoteError) -> str:
    return _("The articles have changed, but the index was not rebuilt: {reason}").format(reason=told(str(error)))


def _changes(report: BuildReport) -> str:
    """What changed, in a line; empty when nothing did."""
    kinds = [
        (_("added: {articles}"), report.difference.added),
        (_("changed: {articles}"), report.difference.changed),
        (_("removed: {articles}"), report.difference.removed),
    ]
    parts = "; ".join(what.format(articles=_names(names)) for what, names in kinds if names)
    if not parts:
        return ""
    updated = _("The index was updated from the articles. {changes}.")
    return updated.format(changes=parts[:1].upper() + parts[1:])


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return plural("{names} and {n} more", "{names} and {n} more", more, names=shown) if more > 0 else shown
