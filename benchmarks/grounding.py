"""What grounding catches: `python benchmarks/grounding.py SET_DIR ... [--claims WICE_JSONL] [--limit N]`.

For each answerable question a scripted draft claims the gold sentence: untouched, shortened by its last clause, and
altered in known ways. Grounding sees it with the sentences that were retrieved. An alteration is caught when the claim
is dropped, and repaired when it is re-pointed to a sentence that says just that.

--claims reads WiCE (Kamoi et al. 2023, arXiv:2303.01432): claims with evidence sentences, supported or not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from running_set import asked, console

from footnote.adapters.reader import TrainedModel
from footnote.checks import CHECKS, QuotedSource, has_known_ending, support
from footnote.evaluation import Gold, GoldQuestion, area_under_curve, is_gold, squeeze
from footnote.grounding.best_sources import Look
from footnote.grounding.citing import evidence_of
from footnote.grounding.claims import Grounded, ground
from footnote.grounding.weighing import ENOUGH_SUPPORT
from footnote.models import Candidate
from footnote.models.collections import EVERYTHING
from footnote.ports import DraftClaim, Entailer

INVENTED = (
    "The ministry later published a full list of the people who had taken part in the meeting.",
    "Experts from three universities will examine the results during the coming winter.",
    "A spokeswoman for the museum confirmed that the collection will be moved next year.",
)
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
OTHER_NAMES = ("Henderson", "Okonkwo", "Lindqvist", "Marseille", "Yokohama")
AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|will|can|could|would|should|did|does)\b(?! not\b)")

Alter = Callable[[str, random.Random], str | None]
"""Sentence -> the altered sentence, None when there is nothing of the kind in it."""


def change_number(text: str, chance: random.Random) -> str | None:
    numbers = list(re.finditer(r"(?<![\w.,])\d+(?![\w]|[.,]\d)", text))
    if not numbers:
        return None
    match = chance.choice(numbers)
    return text[: match.start()] + str(int(match[0]) + chance.choice([1, 2, 3, 7, 10])) + text[match.end() :]


def change_name(text: str, chance: random.Random) -> str | None:
    names = [match for match in NAME.finditer(text) if match[0] not in MONTHS]
    if not names:
        return None
    match = chance.choice(names)
    return text[: match.start()] + chance.choice(OTHER_NAMES) + text[match.end() :]


def shift_date(text: str, chance: random.Random) -> str | None:
    dates = list(re.finditer(r"\b(" + "|".join(MONTHS) + r")\b|\b(?:19|20)\d\d\b", text))
    if not dates:
        return None
    match = chance.choice(dates)
    other = str(int(match[0]) + 1) if match[0].isdigit() else MONTHS[(MONTHS.index(match[0]) + 3) % 12]
    return text[: match.start()] + other + text[match.end() :]


def negate(text: str, chance: random.Random) -> str | None:
    verbs = list(AUXILIARY.finditer(text))
    if not verbs:
        return None
    match = chance.choice(verbs)
    return f"{text[: match.end()]} not{text[match.end() :]}"


ALTERATIONS: dict[str, Alter] = {
    "number changed": change_number,
    "name swapped": change_name,
    "date shifted": shift_date,
    "negated": negate,
    "invented": lambda _text, chance: chance.choice(INVENTED),
}


def drafts(
    gold: str, key: str, others: dict[str, Candidate], chance: random.Random
) -> Iterator[tuple[str, DraftClaim]]:
    """The untouched claim and its altered copies, each under its kind."""
    yield "untouched", DraftClaim(gold, (key,))
    if len(shorter := gold.rpartition(", ")[0]) > len(gold) / 2:
        yield "shortened", DraftClaim(shorter, (key,))
    for kind, alter in ALTERATIONS.items():
        altered = alter(gold, chance)
        if altered is not None and altered != gold:
            yield kind, DraftClaim(altered, (key,))
    article = others[key].article.id
    near = [other for other, one in others.items() if one.article.id == article and other != key]
    if near:
        yield "merged with a neighbour", DraftClaim(merged(others[key], others[near[0]]), (key, near[0]))
    far = [other for other, one in others.items() if one.article.id != article]
    if near:
        yield "cited to a neighbour", DraftClaim(gold, (chance.choice(near),))
    if far:
        yield "cited to another article", DraftClaim(gold, (chance.choice(far),))
    yield "key made up", DraftClaim(gold, ("S999",))


def merged(one: Candidate, other: Candidate) -> str:
    """Both sentences in one: faithful, though no sentence says all of it."""
    return f"{one.quote.rstrip('.')}, and {other.quote[:1].lower()}{other.quote[1:]}"


async def judge(
    drafted: Sequence[tuple[str, DraftClaim]],
    candidates: dict[str, Candidate],
    gold: tuple[Gold, ...],
    entailer: Entailer,
) -> Iterator[tuple[str, str]]:
    """For each kind and draft what becomes of it: kept, wrong, dropped, or repaired: cites a sentence that says just
    what is claimed. Each draft is grounded by itself; the trained reader looks at all that are left in one call.
    """
    found = [ground([draft], candidates, look=Look.FIRST) for _, draft in drafted]
    to_read = [one for grounded in found for one in grounded.to_read]
    said = iter(await entailer.entail([one.draft.text for one in to_read], [evidence_of(one.cited) for one in to_read]))
    read = [grounded.read([next(said) for _ in grounded.to_read]) for grounded in found]
    return ((kind, _fate(kind, draft, one, gold)) for (kind, draft), one in zip(drafted, read, strict=True))


def _fate(kind: str, draft: DraftClaim, grounded: Grounded, gold: tuple[Gold, ...]) -> str:
    claims = grounded.claims
    if not claims:
        return "dropped"
    quotes = {squeeze(citation.quote) for citation in claims[0].citations}
    if kind in {"untouched", "shortened", "merged with a neighbour"}:
        return "kept" if any(is_gold(one.article_id, one.quote, gold) for one in claims[0].citations) else "wrong"
    if len(claims[0].citations) == 1 and quotes == {squeeze(draft.text)}:
        return "repaired"
    return "wrong"


async def run(folder: Path, limit: int | None, counts: dict[str, Counter[str]], models: Path) -> None:
    """Each gold sentence counts once, however many questions it answers."""
    chance = random.Random(7)  # noqa: S311 - a repeatable benchmark
    entailer = TrainedModel(models)
    seen: set[str] = set()
    async for footnote, question in asked(folder, limit):
        if question.is_answerable:
            hits = (await footnote.index.retrieve(question.text, readable=EVERYTHING)).hits
            reading = await footnote.reader.read(question.text, hits)
            for kind, fate in await tally(question, reading.candidates, seen, chance, entailer):
                counts[kind][fate] += 1


async def tally(
    question: GoldQuestion, found: tuple[Candidate, ...], seen: set[str], chance: random.Random, entailer: Entailer
) -> Iterator[tuple[str, str]]:
    candidates = {f"S{number}": candidate for number, candidate in enumerate(found, 1)}
    for key, candidate in candidates.items():
        if is_gold(candidate.article.id, candidate.quote, question.gold) and candidate.quote not in seen:
            seen.add(candidate.quote)
            drafted = [*drafts(candidate.quote, key, candidates, chance)]
            return await judge(drafted, candidates, question.gold, entailer)
    return iter(())


def show(counts: dict[str, Counter[str]]) -> None:
    rows = Table("scripted claims", "number", "dropped", "repaired", "shown and wrong", "kept")
    for kind, outcomes in counts.items():
        total = outcomes.total()
        shares = (f"{outcomes[name] / total:.1%}" for name in ("dropped", "repaired", "wrong", "kept"))
        rows.add_row(kind, str(total), *shares)
    console.print(rows)


def show_wice(file: Path) -> None:
    claims = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    scored = [
        (support(one["claim"], [*map(QuotedSource, one["evidence"])]), one["label"] == "supported") for one in claims
    ]
    yes = [score >= ENOUGH_SUPPORT for score, is_supported in scored if is_supported]
    no = [score < ENOUGH_SUPPORT for score, is_supported in scored if not is_supported]
    balanced = (sum(yes) / len(yes) + sum(no) / len(no)) / 2
    console.print(f"WiCE, {len(scored)} claims: AUC {area_under_curve(scored):.3f}, balanced accuracy {balanced:.3f}")
    endings = Counter(_endings(claims))
    for label in ("supported", "other"):
        dropped, kept = endings[label, False], endings[label, True]
        console.print(f"Of {dropped + kept} {label} claims that pass all else, {dropped} are dropped for their ending")


def _endings(claims: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """For each claim that passes all other checks: whether it is supported, and passes that of its ending."""
    for one in claims:
        sources = [*map(QuotedSource, one["evidence"])]
        others = CHECKS.values()
        if support(one["claim"], sources) >= ENOUGH_SUPPORT and all(check(one["claim"], sources) for check in others):
            yield ("supported" if one["label"] == "supported" else "other"), has_known_ending(one["claim"], sources)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--limit", type=int, help="questions of each set")
    arguments = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as models:
        for folder in arguments.folders:
            asyncio.run(run(folder, arguments.limit, counts, Path(models)))
    if counts:
        show(counts)
    if arguments.claims:
        show_wice(arguments.claims)


if __name__ == "__main__":
    main()
