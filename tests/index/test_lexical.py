"""Which passages have a question's words."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from bm25s import BM25
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from footnote.models import Article, Passage, Sentence
from footnote.text.terms import asked_terms
from footnote_index.storage.lexical import _B, _K1, Lexical, _named, _terms, passage_header

VALLEY = Article("valley.md", "The valley", "Tajiks mine emeralds there.", source="Review", published=date(2021, 9, 6))
FRONT = Article("front.md", "The front", "Massoud's fighters hold the passes.")
BREAD = Article("bread.md", "Baking", "Knead the dough. The fighters of hunger knead it long.")


def whole(article: Article) -> Passage:
    return Passage(article, (Sentence(0, len(article.text)),))


def lexical(*articles: Article) -> Lexical:
    return Lexical.build(map(whole, articles))


def best(question: str) -> str:
    articles = [VALLEY, FRONT, BREAD]
    return articles[int(np.argmax(lexical(*articles).scores(question)))].id


# --- scores


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who mines emeralds?", "valley.md"),
        ("EMERALD MINING", "valley.md"),
        ("Where do fighters hold a pass?", "front.md"),
        ("What did Massoud say?", "front.md"),
        ("What are Massoud’s fighters?", "front.md"),
        ("What about baking?", "bread.md"),
        ("What did the Review report?", "valley.md"),
        ("What happened in September 2021?", "valley.md"),
    ],
    ids=["word", "stem and case", "the more words", "possessive", "curly apostrophe", "title", "source", "date"],
)
def test_the_passage_that_has_the_question_s_words_scores_best(question: str, expected: str) -> None:
    assert best(question) == expected


@pytest.mark.parametrize("question", ["", "?!", "Who is it?", "the of and", "zebra", "_"])
def test_nothing_scores_without_a_word_in_common(question: str) -> None:
    assert lexical(VALLEY, FRONT, BREAD).scores(question).tolist() == [0, 0, 0]


def test_a_header_tells_what_is_known() -> None:
    assert passage_header(VALLEY) == "The valley. Review. September 6, 2021"
    assert passage_header(FRONT) == "The front"
    assert passage_header(FRONT, ("Losses", "In May")) == "The front. Losses. In May"


# --- coverage


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("emeralds", "emeralds", 1.0),
        ("Who mines the EMERALDS?", "mining an emerald", 1.0),
        ("Massoud’s fighters", "Fighters of Massoud", 1.0),
        ("emeralds", "rubies", 0.0),
        ("zebra", "a zebra", 1.0),
        ("zebra", "a horse", 0.0),
        ("who is it", "who is it", 0.0),
        ("", "emeralds", 0.0),
        ("emeralds", "", 0.0),
    ],
)
def test_coverage_is_the_share_of_the_question_s_words(question: str, text: str, expected: float) -> None:
    assert lexical(VALLEY, FRONT, BREAD).coverage(question, [text]) == [pytest.approx(expected)]


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    rare, common = lexical(VALLEY, FRONT, BREAD).coverage("fighters and emeralds", ["emeralds", "fighters"])
    assert rare > 0.5 > common > 0


def test_a_word_that_is_said_twice_counts_once() -> None:
    once, twice = lexical(VALLEY, FRONT).coverage("emeralds for fighters", ["emeralds", "emeralds, emeralds"])
    assert once == twice


# --- in other languages

TAL = Article(
    "tal.md", "Das Tal", "Die Täler des Hindukusch wurden von den Dorfbewohnern verteidigt. Die Kämpfe dauerten lange."
)
VALLE = Article("valle.md", "El valle", "Los habitantes del valle defendieron sus montañas. La lucha duró muchos años.")
DOLINA = Article("dolina.md", "Долина", "Жители долины защищали свои горы. Борьба продолжалась много лет.")
SHANGU = Article("shangu.md", "山谷", "山谷的居民保卫了他们的山脉。战斗持续了很多年。")
HUBUNGUK = Article("ja.md", "谷", "谷の住民は山を守りました。戦いは何年も続きました。")
MIXED = (VALLEY, TAL, VALLE, DOLINA, SHANGU, HUBUNGUK)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wer verteidigte das Tal?", TAL),
        ("Wie lange dauerte der Kampf?", TAL),
        ("Wer verteidigte die Taler?", TAL),  # typed without its dots
        ("¿Quién defendió las montanas?", VALLE),
        ("Кто защищал долину?", DOLINA),
        ("谁保卫了山脉?", SHANGU),
        ("戦いは何年?", HUBUNGUK),
        ("Who mined an emerald?", VALLEY),
    ],
)
def test_each_language_has_its_own_endings_in_one_index(question: str, expected: Article) -> None:
    index = lexical(*MIXED)
    assert MIXED[int(np.argmax(index.scores(question)))] is expected
    quote = [expected.text]
    (covered,) = index.coverage(question, quote, language=index.language_of(expected))
    assert covered > 0.3


def test_english_is_searched_as_without_other_languages() -> None:
    alone, mixed = lexical(VALLEY, FRONT, BREAD), lexical(VALLEY, FRONT, BREAD, TAL, SHANGU)
    assert {alone.language_of(one) for one in (VALLEY, FRONT, BREAD)} == {"en"}
    for question in ("the fighters of the valley", "kneading bread", "6 September 2021"):
        order = np.argsort(-alone.scores(question), kind="stable")
        assert np.array_equal(order, np.argsort(-mixed.scores(question)[:3], kind="stable"))


def test_a_common_word_of_one_language_is_not_searched_for_in_another() -> None:
    assert lexical(VALLEY, TAL).scores("Why did they die?")[1] == 0  # "die" is an article in German


def test_small_words_of_a_spanish_question_are_not_looked_for_in_english() -> None:
    la_mancha = Article("mancha.md", "La Mancha", "The man of La Mancha rides through Castile de la Mancha.")
    index = lexical(la_mancha, VALLEY)
    assert index.scores("¿Quién es el jefe de la policía en la capital?")[0] == 0
    assert index.scores("¿Dónde está La Mancha?")[0] > 0
    assert not index.reads("¿Quién es el jefe de la policía en la capital?")
    assert index.reads("Who is it?")


def test_languages_are_kept_with_the_words(tmp_path: Path) -> None:
    lexical(*MIXED).save(tmp_path)
    loaded = Lexical.load(tmp_path)
    assert [loaded.language_of(one) for one in MIXED] == ["en", "de", "es", "ru", "zh", "ja"]


# --- for any text

_WORDS = st.sampled_from(
    [
        "valley",
        "Valley's",
        "the",
        "emeralds",
        "mining",
        "mine",
        "2021",
        "É",
        "ß",
        "كيف",
        "東京",
        "😀",
        "_",
        "don't",
        "ﬁ",
    ]
)
_TEXT = st.lists(_WORDS, max_size=10).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
)
_ARTICLES = st.lists(st.builds(Article, st.just("a.md"), _TEXT, _TEXT.filter(str.strip)), min_size=1, max_size=5)
ROUNDING = 1e-9


@given(_ARTICLES, _TEXT, st.lists(_TEXT, max_size=4))
@settings(deadline=None, max_examples=50)
def test_coverage_lies_between_nothing_and_all(articles: list[Article], question: str, texts: list[str]) -> None:
    coverages = lexical(*articles).coverage(question, texts)
    assert len(coverages) == len(texts)
    assert all(0 <= coverage <= 1 + ROUNDING for coverage in coverages)


@given(_ARTICLES, _TEXT, _TEXT, _TEXT)
@settings(deadline=None, max_examples=50)
def test_a_text_with_all_words_of_the_question_covers_it(
    articles: list[Article], question: str, before: str, after: str
) -> None:
    question = f"valley {question}"  # at least one word that counts
    coverages = lexical(*articles).coverage(question, [question, f"{before} {question} {after}"])
    assert coverages == pytest.approx([1, 1])


@given(_ARTICLES, st.lists(_TEXT, min_size=1, max_size=4))
@settings(deadline=None, max_examples=25)
def test_what_was_saved_scores_and_covers_as_before(articles: list[Article], questions: Sequence[str]) -> None:
    built = lexical(*articles)
    with tempfile.TemporaryDirectory() as folder:
        built.save(Path(folder) / "lexical")
        loaded = Lexical.load(Path(folder) / "lexical")
        for question in questions:
            assert loaded.scores(question).tolist() == built.scores(question).tolist()
            assert loaded.coverage(question, questions) == built.coverage(question, questions)


@given(_ARTICLES, _ARTICLES, st.randoms(use_true_random=False), st.lists(_TEXT, min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_what_continues_another_equals_a_new_one(
    old: list[Article], new: list[Article], random: Random, questions: Sequence[str]
) -> None:
    rows = [*random.sample(range(len(old)), random.randint(0, len(old))), *(-1 for _ in new)]
    random.shuffle(rows)
    fresh = iter(new)
    articles = [next(fresh) if row < 0 else old[row] for row in rows]
    made_afresh = lexical(*articles)
    gone_on = Lexical.build(map(whole, new), before=lexical(*old), rows=rows)
    for question in questions:
        assert gone_on.scores(question).tolist() == pytest.approx(made_afresh.scores(question).tolist())
        assert gone_on.coverage(question, questions) == pytest.approx(made_afresh.coverage(question, questions))


@given(_ARTICLES, _TEXT)
@settings(deadline=None, max_examples=50)
def test_scores_are_those_that_bm25s_computes(articles: list[Article], question: str) -> None:
    ours = lexical(*articles)
    theirs = BM25(k1=_K1, b=_B)
    terms = [_terms(f"{passage_header(article)} {article.text}", ours.language_of(article)) for article in articles]
    assume(any(terms))
    theirs.index(terms, show_progress=False)
    languages = {ours.language_of(article) for article in articles} | {"en"}
    known = theirs.get_tokens_ids([term for one in languages for term in _named(asked_terms(question, one), one)])
    if known:
        assert ours.scores(question).tolist() == pytest.approx(theirs.get_scores_from_ids(known).tolist())


@given(_ARTICLES, _TEXT)
@settings(deadline=None, max_examples=50)
def test_every_passage_has_a_score_that_is_not_negative(articles: list[Article], question: str) -> None:
    scores = lexical(*articles).scores(question)
    assert scores.shape == (len(articles),)
    assert (scores >= 0).all()
