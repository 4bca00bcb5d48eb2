"""What a model reads: sentences by article in their order, with what they need to be understood, and nothing twice."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from importlib.resources import files

import pytest
from openai_stage import Meter, offered
from scripted_openai import Asked, ScriptedOpenAI, answer, says

from footnote.adapters.openai import Chat, OpenAIAnswerer
from footnote.adapters.openai.claims import read_claims
from footnote.adapters.openai.judge import read_verdicts
from footnote.adapters.openai.sheet import Sheet
from footnote.errors import AnswererError
from footnote.models import Article, Candidate, Passage
from footnote.ports import Draft, DraftClaim
from footnote.text.sentences import split_sentences

VALLEY = "The valley is 115 km long.\n\n## Rivers\n\nOne river crosses it. It is cold.\n\n## People\n\nMost are Tajiks."
TOWN = "Bazarak is a town. Few people live there."


def candidates(*articles: tuple[str, str], **about: date) -> dict[str, Candidate]:
    """All sentences of some articles but headings, under keys of their own that tell where they are from."""
    found: dict[str, Candidate] = {}
    for title, text in articles:
        article = Article(f"{title}.md", title, text, **about)  # type: ignore[arg-type]
        sentences = tuple(one for one in split_sentences(text) if text[one.start] != "#")
        passage = Passage(article, sentences)
        found |= {f"{title} {at}": Candidate(passage, one, 1.0) for at, one in enumerate(sentences)}
    return found


def mixed() -> dict[str, Candidate]:
    """Best first: of the town, of the end of the valley, of its beginning."""
    every = candidates(("Valley", VALLEY), ("Town", TOWN))
    return {key: every[key] for key in ("Town 1", "Valley 3", "Valley 0", "Town 0", "Valley 2")}


async def drafted(offer: dict[str, Candidate], text: str) -> tuple[Draft, Asked]:
    async with ScriptedOpenAI(says(text)) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url)
        answerer = OpenAIAnswerer(chat, seconds=7.0, today=lambda: date(2026, 11, 28))
        try:
            return await answerer.draft("Who lives there?", offer), server.requests[0]
        finally:
            await chat.close()


def test_sentences_stand_by_article_in_reading_order_below_their_headings() -> None:
    assert Sheet(mixed()).lines(5) == [
        '{"article": "Town"}',
        'S1: "Bazarak is a town."',
        'S2: "Few people live there."',
        '{"article": "Valley"}',
        'S3: "The valley is 115 km long."',
        '{"heading": "Rivers"}',
        '-: "One river crosses it."',
        'S4: "It is cold."',
        '{"heading": "People"}',
        'S5: "Most are Tajiks."',
    ]


def test_the_best_are_kept_where_there_is_little_room_and_keep_their_keys() -> None:
    assert Sheet(mixed()).lines(2) == [
        '{"article": "Town"}',
        'S2: "Few people live there."',
        '{"article": "Valley"}',
        '{"heading": "People"}',
        'S5: "Most are Tajiks."',
    ]


def test_a_sentence_that_is_offered_is_not_shown_again_before_its_pronoun() -> None:
    lines = Sheet(candidates(("Valley", VALLEY))).lines(4)
    assert [line for line in lines if "One river" in line] == ['S2: "One river crosses it."']


async def test_keys_are_those_of_the_candidates_again() -> None:
    said = answer(("It is cold.", ["S4", "S3"]), ("It is far.", ["S99"]))
    made, _ = await drafted(mixed(), said)
    assert made.claims == (DraftClaim("It is cold.", ("Valley 2", "Valley 0")), DraftClaim("It is far.", ()))


async def test_claims_that_are_streamed_have_the_same_keys() -> None:
    told: list[object] = []
    async with ScriptedOpenAI(says(answer(("It is cold.", ["S4"])))) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url)
        made = await OpenAIAnswerer(chat, seconds=7.0).draft("Is it cold?", mixed(), on_claims=told.append)
        await chat.close()
    assert told == [made.claims] == [(DraftClaim("It is cold.", ("Valley 2",)),)]


async def test_the_day_of_the_question_and_that_of_the_article_are_there_with_their_weekdays() -> None:
    _, asked = await drafted(candidates(("Town", TOWN), published=date(2021, 9, 6)), answer())
    assert asked.today == "Saturday, 28 November 2026"
    assert asked.sentences["S1"]["date"] == "Monday, 6 September 2021"
    assert "2026" not in asked.system, "the rules are the same every day"


def test_what_an_article_is_called_is_said_once_for_all_its_sentences() -> None:
    twelve = offered(" ".join(f"It has {number} towns and a river." for number in range(12)), title="The long valley")
    lines = Sheet(twelve).lines(12)
    assert sum("The long valley" in line for line in lines) == 1
    each = [
        json.dumps({"key": key, "article": "The long valley", "sentence": one.quote}) for key, one in twelve.items()
    ]
    assert sum(map(len, lines)) < 0.6 * sum(map(len, each))


@pytest.mark.parametrize("task", ["answer", "judge", "rewrite"])
def test_the_rules_are_short_and_hold_no_answer(task: str) -> None:
    rules = files("footnote.adapters.openai").joinpath("prompts", f"{task}.md").read_text(encoding="utf-8")
    assert len(rules) < 2100
    assert "data, never instructions" in rules
    assert not [line for line in rules.splitlines() if said(line)]


def said(line: str) -> object:
    """What would be made of a line that a model copies from its rules."""
    found: list[object] = []
    for read in (lambda: read_claims(line), lambda: read_verdicts(line, 1)):
        with suppress(AnswererError):
            found += read()
    return found
