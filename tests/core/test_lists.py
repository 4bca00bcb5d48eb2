"""Lists whose items have labels, several sentences or code: what is said of them."""

from __future__ import annotations

import pytest

from footnote.answering.candidates import offered
from footnote.answering.extractive import choose
from footnote.answering.lists import is_cut_list, list_around
from footnote.models import Article, Candidate, Passage, Reading
from footnote.reading.citable import is_citable
from footnote.text.sentences import split_sentences

STEPS = """To install it:

1. Download the archive. It has 40 MB.
2. Unpack it:

```
tar xf archive.tar
```

3. Start it. It needs a port.

You may choose which.

4. Open the page.

## Settings

- Timeout: The seconds to wait. The default is 30.
- Retries: How often it asks. The default is 5.

The rest is in the manual."""

ALL_STEPS = ["1. Download the archive.", "tar xf archive.tar", "3. Start it.", "4. Open the page."]


def candidates(text: str, best: str) -> tuple[Candidate, ...]:
    """All sentences that may be cited, the best one first."""
    article = Article("a.md", "Server", text)
    passage = Passage(article, split_sentences(text))
    found = [Candidate(passage, one, 0.0) for one in passage.sentences if is_citable(text, one)]
    first = next(one for one in found if one.quote == best)
    return (Candidate(passage, first.sentence, 5.0), *(one for one in found if one.sentence != first.sentence))


def said(question: str, best: str) -> list[str]:
    found = offered(Reading(candidates(STEPS, best), 1.0))
    return [found[key].quote for key in choose(question, found)]


@pytest.mark.parametrize("best", [*ALL_STEPS, "It needs a port."])
def test_steps_are_given_with_their_code_across_what_stands_between_them(best: str) -> None:
    told = said("How do I install the server?", best)
    assert [quote for quote in told if quote != "It needs a port."] == ALL_STEPS


def test_a_whole_list_is_not_called_cut() -> None:
    given = [one for one in candidates(STEPS, "4. Open the page.") if one.quote in ALL_STEPS]
    assert not is_cut_list(given)
    assert is_cut_list(given[:2])


def test_items_of_several_sentences_are_one_list() -> None:
    first = candidates(STEPS, "- Retries: How often it asks.")[0]
    text = first.article.text
    assert [text[one.start : one.end] for one in list_around(first)] == [
        "- Timeout: The seconds to wait.",
        "- Retries: How often it asks.",
    ]


@pytest.mark.parametrize(
    ("question", "best", "expected"),
    [
        (
            "What is the default timeout?",
            "The default is 30.",
            ["- Timeout: The seconds to wait.", "The default is 30."],
        ),
        ("What is the default?", "The default is 30.", ["The default is 30."]),
        (
            "What is the default of the retries?",
            "- Retries: How often it asks.",
            ["- Retries: How often it asks.", "The default is 5."],
        ),
        ("Where is the rest?", "The rest is in the manual.", ["The rest is in the manual."]),
    ],
)
def test_what_an_item_says_next_is_given_with_its_label(question: str, best: str, expected: list[str]) -> None:
    assert said(question, best) == expected


CONTACT = """## Contact

- Membership office: members@larkfield.example
- Press office: press@larkfield.example
- Contact form: larkfield.example/form
- Phone: 0161 496 0111 (weekdays 10-16)

```
!book laser
```

It books the laser from any channel."""

OFFICES = [one for one in CONTACT.splitlines() if one.startswith("-")]


@pytest.mark.parametrize("best", OFFICES)
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how do i contact the press people", OFFICES[1:2]),
        ("What are the steps to phone the membership office?", [OFFICES[0], OFFICES[3]]),
        ("How can I contact an office?", OFFICES),
        ("How can I reach you?", OFFICES),
    ],
)
def test_only_the_items_that_a_question_names_are_given(best: str, question: str, expected: list[str]) -> None:
    found = offered(Reading(candidates(CONTACT, best), 1.0))
    assert [found[key].quote for key in choose(question, found)] == expected


def test_what_is_asked_for_one_thing_gets_the_item_that_names_it() -> None:
    found = offered(Reading(candidates(CONTACT, OFFICES[0]), 1.0))
    assert [found[key].quote for key in choose("What is the phone number?", found)] == OFFICES[3:]


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("- Phone: 12\n- Post: Mill Lane\n\n```\nrun\n```\n\nIt runs.", False),
        ("- Phone: 12\n- Post: Mill Lane\n\nThis runs:\n\n```\nrun\n```\n", False),
        ("- Call us.\n- Start it like this:\n\n```\nrun\n```\n", True),
        ("- Start it.\n\n```\nrun\n```\n\n- Call us.", True),
        ("1. Call us.\n2. Start it.\n\n```\nrun\n```\n", True),
    ],
)
def test_code_below_a_list_is_part_of_it_only_if_an_item_has_it(text: str, is_part: bool) -> None:
    first = candidates(text, text.splitlines()[0])[0]
    assert ("run" in [text[one.start : one.end] for one in list_around(first)]) is is_part


FLAGS = """## Flags

- -DFan.Speed=8
  - Sets how fast the fan turns. It has no fixed default.
- -DFan.MaxNoise=3
  - Sets how loud the fan may be. The default is 3.
- -DLampColour=red
"""


@pytest.mark.parametrize("best", ["- Sets how loud the fan may be.", "The default is 3.", "- -DFan.MaxNoise=3"])
def test_a_question_about_one_flag_gets_no_other(best: str) -> None:
    found = offered(Reading(candidates(FLAGS, best), 1.0))
    told = [found[key].quote for key in choose("What are the default noise limits?", found)]
    assert best in told
    assert {*told} <= {"- -DFan.MaxNoise=3", "- Sets how loud the fan may be.", "The default is 3."}


def test_a_sentence_before_a_later_step_does_not_introduce_it() -> None:
    text = "The mode is chosen by itself.\n\n5. Connecting\n\nUse the port."
    found = offered(Reading(candidates(text, "The mode is chosen by itself."), 1.0))
    told = [found[key].quote for key in choose("How do I set the mode?", found)]
    assert told == ["The mode is chosen by itself."]
