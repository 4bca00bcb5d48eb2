"""An answer as lines that a moderator can edit, and lines as claims again: each is checked against the sentences it
names.

A line is a claim; `[1][2]` at its end names its sentences. Sentences can also be chosen for all lines without numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from footnote.checks import KNOWN_ENDING, QuotedSource, first_doubt, first_failed, support
from footnote.grounding.best_sources import carried
from footnote.grounding.citing import cited_source
from footnote.grounding.weighing import ENOUGH_SUPPORT
from footnote.models import Citation, Claim
from footnote.models.structure import cells
from footnote.records.answers import AnswerRecord, Ruling
from footnote.text.prose import as_prose

_LAST_MARK = re.compile(r"\[(\d{1,4})\]\Z")
_LONGEST_MARK = len("[1234]")

_FAILURES: Mapping[str, str] = {
    "numbers": "it has a number that its sentences do not have",
    "dates": "it has a date that its sentences do not have",
    "names": "it has a name that its sentences do not have",
    "quoted words": "it quotes words that its sentences do not have",
    "prohibition": "its sentences say this of what is not done, or not so",
    "same sense": "it says the opposite of its sentences",
    "known addresses": "it has an address that its sentences do not have",
    "words to the reader": "it addresses the reader, but its sentences do not",
    "parts together": "its sentences say this about somebody or something else",
    "same order": "its sentences give another order",
    "same roles": "its sentences say it the other way round",
    "same strength": "its sentences say it less strongly",
    "same time": "its sentences say this about the past, not the present",
    "known cause": "its sentences do not give that cause",
    "same units": "its sentences give that figure in another unit",
    "same limits": "its sentences give that limit the other way round",
    "same ranges": "its sentences give that range the other way round",
    "same counts": "its sentences give that figure for something else",
    KNOWN_ENDING: "it says more than its sentences",
    "supported clauses": "none of its sentences supports one of its clauses",
}


@dataclass(frozen=True, slots=True)
class EditableAnswer:
    """An answer to be edited. `numbers` are the sentences that all its lines cite, which then have no numbers; empty if
    each line names its own.
    """

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A line that its sentences do not support, and why."""

    line: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The claims that may be shown, and the lines that may not."""

    claims: tuple[Claim, ...]
    failures: tuple[Failure, ...]


def sources(record: AnswerRecord) -> tuple[Citation, ...]:
    """The sentences that lines may name: those that the answer cites, or the nearest ones, but none that was ruled
    wrong.
    """
    wrong = {one.number for one in record.rulings if one.ruling is Ruling.WRONG}
    return tuple(citation for citation in record.citations if citation.number not in wrong)


def as_lines(record: AnswerRecord) -> EditableAnswer:
    """The claims that are shown."""
    texts = [" ".join(claim.text.split()) for claim in record.shown_claims]
    cited = {tuple(citation.number for citation in claim.citations) for claim in record.shown_claims}
    if len(cited) == 1 and not any(_parts(text)[1] for text in texts):
        return EditableAnswer("\n".join(texts), cited.pop())
    return EditableAnswer("\n".join(map(_line, record.shown_claims)), ())


def citing(text: str, numbers: Iterable[int], record: AnswerRecord) -> str:
    """The text, with these sentences at the end of each line without numbers; unchanged lines of the answer stay as
    they are.
    """
    shared, chosen = as_lines(record).numbers, {*numbers}
    marks = _marks(shared if chosen == {*shared} else sorted(chosen))
    untouched = {*map(_line, record.shown_claims)}
    lines = _lines(text)
    return "\n".join(line if line in untouched or _parts(line)[1] else f"{line} {marks}".rstrip() for line in lines)


def grounded(text: str, record: AnswerRecord, *, stated_by: int | None = None) -> Edited:
    """Lines as claims. A line that was not touched stays as it is; one that fails the checks is stated by that
    moderator, if there is one, without a sentence.
    """
    untouched = {_line(claim): claim for claim in record.shown_claims}
    named = {citation.number: citation for citation in sources(record)}
    claims, failures = [], []
    for line in _lines(text):
        found = untouched.get(line) or _grounded(line, named, record.shown_claims)
        if isinstance(found, Claim):
            claims.append(found)
        elif stated_by is not None:
            claims.append(Claim(_parts(line)[0], 0.0, (), stated_by))
        else:
            failures.append(found)
    return Edited(tuple(claims), tuple(failures))


def _lines(text: str) -> list[str]:
    """The lines with text, with single spaces."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if _parts(line)[0]]


def _line(claim: Claim) -> str:
    marks = _marks(citation.number for citation in claim.citations)
    return " ".join(filter(None, [*claim.text.split(), marks]))


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _parts(line: str) -> tuple[str, list[int]]:
    """The text of a line, and the numbers that it names, each once."""
    text, numbers = line.rstrip(), list[int]()
    while mark := _LAST_MARK.search(text, max(0, len(text) - _LONGEST_MARK)):
        numbers.append(int(mark[1]))
        text = text[: mark.start()].rstrip()
    return text.lstrip(), list(dict.fromkeys(reversed(numbers)))


def _grounded(line: str, named: Mapping[int, Citation], shown: Sequence[Claim]) -> Claim | Failure:
    text, numbers = _parts(line)
    if not numbers:
        return Failure(text, "it cites no sentence: choose one, or end the line with its number, such as [1]")
    if unknown := [number for number in numbers if number not in named]:
        return Failure(text, f"there is no sentence [{unknown[0]}], or it was ruled wrong")
    citations = tuple(named[number] for number in numbers)
    held_against = [_source(citation, shown) for citation in citations]
    carried_by = carried(text, held_against)
    return Claim(text, carried_by, citations) if carried_by else Failure(text, _reason(text, held_against))


def _source(citation: Citation, shown: Sequence[Claim]) -> QuotedSource:
    """A row of a table as the answer says it: with the names of its columns, which the citation does not have."""
    own = (
        [as_prose(cell.replace("\\|", "|")) for cell in cells(citation.quote)] if citation.quote.startswith("|") else []
    )
    alone = (claim.text for claim in shown if own and claim.citations == (citation,))
    said = next((text for text in alone if all(cell in text for cell in own)), citation.quote)
    return replace(cited_source(citation), quote=said)


def _reason(text: str, held_against: Sequence[QuotedSource]) -> str:
    """If hardly anything of a line is supported, an unknown ending is not worth reporting."""
    failed = first_failed(text, held_against) or first_doubt(text, held_against)
    found = support(text, held_against)
    if failed is None or (failed == KNOWN_ENDING and found < ENOUGH_SUPPORT):
        return f"its sentences do not support it enough (support {found:.0%})"
    return _FAILURES[failed]
