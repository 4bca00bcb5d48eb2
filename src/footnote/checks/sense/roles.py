"""The same words with swapped roles: who did it and who it was done to, cause and effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from footnote.checks.names.names import NameRun, is_same_name, names_among
from footnote.checks.sense.parts import SentencePart, parts_of
from footnote.checks.source import QuotedSource
from footnote.checks.words import WORD, meanings, plain

_MUTUAL = meanings(
    "meet marry talk agree play fight cooperate join share differ merge trade speak discuss negotiate debate draw part "
    "say tell announce report claim add write warn argue state note explain"
)
_REACH = 8
"""How many words may be between two names, one of which says what one does to the other."""

_DONE_BY = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:\w{1,20}ly\s)?(?P<verb>[a-z]{1,20}(?:ed|en|wn|lt|ght|ld|ut))\s(?:\w{1,20}ly\s)?by\s",
    re.IGNORECASE,
)
_IS = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_ABOUT = re.compile(
    r"\A(?P<subject>[^.,;:]{3,80}?)\s(?:\([^()]{1,40}\)\s)?(?:is|are|was|were|has|had|have)\s(?P<rest>.+)", re.DOTALL
)
_ENOUGH_TO_KNOW, _NEARLY_ALL = 4, 0.7
"""How many words of a claim, and which share of them, a source must have to be about the same."""

_PASSIVE = re.compile(r"\bby\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a (?:result|consequence)|therefore|caus(?:e[sd]?|ing))\b", re.IGNORECASE
)
_ANY_CAUSE = re.compile(
    r"\b(?:because|due|owing|thanks|result\w*|consequen\w+|therefore|so|caus\w+|since|as|after|follow\w+|for|reason\w*|why"
    r"|led|lead\w*|driv\w+|drove|prompt\w+|by|through|with|from|to|blam\w+|amid|over|made|mak\w+|forc\w+)\b",
    re.IGNORECASE,
)


def has_same_roles(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No two names or things have swapped sides of a verb, compared with a source, and what a source says about a name
    is not said about something that no source mentions.
    """
    if not _has_same_voice(claim, sources) or not _has_known_subject(claim, sources):
        return False
    texts = [claim, *(source.quote for source in sources)]
    names = names_among(texts)
    said = [one for part in parts_of(claim, "", names) for one in _actions(part)]
    told = [one for source in sources for part in parts_of(source.quote, "", names) for one in _actions(part)]
    return all(
        any(_agree(one, other) for other in told) or not any(_turned(one, other) for other in told) for one in said
    )


_Action = tuple[NameRun, frozenset[str], NameRun]
"""Subject, the words between, and object; a passive is turned into an active."""


def _actions(part: SentencePart) -> Iterator[_Action]:
    words = [plain(word) for word in WORD.findall(part.text)]
    for one, other in combinations(part.names, 2):
        start = words.index(one[-1]) + 1 if one[-1] in words else 0
        end = next((at for at in range(start, len(words)) if words[at] == other[0]), len(words))
        between = " ".join(words[start:end])
        acts = meanings(between) - _MUTUAL
        if acts and end - start <= _REACH:
            yield (other, acts, one) if _PASSIVE.search(between) else (one, acts, other)


def _turned(one: _Action, other: _Action) -> bool:
    return bool(one[1] & other[1]) and is_same_name(one[0], other[2]) and is_same_name(one[2], other[0])


def _agree(one: _Action, other: _Action) -> bool:
    return bool(one[1] & other[1]) and is_same_name(one[0], other[0]) and is_same_name(one[2], other[2])


def _has_same_voice(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Whether no passive is turned: "the bone holds the muscle" is said by "the muscle is held by the bone" alone."""
    told = [text for source in sources for text in (source.quote, source.before)]
    return not any(
        any(_is_turned(one, text) for one in _passives(claim)) or any(_is_turned(one, claim) for one in _passives(text))
        for text in told
    )


def _passives(text: str) -> Iterator[tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """Who does it, the verb, and who it is done to."""
    for match in _DONE_BY.finditer(text):
        agent, patient = text[match.end() :].split()[:_REACH], text[: match.start()].split()[-_REACH:]
        yield meanings(" ".join(agent)), meanings(match["verb"]), meanings(" ".join(patient))


def _is_turned(passive: tuple[frozenset[str], frozenset[str], frozenset[str]], text: str) -> bool:
    agent, verb, patient = passive
    words = WORD.findall(text)
    for at, word in enumerate(words):
        if verb & meanings(word) and not _IS.intersection(map(str.casefold, words[max(0, at - 2) : at])):
            before, after = (
                meanings(" ".join(part)) for part in (words[max(0, at - _REACH) : at], words[at + 1 :][:_REACH])
            )
            if patient & before - after and agent & after - before:
                return True
    return False


def _has_known_subject(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Half of the words for what a claim is about are in its sources, if one says nearly the same about a name."""
    said = _ABOUT.match(claim)
    if not said:
        return True
    subject, rest = meanings(said["subject"]), meanings(said["rest"])
    known = frozenset[str]().union(*(meanings(f"{source.quote} {source.about} {source.before}") for source in sources))
    if 2 * len(subject & known) >= len(subject) or len(rest) < _ENOUGH_TO_KNOW:
        return True
    names = names_among([source.quote for source in sources])
    told = (match for source in sources if (match := _ABOUT.match(source.quote)))
    return not any(
        names.intersection(map(plain, WORD.findall(one["subject"])))
        and len(rest & meanings(one["rest"])) >= _NEARLY_ALL * len(rest)
        for one in told
    )


def has_known_cause(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """A stated cause is stated in a source too, or one sentence can be read that way."""
    cause = _CAUSE.search(claim)
    if not cause or any(_CAUSE.search(source.quote) for source in sources):
        return True
    left, right = meanings(claim[: cause.start()]), meanings(claim[cause.end() :])
    return any(
        _half(left, source) and _half(right, source) and _ANY_CAUSE.search(source.quote) is not None
        for source in sources
    )


def _half(words: frozenset[str], source: QuotedSource) -> bool:
    return 2 * len(words & meanings(source.quote)) >= len(words)
