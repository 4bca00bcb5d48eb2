"""What an answer was before a moderator changed it, as JSON, so that the change can be undone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from footnote.models import Citation, CitationStatus, Claim, attached_id, is_attached
from footnote.records.answers import AnswerRecord, CitationRuling, Ruling

_STATUS_BEFORE = "standing"
"""What a citation's status was called when older snapshots were written."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`ruling` is the one on the citation that got another sentence, if there was one."""

    answered: bool
    claims: tuple[Claim, ...]
    ruling: CitationRuling | None


def dumped(record: AnswerRecord, number: int | None) -> str:
    ruling = next((one for one in record.rulings if one.number == number), None)
    snapshot = Snapshot(record.answered, record.claims, ruling)
    return json.dumps(asdict(snapshot), default=_written, ensure_ascii=False)


def loaded(text: str) -> Snapshot:
    snapshot = json.loads(text)
    claims = tuple(map(_claim, snapshot["claims"]))
    return Snapshot(snapshot["answered"], claims, _ruling(snapshot["ruling"]))


def without_person(text: str, user_id: int) -> str:
    """The same snapshot, with 0 instead of a moderator's number."""
    snapshot = json.loads(text)
    for claim in snapshot["claims"]:
        if claim["stated_by"] == user_id:
            claim["stated_by"] = 0
    if snapshot["ruling"] and snapshot["ruling"]["moderator_id"] == user_id:
        snapshot["ruling"]["moderator_id"] = 0
    return json.dumps(snapshot, ensure_ascii=False)


def without_files(text: str, instead: str) -> str:
    """The same snapshot without quotes from attached files, and without claims that cite them."""
    snapshot = json.loads(text)
    for claim in snapshot["claims"]:
        for citation in [one for one in claim["citations"] if is_attached(one["article_id"])]:
            citation |= {"article_id": attached_id(""), "title": instead, "quote": instead}
            citation |= {"sections": [], "columns": []}
            claim |= {"text": instead, "translation": None}
    return json.dumps(snapshot, ensure_ascii=False)


def _written(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not known to JSON")


def _claim(values: dict[str, object]) -> Claim:
    citations = values.pop("citations")
    assert isinstance(citations, list), "written by `dumped`"  # noqa: S101 - a programming error, not input
    return Claim(**values, citations=tuple(map(_citation, citations)))  # type: ignore[arg-type]


def _citation(values: dict[str, object]) -> Citation:
    published = values.pop("published")
    day = date.fromisoformat(published) if isinstance(published, str) else None
    headings = {name: tuple(found) for name in ("sections", "columns") if isinstance(found := values.get(name), list)}
    read = {
        "status": CitationStatus(str(values.pop(_STATUS_BEFORE, None) or values["status"])),
        "published": day,
    }
    return Citation(**values | read | headings)  # type: ignore[arg-type]


def _ruling(values: dict[str, object] | None) -> CitationRuling | None:
    if values is None:
        return None
    ruled_at = datetime.fromisoformat(str(values["ruled_at"]))
    return CitationRuling(**values | {"ruling": Ruling(values["ruling"]), "ruled_at": ruled_at})  # type: ignore[arg-type]
