"""What figures measure: the same figure in another unit of its kind is another amount."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from footnote.checks.figures.lengths import counts_in_other_units, lengths_in_years
from footnote.checks.figures.numbers import in_digits, words_in_digits
from footnote.checks.figures.rates import has_same_rates
from footnote.checks.one_form import in_one_form
from footnote.checks.source import QuotedSource, known

_UNITS: Mapping[str, Mapping[str, str]] = {
    "speed": {
        "kmh": r"km/h|kph|kilomet(?:re|er)s? (?:an|per) hour",
        "mph": r"mph|miles? (?:an|per) hour",
        "knot": r"knots?",
        "ms": r"m/s|met(?:re|er)s? (?:a|per) second",
    },
    "energy": {"kWh": r"kWh|kilowatt[ -]hours?", "MWh": r"MWh|megawatt[ -]hours?", "GWh": r"GWh|gigawatt[ -]hours?"},
    "area": {
        "m2": r"m²|(?:square|sq) (?:m|met(?:re|er)s?)",
        "km2": r"km²|(?:square|sq) (?:km|kilomet(?:re|er)s?)",
        "ft2": r"(?:square|sq) (?:ft|foot|feet)",
        "mile2": r"(?:square|sq) miles?",
        "ha": r"ha|hectares?",
        "acre": r"acres?",
    },
    "length": {
        "mm": r"mm|millimet(?:re|er)s?",
        "cm": r"cm|centimet(?:re|er)s?",
        "m": r"m|met(?:re|er)s?",
        "km": r"km|kilomet(?:re|er)s?",
        "inch": r"inch(?:es)?",
        "foot": r"ft|foot|feet",
        "yard": r"yards?",
        "mile": r"miles?",
    },
    "mass": {
        "ug": r"[µμ]g|mcg|microgram(?:me)?s?",
        "mg": r"mg|milligram(?:me)?s?",
        "g": r"g|gram(?:me)?s?",
        "kg": r"kg|kilos?|kilogram(?:me)?s?",
        "t": r"t|tons?|tonnes?",
        "oz": r"oz|ounces?",
        "lb": r"lbs?",
    },
    "volume": {
        "tsp": r"tsp|teaspoons?",
        "tbsp": r"tbsp|tablespoons?",
        "ml": r"ml|millilit(?:re|er)s?",
        "l": r"l|lit(?:re|er)s?",
        "gal": r"gal|gallons?",
        "pint": r"pints?",
        "m3": r"m³|cubic met(?:re|er)s?",
        "ft3": r"cubic (?:foot|feet)",
    },
    "power": {"W": r"W|watts?", "kW": r"kW|kilowatts?", "MW": r"MW|megawatts?", "GW": r"GW|gigawatts?"},
    "data": {
        "kB": r"[kK]B|kilobytes?",
        "MB": r"MB|megabytes?",
        "GB": r"GB|gigabytes?",
        "TB": r"TB|terabytes?",
    },
    "time": {
        "second": r"seconds?",
        "minute": r"mins?|minutes?",
        "hour": r"h|hrs?|hours?",
        "day": r"days?",
        "week": r"weeks?",
        "month": r"months?",
        "year": r"years?",
        "decade": r"decades?",
        "century": r"century|centuries",
    },
    "heat": {"C": r"degrees? Celsius", "F": r"degrees? Fahrenheit"},
    "share": {"percent": r"%", "points": r"percentage points?"},
    "money": {
        "dollar": r"dollars?|USD",
        "euro": r"euros?|EUR|€",
        "pound": r"pounds? sterling|GBP",
        "yen": r"yen|JPY",
        "yuan": r"yuan|CNY",
        "rupee": r"rupees?|INR",
        "franc": r"francs?|CHF",
        "rouble": r"roubles?|rubles?",
        "crown": r"kron(?:a|or|er|e)|crowns?",
        "cent": r"cents?",
        "penny": r"pence|pennies",
    },
}
"""Kinds of units, and how each unit is written behind a figure. A pound alone may be money or weight: see below.
The longer forms come first: "kilometres per hour" begins with "kilometres".
"""

_KIND_OF = {unit: kind for kind, units in _UNITS.items() for unit in units}
_WRITTEN = "|".join(f"(?P<{unit}>{form})" for units in _UNITS.values() for unit, form in units.items())
_UNIT = re.compile(rf"(?:[ \xa0-]|(?<![A-Za-z]))(?=[A-Za-zµμ%€])(?:{_WRITTEN})(?![\w²³/])")
_FIGURE = re.compile(r"(?<![\d.,])\d++(?:[.,]\d++)*+")
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "₹": "rupee"}
_CODES = {"USD": "dollar", "EUR": "euro", "GBP": "pound", "JPY": "yen", "CNY": "yuan", "INR": "rupee", "CHF": "franc"}
_LONGEST_CODE = 4
_YEN_OR_YUAN, _MONEY_OR_WEIGHT = frozenset({"yen", "yuan"}), frozenset({"pound", "lb"})
_POUNDS = re.compile(r"[ \xa0-]?pounds?\b")
_NO_UNIT = frozenset[str]()


def has_same_units(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No figure of the claim has a unit where its sources give it only other ones of that kind: euros for dollars,
    $30 an hour for $30 a day. Lengths of time may follow from others.
    """
    if not has_same_rates(claim, sources):
        return False
    told = defaultdict[str, set[frozenset[str]]](set)
    for source in sources:
        for figure, units in _measured(known(source)):
            told[figure].add(units)
    exchanged = [(figure, units) for figure, units in _measured(claim) if _are_exchanged(units, told[figure])]
    if not exchanged:
        return True
    lengths = _derived_lengths(claim, sources)
    return all(_kinds(units) == {"time"} and float(figure.replace(",", "")) in lengths for figure, units in exchanged)


def _are_exchanged(units: frozenset[str], told: set[frozenset[str]]) -> bool:
    if any(not other or units & other for other in told):
        return False
    return any(_kinds(units) & _kinds(other) for other in told)


def _kinds(units: frozenset[str]) -> set[str]:
    return {_KIND_OF[unit] for unit in units}


def _derived_lengths(claim: str, sources: Sequence[QuotedSource]) -> set[float]:
    said, texts = words_in_digits(claim), [words_in_digits(known(source)) for source in sources]
    return {*counts_in_other_units(said, texts), *lengths_in_years(said, texts)}


def _measured(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each figure with the units that it may have: ¥ is yen or yuan, and a pound money or weight."""
    text = in_digits(in_one_form(text))
    for figure in _FIGURE.finditer(text):
        behind = _UNIT.match(text, figure.end())
        before = text[max(0, figure.start() - _LONGEST_CODE) : figure.start()].rstrip()
        unit = _SIGNS.get(before[-1:]) or _CODES.get(before[-3:]) or (behind.lastgroup if behind else None)
        if unit:
            yield figure[0], frozenset({unit})
        elif before.endswith("¥"):
            yield figure[0], _YEN_OR_YUAN
        else:
            yield figure[0], _MONEY_OR_WEIGHT if _POUNDS.match(text, figure.end()) else _NO_UNIT
