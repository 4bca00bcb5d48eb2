"""Answers without a key: which source sentences are used, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.answering.extractive import EQUAL, LIST_GOES_ON, MAX_LIST, MAX_SENTENCES, WIDE, ExtractiveAnswerer, choose
from footnote.checks import support
from footnote.grounding.citing import evidence_of, source_of
from footnote.grounding.claims import ground
from footnote.models import Article, Candidate, Passage, Sentence
from footnote.ports import Draft, DraftClaim
from footnote.text.prose import as_prose
from footnote.text.sentences import split_sentences

Offered = dict[str, Candidate]


def offered(*articles: tuple[str, list[float]]) -> Offered:
    """The sentences of articles, each with its score, under keys as `Answering` gives them: best first."""
    found = []
    for number, (text, scores) in enumerate(articles):
        passage = Passage(Article(f"{number}.txt", "A title", text), split_sentences(text))
        found += [Candidate(passage, *pair) for pair in zip(passage.sentences, scores, strict=True)]
    found = [candidate for candidate in found if any(map(str.isalnum, candidate.quote))]  # as the reader sees to
    found.sort(key=lambda candidate: -candidate.score)
    return {f"S{number}": candidate for number, candidate in enumerate(found, 1)}


def said(candidates: Offered, question: str = "What are they and why?") -> list[str]:
    return [candidates[key].quote for key in choose(question, candidates)]


ONE, SEVERAL = "Who leads it?", "What are the steps and how are they taken?"


@pytest.mark.parametrize(
    ("question", "articles", "expected"),
    [
        (ONE, [("One. Two. Three.", [0.3, 5.0, 0.1])], ["Two."]),
        (ONE, [("One. Two. Three.", [4.9, 5.0, 4.8])], ["Two."]),
        (ONE, [("One. Two.", [4.9, 5.0]), ("Three.", [4.8])], ["Two.", "Three."]),
        (ONE, [("One.", [5.0]), ("Two.", [4.9]), ("Three.", [4.9])], ["One.", "Two."]),
        (SEVERAL, [("One. Two. Three.", [4.8, 5.0, 0.1])], ["One.", "Two."]),
        (SEVERAL, [("One. Two.", [4.8, 4.9]), ("Three.", [5.0])], ["Three.", "One.", "Two."]),
        (SEVERAL, [("One. Two. Three. Four. Five. Six.", [5.0] * 6)], ["One.", "Two.", "Three.", "Four.", "Five."]),
        (SEVERAL, [("One.", [5.0]), ("One.", [5.0]), ("Two.", [4.9])], ["One.", "Two."]),
        (SEVERAL, [("One is  so.", [5.0]), ("ONE IS SO.", [4.9])], ["One is  so."]),
        (SEVERAL, [("One. Two. Three.", [2.9, 5.0, 3.1])], ["Two.", "Three."]),
        (SEVERAL, [("One. Two.", [-5.0, -4.9])], ["Two."]),
        (SEVERAL, [], []),
    ],
)
def test_as_many_sentences_are_said_as_the_question_asks_for(
    question: str, articles: list[tuple[str, list[float]]], expected: list[str]
) -> None:
    assert said(offered(*articles), question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who was Fahim Dashty and how did he die?",
        "What are the steps to register a boat?",
        "How do I register a boat?",
        "What happened on Monday?",
        "Why did the bridge fall?",
        "Which cities fell before Kabul?",
        "what are the opening hours",
        "Which crane is higher, the old or the new one?",
        "Who earned more, Kim or Lopez?",
        "What should I not do after a snake bite?",
    ],
)
def test_questions_that_ask_for_several_things_get_them(question: str) -> None:
    assert len(said(offered(("One. Two.", [5.0, 4.9])), question)) == 2


@pytest.mark.parametrize(
    "question",
    [
        "How many boats are there?",
        "Which member of the council voted for a tunnel or a bridge?",
        "How long is the quay?",
        "When was it opened?",
        "Where is the pier?",
        "What does it cost?",
    ],
)
def test_questions_that_ask_for_one_thing_get_one_sentence(question: str) -> None:
    assert len(said(offered(("One. Two.", [5.0, 4.9])), question)) == 1


def test_a_step_brings_the_whole_list_in_order() -> None:
    text = "1. Fill in the form.\n2. Pay.\n3. Wait.\n4. Fetch the plate.\nThe office is closed on Sunday."
    found = offered((text, [5.0, 0.1, 0.2, 0.3, 0.0]))
    assert [as_prose(quote) for quote in said(found, "What are the steps to register a boat?")] == [
        *("Fill in the form.", "Pay.", "Wait.", "Fetch the plate."),
    ]
    assert len(said(found, "When is the form filled in?")) == 1


def steps(count: int) -> str:
    return "\n".join(f"{number}. Do thing {number}." for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("before", "read", "after", "is_cut"),
    [
        ("", steps(4), "\nThe office is closed on Sunday.", False),
        ("Do this:\n", steps(4), "", False),
        ("", steps(MAX_LIST), "", False),
        ("", steps(MAX_LIST + 1), "", True),
        ("", steps(4), "\n5. Do thing 5.", True),
        ("0. Do nothing.\n", steps(4), "", True),
        ("", "The office is closed.\nIt opens on Monday.", "\n1. Knock.", False),
    ],
)
async def test_a_list_that_is_not_given_as_a_whole_says_so(before: str, read: str, after: str, is_cut: bool) -> None:
    article = Article("boats.md", "Boats", before + read + after)
    sentences = tuple(
        replace(one, start=one.start + len(before), end=one.end + len(before)) for one in split_sentences(read)
    )
    found = {f"S{at}": Candidate(Passage(article, sentences), one, 5.0) for at, one in enumerate(sentences)}
    draft = await ExtractiveAnswerer().draft("What are the steps to register a boat?", found)
    assert len(draft.claims) == min(len(sentences), MAX_LIST)
    assert draft.note == (LIST_GOES_ON if is_cut else None)
    assert (await ExtractiveAnswerer().draft("When is thing 3 done?", found)).note is None


def test_the_sentence_above_steps_brings_them_where_steps_are_asked_for() -> None:
    text = "Whoever keeps a boat has to register it.\n1. Fill in the form.\n2. Pay."
    found = offered((text, [5.0, 0.1, 0.2]))
    assert len(said(found, "How do I register a boat?")) == 3
    assert len(said(found, "Why do I have to register a boat?")) == 1


def test_a_pronoun_brings_the_sentence_that_names_who_is_meant() -> None:
    text = "The World Seal Protection Organisation sits in Oslo. Its director is Peter Nwosu."
    found = offered((text, [0.5, 5.0]))
    asked = "Who is the director of the World Seal Protection Organisation?"
    assert said(found, asked) == text.replace(". ", ".|").split("|")
    assert said(found, "Who is the director?") == ["Its director is Peter Nwosu."]


def test_a_pronoun_brings_the_thing_that_the_question_asks_about() -> None:
    found = offered(("The port office is in Dock Street 7. Its phone number is 555-0142.", [0.5, 5.0]))
    assert said(found, "What is the phone number of the port office?") == [
        "The port office is in Dock Street 7.",
        "Its phone number is 555-0142.",
    ]
    assert said(found, "What is the phone number?") == ["Its phone number is 555-0142."]


def dated(day: int, score: float) -> Candidate:
    article = Article(f"{day}.md", "A title", f"It is {day}S.", published=date(2021, 9, day))
    return Candidate(Passage(article, split_sentences(article.text)), Sentence(0, 8), score)


@pytest.mark.parametrize(
    ("newer", "says_both"),
    [
        ("Correction: the bridge toll for cars is 6 euros, not 5 euros.", True),
        ("The harbour fee is 9 euros.", False),
    ],
)
def test_an_old_figure_is_not_said_alone(newer: str, says_both: bool) -> None:
    old, new = (
        Candidate(Passage(article, split_sentences(text)), split_sentences(text)[0], score)
        for text, day, score in (("The bridge toll for cars is 5 euros.", 1, 8.0), (newer, 20, 5.0))
        for article in [Article(f"{day}.md", "A title", text, published=date(2026, 1, day))]
    )
    said = choose("What is the bridge toll for cars?", {"S1": old, "S2": new})
    assert said == (["S2", "S1"] if says_both else ["S1"])


@pytest.mark.parametrize(
    ("later", "says_both"),
    [
        ("After protests the council dropped the plan.", True),
        ("The closing of the pool has been postponed until autumn.", True),
        ("The pool will not be closed after all.", True),
        ("The old mill was abandoned in 1950.", False),
        ("The pool costs 4 euros.", False),
        ("The closing of the pool has been delayed.", True),
        ("The closing on 1 May was pushed back to June at the pool.", True),
        ("The pool plan will go ahead after an appeal was withdrawn.", False),
        ("Season tickets for the pool will not be sold after 1 May.", False),
        ("The project was suspended from a crane.", False),
    ],
)
def test_a_plan_that_was_taken_back_is_not_said_alone(later: str, says_both: bool) -> None:
    candidates = offered((f"The pool will close on 1 May. {later}", [8.0, 3.0]))
    assert said(candidates, "When does the pool close?") == ["The pool will close on 1 May.", later][: 1 + says_both]


@pytest.mark.parametrize(
    ("plan", "later"),
    [
        ("The fee will be 5 euros.", "The fee was dropped from 7 euros in 2020."),
        ("Will Hughes leads the Thornby council.", "The Thornby council no longer meets on Mondays."),
        ("Members will get a key.", "Keys of members will not be replaced."),
    ],
)
def test_a_plan_that_stands_is_said_alone(plan: str, later: str) -> None:
    assert said(offered((f"{plan} {later}", [8.0, 3.0])), "What will it be?")[:2] == [plan]


def test_what_is_not_a_plan_is_said_alone() -> None:
    candidates = offered(("The pool closed on 1 May. The council dropped the plan to reopen the pool.", [8.0, 3.0]))
    assert said(candidates, "When did the pool close?") == ["The pool closed on 1 May."]


def test_what_was_said_before_a_plan_does_not_take_it_back() -> None:
    candidates = offered(("An earlier plan was dropped. The pool will close on 1 May.", [3.0, 8.0]))
    assert said(candidates, "When does the pool close?") == ["The pool will close on 1 May."]


def test_what_a_newer_article_repeats_is_said_once() -> None:
    text = "The bridge toll for cars is 5 euros."
    old, new = (
        Candidate(Passage(article, split_sentences(text)), split_sentences(text)[0], score)
        for day, score in ((1, 8.0), (20, 5.0))
        for article in [Article(f"{day}.md", "A title", text, published=date(2026, 1, day))]
    )
    assert choose("What is the bridge toll for cars?", {"S1": old, "S2": new}) == ["S2"]


def test_of_articles_that_answer_equally_well_the_newer_comes_first() -> None:
    assert choose(SEVERAL, {"S1": dated(3, 5.0), "S2": dated(8, 4.9)}) == ["S2", "S1"]


def test_a_newer_article_that_answers_less_well_comes_later() -> None:
    assert choose(SEVERAL, {"S1": dated(3, 5.0), "S2": dated(8, 5.0 - EQUAL - 0.5)}) == ["S1", "S2"]


async def test_a_claim_is_its_sentence_with_single_blanks() -> None:
    draft = await ExtractiveAnswerer().draft("Where?", offered(("The valley  lies\tnorth\u00a0of the city.", [1.0])))
    assert draft == Draft((DraftClaim("The valley lies north of the city.", ("S1",)),), "extractive")


PIECES = st.sampled_from(
    *[
        [
            "One.",
            "Two is 3.5.",
            "“Three”",
            '"4',
            "FOUR!",
            "one.",
            "It said «five»\n",
            "\u00a0",
            "1,000",
            "ß",
            "😀.",
            "- 6",
        ]
    ]
)
TEXTS = (
    st.lists(PIECES, min_size=1, max_size=8).map(" ".join)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
).filter(str.strip)


@st.composite
def candidates(draw: st.DrawFn) -> Offered:
    articles = []
    for text in draw(st.lists(TEXTS, min_size=1, max_size=4)):
        count = len(split_sentences(text))
        articles.append((text, draw(st.lists(st.floats(-10, 10), min_size=count, max_size=count))))
    return offered(*articles)


@given(candidates())
@settings(deadline=None)
def test_the_best_sentence_is_said_and_few_others(found: Offered) -> None:
    assert len(choose(ONE, found)) <= 2
    keys = choose(SEVERAL, found)
    assert len([key for key in keys if not found[key].quote.startswith("-")]) <= MAX_SENTENCES
    assert bool(keys) == bool(found)
    assert not found or found["S1"].quote.casefold().split() in [found[key].quote.casefold().split() for key in keys]


@given(candidates())
@settings(deadline=None)
def test_sentences_of_an_article_stand_together_in_reading_order(found: Offered) -> None:
    chosen = [found[key] for key in choose(SEVERAL, found)]
    ids = [candidate.article.id for candidate in chosen]
    assert len(set(ids)) == bool(ids) + sum(one != other for one, other in pairwise(ids))
    for one, other in pairwise(chosen):
        assert one.article.id != other.article.id or one.sentence.end <= other.sentence.start


@given(candidates())
@settings(deadline=None)
def test_nothing_is_said_twice(found: Offered) -> None:
    texts = [" ".join(quote.casefold().split()) for quote in said(found)]
    assert len(texts) == len(set(texts))


@given(candidates())
@settings(deadline=None)
def test_nothing_far_below_the_best_is_said(found: Offered) -> None:
    chosen = [found[key] for key in choose(SEVERAL, found) if not found[key].quote.startswith("-")]
    assert all(one.score >= found["S1"].score - WIDE for one in chosen)


@given(candidates())
@settings(deadline=None)
async def test_every_claim_names_its_own_sentence_and_is_grounded(found: Offered) -> None:
    drafts = (await ExtractiveAnswerer().draft("What is so?", found)).claims
    claims = ground(drafts, found).claims
    assert [claim.text for claim in claims] == [draft.text for draft in drafts]
    assert all(claim.support == 1 and len(claim.citations) == 1 for claim in claims)
    quotes = [" ".join(claim.citations[0].quote.split()) for claim in claims]
    assert all(quote.endswith(claim.text) for claim, quote in zip(claims, quotes, strict=True))


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("- 27 Humvees", "27 Humvees"),
        ("2) Knead it.", "Knead it."),
        ("> A line.", "A line."),
        ("-5 degrees.", "-5 degrees."),
    ],
)
async def test_the_mark_of_a_list_is_not_said(quote: str, claim: str) -> None:
    draft = await ExtractiveAnswerer().draft("What?", offered((quote, [0.9])))
    assert [one.text for one in draft.claims] == [claim]


@pytest.mark.parametrize(
    ("article", "quote", "claim"),
    [
        ("a.md", "- Set `__version__` in __init__.py.", "Set `__version__` in __init__.py."),
        ("a.html", "Pass *args and **kwargs**.", "Pass *args and **kwargs**."),
        ("a.txt", "It is *very* __high__.", "It is very high."),
        ("a.md", "```\nif __name__ == '__main__':\n    run(x[1](2))\n```", "if __name__ == '__main__': ↵ run(x[1](2))"),
        ("a.txt", "```\ngit clone a\n\ncd a\n```", "git clone a ↵ cd a"),
    ],
)
async def test_names_and_code_are_said_as_they_are_written(article: str, quote: str, claim: str) -> None:
    passage = Passage(Article(article, "A title", quote), split_sentences(quote))
    found = {"S1": Candidate(passage, passage.sentences[0], 5.0)}
    draft = await ExtractiveAnswerer().draft("What?", found)
    assert [one.text for one in draft.claims] == [claim]
    assert [one.support for one in ground(draft.claims, found).claims] == [1]


TABLE = "| Berth | Fee |\n| North | 300 euros |\n| South | `200` euros |"


async def test_a_row_of_a_table_is_said_with_the_names_of_its_columns() -> None:
    candidates = offered((TABLE, [0.0, 1.0, 9.0]))
    draft = await ExtractiveAnswerer().draft("What does the south berth cost?", candidates)
    assert [claim.text for claim in draft.claims] == ["Berth: South; Fee: 200 euros"]
    grounded = ground(draft.claims, candidates)
    assert [claim.text for claim in grounded.settled.claims] == ["Berth: South; Fee: 200 euros"]


async def test_a_long_cell_that_is_cut_is_said_as_far_as_it_is_cited() -> None:
    text = f"| Berth | Rules |\n| South | {'No nets, no fires. ' * 80}|"
    candidates = offered((text, [0.0, 9.0, 1.0]))
    [claim] = (await ExtractiveAnswerer().draft("What are the rules?", candidates)).claims[:1]
    assert claim.text.startswith("Berth: South; Rules: No nets, no fires.")
    assert ground([claim], candidates).settled.claims


def test_a_claim_about_a_row_may_name_its_column() -> None:
    candidates = offered((TABLE, [0.0, 1.0, 9.0]))
    claims = [
        DraftClaim(text, ("S1",)) for text in ("The fee for South is 200 euros.", "The depth at South is 200 euros.")
    ]
    supports = [support(claim.text, [source_of(candidates["S1"])]) for claim in claims]
    assert supports[0] > supports[1]
    assert "Berth: South; Fee: `200` euros" in evidence_of((candidates["S1"],)).sentences


async def test_what_explains_a_setting_comes_with_its_name() -> None:
    settings = (
        "- `cache.ttl` (default: 300). How long an entry is kept, in seconds.\n- `cache.size`. How many are kept."
    )
    candidates = offered((settings, [0.0, 9.0, 0.0, 0.0]))
    draft = await ExtractiveAnswerer().draft("How long is an entry kept?", candidates)
    assert [claim.text for claim in draft.claims] == [
        "cache.ttl (default: 300).",
        "How long an entry is kept, in seconds.",
    ]
    assert said(offered(("- The cache is new. It keeps 9 entries.", [0.0, 9.0])), ONE) == ["It keeps 9 entries."]
    for label in ("5.5 euros for adults.", "U.S. citizens.", "10.30 from Oslo.", "-5 degrees at night."):
        assert said(offered((f"- {label} Children pay half.", [0.0, 9.0])), ONE) == ["Children pay half."]
