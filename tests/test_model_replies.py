"""Model replies that benchmarks replay: a recorded line is read as what the model was asked and said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from model_replies import Reply, read_replies
from openai_stage import offered
from scripted_openai import answer

from footnote.adapters.openai.dialect import Form
from footnote.adapters.openai.prompt import answer_messages
from footnote.adapters.openai.sheet import Sheet
from footnote.ports import DraftClaim

TEXT = "## Land\n\nThe valley is 115 km long. It is narrow.\n\n## People\n\nMost people are Tajiks."
QUESTION = "How long is the valley?"
LONG = "The valley is 115 km long."


def line(content: str, *, finish_reason: str = "stop", form: Form = Form.SCHEMA, **more: Any) -> dict[str, Any]:
    candidates = {key: one for key, one in offered(TEXT, source="Review").items() if "#" not in one.quote}
    messages = answer_messages(QUESTION, Sheet(candidates), date(2026, 11, 28), form, 9)
    request = {"messages": messages, "response_format": {"type": form.value}}
    choice = {"message": {"content": content}, "finish_reason": finish_reason}
    response = json.dumps({"choices": [choice], "usage": {"prompt_tokens": 700, "completion_tokens": 9}})
    return {"request": request, "status": 200, "seconds": 2.5, "response": response, **more}


def events(content: str, *, finish_reason: str | None) -> str:
    pieces = [{"delta": {"content": content[:9]}}, {"delta": {"content": content[9:]}}]
    chunks = [{"choices": [piece]} for piece in (*pieces, {"delta": {}, "finish_reason": finish_reason})]
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


def replies(folder: Path, *lines: dict[str, Any]) -> list[Reply]:
    file = folder / "replies.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    return list(read_replies(file, folder))


def test_the_sentences_of_a_prompt_are_read_under_their_keys(tmp_path: Path) -> None:
    (reply,) = replies(tmp_path, line(answer((LONG, ["S1"])), wrong=["It is wide."]))
    assert reply.question == QUESTION
    assert {key: one.quote for key, one in reply.candidates.items()} == {
        "S1": LONG,
        "S2": "It is narrow.",
        "S3": "Most people are Tajiks.",
    }
    assert {(one.article.title, one.article.source) for one in reply.candidates.values()} == {("The valley", "Review")}
    assert reply.claims == (DraftClaim(LONG, ("S1",)),)
    assert (reply.problem, reply.prompt_tokens, reply.seconds) == (None, 700, 2.5)
    assert reply.wrong == {"It is wide."}


def test_an_older_prompt_is_read_as_well(tmp_path: Path) -> None:
    row = line(answer((LONG, ["S2"])))
    sentences = [{"key": "S1", "article": "A", "sentence": "One."}, {"key": "S2", "article": "B", "sentence": LONG}]
    data = "\n".join(["<sentences>", *map(json.dumps, sentences), "</sentences>", "<question>", '"Q?"', "</question>"])
    row["request"]["messages"][-1]["content"] = data
    (reply,) = replies(tmp_path, row)
    assert {key: (one.article.title, one.quote) for key, one in reply.candidates.items()} == {
        "S1": ("A", "One."),
        "S2": ("B", LONG),
    }


@pytest.mark.parametrize(
    ("row", "problem", "claims"),
    [
        (line("The valley is long."), "cannot be read", 0),
        (line(answer()), None, 0),
        (line(answer((LONG, ["S1"]))[:-2], finish_reason="length"), None, 1),
        (line("", finish_reason="length"), "cut off", 0),
        (line(f"{LONG} [S1]", form=Form.LINES), None, 1),
        ({**line(""), "status": 400}, "status 400", 0),
        ({**line(""), "response": events(answer((LONG, ["S1"])), finish_reason="stop")}, None, 1),
        ({**line(""), "response": events(answer((LONG, ["S1"]))[:-2], finish_reason=None)}, None, 1),
    ],
)
def test_a_reply_of_no_use_says_why(tmp_path: Path, row: dict[str, Any], problem: str | None, claims: int) -> None:
    (reply,) = replies(tmp_path, row)
    assert (problem in (reply.problem or "")) if problem else reply.problem is None
    assert len(reply.claims) == claims


def test_a_labelled_claim_names_sentences_of_its_articles(tmp_path: Path) -> None:
    (tmp_path / "valley.md").write_text(f"# The valley\n\n{LONG} Most people are Tajiks.\n", encoding="utf-8")
    cited = [{"article": "valley.md", "sentence": "Most people are Tajiks."}]
    row = {"claim": "Tajiks live there.", "question": "Who lives there?", "cited": cited, "right": False}
    (reply,) = replies(tmp_path, row)
    assert [reply.candidates[key].quote for key in reply.claims[0].keys] == ["Most people are Tajiks."]
    assert reply.wrong == {"Tajiks live there."}
    assert not reply.right
