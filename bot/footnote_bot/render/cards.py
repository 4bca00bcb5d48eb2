"""A record as its review card: everything needed for a verdict, and what moderators have said so far. Pure; the output
never exceeds Discord's limits.

All lengths are in UTF-16 code units, including escapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import discord
from discord.utils import format_dt

from footnote.errors import ReviewError
from footnote.models import NO_ANSWER, Citation, Claim
from footnote.records.answers import AnswerRecord, CitationRuling, Hold, Ruling, Verdict
from footnote.records.refusals import AlreadyDecided, AlreadyRevised, AlreadyRuled
from footnote_bot.citation_format import closest, marked, superscript
from footnote_bot.render.answers import (
    CLOSEST,
    EMBED_LIMIT,
    FIELDS_LIMIT,
    headed,
    inside,
    remark,
    room_for_text,
    runs,
    size,
)
from footnote_bot.render.feedback import feedback
from footnote_bot.render.markdown import escape, fit, width
from footnote_bot.render.originals import shown_as
from footnote_bot.render.quotes import (
    REMARKS,
    TITLE_LIMIT,
    VALUE_LIMIT,
    Quoting,
    add_fields,
    fair_shares,
    fit_lines,
    heading,
    origin,
)
from footnote_bot.render.review_state import warning, words
from footnote_bot.translations.catalogue import N_, _, percent
from footnote_bot.translations.from_below import told
from footnote_bot.wire.mentions import mention
from footnote_index.context import Context

_MOST_LINES = 30  # claims with a line of their own
_LONGEST_RULINGS = 600
_BOLD = 4  # units that asterisks take
_QUOTE = "> "
_NOT_TELLING = ("Confidence", N_("Confidence in an answer"), "Claims", "Held", "Sources", "Rulings", "Verdict")
"""Facts on a card that reveal neither question nor answer nor asker, by their English names: in another language, one
that reveals something may be called the same.
"""

_RULED = {
    Ruling.RIGHT: N_("{number} right, according to {by}."),
    Ruling.WRONG: N_("{number} wrong, according to {by}."),
}
_MARKS = {None: "", Ruling.RIGHT: "✓ ", Ruling.WRONG: "✗ "}


def card(record: AnswerRecord, contexts: Sequence[Context | None]) -> discord.Embed:
    """`contexts` matches `record.citations` one by one; None if the article has changed since."""
    embed = headed(record.question, record.verdict.decision if record.verdict else None)
    embed.set_footer(text=f"#{record.id} · {_state(record)}")
    if fit(record.question, TITLE_LIMIT) != escape(record.question):
        embed.add_field(name=_("The whole question"), value=fit(record.question, VALUE_LIMIT), inline=False)
    facts = [(_(name), value) for name, value in _facts(record)]
    reserved = sum(width(name + value) for name, value in facts)
    fields = _quoted(record, contexts)
    embed.description = _said(record, room_for_text(embed, fields, reserved=reserved))
    slots = FIELDS_LIMIT - len(embed.fields) - len(facts)
    add_fields(embed, fields, room=EMBED_LIMIT - size(embed) - reserved, slots=slots)
    for name, value in facts:
        embed.add_field(name=name, value=value, inline=False)
    return embed


def hidden_card(record: AnswerRecord) -> discord.Embed:
    """What moderators see of an answer from a channel that not all of them can read: nothing that was said there."""
    title = _("An answer in a channel that not everyone here can read")
    embed = headed(title, record.verdict.decision if record.verdict else None)
    embed.set_footer(text=f"#{record.id} · {_state(record)}")
    for name, value in _facts(record):
        if name in _NOT_TELLING:
            embed.add_field(name=_(name), value=value, inline=False)
    return embed


def refusal(record: AnswerRecord, error: ReviewError) -> str:
    """What a moderator reads whose click had no effect: who was first, if somebody was."""
    match error:
        case AlreadyDecided():
            return _("{verdict} The first verdict counts.").format(verdict=_verdict(record, error.verdict))
        case AlreadyRuled():
            return _("Citation {ruling} The first ruling counts.").format(ruling=ruling_line(error.ruling))
        case AlreadyRevised() if error.moderator_id is not None:
            line = _("{moderator} has changed answer {number} in the meantime. Read its card again.")
            return line.format(moderator=mention(error.moderator_id), number=record.id)
    return told(str(error))


def ruling_line(ruling: CitationRuling) -> str:
    by = f"{mention(ruling.moderator_id)} {format_dt(ruling.ruled_at, 'R')}"
    return _(_RULED[ruling.ruling]).format(number=superscript(ruling.number), by=by)


@dataclass(frozen=True)
class _Quoted:
    """A cited sentence between its neighbours, marked with what a moderator said about it."""

    citation: Citation
    context: Context | None
    ruling: Ruling | None

    @property
    def citations(self) -> tuple[Citation, ...]:
        return (self.citation,)

    @property
    def name(self) -> str:
        return _MARKS[self.ruling] + heading(self.citation)

    @property
    def frame(self) -> int:
        return width(self.name + _QUOTE + self._end)

    @cached_property
    def wanted(self) -> list[int]:
        return [width(self._inside(VALUE_LIMIT - width(_QUOTE + self._end)))]

    def value(self, shares: Sequence[int]) -> str:
        return _QUOTE + self._inside(shares[0]) + self._end

    def _inside(self, room: int) -> str:
        """The neighbours are shortened first."""
        quote = fit(self.citation.quote, room - _BOLD)
        context = self.context or Context("", self.citation.quote, "")
        return inside(context, quote, room - width(quote) - _BOLD) if quote else ""

    @property
    def _end(self) -> str:
        left = REMARKS.get(self.citation.status)
        return (f"\n⚠ {_(left)}" if left else "") + origin(self.citation)


def _quoted(record: AnswerRecord, contexts: Sequence[Context | None]) -> list[Quoting]:
    ruled = {one.number: one.ruling for one in record.rulings}
    shown = record.citations if record.answered else closest(record.citations)
    cited = zip(shown, record.citations, contexts, strict=True)  # a row in words: without its neighbours, rows too
    return [_Quoted(one, near if one == quoted else None, ruled.get(one.number)) for one, quoted, near in cited]


def _state(record: AnswerRecord) -> str:
    if record.verdict is None:
        return _("waiting for a verdict")
    return _("corrected") if record.is_corrected else words(record, record.verdict).card


def _said(record: AnswerRecord, limit: int) -> str:
    """Each claim on its own line, with what the checks said about it."""
    if not record.answered:
        return told(NO_ANSWER) + (_(CLOSEST) if record.citations else "")
    warned = "".join(f"{line}\n" for line in warning(record))
    if len(record.claims) > _MOST_LINES:
        return warned + fit_lines(runs(record.claims), limit - width(warned))
    remarks = [_remark_on(record, one) + shown_as(one, limit // (2 * len(record.claims))) for one in record.claims]
    room = limit - width(warned) - sum(map(width, remarks)) - len(remarks)
    shares = fair_shares([width(fit(marked(claim), room)) for claim in record.claims], room)
    lines = zip(record.claims, shares, remarks, strict=True)
    return warned + "\n".join(fit(marked(claim), share) + said for claim, share, said in lines)


def _remark_on(record: AnswerRecord, claim: Claim) -> str:
    if claim.stated_by is not None:
        return " *(" + _("stated by {moderator}").format(moderator=mention(claim.stated_by)) + ")*"
    wrong = {one.number for one in record.rulings if one.ruling is Ruling.WRONG}
    if wrong.issuperset(citation.number for citation in claim.citations):
        return " *(" + _("not shown: ruled wrong") + ")*"
    return " *(" + _("support {share}").format(share=percent(claim.support)) + ")*"


def _facts(record: AnswerRecord) -> Iterator[tuple[str, str]]:
    """What the card shows below the quotes, as field names (not translated yet) and their values. The link shows the
    channel's name only to those who can see it.
    """
    yield N_("Asked by"), _asked(record)
    if understood := remark(record.understood):
        yield N_("Understood as"), understood
    yield N_("Confidence") if record.answered else N_("Confidence in an answer"), percent(record.confidence)
    if record.misattributed or record.unsupported:
        claims = _("{misattributed} given a better source, {unsupported} dropped")
        yield N_("Claims"), claims.format(misattributed=record.misattributed, unsupported=record.unsupported)
    if note := remark(told(record.note or "")):
        yield N_("Note"), note
    yield from feedback(record.votes)
    if record.earlier is not None:
        yield N_("Sources"), _("Changed after it was {given}.").format(given=_given(record, record.earlier))
    if record.rulings:
        yield N_("Rulings"), _rulings(record.rulings)
    if record.revised_by is not None:
        yield N_("Changed by"), f"{mention(record.revised_by)}"
    if record.held_until is not None and (held := _held(record, record.held_until)):
        yield N_("Held"), held
    if record.verdict is not None:
        yield N_("Verdict"), _verdict(record, record.verdict)


def _asked(record: AnswerRecord) -> str:
    asked = f"{mention(record.asker_id)} {format_dt(record.asked_at, 'f')}"
    if record.posted is None:
        return asked
    guild = record.guild_id or "@me"
    return f"{asked}\nhttps://discord.com/channels/{guild}/{record.posted.channel_id}/{record.posted.message_id}"


def _rulings(rulings: Sequence[CitationRuling]) -> str:
    lines = [ruling_line(one) for one in rulings]
    shown = [line for at, line in enumerate(lines) if sum(map(len, lines[: at + 1])) <= _LONGEST_RULINGS]
    left = len(lines) - len(shown)
    return "\n".join([*shown, _("and {left} more").format(left=left)] if left else shown)


def _held(record: AnswerRecord, until: datetime) -> str | None:
    """What a moderator should know before the verdict; None when there is nothing."""
    if record.verdict is not None:
        return None
    return {
        Hold.WAITING: _("Only moderators see this answer until it is approved, or until {time}.").format(
            time=format_dt(until, "t")
        ),
        Hold.OVERDUE: _("No verdict came in time: the answer is shown, with a note."),
        Hold.CLOSED: _("No verdict came in time; the asker got a message. Approving the answer still shows it."),
    }.get(record.hold or Hold.SHOWN)


def _given(record: AnswerRecord, verdict: Verdict) -> str:
    by = f"{mention(verdict.moderator_id)} {format_dt(verdict.decided_at, 'R')}"
    return _("{verdict} by {by}").format(verdict=words(record, verdict).card, by=by)


def _verdict(record: AnswerRecord, verdict: Verdict) -> str:
    return f"{words(record, verdict).field} {mention(verdict.moderator_id)} {format_dt(verdict.decided_at, 'R')}."
