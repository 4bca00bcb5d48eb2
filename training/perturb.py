"""Small changes by rule that make a question or a sentence mean something else, or leave its meaning as it is.

A change is made only where it shows: the part that goes must occur, and what takes its place must be another one.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from word_lists import WORDS

if TYPE_CHECKING:
    from wordnet import WordNet

NAME = re.compile(r"\b[A-Z][\w'’.-]*[\w](?:\s+(?:of|the|de|van|von|al)?\s*[A-Z][\w'’-]*\w)*")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
STARTS = re.compile(
    r"^(?:Who|What|When|Where|Which|Why|How|Whose|Whom|In|On|At|By|From|To|For|Is|Are|Was|Were|Did|Do|Does|The|A|An|"
    r"Has|Have|Had|Can|Could|Will|Would|Should|After|Before|During|It|He|She|They|This|That|These|Its|His|Her|Their|As|"
    r"If|With|According|While|Although|However|There|Some|Many|Most|Name)\b\s*"
)
TURNING = {a: b for pair in WORDS["opposites"] for a, b in (pair, pair[::-1])}
_TURN = re.compile(r"\b(" + "|".join(sorted(map(re.escape, TURNING), key=len, reverse=True)) + r")\b", re.IGNORECASE)
_CLASSES: dict[str, list[list[str]]] = {}
for _words in WORDS["siblings"]:
    for _word in _words:
        _CLASSES.setdefault(_word.lower(), []).append(_words)
_SIBLING = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _CLASSES), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
DAYS = tuple(calendar.day_name)
MONTHS = tuple(calendar.month_name)[1:]


def names(text: str) -> list[str]:
    """Capitalised names, without what is only capital because it begins a sentence."""
    start = STARTS.match(text)
    skipped = start.end() if start else 0
    found = [(m.start(), m.group()) for m in NAME.finditer(text, skipped)]
    return [name for at, name in found if at > 0 or " " in name]


def other_number(number: str, rng: random.Random, nearby: Sequence[str] = ()) -> str:
    """Another number of the same look; one from `nearby` at times."""
    others = [other for other in nearby if other != number and len(other) == len(number)]
    if others and rng.random() < 0.5:
        return rng.choice(others)
    if YEAR.fullmatch(number):
        return str(int(number) + rng.choice([-30, -12, -7, -4, -3, -2, -1, 1, 2, 3, 5, 8, 11, 20]))
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    at = rng.choice(digits)
    choices = [d for d in "123456789" if d != number[at]]
    return number[:at] + rng.choice(choices) + number[at + 1 :]


def turned(text: str, rng: random.Random) -> str | None:
    """One turning word replaced by its opposite."""
    found = list(_TURN.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    other = str(TURNING[match.group().lower()])
    return text[: match.start()] + (other.capitalize() if match.group()[0].isupper() else other) + text[match.end() :]


def sibling(text: str, passage: str, rng: random.Random) -> str | None:
    """One word replaced by another of its class that the passage does not have in any form."""
    found = list(_SIBLING.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    said = passage.lower()
    others = [
        w for w in rng.choice(_CLASSES[match[0].lower()]) if w.lower() != match[0].lower() and w[:5].lower() not in said
    ]
    if not others:
        return None
    other = rng.choice(others)
    return text[: match.start()] + (other.capitalize() if match[0][0].isupper() else other) + text[match.end() :]


def reworded(text: str, rng: random.Random) -> str:
    """One or two words exchanged for others that mean the same; the text itself where none occurs."""
    pairs = [*(pair if rng.random() < 0.5 else pair[::-1] for pair in WORDS["equals"]), *WORDS["shorter"]]
    for old, new in rng.sample(pairs, len(pairs)):
        changed = replaced(text, old, new) if old.strip() else None
        if changed:
            text = changed
            if rng.random() < 0.6:
                break
    return text


def replaced(text: str, old: str, new: str) -> str | None:
    result = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text, count=1)
    return result if result != text else None


def swapped(text: str, a: str, b: str) -> str | None:
    """`a` and `b` exchanged."""
    if a in b or b in a:
        return None
    result = text.replace(a, "\0").replace(b, a).replace("\0", b)
    return result if result != text else None


def unanswerable(
    question: str,
    passage: str,
    gold: str,
    pool: Sequence[str],
    rng: random.Random,
    words: WordNet | None = None,
) -> str | None:
    """The question asked about something else: another name, number, order or thing. None where no change shows.

    `pool`: names of the same document. A name that the gold sentence holds is never put in.
    """
    ways = ["name", "name", "name", "number", "number", "turn", "sibling", "sibling", "sibling"]
    if words:
        ways += ["kind", "kind"]
    rng.shuffle(ways)
    for way in ways:
        changed = None
        if way == "name":
            here = [name for name in names(question) if len(name) > 2]
            others = [o for o in rng.sample(list(pool), min(12, len(pool))) if o not in gold and o not in question]
            if here and others:
                old = rng.choice(here)
                same_length = [o for o in others if len(o.split()) == len(old.split())] or others
                changed = replaced(question, old, rng.choice(same_length))
        elif way == "number":
            here = NUMBER.findall(question)
            if here:
                old = rng.choice(here)
                new = other_number(old, rng, NUMBER.findall(passage))
                changed = None if new in gold else replaced(question, old, new)
        elif way == "sibling":
            changed = sibling(question, passage, rng)
        elif way == "kind" and words:
            changed = words.about_another_kind(question, passage, rng)
        else:
            changed = turned(question, rng)
        if changed:
            return changed
    return None


def resolved_day(rng: random.Random) -> tuple[date, str, date]:
    """A day of publication, a weekday of the seven days up to it, and that day's date."""
    published = date(rng.randint(1995, 2025), rng.randint(1, 12), rng.randint(1, 28))
    day = published - timedelta(days=rng.randint(0, 6))
    return published, DAYS[day.weekday()], day


def spelled(day: date, rng: random.Random) -> str:
    month = MONTHS[day.month - 1]
    return rng.choice([f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"])
