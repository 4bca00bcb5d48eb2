"""Editing an answer: the button, the form, and lines that a moderator states without a source."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from footnote.errors import ReviewError
from footnote.records.answers import AnswerKey, AnswerRecord
from footnote.records.refusals import AlreadyDecided
from footnote.review.edits import EditableAnswer, as_lines, citing, sources
from footnote.review.revisions import NotGrounded
from footnote_bot.access.own_messages import KEY, answer_of
from footnote_bot.render import panels as render_panel
from footnote_bot.render.cards import refusal
from footnote_bot.render.markdown import width
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.forms import chosen_in, typed_into
from footnote_bot.views.host import pressed
from footnote_bot.views.reviewing import REVISION, ROUND, Press, ReviewControl, pressed_by_moderator
from footnote_bot.views.rulings import MOST_OPTIONS, citation_option
from footnote_bot.wire.interactions import acknowledge, tell

FORM = re.compile(r"edited:" + KEY + ROUND + REVISION)
"""The custom id of a submitted form."""

LONGEST_TEXT = 4000
_LABEL = N_("One claim per line, sentences as [1][2]")
_FIELD = "lines"
_MENU_LABEL = N_("Sentences for lines without numbers")
_MENU = "sentences"


class EditButton(ReviewControl, ui.DynamicItem[ui.Button[Any]], template=r"edit:" + KEY):
    """Opens the form with the answer's claims."""

    def __init__(self, answer: AnswerKey, *, is_answer: bool = True) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_("Edit") if is_answer else _("Answer it"),
            style=discord.ButtonStyle.primary,
            custom_id=f"edit:{answer}",
        )
        super().__init__(button)
        self.answer = answer

    async def acknowledged(self, interaction: discord.Interaction[Any]) -> bool:  # noqa: ARG002
        """A form can only be the first response."""
        return True

    async def act(self, press: Press) -> None:
        record = press.record
        if record.verdict is None:
            await press.interaction.response.send_modal(_form(record))
            return
        await tell(press.interaction, refusal(record, AlreadyDecided(record.verdict)))
        await press.host.posting.show_verdict(record)


class StateButton(
    ReviewControl,
    ui.DynamicItem[ui.Button[Any]],
    template=r"state:" + KEY + ROUND + REVISION,
):
    """Uses the text above it, and states the lines that no sentence supports in the moderator's name."""

    def __init__(self, answer: AnswerKey, *, in_round: int, revision: int) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_("State it in my name"),
            style=discord.ButtonStyle.danger,
            custom_id=f"state:{answer}:{in_round}:{revision}",
        )
        super().__init__(button)
        self.answer = answer
        self.in_round = in_round
        self.revision = revision

    async def act(self, press: Press) -> None:
        work = press.host.core.revisions.edit(
            self.answer.id,
            _text_above(press.interaction),
            moderator_id=press.moderator_id,
            revision=self.revision,
            in_round=self.in_round,
            in_own_name=True,
        )
        record = await press.done(work)
        await press.interaction.edit_original_response(view=None)
        await press.host.posting.show_verdict(record)


async def take_form(interaction: discord.Interaction[Any], filled_in: re.Match[str]) -> None:
    """The text becomes the answer if sentences support it; otherwise the moderator sees which lines are not
    supported.
    """
    async with pressed(interaction) as host:
        if await acknowledge(interaction):
            await _edit(await pressed_by_moderator(interaction, host, answer_of(filled_in)), filled_in)


async def _edit(press: Press, filled_in: re.Match[str]) -> None:
    interaction, answer = press.interaction, answer_of(filled_in)
    in_round, revision = (int(filled_in[name]) for name in ("in_round", "revision"))
    text = citing(typed_into(interaction, _FIELD), map(int, chosen_in(interaction, _MENU)), press.record)
    _require_room(text)
    work = press.host.core.revisions.edit(
        answer.id, text, moderator_id=press.moderator_id, revision=revision, in_round=in_round
    )
    try:
        record = await press.done(work)
    except NotGrounded as refused:
        # The text is in the message itself, so that the button finds it after a restart too.
        view = ui.View(timeout=None).add_item(StateButton(answer, in_round=in_round, revision=revision))
        line = render_panel.not_grounded(refused.failures)
        embed = discord.Embed(title=_("Your text"), description=text)
        await interaction.followup.send(line, embed=embed, view=view, ephemeral=True)
    else:
        await press.host.posting.show_verdict(record)


def _form(record: AnswerRecord) -> ui.Modal:
    """Raises ReviewError when the answer is too long for Discord's forms.

    discord.py does not keep it: submissions are found by their custom id (see cogs/forms.py), also after a restart.
    """
    lines = as_lines(record)
    _require_room(lines.text)
    title = _("Edit answer {number}").format(number=record.id)
    form = ui.Modal(title=title, custom_id=f"edited:{record.key}:{record.round}:{record.revision}")
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=_FIELD, style=discord.TextStyle.paragraph, default=lines.text or None, max_length=LONGEST_TEXT
    )
    form.add_item(ui.Label(text=_(_LABEL), component=field))
    if menu := _menu(record, lines):
        form.add_item(ui.Label(text=_(_MENU_LABEL), component=menu))
    form.add_item(ui.TextDisplay(render_panel.numbered_sources(record)))
    form.stop()
    return form


def _menu(record: AnswerRecord, lines: EditableAnswer) -> ui.Select[Any] | None:
    """The sentences that may be cited, as many as fit into a menu."""
    offered = sources(record)[:MOST_OPTIONS]
    if not offered:
        return None
    options = [citation_option(citation, is_chosen=citation.number in lines.numbers) for citation in offered]
    return ui.Select(custom_id=_MENU, options=options, required=False, min_values=0, max_values=len(options))


def _require_room(text: str) -> None:
    if width(text) > LONGEST_TEXT:
        too_long = _("This answer is too long to edit: Discord's forms hold {n} characters. Reject it instead.")
        raise ReviewError(too_long.format(n=LONGEST_TEXT))


def _text_above(interaction: discord.Interaction[Any]) -> str:
    embeds = interaction.message.embeds if interaction.message else []
    return (embeds[0].description if embeds else None) or ""
