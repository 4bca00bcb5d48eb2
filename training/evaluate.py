"""Measures the reader as it is shipped on examples that it was not trained on, each data set by itself.

    python training/evaluate.py --valid valid.open.jsonl --squad squad_v2_dev [--limit N]

The passage is given, as SQuAD 2.0 is published: no retrieval, no threshold that was fitted, no word is matched.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from prepare import HELD_OUT, Row, read, squad_rows, title

from footnote.adapters.reader.model import LoadedModel
from footnote.evaluation import area_under_curve
from footnote.models import Evidence, PassageScores

NOT_READ = ("fever_eraser", "fm2")
"""Claims, which the third head reads."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--valid", type=Path, required=True)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="rows of each data set")
    parser.add_argument("--models", type=Path, default=Path("var") / "models")
    given = parser.parse_args()
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in read(given.valid):
        by_source[row["source"] + (" (kept out as a whole)" if row["source"] in HELD_OUT else "")].append(row)
    if given.squad:
        by_source["squad_v2_dev (articles kept out)"] = list(squad_rows(given.squad)[1])
    model = LoadedModel(given.models)
    print(f"{'':42}{'rows':>6}{'AUC':>7}{'hit@1':>7}{'MAP':>7}{'MRR':>7}")
    for source, rows in sorted(by_source.items()):
        if source in NOT_READ:
            told_claims(source, rows, model)
        else:
            told_questions(source, random.Random(7).sample(rows, min(given.limit, len(rows))), model)


def told_questions(source: str, rows: Sequence[Row], model: LoadedModel) -> None:
    scored = [(row, model.score(row["question"], [Evidence(title(row), tuple(row["sentences"]))])[0]) for row in rows]
    auc = area_under_curve([(max(scores.sentences) + scores.passage, bool(row["gold"])) for row, scores in scored])
    usable = [(row, one) for row, one in scored if row["gold"] and not row.get("gold_coarse")]
    ranks = [_gold_ranks(row, scores) for row, scores in usable]
    hit = mean(one[0] == 1 for one in ranks) if ranks else 0.0
    precision = mean(mean(at / rank for at, rank in enumerate(one, 1)) for one in ranks) if ranks else 0.0
    reciprocal = mean(1 / one[0] for one in ranks) if ranks else 0.0
    print(f"{source:42}{len(rows):6}{auc or 0:7.3f}{hit:7.3f}{precision:7.3f}{reciprocal:7.3f}", flush=True)


def told_claims(source: str, rows: Sequence[Row], model: LoadedModel) -> None:
    cited = [row for row in rows if row["gold"]]
    evidence = [Evidence(title(row), tuple(row["sentences"][i] for i in row["gold"])) for row in cited]
    told = model.entail([row["question"] for row in cited], evidence)
    auc = area_under_curve(
        [(one.supported, row["answer"].startswith("support")) for one, row in zip(told, cited, strict=True)]
    )
    print(f"{source + ': supported, by its sentences':42}{len(cited):6}{auc or 0:7.3f}", flush=True)


def _gold_ranks(row: Row, scores: PassageScores) -> list[int]:
    order = sorted(range(len(scores.sentences)), key=lambda at: -scores.sentences[at])
    return sorted(order.index(at) + 1 for at in row["gold"] if at < len(order))


if __name__ == "__main__":
    main()
