"""Which sentences answer in other languages: vectors, words and numbers, and the multilingual reader if it is
installed.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.models import Article, Evidence, Hit, Passage, PassageScores, Reading, Signals
from footnote.reading.certainty import ABSTAIN_BELOW
from footnote.reading.likeness import likeness
from footnote.reading.relevance import PassageReader
from footnote.text.sentences import split_sentences
from footnote.text.terms import question_language

GERMAN = "Das Tal ist 115 Kilometer lang. Ahmad Massoud führt die Front seit 2019. Im Winter fällt dort viel Schnee."
CHINESE = "山谷长115公里。艾哈迈德·马苏德从2019年起领导阵线。冬天那里下很多雪。"
ENGLISH = "The valley is 115 kilometres long. Ahmad Massoud has led the front since 2019. Much snow falls in winter."


class Reads:
    """A reader that finds every sentence right, or only those with a certain word, and keeps what it was given."""

    def __init__(self, *, only: str = "", passage: float = 5.0) -> None:
        self.read: list[Evidence] = []
        self._only, self._passage = only, passage

    async def score(self, question: str, passages: Sequence[Evidence]) -> list[PassageScores]:  # noqa: ARG002
        self.read += passages
        return [
            PassageScores(self._passage, tuple(5.0 if self._only in quote else -5.0 for quote in one.sentences))
            for one in passages
        ]


def hit(text: str, *cosines: float) -> Hit:
    sentences = split_sentences(text)
    signals = tuple(Signals(cosine, 0.5) for cosine in cosines or (0.6,) * len(sentences))
    mean = sum(one.cosine for one in signals) / len(signals)
    return Hit(Passage(Article("a.md", "", text), sentences), 1.0, Signals(mean, 0.5), signals)


async def read(question: str, *hits: Hit, by: Reads | None = None, multilingual: Reads | None = None) -> Reading:
    return await PassageReader(by or Reads(), multilingual).read(question, hits)


@pytest.mark.parametrize(
    ("question", "text", "is_read"),
    [
        ("Who leads the front?", ENGLISH, True),
        ("Who leads the front?", GERMAN, False),
        ("Wer führt die Front?", GERMAN, False),
        ("Wer führt die Front?", ENGLISH, False),
        ("谁领导阵线？", ENGLISH, False),
    ],
)
async def test_the_trained_reader_only_reads_english_with_english(question: str, text: str, is_read: bool) -> None:
    reader = Reads()
    await read(question, hit(text), by=reader)
    assert bool(reader.read) is is_read


@pytest.mark.parametrize(
    ("question", "text", "cosines", "expected"),
    [
        ("Wie lang ist das Tal?", GERMAN, (0.7, 0.3, 0.3), "115"),
        ("Wer führt die Front?", GERMAN, (0.5, 0.5, 0.5), "Massoud"),
        ("谁领导阵线？", CHINESE, (0.5, 0.5, 0.5), "马苏德"),
        ("Who leads the front?", CHINESE, (0.2, 0.6, 0.2), "马苏德"),
    ],
)
async def test_a_sentence_with_the_words_or_the_meaning_comes_first(
    question: str, text: str, cosines: tuple[float, ...], expected: str
) -> None:
    reading = await read(question, hit(text, *cosines))
    assert expected in reading.candidates[0].quote


@pytest.mark.parametrize(
    ("question", "text", "is_read"),
    [
        ("Wer führt die Front?", GERMAN, True),
        ("谁领导阵线？", CHINESE, True),
        ("Who leads the front?", GERMAN, False),
        ("谁领导？", ENGLISH, False),
    ],
)
async def test_the_multilingual_reader_reads_what_is_in_the_language_of_the_question(
    question: str, text: str, is_read: bool
) -> None:
    english, multilingual = Reads(), Reads()
    await read(question, hit(text), by=english, multilingual=multilingual)
    assert bool(multilingual.read) is is_read
    assert not english.read


async def test_english_stays_with_the_reader_of_english() -> None:
    english, multilingual = Reads(), Reads()
    await read("Who leads the front?", hit(ENGLISH), by=english, multilingual=multilingual)
    assert english.read
    assert not multilingual.read


async def test_what_the_multilingual_reader_finds_comes_first_and_is_answered() -> None:
    question, there = "Wie lang ist das Tal?", Reads(only="Massoud")
    reading = await read(question, hit(GERMAN, 0.5, 0.4, 0.4), multilingual=there)
    assert "Massoud" in reading.candidates[0].quote
    nothing = await read(question, hit(GERMAN, 0.5, 0.4, 0.4), multilingual=Reads(only="nowhere", passage=-5.0))
    assert reading.confidence > ABSTAIN_BELOW > nothing.confidence


async def test_the_multilingual_reader_gets_the_accents() -> None:
    multilingual = Reads()
    await read("Wer führt die Front?", hit(GERMAN), multilingual=multilingual)
    assert "führt" in " ".join(multilingual.read[0].sentences)


async def test_confidence_tells_what_is_near_from_what_is_not() -> None:
    near = await read("Wer führt die Front?", hit(GERMAN, 0.3, 0.7, 0.3))
    far = await read("Wie heißt der Präsident von Frankreich?", hit(GERMAN, 0.2, 0.25, 0.2))
    assert near.confidence > ABSTAIN_BELOW > far.confidence


async def test_a_number_that_is_not_there_makes_it_less_sure() -> None:
    there = await read("Wer führt die Front seit 2019?", hit(GERMAN, 0.3, 0.6, 0.3))
    missing = await read("Wer führt die Front seit 1987?", hit(GERMAN, 0.3, 0.6, 0.3))
    assert missing.confidence < there.confidence


async def test_both_kinds_of_passages_are_read_together() -> None:
    reading = await read("Who leads the front?", hit(ENGLISH), hit(GERMAN, 0.1, 0.2, 0.1))
    assert {one.article.text for one in reading.candidates} == {ENGLISH, GERMAN}
    assert reading.candidates[0].article.text == ENGLISH


@pytest.mark.parametrize("quote", ["谁领导阵线？", "هل هذا صحيح؟", "结果如下：", "## 标题"])
async def test_questions_and_lead_ins_of_other_scripts_are_never_candidates(quote: str) -> None:
    reading = await read("谁领导阵线？", hit(f"{quote}\n\n{CHINESE}"))
    assert quote not in {one.quote for one in reading.candidates}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who leads the front?", "en"),
        ("Bogotá Medellín", "en"),
        ("Wer führt die Front?", "de"),
        ("¿Quién dirige el frente?", "es"),
        ("Кто руководит фронтом?", "ru"),
        ("谁领导阵线？", "zh"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question(question: str, expected: str) -> None:
    assert question_language(question) == expected


_SCRIPTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@given(_SCRIPTS, _SCRIPTS.filter(lambda text: bool(text.strip())))
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_compared_with_any_question(question: str, text: str) -> None:
    for _, one in likeness(question, [hit(text)], question_language(question)):
        assert 0 <= one.words <= 1
        assert 0 <= one.near <= 1
