"""Evaluation sets on disk: which questions are read, and what is said of a folder that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footnote.evaluation import Gold, GoldQuestion
from footnote_bot.terminal.evaluation_sets import SetError, read_questions


def line(number: int, *gold: tuple[str, str], answerable: bool = True) -> str:
    sentences = [{"doc_id": article, "text": text} for article, text in gold]
    return json.dumps({"question": f"Question {number}?", "answerable": answerable, "gold_sentences": sentences})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path


def write(folder: Path, *lines: str, split: str = "dev", encoding: str = "utf-8") -> None:
    (folder / f"questions.{split}.jsonl").write_text("\n".join(lines), encoding=encoding)


def texts(found: list[GoldQuestion]) -> list[str]:
    return [one.text for one in found]


def test_a_question_has_its_gold_sentences_without_white_space(folder: Path) -> None:
    write(folder, line(1, ("bridge", "It opened\n in 1932.")), line(2, answerable=False))
    assert read_questions(folder) == [
        GoldQuestion("Question 1?", True, (Gold("bridge", "Itopenedin1932."),)),
        GoldQuestion("Question 2?", False, ()),
    ]


def test_numbers_are_as_good_as_texts(folder: Path) -> None:
    write(folder, '{"question": 1932, "answerable": 1, "gold_sentences": [{"doc_id": 5, "text": "a b"}]}')
    assert read_questions(folder) == [GoldQuestion("1932", True, (Gold("5", "ab"),))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_blank_lines_and_a_byte_order_mark_are_passed_over(folder: Path, encoding: str) -> None:
    write(folder, line(1), "", "  ", line(2), "", encoding=encoding)
    assert texts(read_questions(folder)) == ["Question 1?", "Question 2?"]


def test_a_line_separator_inside_a_question_does_not_end_it(folder: Path) -> None:
    write(folder, '{"question": "a\u2028b", "answerable": false, "gold_sentences": []}')
    assert texts(read_questions(folder)) == ["a\u2028b"]


@pytest.mark.parametrize(("limit", "number"), [(0, 0), (3, 3), (20, 20), (21, 20), (None, 20)])
def test_a_limit_draws_the_same_questions_each_time(folder: Path, limit: int | None, number: int) -> None:
    write(folder, *map(line, range(20)))
    drawn = texts(read_questions(folder, limit=limit))
    assert len(set(drawn)) == len(drawn) == number
    assert drawn == texts(read_questions(folder, limit=limit))
    if number == 20:
        assert drawn == [f"Question {one}?" for one in range(20)], "all of them are in their order"


def test_each_split_has_a_file_of_its_own(folder: Path) -> None:
    write(folder, line(1))
    write(folder, line(2), split="test")
    assert texts(read_questions(folder, split="test")) == ["Question 2?"]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "5",
        '{"question": "a", "answerable": true}',
        '{"question": "a", "answerable": true, "gold_sentences": [{"doc_id": "b"}]}',
        '{"question": "a", "answerable": true, "gold_sentences": [{"doc_id": "b", "text": 5}]}',
        '{"question": "a", "answerable": true, "gold_sentences": 5}',
        "[" * 100_000,
    ],
)
def test_a_bad_line_is_named_by_its_number_in_the_file(folder: Path, bad: str) -> None:
    write(folder, line(1), "", bad)
    with pytest.raises(SetError, match=r"questions\.dev\.jsonl, line 3 has no question"):
        read_questions(folder)


def test_a_bad_line_that_is_not_drawn_does_no_harm(folder: Path) -> None:
    write(folder, line(1), "{")
    assert read_questions(folder, limit=0) == []


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="There is no folder"):
        read_questions(tmp_path / "missing")
    with pytest.raises(SetError, match="it has no articles"):
        read_questions(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "questions.dev.jsonl").mkdir()
    with pytest.raises(SetError, match=r"it has no questions\.dev\.jsonl"):
        read_questions(tmp_path)


def test_other_encodings_are_refused(folder: Path) -> None:
    (folder / "questions.dev.jsonl").write_bytes("{é".encode("latin-1"))
    with pytest.raises(SetError, match=r"cannot be read: it is not UTF-8 text\."):
        read_questions(folder)
