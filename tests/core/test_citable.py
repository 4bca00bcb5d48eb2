"""Which sentences may be cited, and what is above them."""

from __future__ import annotations

from datetime import date

import pytest

from footnote.models import Article, Passage, Sentence
from footnote.reading.citable import asks_where, header, is_citable, points_elsewhere
from footnote.text.sentences import split_sentences


def is_citable_alone(text: str) -> bool:
    return is_citable(text, Sentence(0, len(text)))


@pytest.mark.parametrize(
    "quote",
    [
        "Massoud leads it.",
        "Closed",
        "7",
        "#1 in the charts",
        "#tag",
        "“Who leads?” he asked.",
        "Monday: closed",
        "| North | 300 euros |",
        "谁领导阵线。",
    ],
)
def test_what_states_something_may_be_cited(quote: str) -> None:
    assert is_citable_alone(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "# The front",
        "###### The front",
        "===",
        "* * *",
        "___",
        "…",
        "Who leads?",
        "Who leads?!",
        "Who leads?”",
        "“Who leads?” ",
        "谁领导？",
        "من يقود؟",
        "It leads to:",
        "如下：",
    ],
)
def test_what_states_nothing_may_not_be_cited(quote: str) -> None:
    assert not is_citable_alone(quote)


@pytest.mark.parametrize(("row", "expected"), [("| Berth | Fee |", False), ("| North | 300 |", True)])
def test_the_first_row_of_a_table_only_names_columns(row: str, expected: bool) -> None:
    text = "| Berth | Fee |\n| North | 300 |"
    start = text.index(row)
    assert is_citable(text, Sentence(start, start + len(row))) is expected


@pytest.mark.parametrize(
    ("headings", "published", "line"),
    [
        ((), None, "The front"),
        (("Leaders", "Now"), None, "The front · Leaders · Now"),
        ((), date(2021, 9, 6), "The front · 6 September 2021"),
        (("Leaders",), date(2021, 9, 16), "The front · Leaders · 16 September 2021"),
        (("",), None, "The front"),
    ],
)
def test_a_header_has_title_headings_and_day(headings: tuple[str, ...], published: date | None, line: str) -> None:
    article = Article("a.md", "The front", "Massoud leads it.", published=published)
    assert header(Passage(article, (Sentence(0, 17),), headings)) == line


@pytest.mark.parametrize("lead_in", ["**Fees:**", "They asked:*", "_Steps:_"])
def test_a_lead_in_with_marks_behind_its_colon_is_not_citable(lead_in: str) -> None:
    assert not is_citable(lead_in, Sentence(0, len(lead_in)))


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("See licensing terms for more details.", True),
        ("Please see [the guide](guide.md).", True),
        ("- Refer to the next chapter.", True),
        ("For more information about fees, see the harbour's page.", True),
        ("More information about the policies can be found in the handbook.", True),
        ("For a full list of options, see the reference.", True),
        ("More details can be found here.", True),
        ("To run it on a phone, see the bottom of this page.", True),
        ("For parking, please see the section below.", True),
        ("For problems with the lift see: Lift: Known problems.", True),
        ("To get a key, see the manager on page duty.", False),
        ("For prices see: members 5 euros.", False),
        ("See a doctor if the pain does not stop.", False),
        ("See a doctor if you have any of the symptoms above.", False),
        ("Consult your vet if it falls below 35 degrees.", False),
        ("Consult a lawyer before you sign the terms.", False),
        ("See the key in section 4: members pay nothing.", False),
        ("For more than two guests, see the office.", False),
        ("For all complaints, consult Anna Berg.", False),
        ("More information is available at 0123 4567.", False),
        ("Additional information was found in the wreck by divers.", False),
        ("Detailed instructions in writing must be given to the owner.", False),
        ("| See below | 5 euros |", False),
        ("See here (https://norvik.example/a_(b)) for details.", True),
        ("More information can be found here (https://norvik.example).", True),
        ("The egg can be found here (https://norvik.example).", False),
        ("Read the label first.", False),
        ("The guide is on page 5.", False),
        (f"More details were released at the {'very ' * 25} last meeting.", False),
    ],
)
def test_what_only_points_elsewhere_tells_nothing(quote: str, expected: bool) -> None:
    assert points_elsewhere(quote) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Where is the guide?", True),
        ("is there documentation for it", True),
        ("How can I get more info?", True),
        ("What licence has it?", False),
    ],
)
def test_a_pointer_may_answer_where_something_is(question: str, expected: bool) -> None:
    assert asks_where(question) is expected


SWITCHES = """# Switching it off

Harbour server

Set `relay = off` in harbour.conf

Pocket edition

Tap the bell. It turns grey."""


@pytest.mark.parametrize("text", [SWITCHES, SWITCHES.replace("\n\n", "\n \n")])
def test_lines_that_label_paragraphs_are_not_cited(text: str) -> None:
    cited = [text[one.start : one.end] for one in split_sentences(text) if is_citable(text, one)]
    assert cited == ["Set `relay = off` in harbour.conf", "Tap the bell.", "It turns grey."]


@pytest.mark.parametrize(
    "text",
    [
        "By Anna Berg\n\nThe council met on Monday.",
        "Anna Berg\n\nPaul Adler\n\nMira Holm",
        "The bell rings\n\nIt is loud.\n\nThe bell is quiet\n\nIt is off.",
        "# North\n\nFerry\n\nIt sails at ten.\n\n# South\n\nTrain\n\nIt leaves at noon.",
    ],
)
def test_other_short_lines_may_be_cited(text: str) -> None:
    assert all(is_citable(text, one) for one in split_sentences(text) if not text.startswith("#", one.start))
