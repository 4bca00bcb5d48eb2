"""Sentence spans: exact for any text, and cut where a reader would cut."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.text.full_stops import sentence_ends
from footnote.text.languages import language_of
from footnote.text.sentences import MAX_CHARACTERS, split_sentences

UNICODE = st.text(st.characters(exclude_categories=["Cs"]))
PROSE_PIECES = [
    *["Dr.", "A.", "é.", "J.", "U.S.", "3.5", "word", "x" * 70, "- item", "!", "?", "…", '"', "”", "(", "“", "كيف؟"],
    *["مرحبا", "😀", "👨\u200d👩\u200d👧", "\u202e", "\x00", "\u00a0", "\u2028", " ", "\n", "\n\n", "\r\n"],
]
CASES = [
    line.split(": ", 1)
    for line in Path(__file__).with_name("sentence_cases.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PROSE = st.lists(st.sampled_from(PROSE_PIECES), max_size=40).map("".join)


def quotes(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@given(UNICODE | PROSE)
@example("J.\u00a0b")  # sentencex 1.0.32 panics on this one when it is handed over as it is
def test_sentences_lie_in_order_and_only_white_space_is_left_out(text: str) -> None:
    position = 0
    for sentence in split_sentences(text):
        assert text[position : sentence.start].strip() == ""
        assert sentence.start < sentence.end
        position = sentence.end
    assert text[position:].strip() == ""


@given(UNICODE | PROSE)
def test_no_sentence_is_blank_or_padded_or_too_long_for_a_footnote(text: str) -> None:
    for quote in quotes(text):
        assert quote == quote.strip()
        assert 0 < len(quote) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dr. Smith paid $3.5 million on Jan. 5. He left.",
            ["Dr. Smith paid $3.5 million on Jan. 5.", "He left."],
        ),
        ("'Hit hard'\nBut the Taliban have been emboldened.", ["'Hit hard'", "But the Taliban have been emboldened."]),
        ("Needed:\n- bread and salt\n- water\nDone.", ["Needed:", "- bread and salt", "- water", "Done."]),
        ("One sentence.\r\nAnother one.\r\n", ["One sentence.", "Another one."]),
        ("Advertisement\nThe war ended.\nRead more\nPeace began.",
         ["Advertisement", "The war ended.", "Read more", "Peace began."]),
        ("It is 5\u00a0km long. It is steep.", ["It is 5\u00a0km long.", "It is steep."]),
        ("مرحبا بالعالم. كيف حالك؟", ["مرحبا بالعالم.", "كيف حالك؟"]),
        ("1. Knead the dough. Wait.\n2. Bake it.", ["1. Knead the dough.", "Wait.", "2. Bake it."]),
        ("Nice 😀. Really!", ["Nice 😀.", "Really!"]),
        ("## 7. The seventh quay\n\n- 1. The first boat sank.\n- 2. It did.",
         ["## 7. The seventh quay", "- 1. The first boat sank.", "- 2. It did."]),
        ("| 2. | Bayern | 26 |", ["| 2. | Bayern | 26 |"]),
        ("- 4.\n- Heat the cream. Stir.", ["- 4.\n- Heat the cream.", "Stir."]),
        ("1.2. Scope. It is wide.", ["1.2. Scope.", "It is wide."]),
    ],
)  # fmt: skip
def test_a_reader_would_cut_here_too(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize("mark", ["•", "▪", "◦", "●", "○", "■", "□", "➢", "(1)", "(12)", "(a)", "(A)", "(viii)"])
@pytest.mark.parametrize(
    "sentences",
    [
        ("Dogs must be on a lead.", "They may not swim.", "The fine is 50 euros."),
        ("Hunde müssen an die Leine.", "Sie dürfen nicht schwimmen.", "Die Strafe beträgt 50 Euro."),
        ("Psy muszą być na smyczy.", "Nie mogą pływać.", "Kara wynosi 50 euro."),
        ("J. K. Rowling wrote it.",),
        ("Milk",),
    ],
)
def test_a_mark_of_a_list_belongs_to_the_first_sentence_behind_it(mark: str, sentences: tuple[str, ...]) -> None:
    assert quotes(f"{mark} {' '.join(sentences)}") == [f"{mark} {sentences[0]}", *sentences[1:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- • (a) Dogs wait. They swim.", ["- • (a) Dogs wait.", "They swim."]),
        ("• 1. Dogs wait. They swim.", ["• 1. Dogs wait.", "They swim."]),
        ("(1) (It was closed.) Then it opened.", ["(1) (It was closed.)", "Then it opened."]),
        ("(see) Dogs wait. They swim.", ["(see) Dogs wait.", "They swim."]),
        ("•\n• (1)", ["•", "• (1)"]),
    ],
)
def test_several_marks_of_a_list_belong_to_it_too(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_a_bullet_begins_a_line_in_a_hard_wrapped_paragraph_too() -> None:
    lines = [f"▪ {'word ' * 12}{end}" for end in ("one", "two", "six")]
    assert quotes("\n".join(lines)) == lines


@pytest.mark.parametrize(("language", "case"), CASES)
def test_full_stops_end_sentences_as_in_their_language(language: str, case: str) -> None:
    blank = "" if language in {"zh", "ja"} else " "
    expected = case.split(f"{blank}/{blank}")
    text = blank.join(expected)
    ends = [0, *sentence_ends(text, language)]
    assert [text[start:end].strip() for start, end in pairwise(ends)] == expected


@pytest.mark.parametrize("behind", [":2 The dam is old.", "$5 was paid.", "–Then he left.", "(See there) He left."])
def test_a_sentence_may_end_without_a_space(behind: str) -> None:
    assert quotes(f"They are in order.{behind}")[0] == "They are in order."


def test_each_paragraph_is_cut_in_its_own_language() -> None:
    text = (
        "The harbour of Norvik was opened on 6 September 1902. It has three towers, and the ferry stops there.\n\n"
        "Der Hafen wurde am 6. September 1902 eröffnet. Er hat z. B. drei Türme, vgl. Art. 5 Abs. 2. Das reicht.\n\n"
        "Порт открыт 6 сент. 1902 г. в присутствии г. Иванова. Он стоит 5 тыс. руб. в год."
    )
    assert quotes(text)[2:] == [
        "Der Hafen wurde am 6. September 1902 eröffnet.",
        "Er hat z. B. drei Türme, vgl. Art. 5 Abs. 2.",
        "Das reicht.",
        "Порт открыт 6 сент. 1902 г. в присутствии г. Иванова.",
        "Он стоит 5 тыс. руб. в год.",
    ]


@pytest.mark.parametrize("text", ["", "5 + 5", "ok", "x = f(y)"])
def test_a_text_that_does_not_tell_its_language_is_taken_for_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kaiser Karl V. regierte im 16. Jh. in Spanien.", "de"),
        ("La empresa Lund S. A. tiene aprox. 50 barcos.", "es"),
        ("Он живёт на ул. Мира, д. 5, кв. 7.", "ru"),
        ("The toll is 12 euros.", "en"),
        ("Norvik Bergen Grimsund", "en"),
    ],
)
def test_the_language_of_a_short_text_is_recognised_unless_it_may_be_english(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_sentence_runs_on_over_the_breaks_of_a_hard_wrapped_paragraph() -> None:
    text = (
        "The valley lies north of the capital and is more than a hundred\n"
        "kilometres long, so that whoever holds its high ground also holds\n"
        "the road. It has been defended many times."
    )
    first, second = quotes(text)
    assert first.startswith("The valley")
    assert first.endswith("the road.")
    assert second == "It has been defended many times."


def test_an_endless_sentence_is_cut_at_a_pause() -> None:
    text = ", ".join(["and then the convoy went on along the river"] * 60)
    pieces = quotes(text)
    assert len(pieces) > 2
    assert all(piece.endswith(",") for piece in pieces[:-1])


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ArticleError, match="character 5"):
        Article("a.txt", "A", "half \ud83d of a pair")
