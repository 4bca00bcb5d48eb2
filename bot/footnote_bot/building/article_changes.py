"""Articles added and removed from Discord: files, links, messages, and the replies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import aiohttp
import discord
from discord import app_commands

from footnote.errors import ArticleError, BuildError, DamagedIndex, EmptyIndex
from footnote.models import Article
from footnote.models.collections import EVERYTHING, TOP
from footnote.records.answers import AnswerRecord
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import is_open_to_all
from footnote_bot.audit import Actor, Audit, actor_of
from footnote_bot.building import answer_article, message_article
from footnote_bot.building.stored_articles import THEY_ARE_NEXT, stored_lines, told_of, told_of_page
from footnote_bot.discord_services import IndexService
from footnote_bot.render.markdown import fit
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.from_below import told
from footnote_bot.views.builds import rebuild_view
from footnote_bot.wire.interactions import acknowledge, offer
from footnote_index.article_folder import ArticleFolder, Stored, safe_name
from footnote_index.loaders.folder import MAX_BYTES
from footnote_index.web.source_list import SourceList, listable
from footnote_index.web.sources_file import SourceKind

_MOST_CHOICES = 25  # Discord's limit
_LONGEST_CHOICE = 100  # Discord's limit too


_MESSAGE_NOT_OPEN = N_("⚠️ Not everybody can read this channel: answers will quote the message to everybody.")
_ANSWER_NOT_OPEN = N_("⚠️ Not everybody can read this channel: answers will quote question and answer to everybody.")


class ArticleChanges:
    """For people who may manage the index."""

    def __init__(
        self,
        index: IndexService,
        folder: ArticleFolder,
        sources: SourceList,
        audit: Audit,
        gate: Gate,
        collections: CollectionAccess,
    ) -> None:
        self._gate = gate
        self._collections = collections
        self._index = index
        self._folder = folder
        self._sources = sources
        self._audit = audit

    async def add_file(self, interaction: discord.Interaction[Any], file: discord.Attachment, *, replace: bool) -> None:
        """Raises NotAllowed, ArticleError."""
        self._gate.require_index_manager(interaction)
        if await acknowledge(interaction, ephemeral=True):
            await offer(interaction, told_of(await self._added(interaction, file, replace=replace)), rebuild_view())

    async def add_files(
        self, interaction: discord.Interaction[Any], files: Sequence[discord.Attachment], *, replace: bool
    ) -> None:
        """For a form. A file that cannot be stored is reported, and does not affect the others. Raises NotAllowed."""
        self._gate.require_index_manager(interaction)
        if not await acknowledge(interaction, ephemeral=True, thinking=True):
            return
        stored, refused = list[str](), list[str]()
        for file in files:
            try:
                stored += stored_lines(await self._added(interaction, file, replace=replace))
            except ArticleError as error:
                refused.append(_("Not stored: {reason}").format(reason=told(str(error))))
        lines = [*stored, *refused, *([_(THEY_ARE_NEXT)] if stored else [])]
        await offer(interaction, "\n".join(lines), rebuild_view() if stored else None)

    async def _added(self, interaction: discord.Interaction[Any], file: discord.Attachment, *, replace: bool) -> Stored:
        with _named(file.filename):
            name = safe_name(file.filename)
            _require_bearable(file.size)
        return await self._store(interaction, name, await _fetched(file), replace=replace)

    async def add_link(self, interaction: discord.Interaction[Any], address: str) -> None:
        """Raises NotAllowed, ArticleError, BuildError."""
        self._gate.require_index_manager(interaction)
        if not await acknowledge(interaction, ephemeral=True):
            return
        with _named(_("That link")):
            url = listable(address)
            work = asyncio.to_thread(self._sources.add, url)
            article = await self._audit.attempt(actor_of(interaction), "add", url, work, _listed)
        await offer(interaction, told_of_page(article), rebuild_view())

    async def add_message(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Stores a message as an article; doing it again replaces the article. Raises the same as `add_file`."""
        self._gate.require_index_manager(interaction)
        if not await acknowledge(interaction, ephemeral=True):
            return
        if interaction.client.user and message.author.id == interaction.client.user.id:
            raise ArticleError(_("My own answers cannot be articles. Add what they cite instead."))
        texts, others = message_article.sorted_attachments(message)
        with _named(_("That message")):
            _require_bearable(sum(file.size for file in texts))
        contents = [await _fetched(file) for file in texts]
        name, content = message_article.of(message, contents)
        collection = await self._collection(interaction, message.channel.id)
        stored = await self._store(interaction, name, content, replace=True, collection=collection)
        no_text, with_text = _("Left out, because it is not text: {file}"), _("With the text of {file}")
        left_out = [no_text.format(file=fit(file.filename, 100)) for file in others]
        taken = [with_text.format(file=fit(file.filename, 100)) for file in texts]
        is_open = is_open_to_all(interaction.guild, message.channel.id)
        warning = [] if is_open else [_(_MESSAGE_NOT_OPEN)]
        await offer(interaction, "\n".join([told_of(stored), *taken, *left_out, *warning]), rebuild_view())

    async def add_answer(self, interaction: discord.Interaction[Any], record: AnswerRecord) -> None:
        """Stores a moderator's own answer as an article. Raises the same as `add_file`."""
        self._gate.require_index_manager(interaction)
        server = interaction.guild.name if interaction.guild else "Discord"
        name, content = answer_article.of(record, server=server)
        collection = await self._collection(interaction, record.channel_id)
        stored = await self._store(interaction, name, content, replace=True, collection=collection)
        is_open = is_open_to_all(interaction.guild, record.channel_id)
        warning = [] if is_open else [_(_ANSWER_NOT_OPEN)]
        await offer(interaction, "\n".join([told_of(stored), *warning]), rebuild_view())

    async def remove(self, interaction: discord.Interaction[Any], article_id: str) -> None:
        """Raises NotAllowed, ArticleError."""
        self._gate.require_index_manager(interaction)
        if not await acknowledge(interaction, ephemeral=True):
            return
        with _named(article_id):
            if await self._is_page(article_id):
                line = await self._remove_page(actor_of(interaction), article_id)
            else:
                line = await self._remove_file(actor_of(interaction), article_id)
        done = _("{done} Answers can cite it until the next rebuild.").format(done=line)
        await offer(interaction, done, rebuild_view())

    async def choices(self, typed: str) -> list[app_commands.Choice[str]]:
        """Articles of the index whose file exists, or whose page is listed, and whose path or title contains what was
        typed.
        """
        try:
            titles = await self._index.titles(readable=EVERYTHING)
        except (EmptyIndex, DamagedIndex):
            return []
        wanted = typed.casefold()

        def matching() -> list[tuple[str, str]]:
            listed = self._listed_pages()
            found = (
                (article_id, title)
                for article_id, title in titles.items()
                if len(article_id) <= _LONGEST_CHOICE
                and wanted in f"{article_id}\n{title}".casefold()
                and (article_id in listed or self._folder.has(article_id))
            )
            return list(islice(found, _MOST_CHOICES))

        return [
            app_commands.Choice(name=f"{article_id} · {title}"[:_LONGEST_CHOICE], value=article_id)
            for article_id, title in await asyncio.to_thread(matching)
        ]

    async def _is_page(self, article_id: str) -> bool:
        if await asyncio.to_thread(self._folder.has, article_id):
            return False
        return await asyncio.to_thread(self._sources.source_of, article_id) is not None

    async def _remove_page(self, actor: Actor, article_id: str) -> str:
        work = asyncio.to_thread(self._sources.remove, article_id)
        url = await self._audit.attempt(actor, "remove", article_id, work, _unlisted)
        return _("Removed {url} from sources.yaml.").format(url=fit(url, 1000))

    async def _remove_file(self, actor: Actor, article_id: str) -> str:
        known = await asyncio.to_thread(self._folder.has, article_id)
        subject = article_id if known else "no article"  # what somebody typed does not belong in the log
        work = asyncio.to_thread(self._folder.remove, article_id)
        place = await self._audit.attempt(actor, "remove", subject, work, _moved)
        moved = _("Moved {article} to {place} in the articles folder. You can move it back by hand.")
        return moved.format(article=fit(article_id, 300), place=fit(place, 400))

    async def _collection(self, interaction: discord.Interaction[Any], channel_id: int) -> str:
        """What was said in a channel with collections goes into the first of them, so that others cannot read it."""
        if interaction.guild_id is None:
            return TOP
        readable = await self._collections.in_channel(interaction.guild_id, channel_id)
        return min(filter(None, readable.only or ()), default=TOP)

    def _listed_pages(self) -> set[str]:
        """The pages that can be removed; none while sources.yaml is wrong, which the next build reports."""
        try:
            return {page for page, source in self._sources.pages().items() if source.kind is SourceKind.URL}
        except BuildError:
            return set()

    async def _store(
        self, interaction: discord.Interaction[Any], name: str, content: bytes, *, replace: bool, collection: str = TOP
    ) -> Stored:
        work = asyncio.to_thread(self._folder.put, name, content, replace=replace, collection=collection)
        with _named(name):
            return await self._audit.attempt(actor_of(interaction), "add", name, work, _outcome)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """The reasons themselves do not name the article."""
    try:
        yield
    except ArticleError as error:
        raise ArticleError(f"{fit(name, 100)}: {told(str(error))}.") from error


async def _fetched(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except (discord.HTTPException, aiohttp.ClientError) as error:
        raise ArticleError(_("Discord did not deliver that file. Try again in a moment.")) from error


def _require_bearable(size: int) -> None:
    """Before anything is fetched."""
    if size > MAX_BYTES:
        too_large = _("it is too large ({size} MB): an article can have at most {most} MB")
        raise ArticleError(too_large.format(size=f"{size / 1e6:.0f}", most=f"{MAX_BYTES / 1e6:.0f}"))


def _outcome(stored: Stored) -> str:
    return f"stored; the previous file is in {stored.before}" if stored.before else "stored"


def _moved(place: str) -> str:
    return f"now in {place}"


def _listed(article: Article) -> str:
    return f"listed, as {article.id}"


def _unlisted(_url: str) -> str:
    return "removed from sources.yaml"
