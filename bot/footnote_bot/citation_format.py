"""How footnotes are written, in Discord and the terminal: superscript numbers, dates, bylines, and foreign text made
harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from footnote.models import Citation, Claim
from footnote_bot.translations.catalogue import N_, _, decimal, plural, written
from footnote_bot.translations.dates import long_date
from footnote_index.building.reports import Expense, Foreign

STATED = N_("(stated by a moderator)")
"""Follows a claim that a moderator states in their own name, and that no sentence supports."""

TRANSLATED = N_("Translated by a language model from:")
"""Comes once, above the claims that an answer shows translated."""

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"

# Control characters, halves of surrogate pairs, and characters that change the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def on_one_line(text: str) -> str:
    """The text with single spaces, and without characters that control a terminal or a line's direction."""
    return " ".join(_UNSEEN.sub("", text).split())


# All of those, and what else moves the cursor, except line ends and tabs.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)


def visible(text: str) -> str:
    """The text with its lines, and with a visible sign for each character that controls a terminal: ␛ for escape."""
    return _STEERING.sub(lambda found: _sign(ord(found[0])), text)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def superscript(number: int) -> str:
    """12 -> ¹²."""
    return str(number).translate(_SUPERSCRIPTS)


def superscripts(numbers: Iterable[int]) -> str:
    """1, 2 -> ¹ ²."""
    return _NARROW_SPACE.join(map(superscript, numbers))


def annotated(claims: Sequence[Claim]) -> str:
    """The answer as readers see it, each claim followed by the numbers of its citations: `Kabul fell.¹ ²`."""
    stated = f" {_(STATED)}"
    return " ".join(one.shown + _numbers(one) + (stated if one.stated_by is not None else "") for one in claims)


def marked(claim: Claim) -> str:
    """A claim in the language of its sentences, followed by the numbers of its citations."""
    return claim.text + _numbers(claim)


def translated(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that readers see in another language."""
    return [claim for claim in claims if claim.translation]


def _numbers(claim: Claim) -> str:
    return superscripts(dict.fromkeys(citation.number for citation in claim.citations))


def reader_date(day: date) -> str:
    """6 September 2021."""
    return long_date(day)


def counted(number: int, thing: str) -> str:
    """1 article, 2 articles."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def priced(expense: Expense) -> str:
    """About 12,000 tokens (about $0.24), without a price if none is known or charged."""
    tokens = _("about {tokens} tokens").format(tokens=written(expense.tokens))
    if not expense.dollars:
        return tokens
    if expense.dollars < 0.01:
        return _("{tokens} (less than $0.01)").format(tokens=tokens)
    return _("{tokens} (about ${dollars})").format(tokens=tokens, dollars=decimal(expense.dollars, 2))


def byline(citation: Citation) -> str:
    """Source and date, if the article has them: `Reuters · 6 September 2021`."""
    parts = (citation.source, reader_date(citation.published) if citation.published else None)
    return " · ".join(part for part in parts if part)


def closest(citations: Iterable[Citation]) -> list[Citation]:
    """The sentences shown when the articles do not answer: rows of tables in words, as answers say them."""
    return [replace(citation, quote=citation.as_read) for citation in citations]


def section_path(citations: Iterable[Citation]) -> str:
    """The place in an article with headings: `Installation > Disk space`; empty if citations are in several places."""
    paths = {citation.sections for citation in citations}
    return " > ".join(next(iter(paths))) if len(paths) == 1 else ""


def page_marks(citations: Iterable[Citation]) -> str:
    """The place in an article with pages: `p. 12` or `pp. 12, 14`; empty for one without."""
    pages = [*dict.fromkeys(citation.page for citation in citations if citation.page)]
    abbreviation = _("pp.") if len(pages) > 1 else _("p.")
    return f"{abbreviation} {', '.join(map(str, pages))}" if pages else ""


def other_languages(found: Foreign) -> str:
    """What a build says about articles in languages that its embedder does not know."""
    return plural(
        "{n} of {all} is not in English, but the embedder {embedder} only understands English. Set "
        "FOOTNOTE_EMBEDDER=multilingual: docs/languages.md says how.",
        "{n} of {all} are not in English, but the embedder {embedder} only understands English. Set "
        "FOOTNOTE_EMBEDDER=multilingual: docs/languages.md says how.",
        found.articles,
        all=plural("{n} new or changed article", "{n} new or changed articles", found.of),
        embedder=found.embedder,
    )
