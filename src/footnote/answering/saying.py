"""How chosen sentences are said: as they are, or after what stands over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from footnote.checks.words import content
from footnote.grounding.above import Above
from footnote.grounding.citing import said_above
from footnote.grounding.fragments import lead_above
from footnote.models import Candidate
from footnote.ports import DraftClaim
from footnote.text.prose import as_prose, code_on_one_line, is_without_markup, without_mark


def claims_of(question: str, keys: Sequence[str], candidates: Mapping[str, Candidate]) -> Iterator[DraftClaim]:
    """A claim for each sentence. What stands over several of them is said once; a sentence that only stands over others
    is no claim of its own.
    """
    leads = {key: _lead(question, candidates[key]) for key in keys}
    led = {_place(candidates[key], lead): lead for key, lead in leads.items() if lead and lead.sentence}
    told: set[object] = set()
    for key in keys:
        one = candidates[key]
        its_own = (one.article.id, one.sentence)
        if its_own in led and _is_whole(one, led[its_own]):
            continue
        told.add(its_own)
        lead = leads[key]
        is_new = lead is not None and _place(one, lead) not in told
        if lead:
            told.add(_place(one, lead))
        yield DraftClaim(f"{lead.text} {said_alone(one)}" if lead and is_new else said_alone(one), (key,))


def said_alone(candidate: Candidate) -> str:
    """The sentence or code; with the names of the columns if it is a row of a table, and with what has to be said
    before it: what stands above a list if that says that its items are not done, or the question of a short answer.
    """
    above = said_above(candidate)
    if candidate.is_code:
        said = code_on_one_line(candidate.quote)
    else:
        said = (without_mark if is_without_markup(candidate.article.id) else as_prose)(candidate.as_read)
    return f"{above.text} {said}" if above else said


def _lead(question: str, candidate: Candidate) -> Above | None:
    """What is said before it; no heading that only has words of the question."""
    lead = None if said_above(candidate) else lead_above(candidate)
    return lead if lead and (lead.sentence or not content(lead.text) <= content(question)) else None


def _place(candidate: Candidate, lead: Above) -> object:
    return candidate.article.id, lead.sentence or lead.text


def _is_whole(candidate: Candidate, lead: Above) -> bool:
    """Whether the lead says all that the sentence says."""
    return as_prose(candidate.quote).rstrip(" :：") == lead.text.rstrip(" :：")
