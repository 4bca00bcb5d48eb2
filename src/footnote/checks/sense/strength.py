"""How strongly something is said: a claim may not state what a source only considers possible, plans or reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from footnote.checks.names.names import is_same_name
from footnote.checks.sense.parts import SentencePart, parts_of
from footnote.checks.source import QuotedSource
from footnote.checks.words import meanings

_OPEN = re.compile(
    r"\b(?:may|might|could|would|should|(?:ready|willing|set|about|due) to|likely|unlikely|not yet|almost|nearly|unless"
    r"|expect(?:s|ed|ing)? (?:to|that)|(?:plan|want|intend|threaten|offer|attempt)(?:s|ed|ning|ing)? to|planned to"
    r"|if|on (?:track|course) (?:to|for)|on the (?:verge|brink) of"
    r"|hop(?:es?|ed|ing) (?:to|that)|aim(?:s|ed|ing)? to|seek(?:s|ing)? to|sought to|promis(?:es?|ed|ing) to"
    r"|vow(?:s|ed|ing)? to|pledg(?:es?|ed|ing) to|(?:is|are|was|were) considering|considers|try(?:ing)? to"
    r"|tri(?:es|ed) to|propos(?:es|ed|ing)|possibl[ey]|probabl[ey]|perhaps|potential(?:ly)?|apparently|seem(?:s|ed)"
    r"|appear(?:s|ed) to|whether)\b",
    re.IGNORECASE,
)
"""What follows these in the same part is not stated as fact."""

_PASSED_ON = re.compile(
    r"\b(?:reportedly|alleged(?:ly)?|allegations?|alleges?|supposedly|purported(?:ly)?|rumou?r(?:s|ed)?|speculat\w+"
    r"|suspect(?:s|ed)?|suspicions?|believ(?:es?|ed)|claim(?:s|ed|ing)?|accus(?:es?|ed|ing)|attribut(?:es?|ed)"
    r"|according to|predict(?:s|ed)?|predictions?|forecasts?|fears? that|feared|suggest(?:s|ed)?|thought to|said to)\b",
    re.IGNORECASE,
)
"""What follows these in the sentence is not stated by the writer, nor is what comes before an "according to"."""

_BELIEVED_LAST = re.compile(
    r"[,”\"]\s(?:[\w’'-]+\s){1,4}(?:believe[sd]?|claim(?:s|ed)?|allege[sd]?|suspect(?:s|ed)?|predict(?:s|ed)?"
    r"|suggest(?:s|ed)?|fear(?:s|ed)?)\W*\Z",
    re.IGNORECASE,
)
"""Nor is the rest of a sentence that ends with who believes it."""

_ASIDE = re.compile(r"(?:which|who|whom|whose|where|when|after|before|since|although|though)\b", re.IGNORECASE)
"""How a part begins that is the writer's own addition."""

_SAID = re.compile(
    r"\b(?:said|says?|saying|told|tells|announc\w+|report(?:s|ed)?|stat(?:es|ed|ement)|argu(?:es|ed)|writ(?:es?|ten)|wrote"
    r"|den(?:y|ies|ied)|disput\w*|reject\w*|dismiss\w*|warn(?:s|ed)|show(?:s|ed)?|found|reveal(?:s|ed)?|call(?:s|ed)|add(?:s|ed)|conced\w+|admit\w*|insist\w*|put|estimat\w+|count|view|opinion|blam(?:es?|ed)"
    r"|expects?|expected|hopes?|hoped|plans?|planned|wants?|wanted|agreed|can|if|will|due)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?<!not )\b(?:all|every|everyone|everybody|everything|entire(?:ly)?|whole|always|complete(?:ly)?|fully)\b",
    re.IGNORECASE,
)
_GOVERNED = 3
"""How many words after a hedge may contain its verb."""

_ENOUGH = 2


def has_same_strength(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """What a source calls possible, planned or somebody's belief is called so in the claim too, and "all" and "always"
    come from a source.
    """
    if _ALL.search(claim) and not any(_ALL.search(source.quote) for source in sources):
        return False
    if _PASSED_ON.search(claim):
        return True
    passed_on = [] if _SAID.search(claim) else [part for source in sources for part in _passed_on(source)]
    plain = [part for source in sources for part in _plain(source)]
    return not any(
        (_states_what_is_open(part, sources) or any(_states(part, other) for other in passed_on))
        and not _is_said(part, plain)
        for part in parts_of(claim)
        if part.words and not _OPEN.search(part.text)
    )


def _states_what_is_open(part: SentencePart, sources: Sequence[QuotedSource]) -> bool:
    return any(
        part.words & _next_meanings(other.text[hedge.end() :]) and _states(part, other)
        for source in sources
        for other in parts_of(source.quote)
        for hedge in _OPEN.finditer(other.text)
    )


def _next_meanings(text: str) -> frozenset[str]:
    words = [word for word in re.findall(r"[\w’'-]+", text) if word[0].islower() and meanings(word)]
    return meanings(" ".join(words[:_GOVERNED]))


def _states(part: SentencePart, other: SentencePart) -> bool:
    """Whether a part of the claim says the same, or something about the same subject."""
    shared = len(part.words & other.words)
    is_of_the_same = any(is_same_name(name, one) for name in part.subject for one in other.names)
    return shared >= min(_ENOUGH, len(part.words)) and (is_of_the_same or 2 * shared > len(part.words))


def _passed_on(source: QuotedSource) -> list[SentencePart]:
    """The parts that are presented as somebody's belief."""
    parts = parts_of(source.quote)
    found = next((number for number, part in enumerate(parts) if _PASSED_ON.search(part.text)), None)
    if found is None:
        return []
    if "according to" in parts[found].text.casefold() or _BELIEVED_LAST.search(source.quote):
        found = 0
    behind = takewhile(lambda part: not _ASIDE.match(part.text), parts[found + 1 :])
    return [parts[found], *behind]


def _plain(source: QuotedSource) -> list[SentencePart]:
    passed_on = _passed_on(source)
    return [part for part in parts_of(source.quote) if part not in passed_on and not _OPEN.search(part.text)]


def _is_said(part: SentencePart, plain: Sequence[SentencePart]) -> bool:
    """Whether a source says most of it without a hedge, and about the same subject."""
    names = {word for run in part.names for word in run}
    return any(len(part.words & other.words) > len(part.words) / 2 and names <= other.all_words for other in plain)
