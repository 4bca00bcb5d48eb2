"""Which articles a question is about: a span of time, a source or one article, as typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import date
from itertools import islice
from typing import Any

import discord
from discord import app_commands

from footnote.errors import DamagedIndex, EmptyIndex
from footnote.models.collections import Readable
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.direct_messages import NotInDirectMessages
from footnote_bot.access.gate import Gate
from footnote_bot.asking import EVERYTHING, Scope
from footnote_bot.discord_services import IndexService
from footnote_bot.inquiries.inquiries import QuestionRefused
from footnote_bot.translations.catalogue import N_, _, pgettext
from footnote_bot.translations.language import in_public

_MOST_CHOICES, _LONGEST_CHOICE = 25, 100  # Discord's limits
_LONGEST_NAME = 60

NO_SOURCE = N_("There is no source with that name. Choose one from the list that opens as you type.")
NO_ARTICLE = N_("There is no article with that name. Choose one from the list that opens as you type.")

Choices = list[app_commands.Choice[str]]


class Scopes:
    """Names come from the live generation, as far as it may be read there. They are offered only if the members of the
    server may know what is in it: without a list of servers, the index belongs to others too.
    """

    def __init__(self, index: IndexService, gate: Gate, collections: CollectionAccess) -> None:
        self._index = index
        self._gate = gate
        self._collections = collections

    async def scope(
        self,
        interaction: discord.Interaction[Any],
        since: str | None,
        until: str | None,
        source: str | None,
        article: str | None,
        *,
        is_private: bool,
    ) -> Scope:
        """Raises QuestionRefused if something is not understood, EmptyIndex."""
        if not any((since, until, source, article)):
            return EVERYTHING
        readable = await self._collections.here(interaction, is_private=is_private)
        first, last = _day("since", since), _day("until", until)
        if first and last and first > last:
            raise QuestionRefused(_("since is later than until. Swap the two dates."))
        articles: frozenset[str] | None = None
        if source:
            articles = _named(source, await self._index.sources(readable=readable), NO_SOURCE)
        if article:
            titles = await self._index.titles(readable=readable)
            found = frozenset({article}) if article in titles else _named(article, titles, NO_ARTICLE)
            articles = found if articles is None else articles & found
        if articles is not None and not articles:
            raise QuestionRefused(_("That article is not from that source. Leave one of them out."))
        with nullcontext() if is_private else in_public():  # everybody who reads the answer reads that, too
            return Scope(first, last, articles, _in_words(source, article, first, last))

    async def sources(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        readable = await self._readable(interaction)
        try:
            sources = await self._index.sources(readable=readable) if readable else {}
        except (EmptyIndex, DamagedIndex):
            return []
        return _choices(((source, source) for source in dict.fromkeys(sources.values())), typed)

    async def articles(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        readable = await self._readable(interaction)
        try:
            titles = await self._index.titles(readable=readable) if readable else {}
        except (EmptyIndex, DamagedIndex):
            return []
        return _choices(((title, article_id) for article_id, title in titles.items()), typed)

    async def _readable(self, interaction: discord.Interaction[Any]) -> Readable | None:
        """By what is typed into the command so far. None if no names are offered."""
        if not self._gate.may_know_index(interaction):
            return None
        is_private = getattr(interaction.namespace, "private", False) is True
        try:
            return await self._collections.here(interaction, is_private=is_private)
        except NotInDirectMessages:
            return None


def _in_words(source: str | None, article: str | None, first: date | None, last: date | None) -> str:
    words = [
        _("only {source}").format(source=_short(source)) if source else "",
        _("only “{article}”").format(article=_short(article)) if article else "",
        _("since {day}").format(day=first) if first else "",
        _("until {day}").format(day=last) if last else "",
    ]
    return ", ".join(filter(None, words))


def _day(name: str, typed: str | None) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        line = _("{name} is not a date. Write it as year-month-day, for example 2021-08-31.")
        raise QuestionRefused(line.format(name=pgettext("option", name))) from error


def _named(name: str, names: Mapping[str, str], otherwise: str) -> frozenset[str]:
    """The articles of that name, however it is capitalised."""
    wanted = name.strip().casefold()
    found = frozenset(article_id for article_id, one in names.items() if one.casefold() == wanted)
    if not found:
        raise QuestionRefused(otherwise)
    return found


def _choices(offered: Iterable[tuple[str, str]], typed: str) -> Choices:
    wanted = typed.strip().casefold()
    matching = (
        app_commands.Choice(name=name[:_LONGEST_CHOICE], value=value)
        for name, value in offered
        if len(value) <= _LONGEST_CHOICE and wanted in f"{name}\n{value}".casefold()
    )
    return list(islice(matching, _MOST_CHOICES))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
