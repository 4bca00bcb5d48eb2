"""/index: inspects and changes what answers come from, visible to everybody."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import ArticleError
from footnote_bot.access.gate import Gate
from footnote_bot.building.article_changes import ArticleChanges
from footnote_bot.building.rebuilds import Rebuilds
from footnote_bot.building.rollbacks import Rollbacks
from footnote_bot.discord_services import IndexService
from footnote_bot.render import builds as render_builds
from footnote_bot.render import sources as render_sources
from footnote_bot.translations.catalogue import _
from footnote_bot.views.adding import AddFilesForm
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, open_form, show
from footnote_index.web.source_list import SourceList

Choices = list[app_commands.Choice[str]]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class IndexCog(commands.GroupCog, group_name="index", group_description="The index that answers come from"):
    """Commands for those who may manage the index, which is checked where each command is carried out. Discord shows
    them to members with Manage Server.
    """

    def __init__(
        self,
        index: IndexService,
        in_flight: InFlight,
        rebuilds: Rebuilds,
        rollbacks: Rollbacks,
        changes: ArticleChanges,
        sources: SourceList,
        gate: Gate,
    ) -> None:
        super().__init__()
        self._gate = gate
        self._index = index
        self._in_flight = in_flight
        self._rebuilds = rebuilds
        self._rollbacks = rollbacks
        self._changes = changes
        self._sources = sources

    async def cog_unload(self) -> None:
        await self._rebuilds.close()

    @app_commands.command(name="rebuild", description="Read the articles again and rebuild the index")
    async def rebuild(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        await self._rebuilds.begin(interaction)

    @app_commands.command(name="status", description="What is in the index, and when it was built")
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        self._gate.require_index_manager(interaction)
        if await acknowledge(interaction, ephemeral=True):
            live, aside = await self._index.status(), await asyncio.to_thread(self._sources.set_aside)
            await show(interaction, render_builds.status(live, aside.failing_on(live.generation)))

    @app_commands.command(
        name="diff", description="What a rebuild would add, change and remove, and what it would cost"
    )
    async def diff(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        self._gate.require_index_manager(interaction)
        if await acknowledge(interaction, ephemeral=True):
            found = await self._index.build(
                dry_run=True, started_by=interaction.user.mention, on_progress=lambda _: None
            )
            await show(interaction, render_builds.dry_run(found))

    @app_commands.command(
        name="sources", description="Web sources and their problems, and everything that the last build left out"
    )
    async def sources(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        self._gate.require_index_manager(interaction)
        if await acknowledge(interaction, ephemeral=True):
            states, aside = await asyncio.to_thread(lambda: (self._sources.states(), self._sources.set_aside()))
            await show(interaction, render_sources.sources_embed(states, aside), files=render_sources.whole_list(aside))

    @app_commands.command(name="rollback", description="Roll back to the index of an earlier build")
    @app_commands.describe(generation="Leave empty for the previous one")
    async def rollback(self, interaction: discord.Interaction[Any], generation: str | None = None) -> None:
        self._in_flight.join()
        await self._rollbacks.propose(interaction, generation)

    @app_commands.command(name="add", description="Add an article: a file, or the link of a web page")
    @app_commands.describe(
        file="A text, Markdown, HTML, PDF, Word or EPUB file; leave file and link empty to add several files",
        link="The address of a page; it is added to sources.yaml, and each rebuild keeps it up to date",
        replace="With a file: replace the article with the same name; the old file is kept in .removed",
    )
    async def add(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment | None = None,
        link: str | None = None,
        replace: bool = False,
    ) -> None:
        self._in_flight.join()
        self._gate.require_index_manager(interaction)
        if file is None and link is None:
            await open_form(interaction, AddFilesForm())
        elif file and link is None:
            await self._changes.add_file(interaction, file, replace=replace)
        elif link is not None and file is None:
            await self._changes.add_link(interaction, link)
        else:
            raise ArticleError(_("Choose a file or a link, or neither to open a form."))

    @app_commands.command(name="remove", description="Remove an article: its file (kept in .removed) or its link")
    @app_commands.describe(article="Its path, title or link")
    async def remove(self, interaction: discord.Interaction[Any], article: str) -> None:
        self._in_flight.join()
        await self._changes.remove(interaction, article)

    @rollback.autocomplete("generation")
    async def generations(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return await self._rollbacks.choices(typed) if self._gate.may_manage_index(interaction) else []

    @remove.autocomplete("article")
    async def articles(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return await self._changes.choices(typed) if self._gate.may_manage_index(interaction) else []
