"""What speaks for a sentence as an answer, in English: the trained model's scores, and what matching adds to them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache

from footnote.checks.words import content
from footnote.models import Candidate, Evidence, Hit, Passage, PassageScores
from footnote.models.structure import outline_of
from footnote.reading.asked_for import AskedFor, asked_for, covered, lacks_label, without_name
from footnote.reading.citable import header, is_citable
from footnote.reading.identifiers import is_entry_of
from footnote.reading.weekdays import spelled_out
from footnote.text.items import begun_at
from footnote.text.spelling import unaccented


@dataclass(frozen=True, slots=True)
class Signs:
    """What confidence is made of. `sentence` and `passage`: the model's logits; `cosine` of question and sentence;
    `words`: the share of the question's words that sentence and heading have; `no_name_near`: the share of its names
    that stand neither there nor in the sentence before, `no_label_near`: 1 where one of its numbers does not;
    `no_name` and `no_label`: nor anywhere in the passage.
    """

    sentence: float
    passage: float
    cosine: float
    words: float
    no_name_near: float
    no_label_near: float
    no_name: float
    no_label: float


RANKING = Signs(0.8, 0.2, 12.0, 2.8, -1.6, -3.2, 0.0, 0.0)
"""How much each sign counts where sentences are put in order, chosen in the same way as WEIGHTS."""

ENTRY = 2.5
"""What a sentence of the list item, row or section that begins with an asked setting or command has before others that
only mention it, and one of a section that has the question for a heading.
"""

WEIGHTS = Signs(0.02, 0.68, 3.5, 0.4, -1.0, -1.45, -1.4, -2.6)
BIAS = -2.25
"""Fitted as benchmarks/calibrate.py does, over Panjshir, CLAP NQ, SQuAD 2.0 and the first half of benchmarks/news, each
set and each side of it counting alike. What the passage lacks counts for more than fitted (-0.95 and -1.45): hardly any
of their questions names another city or month, and asking about Oslo must not be answered with Norvik, nor about
December with November.
"""


def signs(question: str, hits: Sequence[Hit], scores: Sequence[PassageScores]) -> list[tuple[Candidate, Signs]]:
    """Every sentence that may be cited, with what speaks for it."""
    asked = asked_for(_without_sources(question, hits))
    return [one for hit, score in zip(hits, scores, strict=True) for one in _of_passage(asked, hit, score)]


def _without_sources(question: str, hits: Sequence[Hit]) -> str:
    """The question without "Fortune" and "The Age", where articles of these are found: a source is named to say which
    article is meant, and its sentences need not have the name.
    """
    for source in {hit.passage.article.source for hit in hits} - {None, ""}:
        question = re.sub(rf"(?<!\w){re.escape(str(source))}(?!\w)", "", question, flags=re.IGNORECASE)
    return question


def confidence(signs: Signs) -> float:
    """The calibrated chance (0 to 1) that the sentence answers."""
    return 1 / (1 + math.exp(-BIAS - _weighed(WEIGHTS, signs)))


def evidence(passage: Passage, spelled: Callable[[str], str] = unaccented) -> Evidence:
    """The passage as the model reads it: below what it is from, and without accents, which few people type."""
    text = passage.article.text
    outline = outline_of(text) if "|" in passage.text else None
    quotes = [(one.start, text[one.start : one.end]) for one in passage.sentences]
    sentences = [outline.as_read(start, quote) if outline else quote for start, quote in quotes]
    return Evidence(spelled(header(passage)), tuple(map(spelled, sentences)))


def _of_passage(asked: AskedFor, hit: Hit, scores: PassageScores) -> list[tuple[Candidate, Signs]]:
    passage, text = hit.passage, hit.passage.article.text
    above = header(passage)
    whole = f"{above} {passage.text}"
    no_name, no_label = without_name(asked, whole), float(lacks_label(asked, whole, text))
    sections = _sections(passage)
    found, before, passed_on = [], "", -math.inf
    read = zip(passage.sentences, hit.sentences, scores.sentences, strict=True)
    for at, (sentence, signals, logit) in enumerate(read):
        quote = text[sentence.start : sentence.end]
        if is_citable(text, sentence):
            headings = sections(sentence.start)
            above = header(replace(passage, headings=headings))
            item = begun_at(text, passage.sentences, at)  # it often names what its other sentences are about
            label = text[item.start : item.end] if item else ""
            near = f"{above} {label} {before} {quote}"
            one = Signs(
                sentence=max(logit, passed_on),
                passage=scores.passage,
                cosine=signals.cosine,
                words=covered(asked, f"{above} {spelled_out(quote)}"),
                no_name_near=without_name(asked, near),
                no_label_near=float(lacks_label(asked, near)),
                no_name=no_name,
                no_label=no_label,
            )
            begins = quote if quote.startswith("|") else label or "".join(headings[-1:])
            is_asked = is_entry_of(asked.identifiers, begins) or _is_below(asked, headings)
            score = _weighed(RANKING, one) + (ENTRY if is_asked else 0.0)
            found.append((Candidate(passage, sentence, score), one))
            passed_on = -math.inf
        else:  # the model may take a question or heading for the answer below it, but no row stands for all of them
            passed_on = -math.inf if quote.startswith("|") else max(passed_on, logit)
        before = "" if quote.startswith("#") else quote
    return found


def _is_below(asked: AskedFor, headings: Sequence[str]) -> bool:
    """Whether the question has the words of the heading, or of that of the table, and no others: "opening hours"."""
    return bool(asked.words) and any(asked.words == _words_of(heading) for heading in headings[-2:])


@lru_cache(maxsize=256)
def _words_of(heading: str) -> frozenset[str]:
    return content(unaccented(heading))


def _sections(passage: Passage) -> Callable[[int], tuple[str, ...]]:
    """A place in the passage -> the headings above it, some of which may be inside the passage, and its column
    names.
    """
    has_own = passage.text.startswith("#") or "\n#" in passage.text or "|" in passage.text
    return outline_of(passage.article.text).at if has_own else lambda _: passage.headings


def _weighed(weights: Signs, signs: Signs) -> float:
    return float(sum(weight * sign for weight, sign in zip(astuple(weights), astuple(signs), strict=True)))
