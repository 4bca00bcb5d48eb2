"""Answers on record as a file for other programs: JSON lines, or a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Callable, Sequence
from enum import StrEnum

from footnote.errors import FootnoteError
from footnote.records.answers import AnswerRecord
from footnote_bot.json_form import Json, one_line, record_json
from footnote_bot.translations.catalogue import _


class ExportForm(StrEnum):
    """The file name extension."""

    JSONL = "jsonl"
    CSV = "csv"


class ExportTooLarge(FootnoteError):
    """The file would be larger than it may be."""


async def exported(batches: AsyncIterator[Sequence[AnswerRecord]], form: ExportForm) -> AsyncIterator[bytes]:
    """The file, piece by piece.

    Tables begin with a byte order mark: without it, Excel reads UTF-8 as the local code page.
    """
    write: Callable[[Sequence[AnswerRecord]], str] = _lines if form is ExportForm.JSONL else _rows
    if form is ExportForm.CSV:
        yield ("\ufeff" + _table([_COLUMNS])).encode()
    async for batch in batches:
        yield write(batch).encode()


async def whole(pieces: AsyncIterator[bytes], *, limit: int) -> bytes:
    """Raises ExportTooLarge beyond this many bytes, and reads no further."""
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) > limit:
            too_large = _(
                "The file would be larger than the {size} MB that Discord takes. Choose fewer days, or ask the "
                "operator to run `footnote review export FILE` in the terminal."
            )
            raise ExportTooLarge(too_large.format(size=limit // 1024**2))
    return bytes(content)


_ACTIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_SEPARATOR = re.compile("([;\t\r\n])")
"""Where a spreadsheet may begin another cell. Some countries separate cells by semicolons: there, quotation marks after
a comma do not protect anything.
"""
_COLUMNS = [
    *("id", "asked_at", "guild", "channel", "asker", "question", "understood", "outcome", "text", "citations"),
    *("confidence", "answerer", "generation", "verdict", "moderator", "decided_at", "round", "corrected"),
    *("citations_right", "citations_wrong", "up", "down", "flags", "reused_from", "translation"),
]


def _lines(records: Sequence[AnswerRecord]) -> str:
    return "".join(one_line(record_json(record)) + "\n" for record in records)


def _rows(records: Sequence[AnswerRecord]) -> str:
    return _table([_row(record_json(record)) for record in records])


def _row(record: Json) -> list[str]:
    verdict, votes, rulings = record["verdict"] or {}, record["votes"], record["rulings"]
    flat = record | {
        "citations": "\n".join(f"[{one['number']}] {one['article']}: {one['quote']}" for one in record["citations"]),
        "verdict": verdict.get("decision"),
        "moderator": verdict.get("moderator"),
        "decided_at": verdict.get("decided_at"),
        "citations_right": sum(one["ruling"] == "right" for one in rulings),
        "citations_wrong": sum(one["ruling"] == "wrong" for one in rulings),
        **votes,
        "translation": " ".join(filter(None, (claim.get("translation") for claim in record["claims"]))),
    }
    return [_cell(flat[column]) for column in _COLUMNS]


def _cell(value: object) -> str:
    """Adds an apostrophe, which a spreadsheet does not show, before each part that it could run as a formula."""
    if value is None:
        return ""
    return "".join(f"'{part}" if _is_active(part) else part for part in _SEPARATOR.split(str(value)))


def _is_active(part: str) -> bool:
    return part.lstrip(" \"'\xa0").startswith(_ACTIVE)


def _table(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()
