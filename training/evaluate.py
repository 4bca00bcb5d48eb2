"""Measures the reader as it is shipped on examples that it was not trained on, each data set by itself.

    python training/evaluate.py --valid valid.open.jsonl --squad squad_v2_dev [--train train.open.jsonl] [--limit N]
        [--reader FILE] [--record]

The passage is given, as SQuAD 2.0 is published: no retrieval, no threshold that was fitted, no word is matched.
--train has the passages that some of `written/` asks about. --record writes the figures and the commit into the
metadata of the reader's file.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

import written
from made_claims import SUPPORTED, Claim
from prepare import HELD_OUT, Row, read, squad_rows, title
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from footnote.adapters.reader.kinds import CLAIMS, ENGLISH
from footnote.adapters.reader.model import LoadedModel
from footnote.evaluation import area_under_curve
from footnote.models import Evidence, PassageScores

CLAIM_SOURCES = ("fever_eraser", "fm2")
"""What has claims in place of questions."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--valid", type=Path, required=True)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--train", type=Path, help="the passages that a part of written/ is about")
    parser.add_argument("--limit", type=int, default=400, help="rows of each data set")
    parser.add_argument("--models", type=Path, default=Path("var") / "models")
    parser.add_argument("--reader", type=Path, default=ENGLISH.file)
    parser.add_argument("--claims", type=Path, default=CLAIMS.file, help="what reads claims, made for that reader")
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in read(given.valid):
        by_source[row["source"] + (" (kept out as a whole)" if row["source"] in HELD_OUT else "")].append(row)
    if given.squad:
        by_source["squad_v2_dev (articles kept out)"] = list(squad_rows(given.squad)[1])
    by_source["written (texts kept out)"] = list(written.rows(kept_out=True))
    by_source["written, whole articles in parts (kept out)"] = list(
        written.rows_of_articles(random.Random(7), kept_out=True)
    )
    by_source["written for measuring, never trained on"] = list(written.unseen_rows(random.Random(7)))
    by_source["documentation, written for measuring"] = list(written.unseen_documentation())
    known = read(given.train) if given.train else []
    if known:
        by_source["written about passages trained on"] = list(written.rows_about(known, kept_out=True))
    model = LoadedModel(given.models, replace(ENGLISH, file=given.reader))
    claims = LoadedModel(given.models, replace(CLAIMS, file=given.claims, base=given.reader))
    print(f"{'':42}{'rows':>6}{'AUC':>7}{'hit@1':>7}{'MAP':>7}{'MRR':>7}")
    figures, told = {}, {}
    for source, rows in sorted(by_source.items()):
        if source in CLAIM_SOURCES:
            told[source] = told_claims(source, rows, claims)
        else:
            figures[source] = told_questions(source, random.Random(7).sample(rows, min(given.limit, len(rows))), model)
    kept_out = [*map(written.with_days, written.claims(kept_out=True))]
    unseen = [*map(written.with_days, written.unseen_claims())]
    told["unseen"] = told_written("claims written for measuring, never trained on", unseen, claims)
    told["written"] = told_written("claims written (texts kept out)", kept_out, claims)
    if known:
        about = [*written.claims_about(known, kept_out=True)]
        told["written_about"] = told_written("claims written about passages trained on", about, claims)
    if given.record:
        record(given.reader, figures)
        record(given.claims, told)


def record(file: Path, figures: Mapping[str, Mapping[str, float]]) -> None:
    """In the metadata of a reader's file, beside what is there."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    with safe_open(file, "np") as opened:
        told = opened.metadata()
    save_file(load_file(file), file, metadata=told | {"figures": json.dumps(figures), "commit": commit})


def told_questions(source: str, rows: Sequence[Row], model: LoadedModel) -> dict[str, float]:
    scored = [(row, model.score(row["question"], [Evidence(title(row), tuple(row["sentences"]))])[0]) for row in rows]
    auc = area_under_curve([(max(scores.sentences) + scores.passage, bool(row["gold"])) for row, scores in scored])
    usable = [(row, one) for row, one in scored if row["gold"] and not row.get("gold_coarse")]
    ranks = [_gold_ranks(row, scores) for row, scores in usable]
    hit = mean(one[0] == 1 for one in ranks) if ranks else 0.0
    precision = mean(mean(at / rank for at, rank in enumerate(one, 1)) for one in ranks) if ranks else 0.0
    reciprocal = mean(1 / one[0] for one in ranks) if ranks else 0.0
    print(f"{source:42}{len(rows):6}{auc or 0:7.3f}{hit:7.3f}{precision:7.3f}{reciprocal:7.3f}", flush=True)
    if source.startswith("squad_v2"):
        told_as_published(scored)
    return {"rows": len(rows), "auc": round(auc or 0, 3), "hit@1": round(hit, 3)}


def told_as_published(scored: Sequence[tuple[Row, PassageScores]]) -> None:
    """SQuAD 2.0's way of counting, with sentences in place of phrases: at the threshold that gets most questions right,
    how many answerable ones get a gold sentence, and how many of the others no answer.
    """
    best = [(max(one.sentences) + one.passage, row, _gold_ranks(row, one)[:1] == [1]) for row, one in scored]

    def right(threshold: float) -> list[tuple[bool, bool]]:
        return [(bool(row["gold"]), is_hit if score >= threshold else not row["gold"]) for score, row, is_hit in best]

    counted = max((right(score) for score, _, _ in best), key=lambda found: sum(is_right for _, is_right in found))
    shares = {
        name: mean(is_right for answerable, is_right in counted if answerable in kinds)
        for name, kinds in (("all", (True, False)), ("HasAns", (True,)), ("NoAns", (False,)))
    }
    print("    as published, by sentences: " + ", ".join(f"{name} {share:.3f}" for name, share in shares.items()))


def told_claims(source: str, rows: Sequence[Row], model: LoadedModel) -> dict[str, float]:
    cited = [row for row in rows if row["gold"]]
    evidence = [Evidence(title(row), tuple(row["sentences"][i] for i in row["gold"])) for row in cited]
    told = model.entail([row["question"] for row in cited], evidence)
    auc = area_under_curve(
        [(one.supported, row["answer"].startswith("support")) for one, row in zip(told, cited, strict=True)]
    )
    print(f"{source + ': supported, by its sentences':42}{len(cited):6}{auc or 0:7.3f}", flush=True)
    return {"rows": len(cited), "auc": round(auc or 0, 3)}


def told_written(name: str, stated: Sequence[Claim], model: LoadedModel) -> dict[str, float]:
    told = model.entail([one.text for one in stated], [Evidence(one.header, one.evidence) for one in stated])
    auc = area_under_curve([(read.supported, one.verdict == SUPPORTED) for read, one in zip(told, stated, strict=True)])
    print(f"{name:42}{len(stated):6}{auc or 0:7.3f}", flush=True)
    return {"rows": len(stated), "auc": round(auc or 0, 3)}


def _gold_ranks(row: Row, scores: PassageScores) -> list[int]:
    order = sorted(range(len(scores.sentences)), key=lambda at: -scores.sentences[at])
    return sorted(order.index(at) + 1 for at in row["gold"] if at < len(order))


if __name__ == "__main__":
    main()
