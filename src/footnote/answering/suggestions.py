"""What can be asked after an answer: questions that the retrieved passages answer, if they were not cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from footnote.models import Answer, Hit, Passage
from footnote.ports import Reader
from footnote.reading.certainty import SURE_FROM

MOST = 3
LONGEST = 80
"""Characters of a suggestion: the limit of Discord's buttons."""

_LOOKED_AT = 8
"""How many passages are used, and how many questions are tried with them: a few milliseconds each."""

_WORD = re.compile(r"\w{2,}")


class Suggestions:
    """Headings, and questions in passages: nothing is made up, and each is checked against its passage."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def after(self, answer: Answer) -> tuple[str, ...]:
        """The best first. Raises ModelError."""
        cited = {(citation.article_id, citation.start) for citation in answer.citations}
        found: dict[str, str] = {}
        asked = _words(answer.receipt.understood or answer.question)
        told = set[Passage]()
        possible = (
            (hit, question)
            for hit in answer.receipt.hits[:_LOOKED_AT]
            if not any((hit.passage.article.id, one.start) in cited for one in hit.passage.sentences)
            for question in _questions(hit)
            if _words(question) - asked and hit.passage not in told and question.casefold() not in found
        )
        for hit, question in islice(possible, _LOOKED_AT):
            if len(found) == MOST:
                break
            if (await self._reader.read(question, [hit])).confidence >= SURE_FROM:
                found[question.casefold()] = question
                told.add(hit.passage)
        return tuple(found.values())


def _questions(hit: Hit) -> Iterator[str]:
    """From one passage: the question in it, or else its innermost heading."""
    passage = hit.passage
    text = passage.article.text
    quotes = (text[sentence.start : sentence.end] for sentence in passage.sentences)
    for words in [*(quote for quote in quotes if quote.endswith("?")), *reversed(passage.headings)]:
        line = " ".join(words.split()).lstrip("#=*_ ").rstrip("#=*_:.! ")
        question = line if line.endswith("?") else f"{line}?"
        if len(_words(question)) > 0 and len(question) <= LONGEST and "|" not in question:
            yield question


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
