"""The buttons under an answer, among them its sources, read in private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from footnote.models import Citation
from footnote.records.answers import AnswerKey, AnswerRecord, Thumb
from footnote_bot.access.own_messages import KEY, require_own_message
from footnote_bot.access.permissions import require_shown
from footnote_bot.access.visibility import is_public
from footnote_bot.page_links import Links
from footnote_bot.render import answers as render
from footnote_bot.translations.catalogue import _
from footnote_bot.views.answer_button import AnswerButton
from footnote_bot.views.deleting import DeleteButton
from footnote_bot.views.feedback import FlagButton, ThumbButton
from footnote_bot.views.further import FurtherButton
from footnote_bot.views.host import pressed
from footnote_bot.views.page_picture import MOST, PageButton, with_page
from footnote_bot.views.person import NeedsPersonButton
from footnote_bot.views.suggesting import SuggestionButton
from footnote_bot.views.teaching import AskPersonButton
from footnote_bot.views.waiting import TellMeButton
from footnote_bot.wire.interactions import acknowledge, show


class SourcesButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"sources:" + KEY):
    """Shows each cited sentence of an answer between its neighbours."""

    def __init__(self, answer: AnswerKey) -> None:
        super().__init__(ui.Button(label=_("Sources"), custom_id=f"sources:{answer}"))
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await host.core.review.store.get(self.answer.id)
            if require_own_message(interaction, record, self.answer):
                await host.privacy.require_sight(interaction, record)
            else:
                require_shown(record)
            readable = await host.collections.of(record, interaction.user)
            citations = tuple(one for one in record.shown_citations if readable.allows(one.article_id))
            shown = replace(record, citations=citations)
            links = host.core.links
            linked = links.with_links(shown) if links else shown
            contexts = await host.contexts.of(record, citations, reader=interaction.user)
            first, *others = render.sources(linked, contexts, withheld=len(record.shown_citations) - len(citations))
            await show(interaction, *first, view=_sources_view(links, record, citations, interaction.client))
            for page in others:
                await interaction.followup.send(embeds=page, ephemeral=True)


def _sources_view(
    links: Links | None, record: AnswerRecord, citations: Sequence[Citation], client: discord.Client
) -> ui.View | None:
    """A link to the answer's page, if it has one (pages are for what every member can read), and to pages of PDFs."""
    view = ui.View(timeout=None)
    if links is not None and is_public(client, record):
        view.add_item(ui.Button(label=_("Open"), url=links.answer(record)))
    for citation in with_page(citations)[:MOST]:
        view.add_item(PageButton(record.key, citation.number, page=citation.page))
    return view if view.children else None


def answer_view(record: AnswerRecord) -> ui.View:
    """The buttons under a posted answer; if only its asker sees it, none that would reveal it to others."""
    view = ui.View(timeout=None).add_item(SourcesButton(record.key)).add_item(FurtherButton(record.key))
    if not record.is_private:
        view.add_item(ThumbButton(record.key, Thumb.UP)).add_item(ThumbButton(record.key, Thumb.DOWN))
        view.add_item(FlagButton(record.key))
        if not record.answered:
            view.add_item(TellMeButton(record.key))
        if not record.answered and record.guild_id is not None and record.has_reviewers:
            view.add_item(AskPersonButton(record.key))
    if record.calls_people:
        view.add_item(NeedsPersonButton(record.key, is_done=record.person_called_at is not None))
    if record.is_question_deleted:
        view.add_item(DeleteButton(record.key))
    for number, question in enumerate(record.suggestions):
        view.add_item(SuggestionButton(record.key, number, question=question, row=2))
    return view
