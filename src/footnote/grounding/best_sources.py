"""Which sentences a claim is cited with: those that it names, or others that support it better."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from footnote.checks import (
    EXACT,
    QuotedSource,
    are_in_another_language,
    fails_in_sense,
    first_doubt,
    first_failed,
    support,
)
from footnote.checks.names.names import names_among
from footnote.checks.sense.parts import parts_of
from footnote.grounding.citing import source_of
from footnote.grounding.weighing import ENOUGH_SUPPORT, LEAST_SUPPORT
from footnote.models import Candidate
from footnote.text.prose import as_prose, code_on_one_line, without_mark

_WORD = re.compile(r"[^\W_]")
_JOINT = re.compile(r"(?:[,;]? and|[.;])\s(?=\S)|\.$|$")
"""What may stand between two sentences that are said in a row, or behind the last one."""

MUCH_BETTER = 0.2
"""A claim is re-pointed when another sentence supports it by this much more than the ones it names."""

NEARLY_ALL = 0.9
"""Support by another sentence for a claim whose own sentences have its words but say something else with them."""


class Look(Enum):
    """Whether the trained reader checks what passes: if so, neither a claim's own wording nor the checks of its sense
    drop it yet.
    """

    FIRST = "first"
    ONLY = "only"


def best_sources(
    claim: str, named: Sequence[Candidate], others: Iterable[Candidate], look: Look
) -> Sequence[Candidate]:
    """The sentences to cite for a claim: those named, or one that supports it much better; none if nothing does."""
    carried_by = carried(claim, [*map(source_of, named)], look)
    in_doubt = look is Look.FIRST and bool(carried_by) and bool(turned(claim, named))
    if carried_by > 1 - MUCH_BETTER and not in_doubt:
        return named
    other_support, other = max(
        ((carried(claim, [source_of(one)]), one) for one in others), default=(0.0, None), key=lambda x: x[0]
    )
    if other and named and not carried_by and other_support < NEARLY_ALL and _shares_enough(claim, named):
        return []  # the sentences named say otherwise, and the other one only has some of its words
    if in_doubt:
        return [other] if other and other_support >= NEARLY_ALL else named
    if other and (not carried_by or other_support >= carried_by + MUCH_BETTER):
        return [other] if other_support else []
    return named if carried_by else []


def turned(claim: str, cited: Sequence[Candidate]) -> tuple[str, ...]:
    """The checks by which the sentences may say something else with the words of the claim: the trained reader has to
    tell. Empty for a claim that is one of them.
    """
    sources = [*map(source_of, cited)]
    return () if is_verbatim(claim, sources) else tuple(fails_in_sense(claim, sources))


def _shares_enough(claim: str, named: Sequence[Candidate]) -> bool:
    return support(claim, [*map(source_of, named)]) >= ENOUGH_SUPPORT


def carried(claim: str, sources: Sequence[QuotedSource], look: Look = Look.ONLY) -> float:
    """Support of a claim by sentences; 0 when it fails a check that decides, or when support is not enough."""
    if is_verbatim(claim, sources):
        return 1.0
    if are_in_another_language(sources):
        look = Look.ONLY
    found = support(claim, sources)
    if look is Look.FIRST:
        return found if found >= LEAST_SUPPORT and first_failed(claim, sources, among=EXACT) is None else 0.0
    if found < ENOUGH_SUPPORT or first_failed(claim, sources) or first_doubt(claim, sources):
        return 0.0
    return found


def is_verbatim(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Whether the claim is one of the sentences, or some of them in a row, apart from white space and markup."""
    said = _in_a_row(claim)
    return bool(_WORD.search(said)) and _is_made_of(said, sources)


def _is_made_of(said: str, sources: Sequence[QuotedSource], before: QuotedSource | None = None) -> bool:
    """`before`: the sentence that stands before `said`."""
    for source in sources:
        others = [one for one in sources if one is not source]
        for rest in _after(source, said):
            if (before is None or _may_follow(before, source)) and (not rest or _is_made_of(rest, others, source)):
                return True
    return False


def _may_follow(first: QuotedSource, second: QuotedSource) -> bool:
    """A sentence that points back may only follow what it points to, if it does not begin with a name."""
    if not second.before or _in_a_row(second.before).endswith(_in_a_row(first.quote)):
        return True
    names = names_among([first.quote, second.quote, second.before])
    return any(part.subject for part in parts_of(second.quote, "", names)[:1])


def _after(source: QuotedSource, said: str) -> Iterator[str]:
    """What is left of `said`, which may begin in lower case, behind the sentence and what joins it to the next one. An
    item of a list of what is not done is said with what stands above the list; a short answer may be said with its
    question, and what states nothing alone with what stands over it.
    """
    above = [f"{source.prohibition} "] if source.prohibition else [""]
    above += [f"{one} " for one in (source.question, source.lead) if one]
    forms = {form(source.quote) for form in (_in_a_row, as_prose, without_mark, code_on_one_line)}
    for quote in {f"{said_first}{one}" for one in forms if one for said_first in above}:
        if said == quote:
            yield ""
        whole = quote.removesuffix(".")
        if said[:1].lower() + said[1 : len(whole)] == whole[:1].lower() + whole[1:]:
            rest = said[len(whole) :]
            if joint := _JOINT.match(rest):
                yield rest[joint.end() :]


def _in_a_row(text: str) -> str:
    return " ".join(text.split())
