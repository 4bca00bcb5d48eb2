"""Answers in the reader's language: shows that they are translated, and the original claims. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from footnote.models import Claim
from footnote_bot.citation_format import TRANSLATED, marked, translated
from footnote_bot.render.markdown import fit, width
from footnote_bot.render.quotes import fair_shares
from footnote_bot.translations.catalogue import _

_LONGEST_ORIGINALS = 1200
_FRAME = width("\n> ")


def originals(claims: Sequence[Claim]) -> str:
    """Below an answer: the claims that it shows translated, in the language of the articles; empty if there are
    none.
    """
    lines = [*map(marked, translated(claims))]
    if not lines:
        return ""
    room = _LONGEST_ORIGINALS - _FRAME * len(lines)
    shares = fair_shares([width(fit(line, room)) for line in lines], room)
    quoted = "".join(f"\n> {fit(line, share)}" for line, share in zip(lines, shares, strict=True))
    return f"\n*{_(TRANSLATED)}*{quoted}"


def shown_as(claim: Claim, room: int) -> str:
    """Below a claim on a card: its translation, in this much room; empty if there is none."""
    if not claim.translation:
        return ""
    beginning = "\n> *" + _("Shown translated:") + "* "
    return beginning + fit(claim.translation, room - width(beginning))
