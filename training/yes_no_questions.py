"""Questions as people type them into a search engine, each beside a passage that answers it with yes or no: BoolQ.

A file has a line of JSON for each: `question`, `title`, `passage`. Which sentence answers is not said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SOURCE = "boolq"


def rows(file: Path) -> Iterator[Mapping[str, Any]]:
    from footnote.text.sentences import split_sentences

    for line in file.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        text = given["passage"]
        sentences = [text[span.start : span.end] for span in split_sentences(text)]
        yield {
            "source": SOURCE,
            "doc": given["title"],
            "title": given["title"],
            "question": given["question"],
            "answer": None,
            "sentences": sentences,
            "gold": [*range(len(sentences))],
            "gold_coarse": True,
        }
