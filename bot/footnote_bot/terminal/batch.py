"""Many questions from a JSONL file, answered in one process."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from footnote.answering.pipeline import Answering
from footnote.answering.questions import clean_question
from footnote.errors import FootnoteError, NoQuestion
from footnote_bot.json_form import drafting_json, one_line, outcome_json
from footnote_bot.terminal.progress import ANSWERING, tracked


class BatchError(FootnoteError):
    """The file of questions or the file of answers cannot be used."""


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """`id` is returned with the answer, whatever JSON it is."""

    id: Any
    text: str


def require_file(target: Path, *, questions: Path) -> None:
    """Raises BatchError when answers cannot be written there, which would otherwise only be noticed at the end."""
    if questions.resolve() in {target.resolve(), _part_of(target).resolve()}:
        raise BatchError(f"{target} contains the questions. Choose another file for the answers.")
    if target.is_dir() or not target.parent.is_dir():
        raise BatchError(f"{target} cannot be written: it is a folder, or its folder does not exist.")


def _part_of(target: Path) -> Path:
    """Where the answers are until all are there."""
    return target.with_name(target.name + ".part")


def read_questions(file: Path) -> list[BatchQuestion]:
    """All lines are read before the first is answered. Raises BatchError with the number of a bad line."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BatchError(f"{file} cannot be read: {reason}.") from error
    return [_question(line, f"{file}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, place: str) -> BatchQuestion:
    try:
        fields = json.loads(line, parse_constant=_refuse)
        question_id, text = fields["id"], fields["question"]
        json.dumps(question_id, ensure_ascii=False, allow_nan=False).encode()  # it is returned with the answer
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BatchError(f'{place} does not have the form {{"id": ..., "question": "..."}}.') from error
    try:
        return BatchQuestion(question_id, clean_question(text if isinstance(text, str) else ""))
    except NoQuestion as error:
        raise BatchError(f"{place} has no question.") from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are not JSON


async def answer_all(
    console: Console,
    answering: Answering,
    questions: list[BatchQuestion],
    target: Path,
    *,
    since: date | None = None,
    until: date | None = None,
    articles: frozenset[str] | None = None,
) -> None:
    """Writes one line of JSON for each question, in their order. The file appears when it is complete."""
    part = _part_of(target)
    try:
        with part.open("w", encoding="utf-8") as stream:
            for question in tracked(console, questions, ANSWERING):
                await asyncio.sleep(0)  # or nothing stops it where no answer waits for anything
                outcome = await answering.ask(question.text, since=since, until=until, articles=articles)
                stream.write(one_line({"id": question.id} | outcome_json(outcome) | drafting_json(outcome)) + "\n")
        part.replace(target)
    except OSError as error:
        raise BatchError(f"{target} cannot be written: {error.strerror}.") from error
