"""Questions from a file, and the file of their answers."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from examples import an_abstention, an_answer
from rich.console import Console

from footnote.models import Abstention, Answer
from footnote_bot.terminal.batch import BatchError, BatchQuestion, answer_all, read_questions, require_file


def written(tmp_path: Path, content: str | bytes) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


class Answers:
    """Answers questions that contain "bridge", and fails at "broken"."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, object]] = []

    async def ask(self, question: str, **scope: object) -> Answer | Abstention:
        self.scopes.append(scope)
        if question == "broken":
            raise ValueError(question)
        return an_answer(question) if "bridge" in question else an_abstention(question)


async def answered(target: Path, *texts: str, answers: Answers | None = None, **scope: Any) -> list[dict[str, Any]]:
    questions = [BatchQuestion(number, text) for number, text in enumerate(texts)]
    console = Console(file=StringIO())
    await answer_all(console, answers or Answers(), questions, target, **scope)  # type: ignore[arg-type]
    return [json.loads(line) for line in target.read_text().splitlines()]


def test_questions_are_read_with_their_ids_whatever_these_are(tmp_path: Path) -> None:
    lines = ['{"id": [1, null], "question": " When\\tdid  it open? "}', "", '{"id": 0, "question": "Why?", "more": 1}']
    assert read_questions(written(tmp_path, "\n".join(lines))) == [
        BatchQuestion([1, None], "When did it open?"),
        BatchQuestion(0, "Why?"),
    ]


def test_a_byte_order_mark_windows_line_ends_and_line_separators_do_no_harm(tmp_path: Path) -> None:
    content = '\ufeff{"id": 1, "question": "a\u2028b"}\r\n\r\n{"id": 2, "question": "c"}\r\n'
    assert [one.text for one in read_questions(written(tmp_path, content))] == ["a b", "c"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        '{"question": "Why?"}',
        '{"id": 1}',
        '{"id": NaN, "question": "Why?"}',
        '{"id": 1, "question": "Why?", "more": Infinity}',
        '{"id": 1e999, "question": "Why?"}',
        '{"id": "\\ud800", "question": "Why?"}',
        "[" * 100_000,
    ],
    ids=["half", "a list", "a text", "no id", "no question", "NaN", "Infinity", "too large", "surrogate", "deep"],
)
def test_a_line_of_another_form_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(BatchError, match=r"questions\.jsonl, line 3 does not have the form"):
        read_questions(written(tmp_path, f'{{"id": 1, "question": "Why?"}}\n\n{line}'))


@pytest.mark.parametrize("question", ['""', '"?!"', "5", "null", '["Why?"]'])
def test_a_question_without_a_word_is_named_by_its_number(tmp_path: Path, question: str) -> None:
    with pytest.raises(BatchError, match=r"line 1 has no question\."):
        read_questions(written(tmp_path, f'{{"id": 1, "question": {question}}}'))


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match=r"cannot be read: it is not UTF-8 text\."):
        read_questions(written(tmp_path, b"\xff"))
    with pytest.raises(BatchError, match="cannot be read: No such file"):
        read_questions(tmp_path / "missing.jsonl")


def test_answers_do_not_replace_their_questions(tmp_path: Path) -> None:
    questions = written(tmp_path, "")
    (tmp_path / "link").symlink_to(questions)
    for target in (questions, tmp_path / "link", tmp_path / "x" / ".." / questions.name):
        with pytest.raises(BatchError, match="contains the questions"):
            require_file(target, questions=questions)
    require_file(tmp_path / "answers.jsonl", questions=questions)


def test_answers_need_a_folder(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "missing" / "answers.jsonl"):
        with pytest.raises(BatchError, match="it is a folder, or its folder does not exist"):
            require_file(target, questions=tmp_path / "questions.jsonl")


async def test_each_question_has_a_line_in_its_order(tmp_path: Path) -> None:
    found = await answered(tmp_path / "answers.jsonl", "the bridge?", "the tunnel?")
    assert [(one["id"], one["question"], one["outcome"]) for one in found] == [
        (0, "the bridge?", "answered"),
        (1, "the tunnel?", "abstained"),
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["answers.jsonl"]


async def test_the_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "answers.jsonl"
    target.write_text("old")
    with pytest.raises(ValueError, match="broken"):
        await answered(target, "the bridge?", "broken")
    assert target.read_text() == "old"


async def test_a_file_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match=r"answers\.jsonl cannot be written: No such file or directory\."):
        await answered(tmp_path / "missing" / "answers.jsonl", "the bridge?")


async def test_the_scope_goes_with_every_question(tmp_path: Path) -> None:
    answers, scope = Answers(), {"since": date(2020, 1, 1), "until": None, "articles": frozenset({"a.md"})}
    await answered(tmp_path / "answers.jsonl", "a", "b", answers=answers, **scope)
    assert answers.scopes == [scope, scope]


def test_the_questions_are_not_overwritten_by_answers_that_are_not_complete(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="contains the questions"):
        require_file(tmp_path / "q.jsonl", questions=tmp_path / "q.jsonl.part")
