"""Claims in JSON: as they were asked for, in a wrapper of the model's own, whole or not."""

from __future__ import annotations

import json

import pytest

from footnote.adapters.openai.json_claims import claims_begun, listed_in

ONE = {"text": "Kabul fell.", "sources": ["S1"]}
TWO = {"text": "Herat fell.", "sources": ["S2"]}
WHOLE = json.dumps({"claims": [ONE, TWO]})


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (WHOLE, [ONE, TWO]),
        (f"Here you are:\n```json\n{WHOLE}\n```\nBye.", [ONE, TWO]),
        (json.dumps({"in_articles": True, "claims": [ONE]}), [ONE]),
        (json.dumps({"in_articles": False, "claims": [ONE]}), []),
        (json.dumps({"claims": []}), []),
        (json.dumps([ONE, TWO]), [ONE, TWO]),
        (json.dumps(ONE), [ONE]),
        (f"{json.dumps(ONE)}\n{json.dumps(TWO)}", [ONE, TWO]),
        (f"Perhaps {json.dumps({'claims': []})}. No: {WHOLE}", [ONE, TWO]),
        (f"Perhaps {json.dumps(TWO)}. No: {json.dumps({'claims': [ONE]})}", [ONE]),
        (f"{WHOLE} {json.dumps({'note': 'That is all.'})}", [ONE, TWO]),
        (f"{json.dumps({'claims': []})}{WHOLE}", []),
        (f"{WHOLE}\n\nHad nothing matched: {json.dumps({'claims': []})}", [ONE, TWO]),
        (f"So: {WHOLE}\n\nHad nothing matched: {json.dumps({'claims': []})}", [ONE, TWO]),
        (json.dumps({"answer": {"claims": [ONE]}}), [ONE]),
        (json.dumps({"a": {"b": {"c": {"claims": [ONE]}}}}), [ONE]),
        (json.dumps([ONE, {"text": "It rained."}]), [ONE]),
        (json.dumps(["Kabul fell [S1].", "It rained."]), ["Kabul fell [S1]."]),
        (json.dumps({"claims": ["anything", 3]}), ["anything", 3]),
    ],
)
def test_an_answer_lists_its_claims(text: str, listed: list[object]) -> None:
    assert listed_in(text) == listed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kabul fell [S1].",
        "{}",
        "[]",
        json.dumps({"text": "It rained."}),
        json.dumps([{"text": "It rained."}]),
        json.dumps({"one": {"claims": [ONE]}, "other": {"claims": [TWO]}}),
        json.dumps({"a": {"b": {"c": {"d": {"claims": [ONE]}}}}}),
        '{"claims": [' + json.dumps(ONE),
    ],
)
def test_other_values_are_no_answer(text: str) -> None:
    assert listed_in(text) is None


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (WHOLE, ["Kabul fell.", "Herat fell."]),
        (WHOLE[:-2], ["Kabul fell.", "Herat fell."]),
        (WHOLE[:-10], ["Kabul fell."]),
        (WHOLE.replace('"Kabul fell."', '"Kabul" fell.'), ["Herat fell."]),
        ('{"claims": [', []),
        ('{"in_articles": true, "claims": [' + json.dumps(ONE), ["Kabul fell."]),
        ('{"in_articles": false, "claims": [' + json.dumps(ONE), []),
        ('{"answer": {"claims": [' + json.dumps(ONE), ["Kabul fell."]),
        (f"[{json.dumps(ONE)}, {json.dumps({'text': 'It rained.'})}", ["Kabul fell."]),
        ('{"claims": [{"text": "It rained."}, ', ["It rained."]),
        (json.dumps(ONE), ["Kabul fell."]),
    ],
)
def test_claims_are_read_as_far_as_they_were_written(text: str, claims: list[str]) -> None:
    begun = claims_begun(text)
    assert begun is not None
    assert [claim.text for claim in begun] == claims


@pytest.mark.parametrize("text", ["", "Kabul fell.", '{"claims"', '{"thoughts": "', '{"thoughts": ["claims"]'])
def test_without_a_beginning_there_is_none(text: str) -> None:
    assert claims_begun(text) is None
