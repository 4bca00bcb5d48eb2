"""The JSON that scripts read: its keys, their order, and what a line may contain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from examples import NOON, RECEIPT, a_citation, a_claim, a_record, an_abstention, an_answer
from fake_services import LIVE, REPORT

from footnote.models import Article, Candidate, CheckedClaim, Fate, Passage, Sentence
from footnote.reading.certainty import SURE_FROM
from footnote.records.answers import CitationRuling, Decision, Ruling, Votes
from footnote.records.overview import DailyCount, Ratio, Statistics
from footnote.review.gaps import Gap
from footnote_bot.json_form import (
    drafting_json,
    one_line,
    outcome_json,
    record_json,
    report_json,
    set_aside_json,
    statistics_json,
    status_json,
)
from footnote_index.building.reports import Duplicate, NotFetched, Skipped, Warned
from footnote_index.storage.set_aside import SetAside

ANSWER = an_answer("When?", a_claim(a_citation(1), a_citation(2)))
PASSAGE = Passage(Article("a.md", "A", "One. Two."), (Sentence(0, 4), Sentence(5, 9)))
TWO = Candidate(PASSAGE, Sentence(5, 9), 0.5)


def nested_keys(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(nested_keys, value))
    return {*value, *nested_keys([*value.values()])} if isinstance(value, dict) else set()


@pytest.mark.parametrize("character", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x7f", "\x9b"])
def test_nothing_that_ends_a_line_or_steers_a_terminal_is_written_as_it_is(character: str) -> None:
    line = one_line({"text": f"a{character}b"})
    assert character not in line
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": f"a{character}b"}


def test_other_characters_stay_readable() -> None:
    assert one_line({"é": "😀 “ü”\N{NO-BREAK SPACE}"}) == '{"é": "😀 “ü”\N{NO-BREAK SPACE}"}'


def test_an_answer_has_its_keys_in_their_order() -> None:
    found = outcome_json(ANSWER)
    assert list(found) == [
        *("question", "outcome", "text", "claims", "confidence", "certainty", "nearest", "hits", "sentences"),
        *("answerer", "generation", "milliseconds"),
    ]
    assert (found["outcome"], found["certainty"], found["nearest"]) == ("answered", "sure", [])
    assert [one["number"] for one in found["claims"][0]["citations"]] == [1, 2]
    assert json.loads(one_line(found)) == found


def test_an_abstention_has_its_nearest_sentences_and_no_claims() -> None:
    found = outcome_json(an_abstention("When?", a_citation()))
    assert list(found) == list(outcome_json(ANSWER))
    assert (found["outcome"], found["certainty"], found["claims"]) == ("abstained", "abstained", [])
    assert [one["quote"] for one in found["nearest"]] == ["The bridge opened in 1932."]


@pytest.mark.parametrize(("confidence", "said"), [(SURE_FROM, "sure"), (SURE_FROM - 0.01, "unsure")])
def test_certainty_goes_by_the_same_line_as_for_people(confidence: float, said: str) -> None:
    assert outcome_json(replace(ANSWER, confidence=confidence))["certainty"] == said


def test_a_citation_is_the_place_of_its_quote() -> None:
    assert outcome_json(ANSWER)["claims"][0]["citations"][0] == {
        "number": 1,
        "article": "bridge-1.md",
        "version": "0" * 64,
        "title": "The bridge",
        "url": "https://news.example/bridge",
        "published": "2021-09-06",
        "start": 0,
        "end": 26,
        "quote": "The bridge opened in 1932.",
    }
    undated = an_answer("When?", a_claim(replace(a_citation(), published=None)))
    assert outcome_json(undated)["claims"][0]["citations"][0]["published"] is None


def test_a_translation_is_only_there_if_there_is_one() -> None:
    translated = replace(a_claim(a_citation()), translation="Die Brücke wurde 1932 eröffnet.")
    assert outcome_json(an_answer("Wann?", translated))["claims"][0]["translation"] == translated.translation
    assert "translation" not in nested_keys(outcome_json(ANSWER))


def test_what_was_found_is_shown_by_its_place_and_text() -> None:
    receipt = replace(RECEIPT, candidates=(TWO,), retrieve_ms=1.26)
    found = outcome_json(replace(ANSWER, receipt=receipt))
    assert found["sentences"] == [{"article": "a.md", "start": 5, "end": 9, "text": "Two.", "score": 0.5}]
    assert found["milliseconds"] == {"retrieve": 1.3, "answer": 1.0}


def test_drafting_is_told_if_a_model_wrote_or_could_not() -> None:
    assert drafting_json(ANSWER) == {}
    assert drafting_json(replace(ANSWER, note="No model.")) == {"model": None, "note": "No model.", "drafted": []}
    checked = CheckedClaim("It has two.", Fate.DROPPED, 0.123456, (TWO,), failed="numbers")
    drafted = drafting_json(replace(ANSWER, receipt=replace(RECEIPT, model="qwen3", checked=(checked,))))["drafted"]
    assert drafted == [{"text": "It has two.", "fate": "dropped", "failed": "numbers", "support": 0.1235}]


def test_a_report_leaves_out_its_lists() -> None:
    found = report_json(replace(REPORT, seconds=1.23456))
    assert list(found) == [
        *("generation", "added", "changed", "removed", "unchanged", "articles", "passages", "sentences"),
        *("seconds", "embedded_tokens", "live"),
    ]
    assert found["seconds"] == 1.235


def test_a_status_has_the_generations_to_go_back_to() -> None:
    found = status_json(LIVE, [replace(LIVE, generation="g0", replaced=5)])
    assert (found["generation"], found["built_at"]) == ("g1", "2026-01-01T00:00:00+00:00")
    assert [one["generation"] for one in found["kept"]] == ["g0"]
    assert "replaced" not in nested_keys(found)


def test_what_was_set_aside_is_told_by_kind() -> None:
    found = SetAside(
        (Skipped("a", "empty"),), (Duplicate("b", "c"),), (Warned("d", "orders"),), (NotFetched("u", "404"),), ("q",)
    )
    assert set_aside_json(found) == {
        "skipped": [{"article": "a", "reason": "empty"}],
        "left_out": [{"article": "b", "same_as": "c"}],
        "to_look_at": [{"article": "d", "found": "orders"}],
        "not_fetched": [{"url": "u", "reason": "404"}],
        "failed_canaries": ["q"],
    }


def test_discords_numbers_are_texts_and_nobody_is_null() -> None:
    big = 1234567890123456789
    ruled = (CitationRuling(1, Ruling.WRONG, big, NOON),)
    record = replace(a_record(a_claim(a_citation()), decision=Decision.APPROVED), guild_id=big, asker_id=0)
    found = record_json(replace(record, rulings=ruled, votes=Votes(up=2, comments=("no",))))
    assert (found["guild"], found["channel"], found["asker"]) == (str(big), "2", None)
    assert found["rulings"] == [{"number": 1, "ruling": "wrong", "moderator": str(big)}]
    assert found["verdict"] == {"decision": "approved", "moderator": "9", "decided_at": NOON.isoformat()}
    assert found["votes"] == {"up": 2, "down": 0, "flags": 0}


def test_a_claim_on_record_names_its_citations_or_who_states_it() -> None:
    stated = replace(a_claim(a_citation(), text="So it is."), citations=(), stated_by=9)
    found = record_json(a_record(a_claim(a_citation(1), a_citation(2)), stated))["claims"]
    assert [(one["citations"], one["stated_by"]) for one in found] == [([1, 2], None), ([], "9")]


def test_statistics_keep_shares_as_two_numbers() -> None:
    none = Ratio(0, 0)
    days = (DailyCount(date(2026, 3, 1), 1, 2, Ratio(1, 1)),)
    found = Statistics(1, 2, Ratio(1, 3), 0, 1, none, none, none, None, 4, 0, 0, Votes(), days)
    as_json = statistics_json(found, [Gap(3, "Who?")])
    assert (as_json["approval"], as_json["precision"]) == ({"part": 1, "whole": 3}, {"part": 0, "whole": 0})
    assert (as_json["seconds_to_verdict"], as_json["gaps"]) == (None, [{"count": 3, "example": "Who?"}])
    assert as_json["days"] == [
        {"day": "2026-03-01", "answers": 1, "abstentions": 2, "approval": {"part": 1, "whole": 1}}
    ]
