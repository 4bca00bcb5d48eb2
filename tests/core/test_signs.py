"""What speaks for a sentence: the model's scores, and what matching adds to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footnote.models import Article, Hit, Passage, PassageScores, Signals
from footnote.reading.signs import RANKING, Signs, confidence, evidence, signs
from footnote.text.sentences import split_sentences

NOTHING = Signs(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def a_hit(text: str, *, source: str | None = None, headings: tuple[str, ...] = ()) -> Hit:
    passage = Passage(Article("a.md", "A title", text, source=source), tuple(split_sentences(text)), headings)
    return Hit(passage, 1.0, Signals(0.4, 0.5), tuple(Signals(0.1 * at, 0.5) for at in range(len(passage.sentences))))


def found(question: str, hit: Hit) -> dict[str, Signs]:
    scores = PassageScores(2.0, tuple(float(at) for at in range(len(hit.passage.sentences))))
    return {candidate.quote: one for candidate, one in signs(question, [hit], [scores])}


def test_a_setting_may_be_named_elsewhere_in_the_article() -> None:
    page = "The file is `settings.toml`.\n\nOnly one of `a` and `b` may be set."
    cut = a_hit("Only one of `a` and `b` may be set.")
    article = replace(cut.passage.article, text=page)
    passage = replace(cut.passage, article=article, sentences=split_sentences(page)[1:])
    (one,) = found("Can I set both in settings.toml?", replace(cut, passage=passage)).values()
    assert (one.no_label_near, one.no_label) == (1.0, 0.0)
    (one,) = found("Can I set both in config.toml?", replace(cut, passage=passage)).values()
    assert (one.no_label_near, one.no_label) == (1.0, 1.0)


@pytest.mark.parametrize("entry", ["- `cache.ttl` is 300.", "| `cache.ttl` | 300 |"])
def test_the_entry_of_a_setting_comes_before_what_only_mentions_it(entry: str) -> None:
    head = "| Name | Value |\n" if entry.startswith("|") else ""
    hit = a_hit(f"{head}{entry}\n\nThe cache has a cache.ttl too.")
    scores = PassageScores(0.0, tuple(0.0 for _ in hit.passage.sentences))
    ranked = {one.quote: one.score for one, _ in signs("What is cache.ttl?", [hit], [scores])}
    assert ranked[entry] > ranked["The cache has a cache.ttl too."]


@pytest.mark.parametrize("question", ["opening hours", "What are the opening hours?"])
def test_what_stands_below_the_question_as_a_heading_comes_first(question: str) -> None:
    hit = a_hit("The page tells the opening hours.\n\n# Opening hours\n\nWe close at nine.")
    scores = PassageScores(0.0, tuple(0.0 for _ in hit.passage.sentences))
    ranked = {one.quote: one.score for one, _ in signs(question, [hit], [scores])}
    assert ranked["We close at nine."] > ranked["The page tells the opening hours."]


def test_a_sentence_has_its_own_scores_and_those_of_its_passage() -> None:
    one = found("Who leads the front?", a_hit("Massoud leads the front. He is 32."))
    assert (one["He is 32."].sentence, one["He is 32."].passage, one["He is 32."].cosine) == (1.0, 2.0, 0.1)
    assert one["Massoud leads the front."].words == 1.0
    assert one["He is 32."].words == 0.0


@pytest.mark.parametrize("above", ["Is there a minimum age?", "## Minimum age", "The rules of the house:"])
def test_what_follows_a_question_or_heading_has_its_score(above: str) -> None:
    hit = a_hit(f"It is open.\n\n{above}\n\nYes, sixteen.\n\nIt rains.")
    scores = PassageScores(0.0, (1.0, 4.0, -2.0, -3.0))
    read = {one.quote: said.sentence for one, said in signs("How old must I be?", [hit], [scores])}
    assert read == {"It is open.": 1.0, "Yes, sixteen.": 4.0, "It rains.": -3.0}


def test_the_names_of_columns_have_no_score_for_the_first_row() -> None:
    hit = a_hit("## Hours\n\n| Day | Hours |\n| Monday | closed |\n| Friday | 9 to 5 |")
    read = signs("Is it open on Friday?", [hit], [PassageScores(0.0, (4.0, 3.0, -2.0, 1.0))])
    assert [said.sentence for _, said in read] == [-2.0, 1.0]


def test_what_may_not_be_cited_has_no_signs() -> None:
    assert list(found("Who leads?", a_hit("# Leaders\n\nWho leads it? Massoud does."))) == ["Massoud does."]


@pytest.mark.parametrize(
    ("text", "near", "anywhere"),
    [
        ("Kabul fell. It was in August. It rained.", [0.0, 0.0, 1.0], 0.0),
        ("Herat fell. It was in August. It rained.", [1.0, 1.0, 1.0], 1.0),
        ("Hi.\n\n# Kabul\n\nIt fell. It was in August.", [1.0, 0.0, 0.0], 0.0),
    ],
)
def test_a_name_counts_in_the_sentence_before_and_in_the_headings(
    text: str, near: list[float], anywhere: float
) -> None:
    ones = list(found("When did Kabul fall?", a_hit(text)).values())
    assert [one.no_name_near for one in ones] == near
    assert [one.no_name for one in ones] == [anywhere] * 3


def test_a_heading_is_no_sentence_before_but_stays_above_its_section() -> None:
    ones = found("How long is quay 6?", a_hit("# Quay 6\n\nIt is 90 metres long.\n\n# Quay 5\n\nIt is short."))
    assert [one.no_label_near for one in ones.values()] == [0.0, 1.0]
    assert [one.no_label for one in ones.values()] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "source", "missing"),
    [
        ("What did Fortune say of Kabul?", "Fortune", 0.0),
        ("What did fortune say of Kabul?", "Fortune", 0.0),
        ("What did Fortune say of Kabul?", None, 0.5),
        ("What did Fortuner say of Kabul?", "Fortune", 0.5),
        ("What did The Age say of Kabul?", "The Age", 0.0),
    ],
)
def test_a_named_source_need_not_be_in_its_sentences(question: str, source: str | None, missing: float) -> None:
    assert found(question, a_hit("Kabul is big.", source=source))["Kabul is big."].no_name == missing


@pytest.mark.parametrize("better", [{"passage": 1.0}, {"cosine": 0.5}, {"words": 0.5}])
@pytest.mark.parametrize("worse", [{"no_name_near": 0.5}, {"no_label_near": 1.0}, {"no_name": 1.0}, {"no_label": 1.0}])
def test_confidence_grows_with_what_matches_and_falls_with_what_is_missing(
    better: dict[str, float], worse: dict[str, float]
) -> None:
    low, middle, high = (confidence(replace(NOTHING, **some)) for some in (worse, {}, better))
    assert 0 < low < middle < high < 1


def test_the_score_of_a_candidate_weighs_its_signs() -> None:
    hit = a_hit("Kabul will fall.")
    [(candidate, one)] = signs("When did Herat fall?", [hit], [PassageScores(2.0, (3.0,))])
    assert one == Signs(3.0, 2.0, 0.0, 0.5, 1.0, 0.0, 1.0, 0.0)
    weighed = RANKING.sentence * 3 + RANKING.passage * 2 + RANKING.words / 2 + RANKING.no_name_near
    assert candidate.score == pytest.approx(weighed)


def test_a_row_is_read_with_the_names_of_its_columns() -> None:
    table = "Fees.\n| Berth | Fee |\n| North | 300 euros |\n| South |"
    assert evidence(a_hit(table).passage).sentences == (
        "Fees.",
        "| Berth | Fee |",
        "Berth: North; Fee: 300 euros",
        "Berth: South",
    )


def test_a_row_whose_columns_have_no_names_is_read_without_bars() -> None:
    headless = evidence(a_hit("|  |  |\n| Monday | 9 to 17 |\n| Friday | 9 \\| 12 |").passage)
    assert headless.sentences == ("Monday: 9 to 17", "Friday: 9 | 12")
    assert evidence(a_hit("Hours\n\n| Monday | 9 | 17 |").passage).sentences == ("Hours", "Monday; 9; 17")


def test_a_column_without_a_name_is_no_reason_to_shift_the_others() -> None:
    assert evidence(a_hit("|  | Small | Large |\n| Price | 5 | 9 |").passage).sentences[1:] == (
        "Price; Small: 5; Large: 9",
    )


def test_bars_are_read_without_their_marks_in_cells_and_names() -> None:
    assert evidence(a_hit("| On\\|off | Fee |\n| a\\|b | 5 |").passage).sentences[1:] == ("On|off: a|b; Fee: 5",)


def test_the_model_reads_without_accents_unless_told_otherwise() -> None:
    passage = a_hit("José fled.", headings=("Café",)).passage
    assert (evidence(passage).header, evidence(passage).sentences) == ("A title · Cafe", ("Jose fled.",))
    assert evidence(passage, lambda text: text).sentences == ("José fled.",)


@pytest.mark.parametrize("in_front", ["", "Intro.\n\n"])
def test_a_heading_that_begins_the_passage_stands_above_its_section(in_front: str) -> None:
    (one,) = (
        one
        for quote, one in found("When did Kabul fall?", a_hit(f"{in_front}# Kabul\n\nIt fell in August.")).items()
        if quote != "Intro."
    )
    assert one.no_name_near == 0.0
