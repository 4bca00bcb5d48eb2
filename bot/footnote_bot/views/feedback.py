"""What readers say about an answer: a thumb up or down, with a comment, and a flag."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from footnote.records.answers import AnswerKey, Thumb
from footnote_bot.access.gate import Gated
from footnote_bot.access.own_messages import KEY, answer_of
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import in_public
from footnote_bot.views.answer_button import AnswerButton, shown_answer
from footnote_bot.views.host import Host, pressed
from footnote_bot.wire.interactions import acknowledge, open_form, tell

LONGEST_COMMENT = 500

_SECONDS_TO_WRITE = 900.0
_SIGNS = {Thumb.UP: "👍", Thumb.DOWN: "👎"}
_SAID = {
    Thumb.UP: N_("Thanks, your 👍 is counted. Press it again to undo it."),
    Thumb.NONE: N_("Your vote is removed."),
}
_OFTEN_WRONG = {
    True: (
        N_("It is not what was asked"),
        N_("A source does not say that"),
        N_("It is out of date"),
        N_("Something is missing"),
    ),
    False: (N_("The articles do answer this"), N_("The question was misunderstood")),
}
"""By whether it was answered."""
_FLAG_TAKEN_BACK = N_("Your flag is removed.")
_FLAGGED = N_("Thanks, the moderators will see it. Press *Flag* again to undo it.")
_NOBODY_REVIEWS = N_("Your flag is stored, but nobody reviews answers here.")


class ThumbButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"thumb:(?P<thumb>UP|DOWN):" + KEY):
    """Counts a vote; a thumb down opens a form that asks what is wrong."""

    def __init__(self, answer: AnswerKey, thumb: Thumb) -> None:
        super().__init__(ui.Button(label=_SIGNS[thumb], custom_id=f"thumb:{thumb.name}:{answer}"))
        self.answer = answer
        self.thumb = thumb

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(answer_of(match), Thumb[match["thumb"]])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """A form can only be the first response, so the vote is stored before it, which takes milliseconds."""
        async with pressed(interaction) as host:
            record = await shown_answer(host, interaction, self.answer)
            clicked_at = interaction.created_at
            thumb = await host.core.stores.feedback.vote(self.answer.id, interaction.user.id, self.thumb, clicked_at)
            host.show_changes(interaction.guild_id)
            if thumb is Thumb.DOWN:
                await open_form(interaction, CommentForm(self.answer, is_answer=record.answered))
            elif await acknowledge(interaction, ephemeral=True, thinking=True):
                await tell(interaction, _(_SAID[thumb]))


class CommentForm(Gated, ui.Modal):
    """What is wrong with an answer: chosen from common reasons, and in a reader's own words."""

    def __init__(self, answer: AnswerKey, *, is_answer: bool = True) -> None:
        super().__init__(title=_("Your vote is counted"), timeout=_SECONDS_TO_WRITE)
        self.answer = answer
        options = [discord.CheckboxGroupOption(label=_(reason), value=reason) for reason in _OFTEN_WRONG[is_answer]]
        self.reasons: ui.CheckboxGroup[Any] = ui.CheckboxGroup(
            options=options, required=False, min_values=0, max_values=len(options)
        )
        self.comment: ui.TextInput[Any] = ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=LONGEST_COMMENT, required=False
        )
        self.add_item(ui.Label(text=_("Choose what applies"), component=self.reasons))
        description = _("Moderators read this, without your name. You can leave it empty.")
        what = _("What is wrong with the answer?")
        self.add_item(ui.Label(text=what, description=description, component=self.comment))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            with in_public():  # moderators read it
                reasons = ", ".join(map(_, self.reasons.values))
            if comment := ": ".join(filter(None, [reasons, self.comment.value.strip()])):
                await host.core.stores.feedback.comment(self.answer.id, interaction.user.id, comment)
                host.show_changes(interaction.guild_id)
            await tell(interaction, _("Thanks, your 👎 is counted. Press it again to undo it."))


class FlagButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"flag:" + KEY):
    """Sends an answer to the moderators at once."""

    def __init__(self, answer: AnswerKey) -> None:
        super().__init__(ui.Button(label=_("Flag"), custom_id=f"flag:{answer}"))
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            await shown_answer(host, interaction, self.answer)
            clicked_at = interaction.created_at
            is_flagged = await host.core.stores.feedback.flag(self.answer.id, interaction.user.id, clicked_at)
            host.show_changes(interaction.guild_id)
            is_reviewed = await _is_reviewed(host, interaction.guild_id)
            flagged = _FLAGGED if is_reviewed else _NOBODY_REVIEWS
            await tell(interaction, _(flagged if is_flagged else _FLAG_TAKEN_BACK))


async def _is_reviewed(host: Host, guild_id: int | None) -> bool:
    return guild_id is not None and await host.core.review.store.review_channel(guild_id) is not None
