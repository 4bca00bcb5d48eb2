"""Canary questions: what a new generation has to answer before it goes live, in `canaries.yaml` among the articles.

    - question: How long is the valley?
      article: valley.md                              # an article that the answer has to cite,
      sentence: The valley is 115 kilometres long.    # a sentence that it has to cite, or both
      within: hits                                    # among the first ten passages is enough

They are asked with the reader and the checks of every question, and with source sentences for an answer: a build can
break what is found and chosen, not what a language model makes of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import yaml

from footnote.answering import Answering
from footnote.certainty import ABSTAIN_BELOW
from footnote.errors import BuildError, NoQuestion
from footnote.extractive import ExtractiveAnswerer
from footnote.models import Abstention, Answer
from footnote.ports import Pair, Reader, Retrieved
from footnote.questions import clean_question
from footnote_index.embedders import Embedder
from footnote_index.retrieval import OpenGeneration

FILE = "canaries.yaml"
"""Its name in the articles folder."""

_NAMES = {"question", "article", "sentence", "within"}


class Examination(Protocol):
    """A question, and what a new generation has to find for it."""

    @property
    def question(self) -> str: ...

    def is_due(self, generation: OpenGeneration, /) -> bool:
        """Whether that generation can pass it at all."""
        ...

    def passes(self, outcome: Answer | Abstention) -> bool: ...

    def failure(self, outcome: Answer | Abstention) -> str:
        """What came instead of what was expected."""
        ...


@dataclass(frozen=True, slots=True)
class Canary:
    """A question, and the article, the sentence (white space aside) or both that one citation of its answer must have.

    `within_hits`: one of the first ten passages will do.
    """

    question: str
    article: str | None
    sentence: str | None
    within_hits: bool

    @property
    def expected(self) -> str:
        return self.article or f"“{self.sentence}”"

    def is_due(self, _generation: OpenGeneration) -> bool:
        return True

    def passes(self, outcome: Answer | Abstention) -> bool:
        return any(
            self.article in {None, article} and (self.sentence is None or self.sentence == " ".join(quote.split()))
            for article, quote in (found_by(outcome) if self.within_hits else cited_by(outcome))
        )

    def failure(self, outcome: Answer | Abstention) -> str:
        if self.within_hits:
            return f"“{self.question}” does not find {self.expected}"
        if isinstance(outcome, Abstention):
            return f"“{self.question}” is not answered, and should cite {self.expected}"
        cited = ", ".join(dict.fromkeys(article for article, _ in cited_by(outcome)))
        return f"“{self.question}” cites {cited}, and should cite {self.expected}"


def read_canaries(folder: Path) -> tuple[Canary, ...]:
    """Those of an articles folder; none when it has no such file. Raises BuildError that names the line."""
    file = folder / FILE
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise BuildError(f"{file} is not UTF-8 (byte {error.start}).") from error
    except OSError as error:
        raise BuildError(f"{file} cannot be opened: {error.strerror}.") from error
    try:
        root = yaml.compose(text, yaml.SafeLoader)
        return tuple(_canary(node) for node in _list(root)) if root else ()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BuildError(_broken(file, mark.line + 1 if mark else 1, str(error.problem))) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BuildError(_broken(file, line, "there is a character that YAML does not allow")) from error
    except RecursionError as error:
        raise BuildError(_broken(file, 1, "it is nested too deeply")) from error
    except _Misfit as error:
        raise BuildError(_broken(file, error.line, error.problem)) from error


class _Misfit(Exception):
    """Valid YAML that is no canary."""

    def __init__(self, node: yaml.Node, problem: str) -> None:
        super().__init__(problem)
        self.line = node.start_mark.line + 1
        self.problem = problem


def _broken(file: Path, line: int, problem: str) -> str:
    return f"{file}, line {line}: {problem}. Each entry is a question, and the article or sentence to be cited."


def _list(root: yaml.Node) -> list[yaml.Node]:
    if not isinstance(root, yaml.SequenceNode):
        raise _Misfit(root, "this is not a list of entries that begin with `- question:`")
    return list(root.value)


def _canary(node: yaml.Node) -> Canary:
    if not isinstance(node, yaml.MappingNode):
        raise _Misfit(node, "this entry has no `name: value` lines")
    found: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value not in _NAMES:
            raise _Misfit(key, "an entry has nothing but question, article, sentence and within")
        if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
            raise _Misfit(value, f"`{key.value}` is not a line of text")
        found[key.value] = " ".join(value.value.split())
    try:
        question = clean_question(found.get("question", ""))
    except NoQuestion as error:
        raise _Misfit(node, "this entry has no question") from error
    if not found.keys() & {"article", "sentence"}:
        raise _Misfit(node, "this entry has neither an article nor a sentence")
    if found.get("within", "hits") != "hits":
        raise _Misfit(node, "`within` can only be hits")
    return Canary(question, found.get("article"), found.get("sentence"), "within" in found)


def failing(
    canaries: Sequence[Examination],
    generation: OpenGeneration,
    embedder: Embedder,
    reader: Reader,
    on_asked: Callable[[int], None],
) -> list[str]:
    """What came instead of what was expected, for each that is due and fails. Blocking; not for a thread that has an
    event loop. `on_asked` is told before each question how many have been asked.

    Raises ModelError when a question cannot be embedded.
    """
    candidate = _Candidate(generation, embedder)
    answering = Answering(candidate, reader, ExtractiveAnswerer(), abstain_below=ABSTAIN_BELOW)

    async def ask_all() -> list[str]:
        failures = []
        for number, canary in enumerate(canaries):
            on_asked(number)
            if not canary.is_due(generation):
                continue
            outcome = await answering.ask(canary.question)
            failures += [] if canary.passes(outcome) else [canary.failure(outcome)]
        return failures

    return asyncio.run(ask_all()) if canaries else []


class _Candidate:
    """Implements `Retriever` for a generation that is not live yet."""

    def __init__(self, generation: OpenGeneration, embedder: Embedder) -> None:
        self._generation = generation
        self._embedder = embedder

    async def retrieve(
        self, question: str, *, top_k: int = 10, since: date | None = None, until: date | None = None
    ) -> Retrieved:
        vector = self._embedder.embed_question(question)
        hits = self._generation.retrieve(question, vector, top_k=top_k, since=since, until=until)
        return Retrieved(hits, self._generation.status.generation)


def found_by(outcome: Answer | Abstention) -> list[Pair]:
    """All sentences of the passages that were found."""
    passages = [hit.passage for hit in outcome.receipt.hits]
    return [
        (passage.article.id, passage.article.text[sentence.start : sentence.end])
        for passage in passages
        for sentence in passage.sentences
    ]


def cited_by(outcome: Answer | Abstention) -> list[Pair]:
    """The sentences that an answer cites."""
    if isinstance(outcome, Abstention):
        return []
    return [(citation.article_id, citation.quote) for citation in outcome.citations]
