"""What can be asked after an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from footnote.answering.suggestions import MOST, Suggestions
from footnote.grounding.citing import cite
from footnote.models import Answer, Article, Candidate, Claim, Hit, Passage, Reading, Receipt, Signals
from footnote.text.sentences import split_sentences

SIGNALS = Signals(0.5, 0.5)


class FakeReader:
    """Sure of what is not in `unanswered`."""

    def __init__(self, *unanswered: str) -> None:
        self.unanswered = unanswered
        self.asked: list[str] = []

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        assert len(hits) == 1, "it is held against its own passage"
        self.asked.append(question)
        return Reading((), 0.0 if question in self.unanswered else 0.99)


def a_hit(text: str, *headings: str, article_id: str = "a.md") -> Hit:
    passage = Passage(Article(article_id, "The museum", text), tuple(split_sentences(text)), headings)
    return Hit(passage, 1.0, SIGNALS, (SIGNALS,) * len(passage.sentences))


CITED = a_hit("The museum opened in 1932.", "History", article_id="history.md")
FEES = a_hit("Adults pay 8 euros.", "Visiting", "## Entrance fees", article_id="fees.md")
HOURS = a_hit("It is open from 9 to 5.", "Opening hours:", article_id="hours.md")
DOGS = a_hit("May dogs come in? Small ones may.", article_id="dogs.md")
MORE = a_hit("There is a lift.", "Access", article_id="lift.md")


def an_answer(*hits: Hit) -> Answer:
    passage = CITED.passage
    claim = Claim(passage.text, 1.0, (cite(Candidate(passage, passage.sentences[0], 1.0), 1),))
    receipt = Receipt((CITED, *hits), (), "extractive", "g1", 1.0, 1.0)
    return Answer("When did the museum open?", (claim,), 0.9, receipt)


async def test_headings_and_questions_of_passages_that_were_not_cited_are_suggested() -> None:
    reader = FakeReader()
    found = await Suggestions(reader).after(an_answer(FEES, HOURS, DOGS))
    assert found == ("Entrance fees?", "Opening hours?", "May dogs come in?")


async def test_there_are_three_at_most() -> None:
    assert len(await Suggestions(FakeReader()).after(an_answer(FEES, HOURS, DOGS, MORE))) == MOST


async def test_eight_questions_are_tried_at_most() -> None:
    reader = FakeReader(*(f"Title {number}?" for number in range(20)))
    hits = [a_hit("It is so.", *(f"Title {at + 4 * to}" for to in range(4)), article_id=f"{at}.md") for at in range(4)]
    assert await Suggestions(reader).after(an_answer(*hits)) == ()
    assert len(reader.asked) == 8


async def test_what_its_passage_does_not_answer_is_not_suggested() -> None:
    reader = FakeReader("Entrance fees?", "Visiting?")
    assert await Suggestions(reader).after(an_answer(FEES, HOURS)) == ("Opening hours?",)
    assert "Entrance fees?" in reader.asked


async def test_neither_the_question_again_nor_anything_twice() -> None:
    again = a_hit("It did so in May.", "When did the museum open?")
    twice = a_hit("On Sundays it is shut.", "Opening hours", article_id="other.md")
    assert await Suggestions(FakeReader()).after(an_answer(again, HOURS, twice)) == ("Opening hours?",)


async def test_long_headings_and_tables_are_left_out() -> None:
    long, table = a_hit("It is long.", "word " * 30), a_hit("| a | b |", "Berth | Fee")
    assert await Suggestions(FakeReader()).after(an_answer(long, table)) == ()


async def test_without_other_passages_there_is_nothing_to_suggest() -> None:
    assert await Suggestions(FakeReader()).after(replace(an_answer())) == ()
