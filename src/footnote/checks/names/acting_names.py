"""First words of sentences that are names because they act: "Zara led", "London is"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from footnote.checks.names.name_forms import is_form_of
from footnote.checks.one_form import in_one_form
from footnote.checks.words import STOPWORDS, meanings, plain

_VERB = (
    r"\s(?P<verb>was|is|has|had|will|won|lost|led|met|left|took|gave|held|became|began|wrote|built|sold|bought"
    r"|[a-z]{2,12}ed)\b"
)
ACTS = re.compile(r"(?:\A|[.!?]\s)[\s\"“(]{0,3}(?P<name>[A-Z][\w’']*[^\W\ds])" + _VERB)
_FIRST_ACTS = re.compile(
    r"\A[\s\"“(]{0,3}(?P<name>[A-Z][\w’']{0,40}(?:[^\W\ds]|s(?=\s(?:was|is|has)\b)))(?P<more>(?:\s[A-Z][\w’'-]*+){0,3})"
    + _VERB
)
"""A first word in s is a name only before a verb that no plural has: Paris is, but Officials resigned."""

_COMMON_ENDINGS = """
ing ed ly ion ment ness ity ism ics ship ance ence ure age people men one body thing ren ice other others
"""
_COMMON = tuple(_COMMON_ENDINGS.split())
"""How words end that are hardly names: police, inflation, children."""


def acts_as_another(claim: str, quotes: Iterable[str], known_words: Iterable[str]) -> bool:
    """Whether the claim's first word acts and is known from nowhere, and a source says the same of another name."""
    acts = _FIRST_ACTS.match(in_one_form(claim))
    if not acts or acts["more"] or not _is_name(acts):
        return False
    name = plain(acts["name"])
    rest = meanings(acts.string[acts.start("verb") :])
    others = [other for other in map(_FIRST_ACTS.match, map(in_one_form, quotes)) if other and _is_name(other)]
    says_the_same = any(other["verb"] == acts["verb"] and rest <= meanings(other.string) for other in others)
    return says_the_same and not any(name == word or is_form_of(name, word) for word in known_words)


def _is_name(acts: re.Match[str]) -> bool:
    name = plain(acts["name"])
    return name not in STOPWORDS and not name.endswith(_COMMON)
