"""What an answer was before a change: as JSON and back, as older versions wrote it, and without a person's data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from footnote.adapters.database.snapshots import Snapshot, dumped, loaded, without_files, without_person
from footnote.models import Citation, CitationStatus, Claim, attached_id
from footnote.records.answers import AnswerRecord, CitationRuling, Ruling

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUOTED = Citation(1, "a.md", "v1", "Ä", None, None, date(2021, 9, 6), 0, 9, "It fell.", 2, sections=("One", "Two"))
QUOTED = replace(QUOTED, columns=("Plan", "", "Fee"))
CHANGED = replace(QUOTED, number=2, published=None, status=CitationStatus.CHANGED, sections=(), columns=())
ATTACHED = replace(QUOTED, number=3, article_id=attached_id("secret.txt"), title="secret.txt", quote="Secret.")
RULING = CitationRuling(2, Ruling.WRONG, 7, NOON)
CLAIMS = (Claim("It fell.", 0.9, (QUOTED, CHANGED)), Claim("Nö.", 1.0, (), stated_by=7, translation="No."))


def a_record(*claims: Claim, answered: bool = True, rulings: tuple[CitationRuling, ...] = (RULING,)) -> AnswerRecord:
    return AnswerRecord(1, "Did it?", answered, claims, (), 0.9, "extractive", "g1", 5, 6, 8, NOON, rulings=rulings)


@pytest.mark.parametrize(
    ("record", "number", "snapshot"),
    [
        (a_record(*CLAIMS), 2, Snapshot(True, CLAIMS, RULING)),
        (a_record(*CLAIMS), 1, Snapshot(True, CLAIMS, None)),
        (a_record(*CLAIMS), None, Snapshot(True, CLAIMS, None)),
        (a_record(answered=False, rulings=()), None, Snapshot(False, (), None)),
    ],
)
def test_a_snapshot_is_read_as_it_was_written(record: AnswerRecord, number: int | None, snapshot: Snapshot) -> None:
    assert loaded(dumped(record, number)) == snapshot


def test_an_older_snapshot_has_no_sections_no_columns_and_another_name_for_the_status() -> None:
    old = json.loads(dumped(a_record(CLAIMS[0]), None))
    for citation in old["claims"][0]["citations"]:
        citation["standing"] = citation.pop("status")
        del citation["sections"], citation["columns"]
    del old["claims"][0]["translation"]
    [claim] = loaded(json.dumps(old)).claims
    assert claim == replace(CLAIMS[0], citations=(replace(QUOTED, sections=(), columns=()), CHANGED))


@pytest.mark.parametrize(("person", "stated_by", "ruled_by"), [(7, 0, 0), (5, 7, 7), (0, 7, 7)])
def test_a_forgotten_moderator_becomes_nobody(person: int, stated_by: int, ruled_by: int) -> None:
    left = loaded(without_person(dumped(a_record(*CLAIMS), 2), person))
    assert left.ruling is not None
    assert ([claim.stated_by for claim in left.claims], left.ruling.moderator_id) == ([None, stated_by], ruled_by)
    assert left.claims[0] == CLAIMS[0]


def test_a_moderator_is_forgotten_where_there_is_no_ruling() -> None:
    left = loaded(without_person(dumped(a_record(*CLAIMS), None), 7))
    assert (left.claims[1].stated_by, left.ruling) == (0, None)


def test_what_cites_a_file_is_replaced_and_the_rest_stays() -> None:
    told = Claim("Secret.", 1.0, (QUOTED, ATTACHED), translation="Geheim.")
    text = without_files(dumped(a_record(CLAIMS[0], told), 2), "[removed]")
    assert "ecret" not in text
    assert "Geheim" not in text
    kept, gone = loaded(text).claims
    assert kept == CLAIMS[0]
    assert (gone.text, gone.translation, gone.citations[0]) == ("[removed]", None, QUOTED)
    assert (gone.citations[1].quote, gone.citations[1].sections) == ("[removed]", ())
    assert gone.citations[1].columns == ()
    assert gone.citations[1].is_attached
    assert loaded(text).ruling == RULING


def test_a_snapshot_without_files_or_the_person_stays_as_it_is() -> None:
    text = dumped(a_record(*CLAIMS), 2)
    assert without_files(text, "[removed]") == without_person(text, 99) == text
