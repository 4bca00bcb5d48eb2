"""Follow-ups: "And when did she resign?" says nothing to an index until it is known who she is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from footnote.checks import Source, has_dates, has_known_addresses, has_names, has_numbers
from footnote.checks.words import STOPWORDS, WORD
from footnote.ports import Asker, Turn

LONGEST_CONVERSATION = 10
"""Messages that are looked at; the question itself is not counted."""

_POINTS_BACK = re.compile(
    r"\b(he|him|his|she|hers?|it|its|they|them|their|theirs|this|that|these|those|there|then|one|ones|former|latter|same)\b"
    r"|\A\W*(and|but|so|also|or)\b|\b(what|how) about\b|\belse\b",
    re.IGNORECASE,
)
_MOST_CARRIED = 8


class CarryOver:
    """Implements `Rewriter` without a model: a question that points back gets the names of the one before it."""

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:  # noqa: ARG002 - it costs nothing
        if not _points_back(question):
            return question
        known = {word.casefold() for word in WORD.findall(question)}
        carried = [one for one in _what_it_was_about(conversation) if not known.issuperset(one.casefold().split())]
        return f"{question} ({', '.join(carried[:_MOST_CARRIED])})" if carried else question


def is_faithful(rewritten: str, question: str, conversation: Sequence[Turn]) -> bool:
    """Whether every number, date, name and address of a rewritten question was said before, by anybody."""
    said = [Source(text, "", None) for text in (question, *(turn.text for turn in conversation))]
    return all(check(rewritten, said) for check in (has_numbers, has_dates, has_names, has_known_addresses))


def _points_back(question: str) -> bool:
    """Or says next to nothing by itself: "Why?"."""
    return bool(_POINTS_BACK.search(question)) or len(_content(question)) <= 1


def _what_it_was_about(conversation: Sequence[Turn]) -> list[str]:
    """Names of the last question, else of the answer to it, else the last question's words."""
    questions = [turn.text for turn in conversation if not turn.is_answer]
    answers = [turn.text for turn in conversation if turn.is_answer]
    last = questions[-1] if questions else ""
    return _names(last) or _names(answers[-1] if answers else "") or _content(last)


def _names(text: str) -> list[str]:
    """Runs of capitalised words, each once. A first word is one only together with the next."""
    names = []
    for is_name, run in groupby(WORD.findall(text), key=lambda word: word[0].isupper() and not _is_stopword(word)):
        names += [" ".join(run)] if is_name else []
    first = next(iter(WORD.findall(text)), "")
    return list(dict.fromkeys(name for name in names if name != first))


def _content(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in WORD.findall(text) if not _is_stopword(word)))


def _is_stopword(word: str) -> bool:
    return word.casefold() in STOPWORDS
