"""What stands around a language model in tests: sentences to offer, and somebody who counts what it costs."""

from __future__ import annotations

from typing import Any

from footnote.errors import BudgetSpent
from footnote.models import Article, Candidate, Passage
from footnote.ports import Asker, Usage
from footnote.sentences import split_sentences

TEXT = "The valley is 115 km long. Most people are Tajiks. Emeralds are mined there."


def offered(text: str = TEXT, **about: Any) -> dict[str, Candidate]:
    passage = Passage(Article("a.md", about.pop("title", "The valley"), text, **about), split_sentences(text))
    return {f"S{number}": Candidate(passage, it, 1.0) for number, it in enumerate(passage.sentences, 1)}


class Meter:
    """Admits everybody, and writes down what is charged."""

    def __init__(self) -> None:
        self.charged: list[Usage] = []
        self.askers: list[Asker | None] = []
        self.is_spent = False

    async def admit(self, asker: Asker | None) -> None:
        self.askers.append(asker)
        if self.is_spent:
            raise BudgetSpent

    async def charge(self, asker: Asker | None, usage: Usage) -> None:
        assert asker == self.askers[-1]
        self.charged.append(usage)
