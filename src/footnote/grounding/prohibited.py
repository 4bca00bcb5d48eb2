"""Lists of what should not be done, or is not so: by themselves, their items say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from footnote.models import Candidate, Sentence
from footnote.text.items import ITEM
from footnote.text.languages import DEFAULT, language_of
from footnote.text.local_negations import negated_in
from footnote.text.prose import as_prose

_NEGATES = re.compile(
    r"\b(?:never|not|cannot|no longer|nothing|none|neither|avoid(?:ed|ing)?|refrain|except|exclud(?:ed?|ing)"
    r"|exclusions?|don['’]?ts?|forbidden|prohibited|banned|off limits|myths?|misconceptions?|mistakes?|no-?gos?)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\bnot (?:only|just|until|hard|difficult|born|yet)\b|\b(?:who|which|that) (?:\w+ ){0,2}(?:not|cannot|never)\b"
    r"|\b(?:forget|miss|missed|hesitate|regret|go wrong|without|before (?:you|the)|more (?:\w+ )?than|changed)\b"
    r"|\b(?:steps?|ways?|tips?|measures?|how|order|following) .{0,20}\b(?:to avoid|not to)\b|\bavoid\w* .{1,40}\bby\b"
    r"|\bdo['’]?s (?:and|&)|\band (?:facts?|truths?)\b|\bhow to (?:fix|avoid|correct)\b"
    r"|\b(?:vergess\w*|versäum\w*|verpass\w*|ohne|oublie\w*|olvid\w*|dimentic\w*|esque[cç]\w*|забуд\w*)\b|忘",
    re.IGNORECASE,
)
"""Negations of something else than the items."""

_LAST_CLAUSE = re.compile(r"[^,;.!?–—]*\Z")
_CONDITION = re.compile(
    r"\A\W*(?:if|when|whenever|where|wherever|while|until|unless|why|how|in case|once|because|what to do"
    r"|what (?:should|can) (?:i|we|you) do|to avoid|avoiding|for (?:those|people)|(?:people|members|guests) who"
    r"|wenn|falls|warum|si|quand|se|als|cuando|gdy|jeśli|если|когда|якщо|om|hvis|när|når)\b",
    re.IGNORECASE,
)
"""How a clause begins whose negation is not about the items: "if it does not start", "to avoid a fine"."""

_INSTEAD = re.compile(r"\b(?:instead|rather|(?:please |should |can )?do(?: this| the following)?)\W*\Z", re.IGNORECASE)
"""How a lead-in ends that says what to do, below a heading that says what not to do."""

_HEADING = re.compile(r"\A#{1,6}\s")
_ENDS = " \t\n*_#:："


@dataclass(frozen=True, slots=True)
class Prohibition:
    """What stands above the items: the sentence that introduces them, or a heading, which has no `sentence`."""

    text: str
    sentence: Sentence | None = None


def prohibition_above(candidate: Candidate) -> Prohibition | None:
    """What says that an item of a list is not to be done, or not so; None for other items and sentences."""
    if not ITEM.match(candidate.quote):
        return None
    language = language_of(candidate.article.text)
    return next((one for one in _above(candidate) if _negates(one.text, language)), None)


def _above(candidate: Candidate) -> Iterator[Prohibition]:
    lead_in = _lead_in(candidate)
    if lead_in:
        yield Prohibition(as_prose(_text(candidate, lead_in)), lead_in)
        if _INSTEAD.search(_text(candidate, lead_in)):
            return
    sections = candidate.article.sections_at(candidate.sentence.start)
    if sections:
        yield Prohibition(sections[-1].rstrip(_ENDS) + ":")


def _lead_in(candidate: Candidate) -> Sentence | None:
    """The sentence right above the list."""
    sentences = candidate.passage.sentences
    above = sentences[: sentences.index(candidate.sentence)] if candidate.sentence in sentences else ()
    one = next((one for one in reversed(above) if not ITEM.match(_text(candidate, one))), None)
    return one if one and not _HEADING.match(_text(candidate, one)) else None


def _text(candidate: Candidate, sentence: Sentence) -> str:
    return candidate.article.text[sentence.start : sentence.end]


def _negates(text: str, language: str) -> bool:
    clause = _LAST_CLAUSE.findall(text.rstrip(_ENDS))[0]
    if _CONDITION.match(clause) or _OTHERWISE.search(clause):
        return False
    return bool(_NEGATES.search(clause)) if language == DEFAULT else any(negated_in(clause, language))
