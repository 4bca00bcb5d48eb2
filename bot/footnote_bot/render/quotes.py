"""Cited sentences as fields of an embed: in full if there is room, or else each with a fair share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import discord

from footnote.models import Citation, CitationStatus
from footnote_bot.citation_format import byline, page_marks, section_path, superscript, superscripts
from footnote_bot.render.markdown import fit, link, width
from footnote_bot.translations.catalogue import N_, _

TITLE_LIMIT = 256
VALUE_LIMIT = 1024

_LEAST_QUOTE = 80
_LONGEST_TITLE = 200
_LONGEST_BYLINE = 150
_LONGEST_PATH = 120
_ALL = N_("Press Sources to read all.")
_REST = 60  # what "and 3 more" takes
REMARKS = {
    CitationStatus.CHANGED: N_("the article has changed since"),
    CitationStatus.GONE: N_("the article has been removed"),
}


class Quoting(Protocol):
    """A field that quotes sentences, each of which can be shortened."""

    @property
    def citations(self) -> tuple[Citation, ...]: ...

    @property
    def name(self) -> str: ...

    @property
    def frame(self) -> int:
        """The room that it takes apart from the quotes."""
        ...

    @property
    def wanted(self) -> list[int]:
        """The room that each quote takes."""
        ...

    def value(self, shares: Sequence[int]) -> str:
        """With this much of each quote."""
        ...


@dataclass(frozen=True, slots=True)
class QuoteField:
    """Consecutive citations from one article: their heading, a line for each, and their source."""

    citations: tuple[Citation, ...]

    @property
    def name(self) -> str:
        return heading(*self.citations)

    @property
    def frame(self) -> int:
        """The room that it takes apart from the quotes."""
        return width(self.name) + self._frame_of_value

    @property
    def wanted(self) -> list[int]:
        """The room that each quote takes."""
        room = VALUE_LIMIT - self._frame_of_value
        return [width(fit(citation.quote, room)) for citation in self.citations]

    @property
    def is_possible(self) -> bool:
        return width(self.name) <= TITLE_LIMIT and self._frame_of_value + sum(self.wanted) <= VALUE_LIMIT

    def value(self, shares: Sequence[int]) -> str:
        """With this much of each quote."""
        lines = zip(self._marks, self.citations, shares, strict=True)
        return "\n".join(mark + fit(citation.quote, share) for mark, citation, share in lines) + self._end

    @property
    def _marks(self) -> list[str]:
        """What each line begins with. The number of a single sentence is in the heading only."""
        if len(self.citations) == 1:
            return ["> "]
        return [f"> {superscript(citation.number)} " for citation in self.citations]

    @property
    def _end(self) -> str:
        """Which of the quotes the article no longer has, where they are, and their source."""
        return "".join(map(self._remark, REMARKS)) + origin(*self.citations)

    def _remark(self, status: CitationStatus) -> str:
        numbers = [citation.number for citation in self.citations if citation.status is status]
        which = f"{superscripts(numbers)} " if len(self.citations) > 1 else ""
        return f"\n⚠ {which}{_(REMARKS[status])}" if numbers else ""

    @property
    def _frame_of_value(self) -> int:
        return width("\n".join(self._marks) + self._end)


def taken(fields: Sequence[Quoting]) -> int:
    """The room that fields take in full, within the limits of a field."""
    return sum(field.frame + sum(field.wanted) for field in fields)


def grouped(citations: Sequence[Citation]) -> list[QuoteField]:
    """Neighbours from the same article together, as long as they fit into a field in full."""
    fields: list[QuoteField] = []
    for citation in citations:
        if fields and _is_same_article(fields[-1].citations[0], citation):
            joined = QuoteField((*fields[-1].citations, citation))
            if joined.is_possible:
                fields[-1] = joined
                continue
        fields.append(QuoteField((citation,)))
    return fields


def add_fields(embed: discord.Embed, fields: Sequence[Quoting], *, room: int, slots: int) -> None:
    """Adds the fields; what does not fit into `room` (in UTF-16 units) and `slots` is counted."""
    if len(fields) > slots or taken(fields) > room:
        room, slots = room - _REST, slots - 1
    shown = fields[: _how_many(fields, room=room, slots=slots)]
    wanted = [want for field in shown for want in field.wanted]
    shares = iter(fair_shares(wanted, room - sum(field.frame for field in shown)))
    for field in shown:
        embed.add_field(name=field.name, value=field.value([*islice(shares, len(field.citations))]), inline=False)
    left = sum(len(field.citations) for field in fields[len(shown) :])
    if left:
        embed.add_field(name=_("and {left} more").format(left=left), value=_(_ALL), inline=False)


def fair_shares(wanted: Sequence[int], room: int) -> list[int]:
    """Shares that fill the room: small quotes get what they need, and the others get equal shares."""
    shares = [0] * len(wanted)
    for done, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[index] = min(wanted[index], room // (len(wanted) - done))
        room -= shares[index]
    return shares


def fit_lines(lines: Sequence[str], limit: int) -> str:
    room = limit - len(lines)
    shares = fair_shares([width(fit(line, room)) for line in lines], room)
    return "\n".join(fit(line, share) for line, share in zip(lines, shares, strict=True))


def heading(*citations: Citation) -> str:
    """The numbers of citations of one article, its title, and the pages if it has pages."""
    title = f"{superscripts(citation.number for citation in citations)} {fit(citations[0].title, _LONGEST_TITLE)}"
    return " · ".join(filter(None, [title, page_marks(citations)]))


def on_its_page(citation: Citation, *, is_marked: bool) -> discord.Embed:
    """For the picture of the page that a sentence is on."""
    embed = discord.Embed(title=heading(citation), description=f"> {fit(citation.quote, VALUE_LIMIT)}")
    return embed if is_marked else embed.set_footer(text=_("The sentence could not be marked on the page."))


def origin(*citations: Citation) -> str:
    """The headings above citations from one article, and its source, date and link, as far as it has them, each line
    after a line break.
    """
    first, path = citations[0], section_path(citations)
    place = _("in *{headings}*").format(headings=fit(path, _LONGEST_PATH)) if path else ""
    lines = (place, fit(byline(first), _LONGEST_BYLINE), link(first.url))
    return "".join(f"\n{line}" for line in lines if line)


def _is_same_article(one: Citation, other: Citation) -> bool:
    return (one.article_id, one.version) == (other.article_id, other.version)


def _how_many(fields: Sequence[Quoting], *, room: int, slots: int) -> int:
    """How many of them have a slot and room for the first words of their quotes."""
    for count, field in enumerate(fields[:slots]):
        room -= field.frame + sum(min(want, _LEAST_QUOTE) for want in field.wanted)
        if room < 0:
            return count
    return min(len(fields), slots)
