"""A question as it is compared with others: its kind, words, names and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from footnote.checks.figures.numbers import Number, numbers_in
from footnote.checks.names.names import long_forms, names_in
from footnote.checks.words import WORD, content, plain
from footnote.review.question_matching.kinds import QuestionKind, kind_of
from footnote.review.question_matching.wording import bare
from footnote.review.question_matching.words import stem_of

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi"
_VALUES = {word: number for words in (_ORDINALS, _ROMANS) for number, word in enumerate(words.split(), 1)} | {"one": 1}
_COUNTED = re.compile(
    rf"\b(?i:{_ORDINALS.replace(' ', '|')})\b|(?<=[a-z] )(?:[IVX]+|(?i:ii|iii|iv|vi|vii|viii|ix))\b"
    r"|\bone(?=[ -](?:half|third|quarter|fifth|tenth)\b)"
)
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the guards read it. `stems` are those of all its words, in order; `meant` those of its content
    words, without numbers and question words.
    """

    text: str
    kind: QuestionKind
    words: tuple[str, ...]
    stems: tuple[str, ...]
    meant: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    long_forms: Mapping[str, frozenset[str]]
    numbers: frozenset[Number]

    @property
    def unnamed(self) -> frozenset[str]:
        """The stems of `meant` that the guard for names does not check."""
        return self.meant.difference(*(map(stem_of, name) for name in self.names))


@lru_cache(maxsize=2_000)  # a question is compared with several known ones, and known ones with many questions
def read(question: str) -> Asked:
    text = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), bare(question))
    kind = kind_of(text)
    words = tuple(plain(word) for word in WORD.findall(text))
    return Asked(
        text=text,
        kind=kind,
        words=words,
        stems=tuple(map(stem_of, words)),
        meant=_meant(kind.rest),
        names=tuple(names_in(text)),
        long_forms=long_forms(text),
        numbers=frozenset(
            (value, unit.removesuffix("th")) for value, unit in numbers_in(_COUNTED.sub(_in_digits, text))
        ),
    )


def _meant(text: str) -> frozenset[str]:
    return frozenset(stem for stem in content(_COUNTED.sub(" ", text)) if not any(map(str.isdigit, stem)))


def _in_digits(counted: re.Match[str]) -> str:
    value = _VALUES.get(counted[0].casefold())
    return f" {value} " if value else counted[0]
