"""Passages as handbooks and notices have them, made from handbook.toml, and questions about them in other words."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import perturb

_SAID: dict[str, Any] = tomllib.loads(Path(__file__).with_name("handbook.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Fact:
    """`asks`: questions that the sentence answers."""

    sentence: str
    asks: Sequence[str]


def passages(count: int, rng: random.Random) -> Iterator[tuple[str, str, list[str], list[int]]]:
    """Question, title, sentences, and the numbers of those that answer: none for four in ten questions."""
    for _ in range(count):
        place = rng.choice(_SAID["places"])
        facts = _facts(place, rng)
        asked, rest = facts[0], facts[1:]
        answered = rng.random() < 0.6
        shown = [*([asked.sentence] if answered else []), *(fact.sentence for fact in rest)]
        shown += rng.sample(_SAID["fillers"], rng.randint(0, 3))
        rng.shuffle(shown)
        gold = [number for number, sentence in enumerate(shown) if answered and sentence == asked.sentence]
        title = place.removeprefix("the ").capitalize() if rng.random() < 0.7 else ""
        yield rng.choice(asked.asks), title, shown, gold


def _facts(place: str, rng: random.Random) -> list[Fact]:
    """Of different things. The first one is asked for; more of the same kind stand beside it."""
    kinds = [_rules, _prices, _attributes, _turns]
    most = rng.choice(kinds)
    found = most(place, rng, rng.randint(2, 5))
    for kind in kinds:
        if kind is not most:
            found += kind(place, rng, rng.randint(0, 2))
    return found


def _rules(_place: str, rng: random.Random, count: int) -> list[Fact]:
    said = _SAID["facts"]

    def stated(here: str) -> str:
        way = rng.choice(said["yes"] if rng.random() < 0.4 else said["no"])
        return _closed(way.format(x=here, X=_upper(here), w=rng.choice(said["where"]), y=rng.randint(1980, 2024)))

    return _of_things(said, rng, count, stated)


def _prices(_place: str, rng: random.Random, count: int) -> list[Fact]:
    said = _SAID["prices"]

    def stated(here: str) -> str:
        value = rng.choice(["{} euros", "{} pounds", "{}.50", "${}"]).format(rng.randint(2, 60))
        way = rng.choice(said["free"] if rng.random() < 0.25 else said["say"])
        return str(way.format(x=here, X=_upper(here), v=value))

    return _of_things(said, rng, count, stated)


def _of_things(said: dict[str, Any], rng: random.Random, count: int, stated: Callable[[str], str]) -> list[Fact]:
    """Each about another thing, which the question may call by another name than the passage."""
    facts = []
    for thing in rng.sample(said["about"], count):
        here, there = _two_names(thing, rng)
        facts.append(Fact(stated(here), [ask.format(x=there) for ask in said["ask"]]))
    return facts


def _attributes(place: str, rng: random.Random, count: int) -> list[Fact]:
    said = _SAID["attributes"]
    facts = []
    thing = rng.choice([place, "it", "the model", "the machine"])
    for name, phrase, *asks, value in rng.sample(said["about"], count):
        values = _values(place, rng)
        is_line = rng.random() < 0.55
        shown = value.format(**values) or values["p"]
        line = f"{name}: {shown}"
        sentence = line if is_line else f"{_upper(thing)} {phrase.format(v=shown, **values)}."
        named = asks if rng.random() < 0.5 else [ask.replace(" it", f" {place}", 1) for ask in asks]
        facts.append(Fact(sentence, named))
    return facts


def _turns(place: str, rng: random.Random, count: int) -> list[Fact]:
    said = _SAID["turns"]
    facts = []
    for sentence, asks in rng.sample(said["pairs"], count):
        values = _values(place, rng)
        facts.append(Fact(_upper(sentence.format(**values)), [ask.format(**values) for ask in asks]))
    return facts


def _values(place: str, rng: random.Random) -> dict[str, Any]:
    first, second = rng.sample(_SAID["people"], 2)
    month = rng.choice(perturb.MONTHS)
    return {
        "s": place,
        "S": _upper(place),
        "p": first,
        "q": second,
        "n": rng.randint(2, 98),
        "y": rng.randint(1880, 2027),
        "m": month,
        "d": f"{rng.randint(1, 28)} {month}",
        "h": f"{rng.randint(6, 11)}:{rng.choice(['00', '30'])}",
        "k": f"{rng.randint(17, 23)}:{rng.choice(['00', '15', '30'])}",
        "l": rng.choice(_SAID["licences"]),
    }


def _two_names(thing: str, rng: random.Random) -> tuple[str, str]:
    """One for the text and one for the question; the same where it has only one."""
    names = thing.split("|")
    return (rng.choice(names), rng.choice(names)) if len(names) < 2 else tuple(rng.sample(names, 2))  # type: ignore[return-value]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _closed(sentence: str) -> str:
    return sentence.replace(" .", ".").strip()
