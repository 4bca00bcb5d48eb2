"""The page of a PDF with a cited sentence, as a picture: a button under *Sources* for each such citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from footnote.errors import ArticleError, FootnoteError
from footnote.models import Citation
from footnote.records.answers import AnswerKey
from footnote_bot.access.own_messages import KEY, require_own_sources
from footnote_bot.access.permissions import require_shown
from footnote_bot.render.quotes import on_its_page
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.from_below import told
from footnote_bot.views.answer_button import NumberedButton
from footnote_bot.views.host import Host, pressed
from footnote_bot.wire.interactions import acknowledge, show

MOST = 20
"""How many of the 25 buttons that a message can have."""

_FILE = "page.png"


class PageButton(
    NumberedButton, ui.DynamicItem[ui.Button[Any]], template=r"page-picture:(?P<number>[0-9]{1,4}):" + KEY
):
    """Shows the page to the person who pressed it."""

    def __init__(self, answer: AnswerKey, number: int, *, page: int | None = None) -> None:
        label = _("[{number}] Show on page {page}").format(number=number, page=page)
        super().__init__(ui.Button(label=label, custom_id=f"page-picture:{number}:{answer}"))
        self.answer = answer
        self.number = number

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await host.core.review.store.get(self.answer.id)
            if require_own_sources(interaction, record, self.answer):
                await host.privacy.require_sight(interaction, record)
            else:
                require_shown(record)
            citation = next((one for one in with_page(record.shown_citations) if one.number == self.number), None)
            if citation is None:
                raise PictureRefused(_("the footnote is no longer shown"))
            (context,) = await host.contexts.of(record, [citation], reader=interaction.user)
            if context is None:
                raise PictureRefused(_("the article has changed since it was cited, or has been removed"))
            embed, png = await _drawn(host, citation)
            await show(interaction, embed.set_image(url=f"attachment://{_FILE}"), files={_FILE: png})


class PictureRefused(FootnoteError):
    """There is no picture of a page."""

    def __init__(self, reason: object) -> None:
        no_picture = _("There is no picture of this page: {reason}.")
        super().__init__(no_picture.format(reason=told(str(reason))))


def with_page(citations: Sequence[Citation]) -> list[Citation]:
    """The citations from PDF files, but not from an attached one, which is not kept."""
    kept = [one for one in citations if one.page is not None and not one.is_attached]
    return [one for one in kept if one.article_id.lower().endswith(".pdf")]


async def _drawn(host: Host, citation: Citation) -> tuple[discord.Embed, bytes]:
    """Raises PictureRefused."""
    page = citation.page or 1
    try:
        drawn = await host.core.pictures.picture(citation.article_id, citation.version, page, citation.quote)
    except ArticleError as error:
        raise PictureRefused(error) from error
    return on_its_page(citation, is_marked=drawn.is_marked), drawn.png
