"""Questions over articles in other languages, of data sets in SQuAD's form, as rows like those of train.open.jsonl."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from footnote.text.sentences import split_sentences

LONGEST = 420
"""Characters of a passage: about 220 tokens in Chinese or Japanese."""

OF_SAME_ARTICLE, OF_ANOTHER = 0.35, 0.12
"""For how many questions a passage is taken that does not answer them."""


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    answer: str
    title: str
    context: str
    start: int


def rows(file: Path, source: str, rng: random.Random) -> Iterator[Mapping[str, Any]]:
    """Each answerable question over a part of its paragraph; and some over another part, which does not answer."""
    articles = list(_articles(file))
    paragraphs = [part for article in articles for part in {asked.context for asked in article}]
    for article in articles:
        own = sorted({asked.context for asked in article})
        for asked in article:
            sentences, gold = _window(asked, rng)
            if not gold:
                continue
            row = {"question": asked.question, "answer": asked.answer, "title": asked.title, "source": source}
            yield {**row, "sentences": sentences, "gold": gold}
            chance = rng.random()
            others = own if len(own) > 1 and chance < OF_SAME_ARTICLE else paragraphs
            if chance < OF_SAME_ARTICLE + OF_ANOTHER:
                other = rng.choice(others)
                if other != asked.context and asked.answer not in other:
                    yield {**row, "sentences": _beginning(other), "gold": []}


def _articles(file: Path) -> Iterator[Sequence[_Asked]]:
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        yield [
            _Asked(
                asked["question"],
                asked["answers"][0]["text"],
                article.get("title", ""),
                paragraph["context"],
                asked["answers"][0]["answer_start"],
            )
            for paragraph in article["paragraphs"]
            for asked in paragraph["qas"]
            if asked["answers"] and not asked.get("is_impossible")
        ]


def _window(asked: _Asked, rng: random.Random) -> tuple[list[str], list[int]]:
    """Sentences around the one with the answer, and which of them that is; none where the answer is over two."""
    found = split_sentences(asked.context)
    at = next((n for n, one in enumerate(found) if one.start <= asked.start < one.end), None)
    if at is None or asked.answer not in asked.context[found[at].start : found[at].end]:
        return [], []
    first = last = at
    while True:
        wider = [pair for pair in ((first - 1, last), (first, last + 1)) if pair[0] >= 0 and pair[1] < len(found)]
        fitting = [pair for pair in wider if found[pair[1]].end - found[pair[0]].start <= LONGEST]
        if not fitting:
            break
        first, last = rng.choice(fitting)
    return [asked.context[one.start : one.end] for one in found[first : last + 1]], [at - first]


def _beginning(context: str) -> list[str]:
    found = split_sentences(context)
    return [context[one.start : one.end] for one in found if one.end <= LONGEST] or [context[:LONGEST]]
