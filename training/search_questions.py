"""Questions as people typed them into a search engine, each with a paragraph that answers it: QED's Natural Questions.

A file has a line of JSON for each: `question_text`, `title_text`, `paragraph_text`, `sentence_starts`, and the answers
as `answer_spans` or `original_nq_answers`. Every sentence that holds a part of an answer is gold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

SOURCE = "natural_questions"


def rows(file: Path) -> Iterator[Mapping[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        text, starts = given["paragraph_text"], given["sentence_starts"]
        sentences = [*pairwise([*starts, len(text)])]
        answers = [*_answers(given)]
        gold = [at for at, span in enumerate(sentences) if any(_overlap(span, answer) for answer in answers)]
        if len(sentences) > 1 and gold:
            yield {
                "source": SOURCE,
                "doc": given["title_text"],
                "title": given["title_text"],
                "question": given["question_text"],
                "answer": text[slice(*answers[0])],
                "sentences": [text[start:end].strip() for start, end in sentences],
                "gold": gold,
            }


def _answers(given: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    yield from given.get("answer_spans", ())
    for spans in given.get("original_nq_answers", ()):
        yield from ((span["start"], span["end"]) for span in spans)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
