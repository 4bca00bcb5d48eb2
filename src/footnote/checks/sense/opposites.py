"""Pairs of words that reverse a statement when one replaces the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from footnote.checks.verbs import BASE_FORMS

_PAIRS = (
    "increase/decrease rise/fall rose/fell up/down more/less more/fewer higher/lower won/lost win/lose before/after "
    "first/last accept/reject allow/ban open/close opened/closed began/ended start/stop success/failure "
    "supported/opposed best/worst largest/smallest guilty/innocent alive/dead true/false"
)
_FURTHER_PAIRS = (
    "larger/smaller greater/smaller bigger/smaller greatest/smallest biggest/smallest major/minor older/younger "
    "oldest/youngest earlier/later early/late earliest/latest former/current northern/southern eastern/western "
    "north/south east/west left/right richer/poorer stronger/weaker faster/slower longer/shorter longest/shortest "
    "highest/lowest most/least gain/loss profit/loss gained/lost bought/sold buy/sell buyer/seller lend/borrow "
    "import/export imports/exports arrived/left entered/left married/divorced born/died day/night winter/summer "
    "majority/minority maximum/minimum above/below inside/outside public/private legal/illegal possible/impossible "
    "safe/unsafe improved/worsened strengthened/weakened expanded/shrank grew/shrank increased/decreased "
    "increased/reduced raised/lowered raised/cut outnumbered/outnumber cheaper/dearer better/worse "
    "eldest/youngest doubled/halved tripled/doubled tripled/halved unlocked/locked "
    "unlock/lock arrival/departure arrivals/departures arrives/departs arrived/departed imported/exported "
    "importing/exporting importer/exporter hire/fire hired/fired hires/fires hiring/firing ally/enemy allies/enemies "
    "wins/loses winner/loser winners/losers winning/losing gain/lose gains/loses gains/losses northward/southward "
    "northwards/southwards eastward/westward eastwards/westwards northeast/southwest northwest/southeast "
    "northernmost/southernmost easternmost/westernmost upstairs/downstairs refund/charge refunded/charged "
    "refunds/charges"
)
OPPOSITES = tuple(_PAIRS.split())
"""Pairs of words; a claim may not replace one with the other."""

_WORDS = [
    [BASE_FORMS.get(word, word) for word in pair.split("/")]
    for pair in (*OPPOSITES, *_FURTHER_PAIRS.split())
    if pair != "before/after"  # see order.py
]


_IDIOMS = re.compile(
    r"\b(?P<verb>(?:giv|tak|mak|step|set|turn|end|shut|pick|grow|break|back|sign|open|bring|hold|keep|show|wind|clean|writ"
    r"|build|catch|call|team|speak|stand|clos|burn|sum|tear)(?:e|es|s|ed|ing|ped|ping|ting)?|gave|given|took|taken|made|grew"
    r"|grown|broke|broken|brought|held|kept|wound|wrote|written|built|caught|spoke|stood|tore|torn)\s(?:up|down)\b",
    re.IGNORECASE,
)


def without_idioms(text: str) -> str:
    """Without the up and down of "give up" and "step down", which are no directions."""
    return _IDIOMS.sub(r"\g<verb>", text)


def opposites_in(words: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each word that has an opposite, with that opposite; a word may have several."""
    for one, other in (pair[::step] for pair in _WORDS for step in (1, -1)):
        if one in words and other not in words:
            yield one, other
