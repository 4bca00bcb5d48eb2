"""What the articles say about a text that somebody wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from footnote.grounding.fact_check import MOST_STATEMENTS, FactChecker, StatementFinding, judged, statements_of
from footnote.models import Article, Candidate, Entailment, Evidence, Hit, Passage, Signals
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Retrieved
from footnote.text.sentences import split_sentences

TEXT = "The bridge opened in 1932. It cost 5 million dollars. Ahmad leads the workers."
AGREES, DISAGREES, SILENT = Entailment(0.9, 0.05, 0.05), Entailment(0.02, 0.95, 0.03), Entailment(0.05, 0.05, 0.9)


class Library:
    """One article."""

    def __init__(self, text: str = TEXT) -> None:
        self._text = text

    async def retrieve(
        self,
        _question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        del readable, top_k, since, until, articles
        passage = Passage(Article("bridge.md", "The bridge", self._text), tuple(split_sentences(self._text)))
        signals = Signals(0.5, 0.5)
        return Retrieved((Hit(passage, 1.0, signals, (signals,) * len(passage.sentences)),), "g1")


class Scripted:
    """Says the same about everything that cites the sentence that it knows."""

    def __init__(self, knows: str, says: Entailment) -> None:
        self.knows = knows
        self.says = says

    async def entail(self, _claims: Sequence[str], evidence: Sequence[Evidence]) -> Sequence[Entailment]:
        return [self.says if self.knows in one.sentences[-1] else SILENT for one in evidence]


async def found(text: str, knows: str, says: Entailment) -> tuple[StatementFinding, str | None]:
    [statement] = (await FactChecker(Library(), Scripted(knows, says)).check(text, readable=EVERYTHING)).statements
    if statement.citation:
        citation = statement.citation
        assert TEXT[citation.start : citation.end] == citation.quote
    return statement.finding, statement.citation.quote if statement.citation else None


async def test_what_words_and_reader_agree_on_is_supported() -> None:
    assert await found("The bridge opened in 1932.", "1932", AGREES) == (
        StatementFinding.SUPPORTED,
        "The bridge opened in 1932.",
    )


async def test_another_number_contradicts_whatever_the_reader_says() -> None:
    assert await found("The bridge opened in 1950.", "1932", AGREES) == (
        StatementFinding.CONTRADICTED,
        "The bridge opened in 1932.",
    )


async def test_what_the_reader_finds_contradicted_is() -> None:
    assert (await found("Bashir leads the workers.", "Ahmad", DISAGREES))[0] is StatementFinding.CONTRADICTED


@pytest.mark.parametrize("says", [SILENT, Entailment(0.3, 0.3, 0.4)])
async def test_what_the_reader_is_not_sure_of_is_unsaid(says: Entailment) -> None:
    assert await found("The bridge opened with music.", "1932", says) == (StatementFinding.UNSAID, None)


async def test_shared_words_alone_support_nothing() -> None:
    assert (await found("Ahmad leads the workers.", "Ahmad", SILENT))[0] is StatementFinding.UNSAID


async def test_a_question_or_a_heading_supports_nothing() -> None:
    library = Library("## The bridge opened in 1932\n\nDid it open in 1932? It did.")
    checked = await FactChecker(library, Scripted("1932", AGREES)).check(
        "The bridge opened in 1932.", readable=EVERYTHING
    )
    assert [one.finding for one in checked.statements] == [StatementFinding.UNSAID]


async def test_no_more_than_ten_statements_are_checked() -> None:
    text = " ".join(f"Statement number {number} is here." for number in range(MOST_STATEMENTS + 3))
    checked = await FactChecker(Library(), Scripted("x", SILENT)).check(text, readable=EVERYTHING)
    assert (len(checked.statements), checked.left_out) == (MOST_STATEMENTS, 3)


def test_questions_and_greetings_state_nothing() -> None:
    assert statements_of("Hello there! Is it open? The bridge is open.\nIt cost  5 million.") == [
        "The bridge is open.",
        "It cost 5 million.",
    ]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("Die Brücke wurde 1932 eröffnet.", StatementFinding.SUPPORTED),
        ("Die Brücke wurde 1950 eröffnet.", StatementFinding.UNSAID),
        ("Die Katze schläft auf dem Sofa.", StatementFinding.UNSAID),
    ],
)
def test_in_another_language_words_decide_and_the_reader_does_not(statement: str, finding: StatementFinding) -> None:
    text = "Die Brücke wurde im Jahr 1932 eröffnet. Sie kostete fünf Millionen und ist die längste des Landes."
    passage = Passage(Article("bridge.md", "Die Brücke", text), split_sentences(text))
    sentences = [Candidate(passage, one, 0.0) for one in passage.sentences]
    assert judged(statement, sentences, [DISAGREES] * 2)[0] is finding
