"""Numbers of a claim that a source has in another form: half and 50 %, two and a pair, War 2 and War II."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from footnote.checks.figures.numbers import Number, Read, read_numbers, words_in_digits
from footnote.checks.figures.numerals import ROMANS

_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ONE_PART = re.compile(rf"\b(?:a|one)\s(?P<part>{'|'.join(_PARTS)})\b", re.IGNORECASE)
_FEW_POINTS = 3
_BEYOND = 0.2
"""Of itself, how far more than a half may be from a share in percent."""
_TWO_TIMES = re.compile(r"\b2 (?:times|occasions)\b", re.IGNORECASE)
_TWICE = re.compile(r"\btwice\b", re.IGNORECASE)
_TWO = re.compile(r"\b2 ([a-z]++)", re.IGNORECASE)
_PAIR = re.compile(r"\b(?:couple|pair) of ([a-z]++)", re.IGNORECASE)
_ROMANS = {roman.upper(): number for number, roman in enumerate(ROMANS.split(), 2)}
_NAME = r"(?<![\w’'-])([A-Z][\w’'-]{1,30})"
_NAMED_ROMAN = re.compile(rf"{_NAME} ({'|'.join(sorted(_ROMANS, key=len, reverse=True))})\b")
_NAMED_NUMBER = re.compile(rf"{_NAME}(?: (\d{{1,2}})|,? the (\d{{1,2}})(?:st|nd|rd|th))\b")


def in_other_forms(claim: str, texts: Sequence[str]) -> Iterator[Number]:
    yield from _shares(claim, texts)
    said = words_in_digits(claim)
    if _TWO_TIMES.search(said) and any(_TWICE.search(text) for text in texts):
        yield 2.0, ""
    pairs = {noun.casefold() for text in texts for noun in _PAIR.findall(text)}
    if any(noun.casefold() in pairs for noun in _TWO.findall(said)):
        yield 2.0, ""
    romans = {(name, _ROMANS[roman]) for text in texts for name, roman in _NAMED_ROMAN.findall(text)}
    for name, number, ordinal in _NAMED_NUMBER.findall(said):
        if (name, int(number or ordinal)) in romans:
            yield float(number or ordinal), "th" if ordinal else ""


def _shares(claim: str, texts: Sequence[str]) -> Iterator[Number]:
    """A half is 50 %, and a third is 33.3 % or 33 %."""
    reads = [read for text in texts for read in read_numbers(text)]
    percentages = {read.number[0] for read in reads if read.number[1] == "%"}
    parts = {read.number[0] for read in reads if read.is_share}
    parts |= {1 / _PARTS[part.casefold()] for text in texts for part in _ONE_PART.findall(text)}
    for read in read_numbers(claim):
        value, kind = read.number
        if read.is_share and (_in_percent(value) & percentages or _is_near(read, percentages)):
            yield read.number
        if kind == "%" and any(value in _in_percent(part) for part in parts):
            yield read.number


def _is_near(share: Read, percentages: set[float]) -> bool:
    """More than half is 58 %, and about a third is 32 %."""
    near = max(_FEW_POINTS, 100 * share.number[0] * _BEYOND if len(share.sides) == 1 else 0)
    apart = [100 * share.number[0] - percentage for percentage in percentages]
    return any(abs(points) <= near and (1 if points > 0 else -1) in share.sides for points in apart)


def _in_percent(part: float) -> set[float]:
    return {round(100 * part, digits) for digits in (0, 1, 2)}
