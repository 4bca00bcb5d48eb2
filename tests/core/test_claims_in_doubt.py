"""Claims that may turn the sense of their sentences: the trained reader is weighed with the checks of sense."""

from __future__ import annotations

import pytest

from footnote.checks import CHECKS, EXACT, SENSE, QuotedSource, fails_in_sense, first_failed
from footnote.grounding.best_sources import Look
from footnote.grounding.claims import Grounded, ground
from footnote.grounding.weighing import chance
from footnote.models import Article, Candidate, Entailment, Passage
from footnote.ports import DraftClaim
from footnote.text.sentences import split_sentences

CLAIM = DraftClaim("The mayor opened the new bridge.", ("S1",))
DENIED = "The mayor did not open the new bridge."
SAID = "The new bridge was opened by the mayor in May."
SURE, AGAINST = Entailment(0.98, 0.01, 0.01), Entailment(0.02, 0.9, 0.08)


def grounded(*texts: str, look: Look = Look.FIRST) -> Grounded:
    passages = [Passage(Article(f"{text}.md", "A title", text), split_sentences(text)) for text in texts]
    candidates = [Candidate(passage, passage.sentences[0], 1.0) for passage in passages]
    return ground([CLAIM], {f"S{number}": one for number, one in enumerate(candidates, 1)}, look=look)


def test_checks_are_exact_or_of_sense() -> None:
    assert {*EXACT} | {*SENSE} == {*CHECKS}
    assert not {*EXACT} & {*SENSE}


def test_the_reader_looks_at_a_claim_that_may_turn_the_sense() -> None:
    first = grounded(DENIED)
    assert [one.draft for one in first.to_read] == [CLAIM]
    assert first.failed == (CLAIM,), "and it is looked for elsewhere"
    assert first.read([AGAINST]).claims == ()


def test_without_a_reader_it_is_dropped_at_once() -> None:
    assert grounded(DENIED, look=Look.ONLY).claims == ()


def test_it_is_pointed_to_a_sentence_that_says_just_that() -> None:
    (one,) = grounded(DENIED, SAID).outcomes
    assert [candidate.quote for candidate in one.cited] == [SAID]


@pytest.mark.parametrize("words", [0.3, 0.6, 1.0])
@pytest.mark.parametrize("read", [SURE, AGAINST])
def test_each_failed_check_lowers_the_chance(words: float, read: Entailment) -> None:
    assert chance(words, read) > chance(words, read, 1) > chance(words, read, 2)


def test_a_negation_of_one_side_counts_where_the_other_words_are_copied() -> None:
    source = QuotedSource("No trace of such a collection has been found.", before="He said it came from Bern.")
    assert fails_in_sense("A trace of such a collection has been found.", [source]) == ["same sense"]
    assert fails_in_sense("It came from Bern, and a trace of such a collection has been found.", [source])
    assert fails_in_sense("Nobody ever turned up a sign of it.", [source]) == []


def test_the_receipt_names_the_check_that_made_the_difference() -> None:
    (checked,) = grounded(DENIED).read([AGAINST]).checked
    assert checked.failed in {"same sense", "reader"}


def test_sentences_in_another_language_have_no_checks_of_sense() -> None:
    source = QuotedSource("Der Bürgermeister hat die neue Brücke nicht eröffnet.", language="de")
    assert fails_in_sense("The mayor opened the new bridge.", [source]) == []


def test_the_first_check_that_fails_is_named_in_the_order_of_receipts() -> None:
    source = QuotedSource("Members do not need a ticket for the pool.")
    assert first_failed("You need a ticket for the pool.", [source]) == "same sense"
