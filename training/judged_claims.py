"""Claims that people judged beside a text: data sets of natural language inference, and FEVER with its gold sentences.

A file has a line of JSON for each: `evidence`, `claim`, and `label`, which is one of those below; others are left out.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from made_claims import CONTRADICTED, NOT_SAID, SUPPORTED, Claim

_VERDICTS = {"supported": SUPPORTED, "refuted": CONTRADICTED, "nei": NOT_SAID}
_END = re.compile(r"(?<=[.!?]) +(?=[A-Z\"“(])")
_JOINED = (
    (re.compile(r"``\s*|\s*''"), '"'),
    (re.compile(r" -LRB- "), " ("),
    (re.compile(r" -RRB-"), ")"),
    (re.compile(r" +(n't|['’](?:s|re|ve|ll|d|m)\b)"), r"\1"),
    (re.compile(r" +([?.!,;:%)\]])"), r"\1"),
    (re.compile(r"([(\[$]) +"), r"\1"),
    (re.compile(r" -- "), " – "),
    (re.compile(r"\s+"), " "),
)
_CAPITAL = re.compile(r"\b[A-Z]\w{3,}")
COMPOUND = 0.35
AMONG_OTHERS = 0.4
MOST_SENTENCES = 7


def judged(file: Path) -> list[Claim]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["label"] in _VERDICTS:
            evidence = tuple(_END.split(_plain(row["evidence"])))
            found.append(Claim(_plain(row["claim"]), evidence, _VERDICTS[row["label"]], ""))
    return found


def compound(claims: Sequence[Claim], rng: random.Random) -> Iterator[Claim]:
    """Two claims as one beside the sentences of both: it is supported only where both are."""
    some = rng.sample(claims, int(len(claims) * COMPOUND))
    for first, second in zip(some[::2], some[1::2], strict=False):
        evidence = [*first.evidence, *second.evidence]
        if len(evidence) > 6:
            continue
        if rng.random() < 0.5:
            rng.shuffle(evidence)
        verdicts = {first.verdict, second.verdict}
        verdict = next(one for one in (CONTRADICTED, NOT_SAID, SUPPORTED) if one in verdicts)
        yield Claim(_joined(first.text, second.text, rng), tuple(evidence), verdict, first.header or second.header)


def among_others(claims: Sequence[Claim], rng: random.Random) -> Iterator[Claim]:
    """Some claims once more, among sentences of another claim about the same name. Those that are not said are left
    out: the other sentences may say them.
    """
    by_name = defaultdict(list)
    for number, claim in enumerate(claims):
        for name in _names(claim):
            by_name[name].append(number)
    fitting = [one for one in claims if one.verdict != NOT_SAID and len(one.evidence) < MOST_SENTENCES]
    for claim in rng.sample(fitting, int(len(fitting) * AMONG_OTHERS)):
        shared = (name for name in _names(claim) if len(by_name[name]) > 1)
        names = sorted(shared, key=lambda name: (len(by_name[name]), name))
        near = [
            claims[number] for name in names[:3] for number in rng.sample(by_name[name], min(4, len(by_name[name])))
        ]
        others = [one for one in near if one.text != claim.text and not {*one.evidence} & {*claim.evidence}]
        if not others:
            continue
        other = rng.choice(others).evidence[: MOST_SENTENCES - len(claim.evidence)]
        at = rng.randint(0, len(other))
        yield replace(claim, evidence=(*other[:at], *claim.evidence, *other[at:]))


def _names(claim: Claim) -> set[str]:
    return set(_CAPITAL.findall(" ".join(claim.evidence)))


def _joined(first: str, second: str, rng: random.Random) -> str:
    if rng.random() < 0.5:
        return f"{first.rstrip('. ')}. {second}"
    return f"{first.rstrip('. ')}, and {second}"


def _plain(text: str) -> str:
    for pattern, joined in _JOINED:
        text = pattern.sub(joined, text)
    return text.strip()
