"""Items that say nothing, or too much, without what stands over them: "Links in chat" below "Known issues"."""

from __future__ import annotations

import re

from footnote.grounding.above import Above
from footnote.grounding.prohibited import names_problem, with_colon
from footnote.models import Candidate, Sentence
from footnote.reading.label_lines import label_over
from footnote.reading.statements import ends_as_sentence, is_only_named, is_order
from footnote.text.items import ITEM
from footnote.text.languages import language_of
from footnote.text.lead_ins import introduction, item_around
from footnote.text.prose import as_prose

_STATUS = re.compile(
    r"\b(?:known (?:issues?|bugs?|problems?|caveats?)|limitations?|caveats|deprecated|deprecations?|removed|removals?"
    r"|obsolete|discontinued|retired|cancelled|postponed|planned|plans|upcoming|road ?map|coming soon|to-?dos?"
    r"|proposed|proposals?|wish ?list|not yet|experimental|untested|unconfirmed|rejected|partially|optional)\b",
    re.IGNORECASE,
)
"""What is said of all items below, so that none of them is simply so."""

_LABELLED = re.compile(r"[^:：|\n]{1,60}[:：]\s+\S")
_LABEL = re.compile(r"(?P<label>[^:：|\n]{1,40})[:：](?:\s|\Z)")
_OF_THE_LIST = re.compile(r"\b(?:following|these|below|listed)\b", re.IGNORECASE)
_BEGINS = re.compile(r"[\w\"'“‘(]")
_ENDS = re.compile(r"[?.!？。]\Z")
_LABEL_WORDS, _MOST_WORDS = 6, 40


def lead_above(candidate: Candidate) -> Above | None:
    """The label of the paragraph or of the item around it, what is so of all items of its list, or, for an item that
    states nothing, what introduces the list.
    """
    text, start = candidate.article.text, candidate.sentence.start
    if candidate.is_code or candidate.quote.startswith(("|", "#")):
        return None
    if not ITEM.match(candidate.quote):
        return _label_of_paragraph(candidate)
    around = item_around(text, start)
    if around:
        return _of_item(candidate, around)
    heading = (candidate.article.sections_at(start) or ("",))[-1]
    is_fragment, over = _is_fragment(candidate), _introduction(candidate)
    if over and (is_fragment or _STATUS.search(over.text)):
        return over
    is_unclear = is_fragment or _STATUS.search(heading) or names_problem(heading)
    return Above(with_colon(heading)) if is_unclear and _BEGINS.match(heading) and not _ENDS.search(heading) else None


def _label_of_paragraph(candidate: Candidate) -> Above | None:
    label = label_over(candidate.article.text, candidate.sentence.start)
    if not label or not (is_order(candidate.quote) or is_only_named(candidate.quote)):
        return None
    return Above(with_colon(_prose(candidate, label)), label)


def _of_item(candidate: Candidate, around: Sentence) -> Above | None:
    """The label of the item around it, or all of that if it is short or introduces it."""
    said = _prose(candidate, around)
    if len(said.split()) <= _LABEL_WORDS and (said.endswith((":", "：")) or is_only_named(said)):
        return Above(with_colon(said), around)
    label = _LABEL.match(said)
    if label and len(label["label"].split()) < _LABEL_WORDS:
        return Above(with_colon(label["label"]), around)
    return Above(said, around) if said.endswith((":", "：")) and _is_fragment(candidate) else None


def _introduction(candidate: Candidate) -> Above | None:
    """The line over the list that introduces it, or the sentence that speaks of its items."""
    over = introduction(candidate.article.text, candidate.sentence.start)
    for one in reversed(over):
        said = _prose(candidate, one)
        if len(said.split()) > _MOST_WORDS or not _BEGINS.match(said):
            return None
        if one == over[-1] and not ends_as_sentence(said):
            return Above(with_colon(said), one)
        if _OF_THE_LIST.search(said):
            return Above(said, one)
    return None


def _is_fragment(candidate: Candidate) -> bool:
    """Whether it states nothing by itself, and nothing on its line goes on with it."""
    text, end = candidate.article.text, candidate.sentence.end
    rest = text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    said = as_prose(candidate.quote)
    is_alone = not rest.strip() and not _LABELLED.match(said)
    return is_alone and is_only_named(said, language_of(text))


def _prose(candidate: Candidate, sentence: Sentence) -> str:
    return as_prose(candidate.article.text[sentence.start : sentence.end])
