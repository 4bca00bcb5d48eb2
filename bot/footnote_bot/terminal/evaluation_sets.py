"""Reads evaluation sets: folders with `articles` and `questions.dev.jsonl` (their form: docs/benchmarks.md)."""

from __future__ import annotations

import json
import random
from pathlib import Path

from footnote.errors import FootnoteError
from footnote.evaluation import Gold, GoldQuestion, squeeze

_DRAWN_BY = 7
"""The seed: with a limit, the same questions are drawn each time."""


class SetError(FootnoteError):
    """The folder is not an evaluation set."""


def read_questions(folder: Path, *, split: str = "dev", limit: int | None = None) -> list[GoldQuestion]:
    """All questions in their order, or `limit` of them drawn at random, the same ones each time. Raises SetError."""
    lines = [line for line in enumerate(_lines(folder, split), 1) if line[1].strip()]
    drawn = lines if limit is None or limit >= len(lines) else random.Random(_DRAWN_BY).sample(lines, limit)  # noqa: S311
    return [_question(line, f"{folder / _name(split)}, line {number}") for number, line in drawn]


def _lines(folder: Path, split: str) -> list[str]:
    if not folder.is_dir():
        raise SetError(f"There is no folder {folder}.")
    for part, is_there in ((folder / "articles", Path.is_dir), (folder / _name(split), Path.is_file)):
        if not is_there(part):
            raise SetError(
                f"{folder} is not an evaluation set: it has no {part.name}. docs/benchmarks.md shows the form."
            )
    try:
        return (folder / _name(split)).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SetError(f"{folder / _name(split)} cannot be read: {reason}.") from error


def _question(line: str, place: str) -> GoldQuestion:
    try:
        fields = json.loads(line)
        gold = tuple(Gold(str(one["doc_id"]), squeeze(one["text"])) for one in fields["gold_sentences"])
        return GoldQuestion(str(fields["question"]), bool(fields["answerable"]), gold)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SetError(f"{place} has no question, answerable and gold_sentences. See docs/benchmarks.md.") from error


def _name(split: str) -> str:
    return f"questions.{split}.jsonl"
