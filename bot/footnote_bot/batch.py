"""Many questions from a JSONL file, answered in one process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from footnote.answering import Answering
from footnote.errors import FootnoteError
from footnote_bot.json_form import outcome_json


class BatchError(FootnoteError):
    """The file of questions, or that of answers, is not usable."""


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is given back with the answer, whatever JSON it is."""

    id: Any
    text: str


def read_questions(file: Path) -> list[Question]:
    """All lines are read before the first is answered. Raises BatchError with the number of a bad line."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"{file} cannot be read as UTF-8 text: {error}.") from error
    return [_question(line, f"{file}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, place: str) -> Question:
    try:
        fields = json.loads(line)
        question = Question(fields["id"], fields["question"])
    except (ValueError, KeyError, TypeError) as error:
        raise BatchError(f'{place} is not of the form {{"id": ..., "question": "..."}}.') from error
    if not isinstance(question.text, str) or not question.text.strip():
        raise BatchError(f"{place} has no question.")
    return question


async def answer_all(
    console: Console,
    answering: Answering,
    questions: list[Question],
    target: Path,
    *,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Writes one line of JSON for each question, in their order."""
    try:
        stream = target.open("w", encoding="utf-8")
    except OSError as error:
        raise BatchError(f"{target} cannot be written: {error.strerror}.") from error
    with stream:
        for question in track(questions, "answering", console=console):
            outcome = await answering.ask(" ".join(question.text.split()), since=since, until=until)
            stream.write(json.dumps({"id": question.id} | outcome_json(outcome), ensure_ascii=False) + "\n")
