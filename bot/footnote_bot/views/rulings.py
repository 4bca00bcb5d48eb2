"""Judging single citations: a menu under the card, and a panel that only the moderator sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from footnote.models import Candidate, Citation
from footnote.records.answers import AnswerKey, AnswerRecord, Ruling
from footnote.review.revisions import sentence_key
from footnote_bot.access.own_messages import KEY
from footnote_bot.citation_format import reader_date
from footnote_bot.render import panels as render_panel
from footnote_bot.render.markdown import cut
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.reviewing import NUMBER, REVISION, Press, ReviewControl

_LABELS = {Ruling.RIGHT: N_("Right"), Ruling.WRONG: N_("Wrong")}
MOST_OPTIONS = 25
_LONGEST_OPTION = 100


class JudgeSelect(ReviewControl, ui.DynamicItem[ui.Select[Any]], template=r"judge:" + KEY):
    """Opens the panel of a citation."""

    is_private = True

    def __init__(self, answer: AnswerKey, citations: Sequence[Citation] = ()) -> None:
        menu: ui.Select[Any] = ui.Select(
            placeholder=_("Judge a citation…"),
            custom_id=f"judge:{answer}",
            options=[citation_option(citation) for citation in citations[:MOST_OPTIONS]],
        )
        super().__init__(menu)
        self.answer = answer

    async def act(self, press: Press) -> None:
        await _show_panel(press, press.record, int(self.item.values[0]))


class RulingButton(
    ReviewControl,
    ui.DynamicItem[ui.Button[Any]],
    template=r"ruling:(?P<ruling>right|wrong):" + KEY + NUMBER + REVISION,
):
    """Rules a citation right or wrong, as it was in that revision."""

    def __init__(self, answer: AnswerKey, number: int, ruling: Ruling, *, revision: int) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_(_LABELS[ruling]),
            style=discord.ButtonStyle.success if ruling is Ruling.RIGHT else discord.ButtonStyle.danger,
            custom_id=f"ruling:{ruling.value}:{answer}:{number}:{revision}",
        )
        super().__init__(button)
        self.answer = answer
        self.number = number
        self.ruling = ruling
        self.revision = revision

    async def act(self, press: Press) -> None:
        work = press.host.core.verdicts.rule(
            self.answer.id, self.number, self.ruling, moderator_id=press.moderator_id, revision=self.revision
        )
        await _show_changed(press, await press.done(work), self.number)


class TakeBackButton(ReviewControl, ui.DynamicItem[ui.Button[Any]], template=r"takeback:" + KEY + NUMBER):
    """Undoes the ruling on a citation, and the better sentence that came with it."""

    def __init__(self, answer: AnswerKey, number: int) -> None:
        super().__init__(ui.Button(label=_("Take back"), custom_id=f"takeback:{answer}:{number}"))
        self.answer = answer
        self.number = number

    async def act(self, press: Press) -> None:
        work = press.host.core.verdicts.take_back(self.answer.id, self.number, moderator_id=press.moderator_id)
        await _show_changed(press, await press.done(work), self.number)


class BetterButton(ReviewControl, ui.DynamicItem[ui.Button[Any]], template=r"better:" + KEY + NUMBER):
    """Looks for sentences that support better what a citation is cited for."""

    def __init__(self, answer: AnswerKey, number: int) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_("Better sentence"), style=discord.ButtonStyle.primary, custom_id=f"better:{answer}:{number}"
        )
        super().__init__(button)
        self.answer = answer
        self.number = number

    async def act(self, press: Press) -> None:
        record = press.record
        readable = await press.host.collections.of(record)
        candidates = await press.host.core.revisions.nearest(record, self.number, readable=readable)
        view = ui.View(timeout=None)
        if candidates:
            view.add_item(SentenceSelect(record.key, self.number, candidates, revision=record.revision))
        embed = render_panel.offered(record, self.number, candidates)
        await press.interaction.edit_original_response(embed=embed, view=view)


class SentenceSelect(
    ReviewControl,
    ui.DynamicItem[ui.Select[Any]],
    template=r"sentence:" + KEY + NUMBER + REVISION,
):
    """Puts the chosen sentence under the citation's number."""

    def __init__(self, answer: AnswerKey, number: int, candidates: Sequence[Candidate] = (), *, revision: int) -> None:
        menu: ui.Select[Any] = ui.Select(
            placeholder=_("Choose a better sentence…"),
            custom_id=f"sentence:{answer}:{number}:{revision}",
            options=[_offer(at, candidate) for at, candidate in enumerate(candidates, start=1)],
        )
        super().__init__(menu)
        self.answer = answer
        self.number = number
        self.revision = revision

    async def act(self, press: Press) -> None:
        work = press.host.core.revisions.replace(
            self.answer.id,
            self.number,
            self.item.values[0],
            moderator_id=press.moderator_id,
            revision=self.revision,
            readable=await press.host.collections.of(press.record),
        )
        await _show_changed(press, await press.done(work), self.number)


async def _show_changed(press: Press, record: AnswerRecord, number: int) -> None:
    await _show_panel(press, record, number)
    await press.host.posting.show_verdict(record)


async def _show_panel(press: Press, record: AnswerRecord, number: int) -> None:
    """Replaces "thinking", or the previous panel."""
    cited = [citation for citation in record.citations if citation.number == number]
    [context] = await press.host.contexts.of(record, cited) or [None]
    embed = render_panel.panel(record, number, context)
    await press.interaction.edit_original_response(embed=embed, view=_panel_view(record, number))


def _panel_view(record: AnswerRecord, number: int) -> ui.View:
    """Buttons that would be refused are disabled."""
    view = ui.View(timeout=None)
    is_there = any(number == citation.number for citation in record.citations)
    if record.verdict is not None or not record.answered or not is_there:
        return view
    if any(one.number == number for one in record.rulings):
        view.add_item(TakeBackButton(record.key, number))
    else:
        for ruling in Ruling:
            view.add_item(RulingButton(record.key, number, ruling, revision=record.revision))
    return view.add_item(BetterButton(record.key, number))


def citation_option(citation: Citation, *, is_chosen: bool = False) -> discord.SelectOption:
    """An entry in a menu of the sentences that an answer cites."""
    return discord.SelectOption(
        default=is_chosen,
        label=cut(f"[{citation.number}] {citation.quote}", _LONGEST_OPTION),
        value=str(citation.number),
        description=cut(citation.title, _LONGEST_OPTION) or None,
    )


def _offer(at: int, candidate: Candidate) -> discord.SelectOption:
    article = candidate.article
    about = " · ".join(filter(None, [article.title, reader_date(article.published) if article.published else ""]))
    return discord.SelectOption(
        label=cut(f"{at}. {candidate.quote}", _LONGEST_OPTION),
        value=sentence_key(candidate),
        description=cut(about, _LONGEST_OPTION) or None,
    )
