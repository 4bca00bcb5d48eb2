"""`footnote ask`: one question, for people and for scripts."""

from __future__ import annotations

import hashlib

import pytest
from article_files import write_articles
from terminal_stage import (
    ARTICLES,
    CITATION,
    CLAIM,
    KNOWN,
    OUTCOME,
    SPAN,
    UNKNOWN,
    Terminal,
)


def test_an_answer_has_footnotes_and_the_sentences_they_stand_for(terminal: Terminal) -> None:
    ran = terminal.run("ask", KNOWN)
    assert (ran.code, ran.err) == (0, "")
    assert "Ahmad Massoud leads the front.¹" in ran.out
    assert "¹ “Ahmad Massoud leads the front.”" in ran.out
    assert "The front · Monitor · 8 September 2021 · reports/front.md" in ran.out
    assert "https://news.example/front" in ran.out


def test_what_the_articles_do_not_say_is_not_said(terminal: Terminal) -> None:
    ran = terminal.run("ask", UNKNOWN)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("The articles do not answer this question.\nClosest in the articles:")


@pytest.mark.parametrize(("question", "outcome"), [(KNOWN, "answered"), (UNKNOWN, "abstained")])
def test_json_has_exactly_the_keys_of_the_contract(terminal: Terminal, question: str, outcome: str) -> None:
    answer = terminal.ask(question)
    assert list(answer) == OUTCOME
    assert (answer["question"], answer["outcome"]) == (question, outcome)
    assert list(answer["milliseconds"]) == ["retrieve", "answer"]
    assert bool(answer["claims"]) == (outcome == "answered")
    assert bool(answer["nearest"]) == (outcome == "abstained")
    citations = [*answer["nearest"], *(citation for claim in answer["claims"] for citation in claim["citations"])]
    for keys, values in ((CLAIM, answer["claims"]), (CITATION, citations)):
        assert all(list(value) == keys for value in values)
    for spans in (answer["hits"], answer["sentences"]):
        assert spans
        assert all(list(span) == SPAN for span in spans)


def test_json_tells_what_the_citation_knows_of_its_article(terminal: Terminal) -> None:
    (citation,) = terminal.ask("For how many minutes should I knead the dough?")["claims"][0]["citations"]
    assert (citation["article"], citation["title"]) == ("bread.txt", "Baking bread")
    assert (citation["url"], citation["published"]) == (None, None)
    (citation,) = terminal.ask(KNOWN)["claims"][0]["citations"]
    assert (citation["url"], citation["published"]) == ("https://news.example/front", "2021-09-08")


@pytest.mark.parametrize("question", [KNOWN, UNKNOWN, "What do the fighters say?"])
def test_every_span_counts_in_the_text_that_index_show_prints(terminal: Terminal, question: str) -> None:
    answer = terminal.ask(question)
    citations = [*answer["nearest"], *(citation for claim in answer["claims"] for citation in claim["citations"])]
    texts = {name: terminal.run("index", "show", name).out.removesuffix("\n") for name in ARTICLES}
    for citation in citations:
        assert texts[citation["article"]][citation["start"] : citation["end"]] == citation["quote"]
        assert hashlib.sha256(texts[citation["article"]].encode()).hexdigest() == citation["version"]
    for span in answer["hits"] + answer["sentences"]:
        assert texts[span["article"]][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(
    ("collections", "found"),
    [(("reports",), {"reports/front.md"}), (("reports", "kitchen"), {"reports/front.md", "kitchen/tea.txt"})],
)
def test_a_question_can_be_kept_to_collections(
    terminal: Terminal, collections: tuple[str, ...], found: set[str]
) -> None:
    write_articles(terminal.articles, {"kitchen/tea.txt": "Tea\nGreen tea is poured into small glasses."})
    terminal.run("index", "build")
    options = [part for name in collections for part in ("--collection", name)]
    ran = terminal.run("ask", "--json", *options, KNOWN)
    assert list(ran.json) == OUTCOME
    assert {hit["article"] for hit in ran.json["hits"]} == found
    error = terminal.run("ask", "--collection", "nowhere", KNOWN).error
    assert "There is no collection nowhere. There are: kitchen, reports." in error


def test_a_question_over_several_lines_is_one_question(terminal: Terminal) -> None:
    assert terminal.ask(" Who leads\n  the front? ")["question"] == KNOWN


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {"valley.md", "reports/front.md"}),
        (("--since", "2021-09-02"), {"reports/front.md"}),
        (("--until", "2021-09-07"), {"valley.md"}),
        (("--since", "2021-09-01", "--until", "2021-09-08"), {"valley.md", "reports/front.md"}),
        (("--since", "2021-09-02", "--until", "2021-09-07"), set()),
    ],
)
def test_since_and_until_keep_to_articles_published_then(
    terminal: Terminal, arguments: tuple[str, ...], expected: set[str]
) -> None:
    found = {hit["article"] for hit in terminal.ask("What is high and long?", *arguments)["hits"]}
    assert found - {"bread.txt"} == expected
    assert not (arguments and "bread.txt" in found)


def test_without_an_index_the_first_question_builds_it_and_prints_only_the_answer(terminal: Terminal) -> None:
    terminal.forget_index()
    (terminal.folder / "var/footnote.sqlite").unlink()
    ran = terminal.run("ask", KNOWN, "--json")
    assert ran.json["outcome"] == "answered"
    assert "3 articles" in ran.err


def test_build_takes_in_what_has_changed_before_it_answers(terminal: Terminal) -> None:
    write_articles(terminal.articles, {"keys.txt": "Lost property\nThe lost keys are in the blue drawer."})
    question = "Where are the lost keys?"
    assert "blue drawer" not in terminal.ask(question)["text"]
    assert "blue drawer" in terminal.ask(question, "--build")["text"]
