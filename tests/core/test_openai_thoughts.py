"""What a model thinks before it answers is not read as its answer."""

from __future__ import annotations

from time import process_time

import pytest

from footnote.adapters.openai.thoughts import Thoughts, without_thoughts

ANSWER = '{"claims": [{"text": "It is long.", "sources": ["S1"]}]}'
DRAFT = 'Perhaps {"claims": []}? No.'
ANALYSIS = "<|channel|>analysis<|message|>"

WRITTEN = [
    f"<think>{DRAFT}</think>",
    f" \n<think>\n{DRAFT}\n</think>\n\n",
    f"<thinking>{DRAFT}</thinking>",
    f"<thought>{DRAFT}</thought>\n",
    f"[THINK]{DRAFT}[/THINK]",
    f"<think>{DRAFT}</think><think></think>",
    f"{ANALYSIS}{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>",
    f"<|start|>assistant{ANALYSIS}{DRAFT}<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>",
    "<|channel|>final<|message|>",
    f"{DRAFT}</think>",
    f"{DRAFT}[/THINK]",
    "",
]


@pytest.mark.parametrize("thoughts", WRITTEN)
@pytest.mark.parametrize("answer", [ANSWER, f"```json\n{ANSWER}\n```", f"[{ANSWER}]", "It is long. [S1]"])
def test_thoughts_are_left_out_in_all_their_marks(thoughts: str, answer: str) -> None:
    assert without_thoughts(thoughts + answer) == answer


@pytest.mark.parametrize("thoughts", [one for one in WRITTEN if one and not one.startswith(DRAFT)])
def test_nothing_is_told_of_a_text_that_grows_before_its_thoughts_are_over(thoughts: str) -> None:
    growing = Thoughts()
    told = [growing.left_out_of((thoughts + ANSWER)[:end]) for end in range(1, len(thoughts + ANSWER) + 1)]
    assert {one for one in told[: len(thoughts)] if one is not None} == set()
    assert told[len(thoughts) :] == [ANSWER[:end] for end in range(1, len(ANSWER) + 1)]


@pytest.mark.parametrize("text", ["<think>It is long. [S1]", f"[THINK]{ANSWER}", f"{ANALYSIS}{ANSWER}<|end|>"])
def test_thoughts_without_an_end_are_no_answer(text: str) -> None:
    assert without_thoughts(text) == ""


def test_the_mark_at_the_end_of_an_answer_is_no_part_of_it() -> None:
    assert without_thoughts("<|channel|>final<|message|>It is long. [S1]<|return|>\n") == "It is long. [S1]"


@pytest.mark.parametrize("tag", ["</think>", "[/THINK]", "<thought>"])
def test_json_is_an_answer_whatever_stands_inside(tag: str) -> None:
    for text in (ANSWER.replace("It", tag), f"[{ANSWER.replace('It', tag)}]"):
        assert without_thoughts(text) == text


@pytest.mark.parametrize("begin", ["<think>", "", "[THINK]", "{", " "])
def test_a_text_in_many_pieces_is_looked_through_once(begin: str) -> None:
    growing, text, began = Thoughts(), begin, process_time()
    for _ in range(20_000):
        text += " word"
        growing.left_out_of(text)
    assert process_time() - began < 2.0
