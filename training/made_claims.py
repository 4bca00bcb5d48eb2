"""Claims for what reads claims: what a sentence supports, contradicts, or does not say, made by rule from the data.

FEVER and FoolMeTwice bring claims that people wrote. Everything else is made from questions with answers, and from
sentences: faithful ones (shortened, merged, a date resolved) and ones with a single thing changed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import perturb
from word_lists import WORDS

SUPPORTED, CONTRADICTED, NOT_SAID = 0, 1, 2

_SUBJECT_QUESTION = re.compile(
    r"^(?:Who|What|Which(?:\s+[a-z-]+){1,3}|What(?:\s+[a-z-]+){1,3})\s+(?=(?:was|were|is|are|had|has|[a-z]+ed|led|won|wrote|became|"
    r"gave|made|took|built|began|held|found|ran|can|could|will|may)\b)(?!(?:did|does|do)\b)"
)
_WHEN = re.compile(r"^(When|Where) (was|were|is|are) (.+?) ([a-z]+(?:ed|en|wn|lt|de|nd|ught))\?$")
_WHEN_DID = re.compile(
    r"^(?:When|In what year|What year|In which year|Where|In what city|In which country) did (.+?)\?$"
)
_HOW_MANY = re.compile(r"^How many ([a-z]+(?: [a-z]+)?) (were|are|was|is|had|have) (.+)\?$")
_CLAUSE = re.compile(
    r"(?:,| —| –|;| \() ?"
    r"(?:which|who|where|and|but|while|although|after|before|when|as|with|including|despite)\b[^,.;]*"
)
_SAID = re.compile(
    r"^(.{3,60}?) (?:said|claimed|says|argued|announced|believed|suggested|alleged|reported) (?:that )?(.{20,})$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    text: str
    evidence: tuple[str, ...]
    verdict: int
    header: str


def written(row: Mapping[str, Any], rng: random.Random) -> Iterator[Claim]:
    """From a row of FEVER or FoolMeTwice."""
    sentences, gold, title = row["sentences"], row["gold"], _title(row)
    if not gold:
        size = rng.randint(1, 3)
        at = rng.randrange(max(1, len(sentences) - size + 1))
        yield Claim(row["question"], tuple(sentences[at : at + size]), NOT_SAID, title)
        return
    cited = sorted({*gold[:3], *([rng.randrange(len(sentences))] if rng.random() < 0.3 else [])})
    verdict = SUPPORTED if row["answer"].startswith("support") else CONTRADICTED
    yield Claim(row["question"], tuple(sentences[i] for i in cited), verdict, title)
    others = [i for i in range(len(sentences)) if i not in gold]
    if others and rng.random() < 0.35:
        yield Claim(row["question"], (sentences[rng.choice(others)],), NOT_SAID, title)


def from_answers(rows: Sequence[Mapping[str, Any]], rng: random.Random) -> Iterator[Claim]:
    """From answered questions about one passage: the right answer makes a true claim, another one a false claim."""
    answers = [row["answer"] for row in rows if row["answer"]]
    for row in rows:
        if not row["answer"] or len(row["gold"]) != 1 or row.get("gold_ambiguous") or len(row["answer"]) > 60:
            continue
        stated = stating(row["question"], row["answer"])
        if stated is None:
            continue
        gold = row["sentences"][row["gold"][0]]
        yield Claim(stated, (gold,), SUPPORTED, _title(row))
        others = [
            a for a in answers if a != row["answer"] and kind_of(a) == kind_of(row["answer"]) and a not in row["answer"]
        ]
        numbers = perturb.NUMBER.findall(row["answer"])
        wrong = None
        if others and rng.random() < 0.7:
            wrong = stating(row["question"], rng.choice(others))
        elif numbers:
            wrong = perturb.replaced(stated, numbers[0], perturb.other_number(numbers[0], rng))
        if wrong and wrong != stated:
            yield Claim(wrong, (gold,), CONTRADICTED, _title(row))
        rest = [s for i, s in enumerate(row["sentences"]) if i not in row["gold"] and row["answer"] not in s]
        if rest and rng.random() < 0.4:
            yield Claim(stated, (rng.choice(rest),), NOT_SAID, _title(row))


def stating(question: str, answer: str) -> str | None:
    """A question and its answer as one statement; None for the many questions that no rule turns."""
    if match := _SUBJECT_QUESTION.match(question):
        return f"{_sentence(answer)} {question[match.end() :].rstrip('?').strip()}."
    if match := _WHEN.match(question):
        word = (
            ""
            if re.match(r"(?:in|on|at|by|during|after|before)\b", answer)
            else ("in " if match[1] == "Where" or re.fullmatch(r"\d{4}", answer) else "on ")
        )
        return f"{_sentence(match[3])} {match[2]} {match[4]} {word}{answer}."
    if match := _HOW_MANY.match(question):
        return (
            f"{_sentence(answer)} {match[1] if not answer.endswith(match[1]) else ''} {match[2]} {match[3]}.".replace(
                "  ", " "
            )
        )
    return None


def kind_of(answer: str) -> str:
    if perturb.YEAR.search(answer):
        return "year"
    if perturb.NUMBER.search(answer):
        return "number"
    return "name" if answer[:1].isupper() else "words"


def from_sentences(sentences: Sequence[str], title: str, rng: random.Random) -> Iterator[Claim]:
    """From one passage: a few of its sentences, kept and changed."""
    usable = [i for i, s in enumerate(sentences) if 6 <= len(s.split()) <= 45]
    if not usable:
        return
    at = rng.choice(usable)
    cited = sentences[at]
    near = [s for i, s in enumerate(sentences) if abs(i - at) == 1 and 5 <= len(s.split()) <= 40]
    evidence = (cited, *(near[:1] if near and rng.random() < 0.35 else ()))
    kept = _faithful(cited, near[:1] if len(evidence) > 1 else [], rng)
    yield Claim(kept, evidence, SUPPORTED, title)
    for changed in _changes(kept, cited, [*evidence, *near], rng):
        yield Claim(changed, evidence, CONTRADICTED, title)
        break
    added = _exaggerated(kept, rng)
    if added and rng.random() < 0.5:
        yield Claim(added, evidence, NOT_SAID, title)
    if near and rng.random() < 0.4:
        yield Claim(_faithful(near[0], [], rng), (cited,), NOT_SAID, title)
    if near and rng.random() < 0.15:
        yield Claim(f"{cited.rstrip('.')} and {near[0][0].lower()}{near[0][1:]}", (cited,), NOT_SAID, title)
    if rng.random() < 0.12:
        yield from _dated(cited, title, rng)


def _faithful(sentence: str, near: Sequence[str], rng: random.Random) -> str:
    """The sentence as it is, without a clause, in a few other words, or with its neighbour behind it."""
    text = sentence
    clauses = list(_CLAUSE.finditer(text))
    if clauses and rng.random() < 0.5:
        clause = rng.choice(clauses)
        shorter = (text[: clause.start()] + text[clause.end() :]).strip()
        text = shorter if len(shorter.split()) > 4 and shorter.count("(") == shorter.count(")") else text
    if rng.random() < 0.6:
        text = perturb.reworded(text, rng)
    if near and rng.random() < 0.5:
        text = f"{text.rstrip('.')}{rng.choice([', and ', '; ', ' and '])}{near[0][0].lower()}{near[0][1:]}"
    if rng.random() < 0.06:
        text = rng.choice(["Yes, ", "No, "]) + text[0].lower() + text[1:]
    return text if text.endswith((".", '"', "”")) else text + "."


def _changes(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> Iterator[str]:
    """The claim with one thing changed so that its sentence says otherwise, in random order."""
    ways = [
        _names_exchanged,
        _numbers_exchanged,
        _number_changed,
        _name_changed,
        _order_turned,
        _sibling_named,
        _negated,
        _word_exchanged,
    ]
    for way in rng.sample(ways, len(ways)):
        changed = way(claim, cited, texts, rng)
        if changed and changed != claim:
            yield changed


def _names_exchanged(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    found = list(dict.fromkeys(perturb.names(claim)))
    if len(found) < 2:
        return None
    a, b = rng.sample(found, 2)
    if re.search(rf"{re.escape(a)},? (?:and|or) {re.escape(b)}|{re.escape(b)},? (?:and|or) {re.escape(a)}", claim):
        return None
    return perturb.swapped(claim, a, b)


def _numbers_exchanged(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    found = list(dict.fromkeys(perturb.NUMBER.findall(claim)))
    return perturb.swapped(claim, *rng.sample(found, 2)) if len(found) > 1 else None


def _number_changed(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    found = perturb.NUMBER.findall(claim)
    if not found:
        return None
    old = rng.choice(found)
    return perturb.replaced(claim, old, perturb.other_number(old, rng, perturb.NUMBER.findall(" ".join(texts))))


def _name_changed(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    found = perturb.names(claim)
    others = [name for text in texts for name in perturb.names(text) if name not in claim]
    return perturb.replaced(claim, rng.choice(found), rng.choice(others)) if found and others else None


def _order_turned(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    return perturb.turned(claim, rng)


def _sibling_named(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    return perturb.sibling(claim, " ".join(texts), rng)


def _negated(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    for old, new in _shuffled("negations", rng):
        if old.endswith(" "):
            if old in claim:
                return claim.replace(old, new, 1)
        elif changed := perturb.replaced(claim, old, new):
            return changed
    return None


def _word_exchanged(claim: str, cited: str, texts: Sequence[str], rng: random.Random) -> str | None:
    """One word exchanged for one of a neighbouring sentence that ends like it; all else is copied."""
    words = re.findall(r"\b[a-z]{4,}(?:ed|s|ing|er|ion|al|ist|ian)\b", claim)
    if not words:
        return None
    old = rng.choice(words)
    others = [w for text in texts for w in re.findall(r"\b[a-z]{4,}\b", text) if w[-2:] == old[-2:] and w not in cited]
    return perturb.replaced(claim, old, rng.choice(others)) if others else None


def _exaggerated(claim: str, rng: random.Random) -> str | None:
    """A hedge or an attribution taken away, or a strong word put in: more than the sentence says."""
    here = [hedge for hedge in WORDS["hedges"] if f" {hedge}" in claim]
    said = _SAID.match(claim)
    if said and rng.random() < 0.6:
        return _sentence(said[2])
    if here:
        return claim.replace(rng.choice(here), rng.choice(["", "", "all "]), 1)
    for old, new in _shuffled("exaggerations", rng):
        if f" {old}" in claim:
            return claim.replace(f" {old}", f" {new}", 1)
    return None


def _dated(cited: str, title: str, rng: random.Random) -> Iterator[Claim]:
    """The day of publication resolves a weekday, or gives a month its year."""
    published, weekday, day = perturb.resolved_day(rng)
    header = f"{title} · {perturb.spelled(published, rng)}" if title else perturb.spelled(published, rng)
    body = cited.rstrip(".")
    if rng.random() < 0.6:
        evidence, wrong = f"{body} on {weekday}.", day + timedelta(days=rng.choice([-14, -7, 7, 2, -1, 365]))
        yield Claim(f"{body} on {weekday}, {perturb.spelled(day, rng)}.", (evidence,), SUPPORTED, header)
        yield Claim(f"{body} on {weekday}, {perturb.spelled(wrong, rng)}.", (evidence,), CONTRADICTED, header)
    else:
        month = perturb.MONTHS[day.month - 1]
        yield Claim(f"{body} in {month} {day.year}.", (f"{body} in {month}.",), SUPPORTED, header)
        yield Claim(
            f"{body} in {month} {day.year + rng.choice([-3, -2, -1, 1, 2])}.",
            (f"{body} in {month}.",),
            CONTRADICTED,
            header,
        )


def _shuffled(name: str, rng: random.Random) -> list[tuple[str, str]]:
    pairs = [(old, new) for old, new in WORDS[name]]
    return rng.sample(pairs, len(pairs))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _title(row: Mapping[str, Any]) -> str:
    return str(row.get("title") or "").replace("_", " ").split(" / ")[0]
