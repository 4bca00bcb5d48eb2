"""Answers that only their question makes whole: "Residents can." below the heading "Can I work there overnight?"."""

from __future__ import annotations

import re

from footnote.grounding.above import Above
from footnote.models import Candidate
from footnote.reading.citable import QUESTION
from footnote.text.prose import as_prose

_MARK = r"\A(?:[-*+•]\s+)?"
_VERB = (
    r"(?:can|could|may|might|must|should|shall|will|would|do|does|did|is|are|was|were|has|have|had)(?:n['’]t|\s+not)?"
    r"|cannot|can['’]t|won['’]t|shan['’]t"
)
_LEFT_OUT = re.compile(
    rf"{_MARK}(?!.*\b(?:who|what|where|how|why|which|as|than|that|if|when)\b)(?:[\w'’-]+,?\s+){{1,4}}(?:{_VERB})[.!]\Z"
    r"|\A(?:Never|Always|Sometimes|Usually|Rarely|Not (?:yet|always|at all|any ?more|really))[.!]\Z",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(rf"{_MARK}(?:Yes|No|Ja|Nein|Oui|Non|Sí|Sì)[,.!;:–—]", re.IGNORECASE)


def leaves_out(quote: str) -> bool:
    """Whether it says what somebody can or does without saying what that is: "Residents can."."""
    return bool(_LEFT_OUT.match(quote))


def question_above(candidate: Candidate) -> Above | None:
    """The question right above a sentence that leaves out what its question says, or begins with "yes" or "no"."""
    if not (leaves_out(candidate.quote) or _YES_OR_NO.match(candidate.quote)):
        return None
    found = _right_above(candidate)
    return found if QUESTION.search(found.text) else None


def _right_above(candidate: Candidate) -> Above:
    text, sentences = candidate.article.text, candidate.passage.sentences
    above = text[: candidate.sentence.start].rstrip().rpartition("\n")[2]
    if not above or above.startswith("#"):
        return Above(above.strip("# \t") or candidate.article.title)
    at = sentences.index(candidate.sentence) if candidate.sentence in sentences else 0
    before = sentences[at - 1] if at else None
    return Above(as_prose(text[before.start : before.end]), before) if before else Above("")
