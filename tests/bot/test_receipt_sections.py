"""How an answer was made, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import a_record

from footnote.models import AnswererName, Fate
from footnote.records.receipts import DraftedClaim, ReceiptRecord
from footnote_bot.render.receipts import NO_RECEIPT, sections
from footnote_bot.translations.language import speaking


def a_receipt(
    answerer: AnswererName, *, model: str | None = None, tokens: int = 0, dollars: float = 0.0
) -> ReceiptRecord:
    return ReceiptRecord((), (), (), answerer, "g7", 12.0, 34.0, model, tokens, dollars)


@pytest.mark.parametrize(
    ("answerer", "model", "line"),
    [
        (AnswererName.EXTRACTIVE, None, "Made by: extractive, from generation g7"),
        (AnswererName.OPENAI, "small-1", "Made by: openai (small-1), from generation g7"),
        (
            AnswererName.EXTRACTIVE,
            "small-1",
            "Made by: extractive, instead of what small-1 wrote, from generation g7",
        ),
    ],
)
def test_a_receipt_names_who_made_the_answer(answerer: AnswererName, model: str | None, line: str) -> None:
    record = replace(a_record(), answerer=answerer, generation="g7")
    assert line in sections(record, a_receipt(answerer, model=model))[0].lines


def test_a_draft_that_cost_something_tells_its_price() -> None:
    receipt = a_receipt(AnswererName.OPENAI, model="small-1", tokens=1200, dollars=0.0031)
    assert "Cost of the draft: 1,200 tokens, $0.0031" in sections(a_record(), receipt)[0].lines


def test_an_answer_without_a_receipt_says_so() -> None:
    asked, missing = sections(a_record(), None)
    assert missing.lines == (NO_RECEIPT,)
    assert not any("Cost" in line for line in asked.lines)


@pytest.mark.parametrize("is_foreign", [True, False])
def test_a_claim_on_sentences_in_another_language_says_what_was_checked(is_foreign: bool) -> None:
    claim = DraftedClaim("The port opened in 1902.", Fate.KEPT, 0.8, (), None, is_foreign)
    receipt = replace(a_receipt(AnswererName.OPENAI, model="small-1"), checked=(claim,))
    (line,) = sections(a_record(), receipt)[-1].lines
    assert ("only these were checked: words, numbers, dates, names" in line) is is_foreign


def test_a_german_receipt_has_german_quotation_marks_and_prices() -> None:
    claim = DraftedClaim("The bridge opened in 1932.", Fate.DROPPED, 0.25, (), failed="same sense")
    receipt = replace(a_receipt(AnswererName.OPENAI, tokens=1200, dollars=0.0031), checked=(claim,))
    with speaking("de"):
        asked, *_others, draft = sections(a_record(), receipt)
    assert "Kosten des Entwurfs: 1.200 Tokens, 0,0031 $" in asked.lines
    [line] = draft.lines
    assert line == (
        "1. Weggelassen, weil sie die Prüfung „gleicher Sinn“ nicht bestanden hat: „The bridge opened in 1932.“ (zu "
        "0,25 belegt durch keinen Satz)"
    )


@pytest.mark.parametrize(
    ("fate", "translation", "untranslated", "end"),
    [
        (Fate.KEPT, "Der Hafen.", None, "; shown translated: “Der Hafen.”"),
        (Fate.KEPT, None, "numbers", "; its translation failed the check “numbers”"),
        (Fate.DROPPED, "Der Hafen.", None, "(support 0.80 by no sentence)"),
    ],
)
def test_a_receipt_tells_what_became_of_a_translation(
    fate: Fate, translation: str | None, untranslated: str | None, end: str
) -> None:
    claim = DraftedClaim("The port.", fate, 0.8, (), None, translation=translation, untranslated=untranslated)
    receipt = replace(a_receipt(AnswererName.OPENAI, model="small-1"), checked=(claim,))
    (line,) = sections(a_record(), receipt)[-1].lines
    assert line.endswith(end)
