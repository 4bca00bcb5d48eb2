"""/review: the queue, the statistics and the export; and /why: how an answer was made."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import UnknownAnswer
from footnote.records.answers import AnswerRecord
from footnote.records.overview import QueueState
from footnote.review.recording import utc_now
from footnote.review.verdicts import Verdicts
from footnote.stores import Stores
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.permissions import NotAllowed, is_moderator, require_moderator
from footnote_bot.access.visibility import can_see, is_public
from footnote_bot.audit import Audit, actor_of
from footnote_bot.page_links import Links
from footnote_bot.posts.posting import Posting
from footnote_bot.posts.queues import Queues
from footnote_bot.render import overview as render_overview
from footnote_bot.render.figures import span
from footnote_bot.render.plots import plotted
from footnote_bot.server_records.counting import VectorsOf, count
from footnote_bot.server_records.exporting import ExportForm, exported, whole
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import ENGLISH, speaking
from footnote_bot.views.host import QueuePlace
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, show, tell

ONLY_OWN = N_("Only the person who asked a question, and moderators, can see how its answer was made.")

_LARGEST_ID = 10**15
_SPANS: list[app_commands.Choice[int]] = [
    app_commands.Choice(name=name, value=days) for name, days in (("7", 7), ("30", 30), ("90", 90), ("all", 0))
]
_FORMS: list[app_commands.Choice[str]] = [app_commands.Choice(name=form.value, value=form.value) for form in ExportForm]
_STATES = [app_commands.Choice(name=state.value, value=state.value) for state in QueueState]


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class ReviewCog(commands.GroupCog, group_name="review", group_description="Answers and their review"):
    """For members with Manage Messages or the moderators' role, which is checked where each command is carried out.
    Discord shows them to the former; a manager can show them to the role in Server Settings > Integrations.
    """

    def __init__(
        self,
        stores: Stores,
        queues: Queues,
        verdicts: Verdicts,
        posting: Posting,
        audit: Audit,
        in_flight: InFlight,
        *,
        vectors_of: VectorsOf | None,
    ) -> None:
        super().__init__()
        self._verdicts = verdicts
        self._posting = posting
        self._stores = stores
        self._queues = queues
        self._audit = audit
        self._in_flight = in_flight
        self._vectors_of = vectors_of

    @app_commands.command(name="queue", description="Answers that are waiting for a verdict, oldest first")
    @app_commands.describe(state="Which answers; leave empty for open ones", channel="Only questions from this channel")
    @app_commands.choices(state=_STATES)
    async def queue(
        self,
        interaction: discord.Interaction[Any],
        state: app_commands.Choice[str] | None = None,
        channel: discord.TextChannel | discord.Thread | None = None,
    ) -> None:
        if await self._begins(interaction):
            chosen = QueueState(state.value) if state else QueueState.OPEN
            await self._queues.show(interaction, QueuePlace(chosen, channel.id if channel else 0))

    @app_commands.command(
        name="stats", description="Answers, verdicts and unanswered questions of recent days, with a chart"
    )
    @app_commands.describe(days="How many days to look back; leave empty for 30")
    @app_commands.choices(days=_SPANS)
    async def stats(self, interaction: discord.Interaction[Any], days: app_commands.Choice[int] | None = None) -> None:
        if await self._begins(interaction):
            found = await count(
                self._stores.overview,
                interaction.guild_id,
                days=_days(days),
                now=utc_now(),
                gap_channels=await self._queues.visible(interaction),
                vectors_of=self._vectors_of,
            )
            picture = await asyncio.to_thread(plotted, found)
            embed = render_overview.statistics(found, title=_("Answers and their review"), with_picture=True)
            await show(interaction, embed, files={render_overview.PICTURE: picture})

    @app_commands.command(name="export", description="Answers and verdicts as a file that only you can see")
    @app_commands.rename(form="format")
    @app_commands.describe(
        form="JSON lines or a table; leave empty for jsonl", days="How many days to look back; leave empty for 30"
    )
    @app_commands.choices(form=_FORMS)
    @app_commands.choices(days=_SPANS)
    async def export(
        self,
        interaction: discord.Interaction[Any],
        form: app_commands.Choice[str] | None = None,
        days: app_commands.Choice[int] | None = None,
    ) -> None:
        if await self._begins(interaction):
            chosen, last = ExportForm(form.value if form else ExportForm.JSONL), _days(days)
            records = self._stores.overview.records(
                interaction.guild_id,
                since=utc_now() - timedelta(days=last) if last else None,
                channels=await self._queues.visible(interaction),
            )
            content = await whole(exported(records, chosen), limit=interaction.filesize_limit)
            with speaking(ENGLISH):  # like everything in the audit
                await self._audit.note(actor_of(interaction), "export", f"{span(last)}, as {chosen.value}")
            embed = discord.Embed(
                description=_("Answers in channels that you can see: {span}.").format(span=span(last))
            )
            await show(interaction, embed, files={f"footnote.{chosen.value}": content})

    @app_commands.command(name="undo", description="Undo the verdict on an answer, however old it is")
    @app_commands.rename(number="id")
    @app_commands.describe(number="The number below the answer: 12 for #12")
    async def undo(
        self, interaction: discord.Interaction[Any], number: app_commands.Range[int, 1, _LARGEST_ID]
    ) -> None:
        self._in_flight.join()
        if await acknowledge(interaction, ephemeral=True):
            record = await self._stores.answers.get(number)
            if record.guild_id != interaction.guild_id:
                raise UnknownAnswer(number)
            await require_moderator(interaction, self._stores.policies, asked_in=record.channel_id)
            if not await can_see(interaction, record.channel_id):
                raise NotAllowed(_("This was asked in a channel that you cannot see."))
            record = await self._verdicts.reopen(number, moderator_id=interaction.user.id)
            await self._posting.show_verdict(record)
            undone = _("The verdict on answer #{number} is undone. The answer is open for review again.")
            await tell(interaction, undone.format(number=number))

    async def _begins(self, interaction: discord.Interaction[Any]) -> bool:
        """For what concerns the whole server. False when the interaction needs no answer. Raises NotAllowed."""
        self._in_flight.join()
        if not await acknowledge(interaction, ephemeral=True):
            return False
        await require_moderator(interaction, self._stores.policies)
        return True


class WhyCog(commands.Cog):
    """For those who may review, and for the asker."""

    def __init__(
        self, stores: Stores, collections: CollectionAccess, in_flight: InFlight, links: Links | None = None
    ) -> None:
        self._collections = collections
        self._links = links
        self._stores = stores
        self._in_flight = in_flight

    @app_commands.command(name="why", description="How an answer was made: what was found, checked and dropped")
    @app_commands.rename(number="id")
    @app_commands.describe(number="The number below the answer: 12 for #12")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def why(self, interaction: discord.Interaction[Any], number: app_commands.Range[int, 1, _LARGEST_ID]) -> None:
        self._in_flight.join()
        if not await acknowledge(interaction, ephemeral=True):
            return
        record = await self._stores.answers.get(number)
        await self._require_may_see(interaction, record)
        readable = await self._collections.of(record, interaction.user)
        receipt = await self._stores.receipts.get(number)
        first, *others = render_overview.receipt(record, receipt.within(readable) if receipt else None)
        await show(interaction, *first, view=self._way_to_page(interaction, record))
        for page in others:
            await interaction.followup.send(embeds=page, ephemeral=True)

    def _way_to_page(self, interaction: discord.Interaction[Any], record: AnswerRecord) -> discord.ui.View | None:
        """A link to the answer's page with its receipt, if it has a page: everybody who gets here may see both."""
        if self._links is None or record.is_withheld or not is_public(interaction.client, record):
            return None
        return discord.ui.View().add_item(discord.ui.Button(label=_("Open"), url=self._links.receipt(record)))

    async def _require_may_see(self, interaction: discord.Interaction[Any], record: AnswerRecord) -> None:
        """Raises NotAllowed; UnknownAnswer for one of another server."""
        if record.guild_id != interaction.guild_id:
            raise UnknownAnswer(record.id)
        policies = self._stores.policies
        if record.asker_id != interaction.user.id:
            if record.is_private or not await is_moderator(interaction, policies, asked_in=record.channel_id):
                raise NotAllowed(_(ONLY_OWN))
        elif record.is_withheld and not await is_moderator(interaction, policies, asked_in=record.channel_id):
            raise NotAllowed(_("A moderator has to review this answer first."))
        if record.guild_id is not None and not await can_see(interaction, record.channel_id):
            raise NotAllowed(_("This was asked in a channel that you cannot see."))


def _days(choice: app_commands.Choice[int] | None) -> int | None:
    """None: all."""
    return 30 if choice is None else choice.value or None
