"""Claims and questions that were written for this training, in the folder `written`: rules make none that are as hard.

A line of claims-*.jsonl is a text: `header`, `evidence`, and claims that are `right`, `contradicted` or `unsaid`. In
some files the right ones are nearer to the words of the text, in others the wrong ones are. A line of questions-*.jsonl
is a passage: `title`, `sentences`, and `questions`, half of which it does not answer: `q`, and `gold`, the numbers of
the sentences that answer it.

Lines of said-*.jsonl and asked-*.jsonl have such claims and questions about a `passage` of the data sets, which they
name by a checksum of its sentences. There, `evidence` has the numbers of sentences.

Lines of articles-*.jsonl are whole articles, in the form of passages. Each question is asked beside a part that answers
it, and beside others of the same article.

In the files from claims-49 and questions-49 on, every twelve lines are followed by the same twelve with another version
of their text, in which other claims are right, and other questions answered. From claims-57 and questions-55 on, the
last lines of a file, which are no twelve, have both versions of a text behind one another.

unseen-*.jsonl are such passages, articles and claims that are never trained on, to measure with. Of the other files,
one line in twelve is kept out of training as well.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from made_claims import CONTRADICTED, NOT_SAID, SUPPORTED, Claim

from footnote.checks.source import QuotedSource, known

FOLDER = Path(__file__).parent / "written"
SOURCE, CLAIMS = "written", "written_claims"
LATER = {"questions": {49: "versions", 95: "newest"}, "claims": {49: "versions", 79: "newest"}}
"""From which file on a source has another name, so that training can take it more or less often."""
CLAIM_SOURCES = (CLAIMS, *(f"{CLAIMS}_{name}" for name in LATER["claims"].values()))
VERDICTS = {"right": SUPPORTED, "contradicted": CONTRADICTED, "unsaid": NOT_SAID}
ONE_KEPT_OUT_OF = 12
PART = (4, 9)
"""How many sentences a part of a whole article has."""

Row = Mapping[str, Any]

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_DAY = re.compile(
    r"\b\d{1,2}(?= (?:January|February|March|April|May|June|July|August|September|October|November|December))"
)


def claims(sources: Collection[str] = CLAIM_SOURCES, *, kept_out: bool = False) -> Iterator[Claim]:
    for text in _lines("claims", kept_out=kept_out):
        if _source(CLAIMS, text) in sources:
            yield from _claimed(text, kept_out=kept_out)


def claims_about(known: Iterable[Row], *, kept_out: bool = False) -> Iterator[Claim]:
    """The claims about passages of the data sets."""
    for text, passage in _with_passages("said", known, kept_out=kept_out):
        evidence = [passage["sentences"][number] for number in text["evidence"]]
        yield from _claimed(
            {**text, "header": (passage["title"] or "").replace("_", " "), "evidence": evidence}, kept_out=kept_out
        )


def _claimed(text: Row, *, kept_out: bool) -> Iterator[Claim]:
    known = " ".join([text["header"], *text["evidence"]])
    for name, verdict in VERDICTS.items():
        for claim in text[name]:
            if kept_out or verdict != SUPPORTED or not _is_worked_out(claim, known):
                yield Claim(claim, tuple(text["evidence"]), verdict, text["header"])


def _is_worked_out(claim: str, text: str) -> bool:
    """Whether it has a figure that takes more than reading, so that the checks of numbers refuse it anyway."""
    return any(figure not in text for figure in _FIGURE.findall(_DAY.sub("", claim)))


def with_days(claim: Claim) -> Claim:
    """With the days that its evidence means, as claims are read: "on Friday. (Friday, 16 May 2031)"."""
    _, _, day = claim.header.rpartition(" · ")
    try:
        published = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007
    except ValueError:
        return claim
    return replace(claim, evidence=tuple(known(QuotedSource(one, published=published)) for one in claim.evidence))


def rows(*, kept_out: bool = False) -> Iterator[Row]:
    for passage in _lines("questions", kept_out=kept_out):
        yield from _asked({"doc": passage["title"], **passage}, _source(SOURCE, passage))


def rows_of_articles(rng: Random, *, kept_out: bool = False) -> Iterator[Row]:
    """Each question of the whole articles beside a part that answers it, if one does, and beside another part."""
    for article in _lines("articles", kept_out=kept_out):
        yield from _in_parts(article, rng)


def unseen_rows(rng: Random) -> Iterator[Row]:
    """Questions that no run has seen, about passages and about whole articles in parts."""
    for passage in _read("unseen-questions.jsonl"):
        yield from _asked({"doc": passage["title"], **passage})
    for article in _read("unseen-articles.jsonl"):
        yield from _in_parts(article, rng)


def unseen_documentation() -> Iterator[Row]:
    """Questions that no run has seen, about pages of documentation and rules."""
    for passage in _read("unseen-documentation.jsonl"):
        yield from _asked({"doc": passage["title"], **passage})


def unseen_claims() -> Iterator[Claim]:
    """Claims that no run has seen."""
    for text in _read("unseen-claims.jsonl"):
        yield from _claimed(text, kept_out=True)


def _in_parts(article: Row, rng: Random) -> Iterator[Row]:
    parts = _parts(len(article["sentences"]), rng)
    for asked in article["questions"]:
        answering = [part for part in parts if asked["gold"] and set(asked["gold"]) <= set(part)]
        others = [part for part in parts if not set(asked["gold"]) & set(part)]
        for part in (*answering[:1], *rng.sample(others, min(len(others), 1))):
            gold = [part.index(number) for number in asked["gold"] if number in part]
            sentences = [article["sentences"][number] for number in part]
            cut = {"doc": article["title"], "title": article["title"], "sentences": sentences}
            yield from _asked({**cut, "questions": [{"q": asked["q"], "gold": gold}]})


def cut_short(row: Row, rng: Random) -> Row:
    """The row with a few sentences of its passage, among them those that answer: the parts of articles can be short."""
    length, gold = len(row["sentences"]), row["gold"]
    if gold:
        start = max(0, min(gold) - rng.randint(0, 1))
        end = min(length, max(gold) + 1 + rng.randint(1, 4))
    else:
        start = rng.randrange(max(1, length - 2))
        end = min(length, start + rng.randint(2, 6))
    return {**row, "sentences": row["sentences"][start:end], "gold": [number - start for number in gold]}


def _parts(length: int, rng: Random) -> list[range]:
    """A text cut into parts of four to nine sentences, as an index cuts articles."""
    parts = []
    start = 0
    while start < length:
        end = min(length, start + rng.randint(*PART))
        parts.append(range(start, end))
        start = end
    return parts


def rows_about(known: Iterable[Row], *, kept_out: bool = False) -> Iterator[Row]:
    """The questions about passages of the data sets."""
    for line, passage in _with_passages("asked", known, kept_out=kept_out):
        yield from _asked({**passage, **line})


def checksum(sentences: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16]


def _asked(passage: Row, source: str = SOURCE) -> Iterator[Row]:
    same = {name: passage[name] for name in ("doc", "title", "sentences")}
    for asked in passage["questions"]:
        yield {**same, "source": source, "question": asked["q"], "answer": None, "gold": asked["gold"]}


def _with_passages(kind: str, known: Iterable[Row], *, kept_out: bool) -> Iterator[tuple[Row, Row]]:
    passages = {checksum(row["sentences"]): row for row in known}
    lines = [*_lines(kind, kept_out=kept_out)]
    found = [(line, passages[line["passage"]]) for line in lines if line["passage"] in passages]
    if len(found) < len(lines):
        print(f"{len(lines) - len(found)} of {len(lines)} passages that {kind}-*.jsonl is about are not in the data.")
    yield from found


def _read(name: str) -> Iterator[Row]:
    yield from map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())


def _lines(kind: str, *, kept_out: bool) -> Iterator[Row]:
    for file in sorted(FOLDER.glob(f"{kind}-*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if (number % ONE_KEPT_OUT_OF == 0) == kept_out:
                yield {"later": _later(file), **json.loads(line)}


def _later(file: Path) -> str:
    """ "" for the first files of a kind, and what LATER calls the others."""
    kind, _, number = file.stem.partition("-")
    names = [name for first, name in LATER.get(kind, {}).items() if int(number) >= first]
    return names[-1] if names else ""


def _source(name: str, line: Row) -> str:
    return f"{name}_{line['later']}" if line["later"] else name
