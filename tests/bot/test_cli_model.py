"""`footnote ask` with a language model."""

from __future__ import annotations

import json

import pytest
from scripted_openai import Reply, fails, quotes, says, tears
from terminal_stage import (
    KNOWN,
    LEADS,
    OUTCOME,
    UNKNOWN,
    Terminal,
    model,
)


def test_a_language_model_s_answer_has_exact_citations(terminal: Terminal) -> None:
    extractive = terminal.ask(KNOWN)
    with model(terminal, quotes(LEADS)) as server:
        answer = terminal.ask(KNOWN)
    assert (list(answer), answer["answerer"], answer["outcome"]) == (OUTCOME, "openai", "answered")
    assert answer["claims"] == extractive["claims"]
    (citation,) = answer["claims"][0]["citations"]
    text = terminal.run("index", "show", "reports/front.md").out.removesuffix("\n")
    assert text[citation["start"] : citation["end"]] == citation["quote"] == LEADS
    (asked,) = server.requests
    assert (asked.body["model"], asked.question) == ("gpt-5.4-mini", KNOWN)


def test_a_question_in_another_language_is_answered_in_it_below_the_original(terminal: Terminal) -> None:
    german = "Ahmad Massoud führt die Front."
    written = {"claims": [{"text": LEADS, "sources": ["S1"], "translation": german}]}
    with model(terminal, says(json.dumps(written))):
        answer = terminal.ask("Wer führt die Front, Ahmad Massoud?")
        shown = terminal.run("ask", "Wer führt die Front, Ahmad Massoud?").out.splitlines()
    (claim,) = answer["claims"]
    assert list(claim) == ["text", "support", "citations", "translation"]
    assert (claim["text"], claim["translation"]) == (LEADS, german)
    assert claim["citations"][0]["quote"] == LEADS
    assert shown[:3] == [f"{german}¹", "Translated by a language model from:", f"  “{LEADS}”"]


def test_a_question_far_from_the_articles_does_not_reach_the_model(terminal: Terminal) -> None:
    with model(terminal, quotes(LEADS)) as server:
        assert terminal.ask(UNKNOWN)["outcome"] == "abstained"
    assert server.requests == []


def test_what_the_model_does_not_find_is_not_said(terminal: Terminal) -> None:
    with model(terminal, says('{"claims": []}')):
        answer = terminal.ask(KNOWN)
    assert (answer["outcome"], answer["answerer"], answer["claims"]) == ("abstained", "openai", [])
    assert answer["nearest"]


@pytest.mark.parametrize(
    "reply", [fails(401), says("Massoud."), says(None, refusal="No."), tears()], ids=["401", "prose", "refusal", "torn"]
)
def test_when_the_model_fails_source_sentences_answer(terminal: Terminal, reply: Reply) -> None:
    with model(terminal, reply):
        ran = terminal.run("ask", KNOWN, "--json")
    assert ran.code == 0
    assert list(ran.json) == OUTCOME
    assert (ran.json["answerer"], ran.json["outcome"]) == ("extractive", "answered")
    assert ran.json["claims"][0]["citations"][0]["quote"] == LEADS


def test_an_answer_without_the_model_says_so(terminal: Terminal) -> None:
    note = "The language model is not set up correctly; these are sentences from the articles."
    with model(terminal, fails(401)):
        assert note in terminal.run("ask", KNOWN).out.splitlines()
    with model(terminal, quotes(LEADS)):
        assert note not in terminal.run("ask", KNOWN).out


def test_a_batch_leaves_a_dead_model_alone_after_three_failures(terminal: Terminal) -> None:
    with model(terminal, fails(401)) as server:
        assert terminal.batch(*(json.dumps({"id": number, "question": KNOWN}) for number in range(6))).code == 0
    assert [answer["answerer"] for answer in terminal.answers] == ["extractive"] * 6
    assert len(server.requests) == 3


def test_a_key_changes_nothing_when_source_sentences_are_wanted(terminal: Terminal) -> None:
    terminal.set("FOOTNOTE_ANSWERER", "extractive")
    with model(terminal, quotes(LEADS)) as server:
        terminal.set("OPENAI_API_KEY", "sk-x")
        assert terminal.ask(KNOWN)["answerer"] == "extractive"
    assert server.requests == []


def test_a_model_that_cannot_be_reached_by_any_setting_is_an_error(terminal: Terminal) -> None:
    terminal.set("FOOTNOTE_ANSWERER", "openai")
    error = terminal.run("ask", KNOWN).error
    assert "OPENAI_API_KEY" in error
    assert "OPENAI_BASE_URL" in error
