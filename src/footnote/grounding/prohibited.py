"""Lists of what should not be done, or is not so: by themselves, their items say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from footnote.grounding.above import Above
from footnote.models import Candidate
from footnote.reading.statements import ends_as_sentence
from footnote.text.items import ITEM
from footnote.text.languages import DEFAULT, language_of
from footnote.text.lead_ins import introduction
from footnote.text.local_negations import negated_in
from footnote.text.prose import as_prose

_NEGATES = re.compile(
    r"\b(?:never|not|cannot|no (?:longer|support)|nothing|none|neither|avoid(?:ed|ing)?|refrain|except"
    r"|exclud(?:ed?|ing)|exclusions?|don['’]?ts?|forbidden|prohibited|banned|off limits|myths?|misconceptions?"
    r"|mistakes?|no-?gos?|incompatib\w+|un(?:supported|fixable|available|supportable)|impossible|missing features)\b"
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

_ASIDE = re.compile(r"\([^()]*\)")
_OF_THE_LIST = re.compile(r"\b(?:they|them|these|those|following|below|listed)\b", re.IGNORECASE)
"""How a whole sentence over a list speaks of its items."""

_LAST_CLAUSE = re.compile(r"[^,;.!?–—]*\Z")
_CONDITION = re.compile(
    r"\A\W*(?:if|when|whenever|where|wherever|while|until|unless|why|how|in case|once|because|what to do"
    r"|what (?:should|can) (?:i|we|you) do|to avoid|avoiding|for (?:those|people)|(?:people|members|guests) who"
    r"|which (?:is|are|was|were)"
    r"|wenn|falls|warum|si|quand|se|als|cuando|gdy|jeśli|если|когда|якщо|om|hvis|när|når)\b",
    re.IGNORECASE,
)
"""How a clause begins whose negation is not about the items: "if it does not start", "to avoid a fine"."""

_INSTEAD = re.compile(r"\b(?:instead|rather|(?:please |should |can )?do(?: this| the following)?)\W*\Z", re.IGNORECASE)
"""How a lead-in ends that says what to do, below a heading that says what not to do."""

_ENDS = " \t\n*_#:：\\"

_PROBLEM = re.compile(
    r"\A(?:the|your|my|an?)\b.{1,60}?\b(?:(?:is|are|was|were|does|do|did|can|will) not|cannot|\w+n['’]t) \w+(?: \w+)?\Z"
    r"|\A(?!\w*(?:not|don['’]?t)\b).{1,60} not \w+ing(?: \w+)?\Z",
    re.IGNORECASE,
)
"""A heading that names what goes wrong: "Library not scanning". Below it stands what to do then."""


def prohibition_above(candidate: Candidate) -> Above | None:
    """What says that an item of a list is not to be done, or not so; None for other items and sentences."""
    if not ITEM.match(candidate.quote):
        return None
    language = language_of(candidate.article.text)
    return next((one for one in _above(candidate) if _negates(one.text, language)), None)


def _above(candidate: Candidate) -> Iterator[Above]:
    """The line that introduces the list, then the heading, then a sentence over the list that speaks of its items."""
    text = candidate.article.text
    over = introduction(text, candidate.sentence.start)[-1:]
    said = "".join(as_prose(text[one.start : one.end]) for one in over)
    is_sentence = ends_as_sentence(said)
    if over and not is_sentence:
        yield Above(with_colon(said), over[0])
    if _INSTEAD.search(said):
        return
    sections = candidate.article.sections_at(candidate.sentence.start)
    if sections and not names_problem(sections[-1]):
        yield Above(with_colon(sections[-1]))
    if over and is_sentence and _OF_THE_LIST.search(said):
        yield Above(said, over[0])


def names_problem(heading: str) -> bool:
    return bool(_PROBLEM.match(heading.strip()))


def with_colon(said: str) -> str:
    """As what introduces something: "What not to do:"."""
    return said.rstrip(_ENDS) + ":"


def _negates(text: str, language: str) -> bool:
    clause = _LAST_CLAUSE.findall(_ASIDE.sub("", text).rstrip(_ENDS + ".!"))[0]
    if _CONDITION.match(clause) or _OTHERWISE.search(clause):
        return False
    return bool(_NEGATES.search(clause)) if language == DEFAULT else any(negated_in(clause, language))
