"""Questions that people wrote to look answerable beside a paragraph that does not answer them, from SQuAD 2.0.

`folder` has UnAnsQ's `train-` and `dev-answerable-questions.txt` and `-unanswerable-questions.txt`: pairs about one
paragraph, in lower case and in tokens. The paragraph is that of SQuAD 1.1's row with the answerable question; both
questions get capitals and spaces in the same way, so that their spelling does not tell which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

SOURCE = "squad_v2_train"

JOINED = (
    (re.compile(r" (n't|'s|'re|'ve|'ll|'d|'m)\b"), r"\1"),
    (re.compile(r"s ' "), "s' "),
    (re.compile(r" ([?.!,;:%)\]])"), r"\1"),
    (re.compile(r"([(\[$#£€]) "), r"\1"),
    (re.compile(r"(\w) ([-–/]) (\w)"), r"\1\2\3"),
    (re.compile(r"(\d), (\d{3})\b"), r"\1,\2"),
    (re.compile(r"(\d)\. (\d)"), r"\1.\2"),
    (re.compile(r'" (.*?) "'), r'"\1"'),
)
"""What puts tokens together again: patterns and replacements."""
_WORD = re.compile(r"[^\W_]+")


def rows(folder: Path, pool: Iterable[Row]) -> Iterator[Row]:
    """Each pair as two rows, the answerable one first. Pairs whose paragraph is not in the pool are left out."""
    by_question = {_bare(row["question"]): row for row in pool if row["source"] == "squad11_train" and row["gold"]}
    for split in ("train", "dev"):
        answerable, unanswerable = (_questions(folder / f"{split}-{kind}-questions.txt") for kind in _KINDS)
        for asked, changed in zip(answerable, unanswerable, strict=True):
            if row := by_question.get(_bare(asked)):
                capitals = _capitals(row["sentences"])
                yield {**row, "source": SOURCE, "question": _spelled(asked, capitals)}
                yield {**row, "source": SOURCE, "question": _spelled(changed, capitals), "gold": [], "answer": None}


_KINDS = ("answerable", "unanswerable")


def _questions(file: Path) -> list[str]:
    return [line.split("\t")[1] for line in file.read_text(encoding="utf-8").splitlines()]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _capitals(sentences: Sequence[str]) -> dict[str, str]:
    """The words that the paragraph writes with capitals wherever they stand within a sentence."""
    found: dict[str, str] = {}
    small: set[str] = set()
    for sentence in sentences:
        for number, word in enumerate(_WORD.findall(sentence)):
            if word == word.lower():
                small.add(word)
            elif number:
                found[word.lower()] = word
    return {plain: word for plain, word in found.items() if plain not in small}


def _spelled(question: str, capitals: Mapping[str, str]) -> str:
    for pattern, joined in JOINED:
        question = pattern.sub(joined, question)
    question = _WORD.sub(lambda match: capitals.get(match[0], match[0]), question).strip()
    return question[:1].upper() + question[1:]
