"""`footnote ask --batch`: many questions from a file."""

from __future__ import annotations

import json

import pytest
from scripted_openai import quotes
from terminal_stage import (
    KNOWN,
    LEADS,
    OUTCOME,
    UNKNOWN,
    Terminal,
    model,
)


def test_a_batch_is_answered_line_by_line_as_single_questions_are(terminal: Terminal) -> None:
    questions = [KNOWN, UNKNOWN, "How long is the valley?"]
    ran = terminal.batch(*(json.dumps({"id": number, "question": it}) for number, it in enumerate(questions)))
    assert (ran.code, ran.out) == (0, "")
    assert [list(answer) for answer in terminal.answers] == [["id", *OUTCOME]] * 3
    for number, answer in enumerate(terminal.answers):
        alone = {"id": number, **terminal.ask(questions[number])}
        assert {**answer, "milliseconds": None} == {**alone, "milliseconds": None}


def test_a_batch_tells_which_model_wrote_and_what_became_of_its_claims(terminal: Terminal) -> None:
    with model(terminal, quotes(LEADS)):
        terminal.batch(json.dumps({"id": 1, "question": KNOWN}))
    (answer,) = terminal.answers
    assert list(answer) == ["id", *OUTCOME, "model", "note", "drafted"]
    assert (answer["model"], answer["note"]) == ("gpt-5.4-mini", None)
    assert [(one["text"], one["fate"]) for one in answer["drafted"]] == [(LEADS, "kept")]


def test_ids_of_any_json_and_their_order_are_kept(terminal: Terminal) -> None:
    ids = [3, "3", None, 1.5, True, [1, {"a": None}], {"é": "😀\n"}, "", 3, -1]
    terminal.batch(*(json.dumps({"id": each, "question": KNOWN, "more": 1}) for each in ids))
    assert [answer["id"] for answer in terminal.answers] == ids


def test_blank_lines_and_white_space_in_questions_do_no_harm(terminal: Terminal) -> None:
    terminal.batch("", '{"id": 1, "question": " Who leads\\n the front? "}\r', "  ", "")
    assert [(answer["id"], answer["question"]) for answer in terminal.answers] == [(1, KNOWN)]


def test_a_span_of_time_holds_for_all_of_a_batch(terminal: Terminal) -> None:
    (terminal.folder / "in").write_text(json.dumps({"id": 1, "question": KNOWN}), encoding="utf-8")
    terminal.run("ask", "--batch", "in", "--out", "answers.jsonl", "--until", "2021-09-07")
    assert {hit["article"] for hit in terminal.answers[0]["hits"]} == {"valley.md"}


@pytest.mark.parametrize(
    "line",
    [
        "Who leads the front?",
        '{"id": 1, "question": "Who leads the front?"',
        '{"id": 1}',
        '{"question": "Who leads the front?"}',
        '{"id": 1, "question": null}',
        '{"id": 1, "question": ["Who?"]}',
        '{"id": 1, "question": "  "}',
        '{"id": 1, "question": "?!"}',
        '["id", "question"]',
        '"id"',
        "7",
        "null",
    ],
)
def test_a_bad_line_is_named_by_its_number_and_nothing_is_written(terminal: Terminal, line: str) -> None:
    good = json.dumps({"id": 1, "question": KNOWN})
    error = terminal.batch(good, "", line, good).error
    assert error.startswith("footnote: questions.jsonl, line 3 ")
    assert not (terminal.folder / "answers.jsonl").exists()


def test_answers_from_before_survive_a_bad_line(terminal: Terminal) -> None:
    (terminal.folder / "answers.jsonl").write_text("{}", encoding="utf-8")
    assert terminal.batch("nonsense").code == 1
    assert terminal.answers == [{}]
