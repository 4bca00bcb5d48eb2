"""Parts of articles below the first sentence of their article, as they are read when somebody asks.

SQuAD's rows say which paragraph of their article they are about. Each question comes beside its own paragraph, and
beside another one of the same article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

Row = Mapping[str, Any]

FROM, SOURCE = "squad11_train", "squad_lead"
ROWS = 9000


def rows_below_leads(rows: Sequence[Row], rng: Random) -> Iterator[Row]:
    """`lead` is the first sentence of an article's first paragraph. Questions about that paragraph are left out."""
    paragraphs: dict[str, dict[int, Sequence[str]]] = defaultdict(dict)
    for row in _known(rows):
        paragraphs[row["doc"]][_paragraph(row)] = row["sentences"]
    asked = [row for row in _known(rows) if row["gold"] and _paragraph(row) and 0 in paragraphs[row["doc"]]]
    for row in rng.sample(asked, min(ROWS, len(asked))):
        others = paragraphs[row["doc"]]
        same = {**row, "source": SOURCE, "lead": others[0][0]}
        yield same
        number = rng.choice(sorted(others))
        if number not in (0, _paragraph(row)) and row["answer"].casefold() not in " ".join(others[number]).casefold():
            yield {**same, "sentences": others[number], "gold": []}


def _known(rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if row["source"] == FROM)


def _paragraph(row: Row) -> int:
    """Of `squad11_train:British_Empire:30:1`, 30."""
    return int(row["id"].split(":")[-2])
