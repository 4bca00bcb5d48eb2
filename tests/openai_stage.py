"""What surrounds a language model in tests: sentences to offer, and a meter."""

from __future__ import annotations

from typing import Any

from footnote.models import Article, Candidate, Passage
from footnote.ports import Asker, Spent, Usage
from footnote.text.sentences import split_sentences

TEXT = "The valley is 115 km long. Most people are Tajiks. Emeralds are mined there."


def offered(text: str = TEXT, **about: Any) -> dict[str, Candidate]:
    passage = Passage(Article("a.md", about.pop("title", "The valley"), text, **about), split_sentences(text))
    return {f"S{number}": Candidate(passage, it, 1.0) for number, it in enumerate(passage.sentences, 1)}


class Meter:
    """Admits every call, and records what is charged."""

    def __init__(self) -> None:
        self.charged: list[Usage] = []
        self.askers: list[Asker | None] = []
        self.under_way: list[Usage] = []
        self.problem: Exception | None = None
        self.problem_at_the_end: Exception | None = None

    async def admit(self, asker: Asker | None, expected: Usage) -> None:
        if self.problem:
            raise self.problem
        self.askers.append(asker)
        self.under_way.append(expected)

    async def charge(self, asker: Asker | None, expected: Usage, usage: Usage) -> Spent:
        assert asker in self.askers
        self.under_way.remove(expected)
        if self.problem_at_the_end:
            raise self.problem_at_the_end
        if usage.tokens:
            self.charged.append(usage)
        return Spent(usage.tokens, usage.tokens / 1_000_000)
