"""Questions made from others: two in one, about a name, misspelled, about something that the passage leaves open."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import perturb

_ASKS_FOR_PLACE_OR_TIME = re.compile(r"^(When|Where)(?= (?:did|was|were|is|are|does|do|will|has|have|had) )")
_TIME = re.compile(
    r"\d|\b(?:"
    + "|".join((*perturb.MONTHS, *perturb.DAYS))
    + r"|century|year|month|week|day|morning|noon|evening|night|"
    r"summer|winter|spring|autumn|today|yesterday|after|before|during|since|until|when|while)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due|cause[ds]?|reasons?|result(?:ed|ing)?|order|so that|therefore|thus|as|for|to|led|why|"
    r"thanks|owing|aim(?:ed)?|purpose|hop(?:ed|ing)|want(?:ed|ing)?|motivat\w+)\b",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    r"^([A-Z][\w'’.-]*(?: (?:van|von|de|al|bin))?(?: [A-Z][\w'’-]+){1,2})"
    r"(?=,| \(|,? (?:is|are|was|were|has|had|who|became|\w+ed) )"
)
_PERSON = re.compile(r"\b(?:he|she|his|her|him|who)\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|had|have|can|could|will|would|did|does|should|must|may)\b")
_WORD = re.compile(r"\b[a-z]{5,}\b")


def about_another_side(question: str, gold: str, rng: random.Random) -> str | None:
    """Why in place of when or where, or when in place of where, if the gold sentence does not tell it."""
    found = _ASKS_FOR_PLACE_OR_TIME.match(question)
    if not found:
        return None
    others = [word for word, told in (("Why", _REASON), ("When", _TIME)) if word != found[1] and not told.search(gold)]
    return rng.choice(others) + question[found.end() :] if others else None


def about_another_thing(question: str, sentences: Sequence[str], gold: Sequence[int], rng: random.Random) -> str | None:
    """A word that question and gold sentence share, replaced by a word of like form from the rest of the passage."""
    said = " ".join(sentences[i] for i in gold).lower()
    rest = " ".join(sentence for i, sentence in enumerate(sentences) if i not in gold)
    shared = [word for word in _WORD.findall(question) if word in said]
    if not shared:
        return None
    old = rng.choice(shared)
    others = [
        word
        for word in set(_WORD.findall(rest))
        if word[-2:] == old[-2:] and word[:4] not in said and word[:4] not in question.lower()
    ]
    return perturb.replaced(question, old, rng.choice(sorted(others))) if others else None


def both(first: str, second: str, rng: random.Random) -> str:
    """Two questions as one."""
    return (
        first.rstrip("?. ") + rng.choice([" and ", ", and ", "? And ", " and also "]) + second[:1].lower() + second[1:]
    )


def about_a_name(sentences: Sequence[str]) -> tuple[str, str, int] | None:
    """A question like "Who is Peter Lund?", the name, and the sentence that begins with it."""
    for number, sentence in enumerate(sentences):
        found = _NAMED_FIRST.match(sentence)
        if found and not perturb.STARTS.match(sentence):
            person = _PERSON.search(" ".join(sentences))
            past = re.search(r"\b(?:was|were|had|died)\b", sentence)
            asks = ("Who " if person else "What ") + ("was " if past else "is ")
            return f"{asks}{found[1]}?", found[1], number
    return None


def whether(claim: str, rng: random.Random) -> str:
    """A statement as a question to be answered by yes or no."""
    claim = claim.strip().rstrip(".")
    found = _AUXILIARY.search(claim)
    if found and len(claim[: found.start()].split()) <= 6 and rng.random() < 0.8:
        subject = claim[: found.start()].strip()
        first = perturb.STARTS.match(subject)
        subject = subject[:1].lower() + subject[1:] if first else subject
        return f"{found[0].capitalize()} {subject} {claim[found.end() :].strip()}?"
    return rng.choice(["Is it true that ", "Is it right that ", "Does it say that "]) + claim + "?"


def misspelled(question: str, rng: random.Random) -> str:
    """One or two long words with a letter lost, doubled or changed, or two exchanged."""
    words = list(re.finditer(r"[A-Za-z]{5,}", question))
    for found in sorted(rng.sample(words, min(len(words), rng.choice([1, 1, 2]))), key=lambda m: -m.start()):
        at = rng.randrange(found.start() + 1, found.end() - 1)
        mistakes = (
            question[at + 1] + question[at],
            question[at + 1],
            question[at] * 2 + question[at + 1],
            rng.choice("aeiou") + question[at + 1],
        )
        question = question[:at] + rng.choice(mistakes) + question[at + 2 :]
    return question
