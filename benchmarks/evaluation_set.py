"""Reads evaluation sets: a folder with `articles/` and `questions.dev.jsonl` (format: docs/benchmarks.md)."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from statistics import mean

from footnote.models import Candidate, Hit


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence that answers a question: the stem of its article's file name, and its text without white space."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    is_answerable: bool
    gold: tuple[Gold, ...]


def read_questions(folder: Path, *, limit: int | None = None) -> list[Question]:
    """All questions in their order, or `limit` of them drawn at random, the same ones each time."""
    lines = (folder / "questions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    drawn = lines if limit is None or limit >= len(lines) else random.Random(7).sample(lines, limit)  # noqa: S311
    return [_question(json.loads(line)) for line in drawn]


def _question(fields: dict[str, object]) -> Question:
    gold = fields["gold_sentences"]
    assert isinstance(gold, list)
    return Question(
        text=str(fields["question"]),
        is_answerable=bool(fields["answerable"]),
        gold=tuple(Gold(one["doc_id"], squeeze(one["text"])) for one in gold),
    )


def squeeze(text: str) -> str:
    """Text without white space, as the sets compare it."""
    return re.sub(r"\s+", "", text)


def holds(hit: Hit, gold: Gold) -> bool:
    """Whether a retrieved passage holds a gold sentence."""
    return _stem(hit.passage.article.id) == gold.article and gold.text in squeeze(hit.passage.text)


def is_gold(article_id: str, quote: str, gold: tuple[Gold, ...]) -> bool:
    """Whether a cited sentence is a gold sentence, or one is part of the other (sentences are cut differently)."""
    text = squeeze(quote)
    return len(text) > 15 and any(
        _stem(article_id) == one.article and (text in one.text or one.text in text) for one in gold
    )


def candidate_is_gold(candidate: Candidate, gold: tuple[Gold, ...]) -> bool:
    return is_gold(candidate.article.id, candidate.quote, gold)


def area_under_curve(scores: list[tuple[float, bool]]) -> float | None:
    """Chance that a positive case scores higher than a negative one (ties count half); None without both."""
    yes = [value for value, is_positive in scores if is_positive]
    no = [value for value, is_positive in scores if not is_positive]
    if not yes or not no:
        return None
    return mean((one > other) + (one == other) / 2 for one in yes for other in no)


def _stem(article_id: str) -> str:
    return PurePosixPath(article_id).stem
