"""How well sentences support a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from footnote.checks.figures.given_numbers import missing_numbers
from footnote.checks.figures.numbers import in_digits, numbers_in
from footnote.checks.one_form import without_opener
from footnote.checks.other_languages import are_in_another_language, support_in_its_language
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import meanings


def support(claim: str, sources: Sequence[QuotedSource]) -> float:
    """How well the sources support the claim (0 to 1): the share of its content words that are in them, by their stems,
    and as little as half of that if its numbers are missing. A title or outlet adds words, but supports nothing by
    itself.

    On the dev claims of WiCE (supported against the rest) this has an AUC of .76 (benchmarks/grounding.py).
    """
    if are_in_another_language(sources):
        return support_in_its_language(claim, sources)
    claim = without_opener(claim)
    words = meanings(in_digits(claim))
    if not words:
        return 0.0
    said = {word for source in sources for word in meanings(in_digits(known(source)))}
    if not words & said:
        return 0.0
    found = said.union(*(meanings(source.header) for source in sources))
    numbers = set(numbers_in(claim))
    missing = set(missing_numbers(claim, sources))
    share = 1 - len(missing) / len(numbers) if numbers else 1.0
    return len(words & found) / len(words) * (0.5 + 0.5 * share)


def copied(claim: str, sources: Sequence[QuotedSource]) -> float:
    """The same for the sources and the text before them: whether the claim takes its words from there."""
    return support(claim, [replace(source, quote=f"{source.before} {source.quote}") for source in sources])
