"""Which questions of a message an answer leaves open."""

from __future__ import annotations

from collections.abc import Iterable

from footnote.answering.notes import together
from footnote.models import Candidate, Reading
from footnote.reading.certainty import ABSTAIN_BELOW

LEFT_OPEN = (
    "The articles do not answer the first part of the question.",
    "The articles do not answer the second part of the question.",
    "The articles do not answer the third part of the question.",
)


def note_of_parts(reading: Reading, cited: Iterable[Candidate]) -> str | None:
    """Names the parts that the articles do not answer, and that no cited sentence is about."""
    told = {one.part for one in cited}
    open_parts = [
        note
        for part, (note, surely) in enumerate(zip(LEFT_OPEN, reading.by_part, strict=False))
        if surely < ABSTAIN_BELOW and part not in told
    ]
    return together(*open_parts)
