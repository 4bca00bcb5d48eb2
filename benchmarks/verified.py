"""Whether a question that was answered before is found again: `python benchmarks/verified.py SETS_DIR`.

SETS_DIR holds the evaluation sets. Known are the questions of paraphrases.jsonl, which has for each of them a near and
a free paraphrase, and the question with one thing changed: a year, a name, who for when. The others are dev questions
of the same sets: the two nearest to each known one, and as many again at random. Questions of the part "choose" were
there while the guards were written; those of the part "report" were written afterwards.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from running_set import console

from footnote.review.question_matching import KnownQuestions
from footnote_index.embedders.minilm import MiniLM

PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
THRESHOLDS = (0.80, 0.85, 0.88, 0.90, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97)
NO_GUARDS = "without guards"
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its vector, and the known one that it asks again; None: none of them."""

    text: str
    vector: NDArray[np.float32]
    known: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One half of the measurement."""

    known: list[Asked]
    near: list[Asked]
    free: list[Asked]
    changed: list[Asked]
    others: list[Asked]


def read_part(name: str, sets: Path, model: MiniLM) -> Part:
    lines = [json.loads(line) for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["part"] == name]
    dev = {folder: dev_questions(sets / folder, model) for folder in sorted({line["set"] for line in lines})}
    known = [dev[line["set"]][line["id"]] for line in lines]

    def asked(text: str, number: int | None = None) -> Asked:
        return Asked(text, model.embed_question(text), number)

    return Part(
        known=known,
        near=[asked(line["near"], number) for number, line in enumerate(lines)],
        free=[asked(line["free"], number) for number, line in enumerate(lines)],
        changed=[asked(text) for line in lines for text in line["changed"].values()],
        others=others([one for questions in dev.values() for one in questions.values()], known),
    )


def dev_questions(folder: Path, model: MiniLM) -> dict[str, Asked]:
    lines = (folder / "questions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = {fields["id"]: fields["question"] for fields in map(json.loads, lines)}
    return {number: Asked(text, model.embed_question(text)) for number, text in questions.items()}


def others(dev: Sequence[Asked], known: Sequence[Asked]) -> list[Asked]:
    """The two nearest to each known question, and as many again at random."""
    texts = {one.text for one in known}
    pool = [one for one in dev if one.text not in texts]
    cosines = np.stack([one.vector for one in known]) @ np.stack([one.vector for one in pool]).T
    near = {int(row) for line in cosines for row in np.argsort(-line)[:2]}
    rest = [row for row in range(len(pool)) if row not in near]
    drawn = random.Random(7).sample(rest, 4 * len(known) - len(near))  # noqa: S311
    return [pool[row] for row in (*sorted(near), *drawn)]


def found(known: Sequence[Asked], asked: Iterable[Asked], threshold: float) -> list[int | None]:
    """The number of the known question that each is taken for."""
    questions = KnownQuestions(same_from=threshold)
    for number, one in enumerate(known):
        questions.add(number, one.text, one.vector)
    nearest = (questions.nearest(one.text, one.vector) for one in asked)
    return [one.answer_id if one else None for one in nearest]


def right(part: Part, asked: Sequence[Asked], threshold: float) -> str:
    taken_for = found(part.known, asked, threshold)
    hits = sum(one == other.known for one, other in zip(taken_for, asked, strict=True))
    wrong = sum(one not in {None, other.known} for one, other in zip(taken_for, asked, strict=True))
    return f"{hits / len(asked):.1%}" + (f" ({wrong} wrong)" if wrong else "")


def reused(part: Part, asked: Sequence[Asked], threshold: float) -> str:
    times = sum(one is not None for one in found(part.known, asked, threshold))
    return f"{times / len(asked):.1%} ({times})"


def by_cosine(part: Part, asked: Sequence[Asked], threshold: float) -> str:
    """What the cosine alone would reuse."""
    cosines = np.stack([one.vector for one in asked]) @ np.stack([one.vector for one in part.known]).T
    times = int((cosines.max(axis=1) >= threshold).sum())
    return f"{times / len(asked):.1%}"


def table(name: str, part: Part) -> Table:
    sizes = f"{len(part.known)} known, {len(part.others)} others, {len(part.changed)} changed"
    rows = Table("cosine from", "near", "free", "others", "changed", f"others {NO_GUARDS}", f"changed {NO_GUARDS}")
    rows.title = f"{name}: {sizes}"
    for threshold in THRESHOLDS:
        rows.add_row(
            f"{threshold:.2f}",
            right(part, part.near, threshold),
            right(part, part.free, threshold),
            reused(part, part.others, threshold),
            reused(part, part.changed, threshold),
            by_cosine(part, part.others, threshold),
            by_cosine(part, part.changed, threshold),
        )
    return rows


def milliseconds(part: Part) -> list[float]:
    """For each question against ten thousand known ones: the part's own with noise about them."""
    noise = np.random.default_rng(7).normal(0, 0.01, (MANY, len(part.known[0].vector))).astype(np.float32)
    questions = KnownQuestions()
    for number, jitter in enumerate(noise):
        one = part.known[number % len(part.known)]
        vector = one.vector + jitter
        questions.add(number, f"{one.text} {number}", vector / np.linalg.norm(vector))
    times = []
    for one in (*part.near, *part.free, *part.others):
        began = perf_counter()
        questions.nearest(one.text, one.vector)
        times.append((perf_counter() - began) * 1000)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, help="the folder that holds the evaluation sets")
    sets = parser.parse_args().sets
    with tempfile.TemporaryDirectory() as models:
        model = MiniLM(Path(models))
        parts = {name: read_part(name, sets, model) for name in ("choose", "report")}
    for name, part in parts.items():
        console.print(table(name, part))
    times = milliseconds(parts["choose"])
    p95, longest = quantiles(times, n=20)[-1], max(times)
    console.print(f"{MANY:,} known: {median(times):.1f} ms (median), {p95:.1f} (p95), {longest:.1f} (longest)")
    console.print("near, free: found again. others, changed: taken for a known one, which they are not.")


if __name__ == "__main__":
    main()
