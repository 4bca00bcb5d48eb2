"""Receipts: what became of each drafted claim, and what is stored about how an answer was made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openai_stage import Meter, offered
from scripted_openai import ScriptedOpenAI, answer, says, tears

from footnote.adapters.database import DatabaseStore, open_engine, upgrade
from footnote.adapters.database.receipts import DatabaseReceipts
from footnote.adapters.openai import Chat, Limits, OpenAIAnswerer
from footnote.grounding.claims import ground
from footnote.models import (
    Abstention,
    AnswererName,
    Article,
    Candidate,
    CheckedClaim,
    Fate,
    Hit,
    Passage,
    Receipt,
    Signals,
    attached_id,
)
from footnote.ports import DraftClaim
from footnote.records.receipts import ReceiptRecord, from_json, kept, to_json
from footnote.stores import Asked
from footnote.text.sentences import split_sentences

CANDIDATES = offered()
LONG, PEOPLE, EMERALDS = CANDIDATES.values()
TRUE = DraftClaim("The valley is 115 km long.", ("S1",))


def checked(*drafts: DraftClaim) -> list[tuple[str, str | None]]:
    return [(one.fate.value, one.failed) for one in ground(drafts, CANDIDATES).checked]


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("The valley is 115 km long.", ("S1",), ("kept", None)),
        ("The valley is 115 km long.", ("S99",), ("re-pointed", "source")),
        ("The valley is 115 km long.", ("S2",), ("re-pointed", "support")),
        ("The valley is 115 km long, or 116 km.", ("S1",), ("dropped", "numbers")),
        ("Most people are Tajiks or Uzbeks.", ("S2",), ("dropped", "names")),
        ("The valley is not 115 km long.", ("S1",), ("dropped", "same sense")),
        ("Paris lies in France.", ("S1",), ("dropped", "support")),
        ("Paris lies in France.", (), ("dropped", "source")),
    ],
)
def test_each_drafted_claim_has_its_fate_and_the_check_that_it_failed(
    text: str, keys: tuple[str, ...], expected: tuple[str, str | None]
) -> None:
    assert checked(DraftClaim(text, keys)) == [expected]


def test_a_claim_tells_the_sentences_that_carry_it_and_a_dropped_one_those_that_it_named() -> None:
    elsewhere, wrong = DraftClaim("Emeralds are mined there.", ("S1",)), DraftClaim("The valley is 5 km long.", ("S1",))
    first, second, third = ground([TRUE, elsewhere, wrong], CANDIDATES).checked
    assert (first.sources, first.support) == ((LONG,), 1.0)
    assert (second.sources, second.support, second.failed) == ((EMERALDS,), 1.0, "support")
    assert third.sources == (LONG,)
    assert 0 < third.support < 1


def test_what_a_second_model_does_not_uphold_is_dropped_by_it() -> None:
    other = DraftClaim("Most people are Tajiks.", ("S2",))
    grounded = ground([TRUE, other, DraftClaim("Nobody came.", ("S1",))], CANDIDATES)
    judged = grounded.judged([False, True])
    assert [claim.text for claim in judged.claims] == [other.text]
    assert [(one.fate, one.failed) for one in judged.checked] == [
        (Fate.DROPPED, "judge"),
        (Fate.KEPT, None),
        (Fate.DROPPED, "support"),
    ]


async def test_a_draft_tells_its_model_and_what_all_attempts_have_cost() -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 100}
    reply = says(answer(("It is long.", ["S1"])), usage=usage)
    async with ScriptedOpenAI(tears(after=b'{"choices"'), reply) as server:
        chat = Chat.connect(Meter(), model="small", base_url=server.base_url, limits=Limits(first_pause=0.01))
        draft = await OpenAIAnswerer(chat, seconds=7.0).draft("How long is it?", CANDIDATES)
        await chat.close()
    assert draft.model == "small"
    assert draft.spent.tokens > 1000
    assert draft.spent.dollars == pytest.approx(draft.spent.tokens / 1e6)


# --- kept


def a_receipt() -> Receipt:
    hit = Hit(LONG.passage, 0.5, Signals(0.71234567, 0.4), (Signals(0.5, 0.5),) * 3)
    claims = (
        CheckedClaim("It is long.", Fate.KEPT, 0.9, (LONG,)),
        CheckedClaim("It is 5 km \ud800 long.", Fate.DROPPED, 0.4, (), "source"),
    )
    return Receipt(
        hits=(hit,) * 12,
        candidates=(LONG, PEOPLE),
        answerer="openai",
        generation="g7",
        retrieve_ms=3.04,
        answer_ms=900.0,
        understood="How long is the secret valley?",
        checked=claims,
        model="small",
        tokens=1000,
        dollars=0.002,
    )


def test_a_receipt_reads_back_without_whole_passages_and_without_the_question() -> None:
    body = to_json(kept(a_receipt()))
    record = from_json(body)
    assert len(record.hits) == 10
    assert (record.hits[0].cosine, record.hits[0].span.end) == (0.7123, LONG.passage.end)
    assert [one.text for one in record.candidates] == [LONG.quote, PEOPLE.quote]
    assert [(one.text, one.fate, one.failed) for one in record.checked] == [
        ("It is long.", Fate.KEPT, None),
        ("It is 5 km ? long.", Fate.DROPPED, "source"),
    ]
    assert record.checked[0].sources[0].version == LONG.article.version
    assert (record.model, record.tokens, record.dollars, record.retrieve_ms) == ("small", 1000, 0.002, 3.0)
    assert to_json(record) == body
    assert "secret" not in body


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[tuple[DatabaseStore, DatabaseReceipts]]:
    url = f"sqlite:///{tmp_path / 'footnote.db'}"
    await asyncio.to_thread(upgrade, url)
    engine = open_engine(url)
    yield DatabaseStore(engine), DatabaseReceipts(engine)
    await engine.dispose()


async def test_the_receipt_is_on_record_as_soon_as_the_answer_is(
    stores: tuple[DatabaseStore, DatabaseReceipts],
) -> None:
    answers, receipts = stores
    outcome = Abstention("How long is it?", (), 0.1, a_receipt())
    record = await answers.add(outcome, Asked(1, 2, 3, datetime(2026, 3, 1, tzinfo=UTC)))
    assert await receipts.get(record.id) == from_json(to_json(kept(a_receipt())))
    assert await receipts.get(record.id + 1) is None


async def test_an_answer_whose_receipt_cannot_be_kept_is_not_on_record_either(
    stores: tuple[DatabaseStore, DatabaseReceipts],
) -> None:
    answers, receipts = stores
    unkept = replace(a_receipt(), tokens=object())  # type: ignore[arg-type] # what JSON does not know
    with pytest.raises(TypeError):
        await answers.add(Abstention("Why?", (), 0.1, unkept), Asked(1, 2, 3, datetime(2026, 3, 1, tzinfo=UTC)))
    record = await answers.add(Abstention("Why?", (), 0.1, a_receipt()), Asked(1, 2, 3, datetime.now(UTC)))
    assert isinstance(await receipts.get(record.id), ReceiptRecord)
    assert record.id == 1


GERMAN = "Der Hafen wurde im Jahr 1902 eröffnet, und die Stadt hat ihn im letzten Sommer für viel Geld erneuert."


@pytest.mark.parametrize(("text", "is_foreign"), [(GERMAN, True), ("The port opened in 1902 and was renewed.", False)])
def test_a_claim_is_foreign_by_its_sentences(text: str, is_foreign: bool) -> None:
    passage = Passage(Article("a.md", "Hafen", text), split_sentences(text))
    claim = CheckedClaim("The port opened in 1902.", Fate.KEPT, 0.9, (Candidate(passage, passage.sentences[0], 1.0),))
    record = kept(Receipt((), (), AnswererName.OPENAI, "g1", 1.0, 1.0, checked=(claim,)))
    assert [one.is_foreign for one in from_json(to_json(record)).checked] == [is_foreign]


def test_nothing_of_a_dropped_claim_about_a_file_is_kept() -> None:
    passage = Passage(Article(attached_id("my.txt"), "Your file", "It is secret."), split_sentences("It is secret."))
    claim = CheckedClaim(
        "It is public.", Fate.DROPPED, 0.1, (Candidate(passage, passage.sentences[0], 1.0),), "support"
    )
    assert kept(Receipt((), (), AnswererName.OPENAI, "g1", 1.0, 1.0, checked=(claim,))).checked == ()
