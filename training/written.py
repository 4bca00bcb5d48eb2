"""Claims and questions that were written for this training, in the folder `written`: rules make none that are as hard.

A line of claims-*.jsonl is a text: `header`, `evidence`, and claims that are `right`, `contradicted` or `unsaid`. In
some files the right ones are nearer to the words of the text, in others the wrong ones are. A line of questions-*.jsonl
is a passage: `title`, `sentences`, and `questions`, half of which it does not answer: `q`, and `gold`, the numbers of
the sentences that answer it.

One line in twelve is kept out of training, to measure with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from made_claims import CONTRADICTED, NOT_SAID, SUPPORTED, Claim

FOLDER = Path(__file__).parent / "written"
SOURCE, CLAIMS = "written", "written_claims"
VERDICTS = {"right": SUPPORTED, "contradicted": CONTRADICTED, "unsaid": NOT_SAID}
ONE_KEPT_OUT_OF = 12

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_DAY = re.compile(
    r"\b\d{1,2}(?= (?:January|February|March|April|May|June|July|August|September|October|November|December))"
)


def claims(*, kept_out: bool = False) -> Iterator[Claim]:
    for text in _lines("claims", kept_out=kept_out):
        known = " ".join([text["header"], *text["evidence"]])
        for name, verdict in VERDICTS.items():
            for claim in text[name]:
                if kept_out or verdict != SUPPORTED or not _is_worked_out(claim, known):
                    yield Claim(claim, tuple(text["evidence"]), verdict, text["header"])


def _is_worked_out(claim: str, text: str) -> bool:
    """Whether it has a figure that takes more than reading, so that the checks of numbers refuse it anyway."""
    return any(figure not in text for figure in _FIGURE.findall(_DAY.sub("", claim)))


def rows(*, kept_out: bool = False) -> Iterator[Mapping[str, Any]]:
    for passage in _lines("questions", kept_out=kept_out):
        for asked in passage["questions"]:
            yield {
                "source": SOURCE,
                "doc": passage["title"],
                "title": passage["title"],
                "question": asked["q"],
                "answer": None,
                "sentences": passage["sentences"],
                "gold": asked["gold"],
            }


def _lines(kind: str, *, kept_out: bool) -> Iterator[Mapping[str, Any]]:
    for file in sorted(FOLDER.glob(f"{kind}-*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if (number % ONE_KEPT_OUT_OF == 0) == kept_out:
                yield json.loads(line)
