"""Tables in articles: when a question asks for all that one says."""

from __future__ import annotations

from footnote.answering.lists import place_of
from footnote.checks.words import content
from footnote.models import Candidate, Sentence
from footnote.models.structure import outline_of
from footnote.reading.citable import is_citable

MOST_ROWS = 12


def whole_table(question: str, candidate: Candidate) -> list[Sentence]:
    """All rows of the candidate's table, if each word of the question stands above them, in the heading or in the names
    of the columns: "What are your opening hours?" means no row more than another. Otherwise empty.
    """
    rows = _rows_around(candidate)
    if not 1 < len(rows) <= MOST_ROWS:
        return []
    asked = content(question)
    outline = outline_of(candidate.article.text)
    above = content(" ".join((*outline.at(candidate.sentence.start)[-2:], *candidate.passage.headings[-1:])))
    return rows if asked and asked <= above else []


def _rows_around(candidate: Candidate) -> list[Sentence]:
    """Those in the same passage, without the one that names the columns."""
    text, sentences, at = candidate.article.text, candidate.passage.sentences, place_of(candidate)
    if at < 0 or not _is_row(text, sentences[at]):
        return []
    first = last = at
    while first and _adjoin(text, sentences[first - 1], sentences[first]):
        first -= 1
    while last + 1 < len(sentences) and _adjoin(text, sentences[last], sentences[last + 1]):
        last += 1
    return [one for one in sentences[first : last + 1] if is_citable(text, one)]


def _is_row(text: str, sentence: Sentence) -> bool:
    return text.startswith("|", sentence.start)


def _adjoin(text: str, one: Sentence, following: Sentence) -> bool:
    """Whether both are rows of one table."""
    are_rows = _is_row(text, one) and _is_row(text, following)
    return are_rows and text[one.end : following.start].strip(" ") == "\n"
