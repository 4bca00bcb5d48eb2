"""Questions as people typed them into a search engine, each with a paragraph that answers it: QED's Natural Questions.

A file has a line of JSON for each: `question_text`, `title_text`, `paragraph_text`, `sentence_starts`, and the answers
as `answer_spans` ([start, end]) or `original_nq_answers` (lists of {"start", "end"}). Every sentence that holds a part
of an answer is gold. The text is in tokens and gets spaces, quotes and dashes as usual, so that its spelling does not
tell it from other passages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from natural_unanswerables import JOINED

SOURCE = "natural_questions"

_QUOTES = (
    (re.compile(r"`` ?| ?''"), '"'),
    (re.compile(r" -- "), " – "),
)


def rows(file: Path, measured_on: Path | None = None) -> Iterator[Mapping[str, Any]]:
    """Without those whose paragraph is in an article of the folder `measured_on`."""
    measured = (
        "".join(_letters(one.read_text(encoding="utf-8")) for one in measured_on.iterdir()) if measured_on else ""
    )
    for line in file.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        text, starts = given["paragraph_text"], given["sentence_starts"]
        sentences = [*pairwise([*starts, len(text)])]
        answers = [*_answers(given)]
        gold = [at for at, span in enumerate(sentences) if any(_overlap(span, answer) for answer in answers)]
        if len(sentences) > 1 and gold and not (measured and _letters(text)[:100] in measured):
            yield {
                "source": SOURCE,
                "doc": given["title_text"],
                "title": given["title_text"],
                "question": given["question_text"],
                "answer": min((joined(text[start:end]) for start, end in answers), key=len),
                "sentences": [joined(text[start:end]) for start, end in sentences],
                "gold": gold,
            }


def _answers(given: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    yield from given.get("answer_spans", ())
    for spans in given.get("original_nq_answers", ()):
        yield from ((span["start"], span["end"]) for span in spans)


def joined(text: str) -> str:
    """`` Röntgen '' , of Germany -- once -> "Röntgen", of Germany – once."""
    for pattern, replacement in (*_QUOTES, *JOINED):
        text = pattern.sub(replacement, text)
    return text.strip()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
