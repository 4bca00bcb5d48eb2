"""`canaries.yaml` among the articles: questions that a new generation has to answer before it goes live.

- question: How long is the valley?
  article: valley.md                              # an article that the answer has to cite,
  sentence: The valley is 115 kilometres long.    # a sentence that it has to cite, or both
  within: hits                                    # among the first ten passages is enough
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from footnote.answering.questions import clean_question
from footnote.errors import BuildError, NoQuestion
from footnote.models import Abstention, Answer
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Pair
from footnote_index.loaders.parser_process import ParserProcess, Unreadable

if TYPE_CHECKING:
    from footnote_index.retrieval import OpenGeneration  # not at run time: the parser process does not need it

FILE = "canaries.yaml"
"""Its name in the articles folder."""

_NAMES = {"question", "article", "sentence", "within"}


@dataclass(frozen=True, slots=True)
class Canary:
    """A question, and the article, the sentence (ignoring white space) or both that one citation of its answer must
    have.

    `within_hits`: one of the first ten passages is enough.
    """

    question: str
    article: str | None
    sentence: str | None
    within_hits: bool

    @property
    def expected(self) -> str:
        return self.article or f"“{self.sentence}”"

    @property
    def readable(self) -> Readable:
        return EVERYTHING

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
            return f"“{self.question}” is not answered; it should cite {self.expected}"
        cited = ", ".join(dict.fromkeys(article for article, _ in cited_by(outcome)))
        return f"“{self.question}” cites {cited}; it should cite {self.expected}"


def read_canaries(folder: Path) -> tuple[Canary, ...]:
    """The canaries of an articles folder; none when it has no such file. Raises BuildError, which names the line."""
    file = folder / FILE
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BuildError(f"{file} cannot be opened: {error.strerror}.") from error
    try:
        with ParserProcess() as process:
            return process.read("canaries", content, tuple[Canary, ...])
    except Unreadable as error:
        form = "Each entry has a question, and the article or sentence that must be cited."
        raise BuildError(f"{error.in_file(file)}. {form}") from error


def parse(content: bytes) -> tuple[Canary, ...]:
    """The canaries of a file. For the parser process. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
        root = yaml.compose(text, yaml.SafeLoader)
        return tuple(_canary(node) for node in _list(root)) if root else ()
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not UTF-8 (byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(str(error.problem), line=mark.line + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable("it has a character that YAML does not allow", line=line) from error


def _misfit(node: yaml.Node, problem: str) -> Unreadable:
    """Valid YAML that is not a canary."""
    return Unreadable(problem, line=node.start_mark.line + 1)


def _list(root: yaml.Node) -> list[yaml.Node]:
    if not isinstance(root, yaml.SequenceNode):
        raise _misfit(root, "it is not a list of entries that begin with `- question:`")
    return list(root.value)


def _canary(node: yaml.Node) -> Canary:
    if not isinstance(node, yaml.MappingNode):
        raise _misfit(node, "this entry has no `name: value` lines")
    found: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value not in _NAMES:
            raise _misfit(key, "an entry may only have question, article, sentence and within")
        if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
            raise _misfit(value, f"`{key.value}` is not a line of text")
        found[key.value] = " ".join(value.value.split())
    try:
        question = clean_question(found.get("question", ""))
    except NoQuestion as error:
        raise _misfit(node, "this entry has no question") from error
    if not found.keys() & {"article", "sentence"}:
        raise _misfit(node, "this entry has neither an article nor a sentence")
    if found.get("within", "hits") != "hits":
        raise _misfit(node, "`within` can only be hits")
    return Canary(question, found.get("article"), found.get("sentence"), "within" in found)


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
