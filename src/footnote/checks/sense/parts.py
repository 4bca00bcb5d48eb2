"""A text divided into parts, each with what it names and its subject: what is in one part belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from footnote.checks.figures.numbers import Number, in_digits, numbers_in
from footnote.checks.names.names import NameRun, is_same_name, runs_of_names
from footnote.checks.one_form import in_one_form
from footnote.checks.sense.opposites import without_idioms
from footnote.checks.words import WORD, meanings, plain, words_in

_JOINT = re.compile(
    r"[,;:]['\"”’]?\s+|\s[–—-]{1,2}\s|[\[\]]"
    r"|(?<!\s)\s++(?=(?:and|but|while|whereas|when|where|who|whom|whose|which|than|compared|after|before|because|although|though"
    r"|if|unless|until|so that|that)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])['\"”’)]*\s+(?=[^a-z])")
_ASIDE = re.compile(r"(?<!\s)\s*+\(([^()]*+)\)")
_CONJUNCTION = re.compile(
    r"(?:and|but|or|while|whereas|when|where|than|compared (?:with|to)|after|before|because|although|though|if|unless"
    r"|until|so|that|then|also)\s+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:(?:up|down)\s(?=from|to|by)"
    r"|or|in|on|at|for|from|of|with|by|during|since|through|over|under|near|to|into|about|around|as|per|including)\b",
    re.IGNORECASE,
)
_RESUMES = re.compile(
    r"(?:and\s+)?(?:is|are|was|were|has|have|had|will|would|did|does|can|could|may|might)\b", re.IGNORECASE
)
_RELATIVE = re.compile(r"(?:who|whom|whose|which|where)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"(?:he|she|it|they)\b", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(
    r"(?:the|a|an|this|these|those|his|her|its|their|our|my|some|many|most|all|both|each|every|no|one|there|\d[\d,.]*)\b",
    re.IGNORECASE,
)
_BEFORE_A_NAME = re.compile(
    r"(?<![\w-])(?:(?:the|a|an|former|ex|then|current|acting|vice|prime|chief|king|queen|prince|princess|star|official"
    r"|president|general|\w[\w-]*(?:ist|ian|man|woman|ter|der|ger|ner|tor|sor|president))[\s-]+)+",
    re.IGNORECASE,
)
_GOES_WITH_A_LIST = re.compile(r"(?:and|or)\s+(?:the\s+)?(?:[A-Z]|\$?\d)")
_ENDS_IN_A_LIST = re.compile(r"(?:\b(?!(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec))[A-Z][\w’'-]*|\d%?)\Z")


@dataclass(frozen=True, slots=True)
class SentencePart:
    """`subject`: who or what it is about; empty if the subject is not a name, or not known."""

    text: str
    words: frozenset[str]
    all_words: frozenset[str]
    names: tuple[NameRun, ...]
    numbers: tuple[Number, ...]
    subject: tuple[NameRun, ...]

    def holds(self, name: NameRun) -> bool:
        return any(is_same_name(name, other) for other in (*self.names, *self.subject))


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def parts_of(text: str, before: str = "", known_names: frozenset[str] = frozenset()) -> tuple[SentencePart, ...]:
    """`before`: the text that its first pronoun points back to; `known_names`: words that are names even at the start
    of a sentence.
    """
    named = _subject_of(before, known_names) if before else ()
    parts = list[SentencePart]()
    text = in_digits(in_one_form(text))
    for sentence in (*_SENTENCE_END.split(_ASIDE.sub("", text)), *_ASIDE.findall(text)):
        subject: tuple[NameRun, ...] = ()
        for number, piece in enumerate(_pieces(sentence)):
            names = tuple(runs_of_names(piece, known_names))
            subject = named if _RESUMES.match(piece) else _subject(piece, names, (subject, named), is_first=not number)
            if _RELATIVE.match(_CONJUNCTION.sub("", piece)) and parts:
                subject = _last_name(parts[-1]) or subject
            named = subject or named
            parts.append(
                SentencePart(
                    piece, meanings(piece), words_in(without_idioms(piece)), names, tuple(numbers_in(piece)), subject
                )
            )
    return tuple(parts)


def _subject_of(before: str, known_names: frozenset[str]) -> tuple[NameRun, ...]:
    """The subject of its last sentence, or whatever it names first."""
    parts = parts_of(before, "", known_names)
    return next((part.subject or part.names[:1] for part in parts if part.subject or part.names), ())


def _pieces(text: str) -> Iterator[str]:
    """Cut at punctuation and conjunctions. Adverbial phrases (where, when, how) and lists of names and figures are not
    cut off.
    """
    held = ""
    for piece in filter(None, (piece.strip() for piece in _JOINT.split(text))):
        if not meanings(piece) or (_GOES_WITH_A_LIST.match(piece) and _ENDS_IN_A_LIST.search(held)):
            held = f"{held} {piece}".strip()
        elif held and (_GOES_ON.match(piece) or _only_leads_in(held)):
            held = f"{held}, {piece}"
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def _only_leads_in(text: str) -> bool:
    return bool(_GOES_ON.match(text)) and len(WORD.findall(text)) <= _SHORT


_SHORT = 6
"""How many words an opening phrase has that says where or when."""


def _last_name(part: SentencePart) -> tuple[NameRun, ...]:
    """The name that it ends with, if any."""
    ends = WORD.findall(part.text)[-1:] if part.text[-1:].isalpha() else []
    return part.names[-1:] if part.names and ends and plain(ends[0]) == part.names[-1][-1] else ()


def _subject(
    piece: str, names: Sequence[NameRun], known: tuple[tuple[NameRun, ...], tuple[NameRun, ...]], *, is_first: bool
) -> tuple[NameRun, ...]:
    """`known`: the subject of the part before it, and the person mentioned last."""
    last, named = known
    begins = _CONJUNCTION.sub("", piece, count=1)
    if _GOES_ON.match(begins) and ", " in begins:
        begins = begins.partition(", ")[2]
    if names and _begins_with(begins, names[0], may_be_all=is_first):
        return (names[0],)
    if _POINTS_BACK.match(begins):
        return last or named
    return () if _OTHER_SUBJECT.match(begins) else last


def _begins_with(text: str, name: NameRun, *, may_be_all: bool) -> bool:
    """Whether the text begins with a name that does something there: not "the Norvik-based port"."""
    if re.search(rf"\b{re.escape(name[-1])}-[a-z]", text, re.IGNORECASE):
        return False
    for start in (text, _BEFORE_A_NAME.sub("", text, count=1)):
        words = [plain(word) for word in WORD.findall(start)]
        if tuple(words[: len(name)]) == name:
            behind = words[len(name) : len(name) + 1]
            return bool(behind) and not _GOES_ON.fullmatch(behind[0]) if behind else may_be_all
    return False
