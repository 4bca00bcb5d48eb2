"""Questions for all that a table says."""

from __future__ import annotations

import pytest

from footnote.answering.candidates import offered
from footnote.answering.extractive import choose
from footnote.models import Article, Candidate, Passage, Reading
from footnote.reading.citable import is_citable
from footnote.text.sentences import split_sentences

HOURS = """# Opening hours

| Day | Hours |
| Monday | closed |
| Tuesday to Friday | 14:00 to 22:00 |
| Saturday | 10:00 to 18:00 |

The workshop is shut on public holidays.

| Room | Rent |
| North | 5 euros |
| South | 6 euros |"""

ROWS = ["| Monday | closed |", "| Tuesday to Friday | 14:00 to 22:00 |", "| Saturday | 10:00 to 18:00 |"]


def said(question: str, best: str, text: str = HOURS) -> list[str]:
    article = Article("a.md", "Workshop", text)
    passage = Passage(article, split_sentences(text))
    found = [Candidate(passage, one, 0.0) for one in passage.sentences if is_citable(text, one)]
    ranked = [Candidate(one.passage, one.sentence, 5.0 if one.quote == best else 0.0) for one in found]
    keyed = offered(Reading(tuple(sorted(ranked, key=lambda one: -one.score)), 1.0))
    return [keyed[key].quote for key in choose(question, keyed)]


@pytest.mark.parametrize(
    "question", ["opening hours", "What are your opening hours?", "when are you open", "which days?"]
)
def test_a_question_for_what_stands_above_the_rows_gets_all_of_them(question: str) -> None:
    assert said(question, ROWS[1]) == ROWS


@pytest.mark.parametrize("question", ["Are you open on Monday?", "When does it close?", "opening hours at the kiln"])
def test_a_question_for_more_gets_its_row(question: str) -> None:
    assert said(question, ROWS[1]) == ROWS[1:2]


def test_other_sentences_bring_no_rows() -> None:
    assert said("opening hours", "The workshop is shut on public holidays.") == [
        "The workshop is shut on public holidays."
    ]


def test_a_long_table_is_not_given_whole() -> None:
    rows = "\n".join(f"| Day {number} | {number}:00 |" for number in range(1, 14))
    assert said("opening hours", "| Day 4 | 4:00 |", f"# Opening hours\n\n| Day | Hour |\n{rows}") == [
        "| Day 4 | 4:00 |"
    ]
