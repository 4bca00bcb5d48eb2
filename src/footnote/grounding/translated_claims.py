"""Answers to a question in another language than the articles: each claim is in the language of its sentences, and is
checked against them. Its translation for the reader is checked against the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from footnote.checks.translation import LanguageText, first_failed_by_translation
from footnote.models import Candidate
from footnote.ports import DraftClaim
from footnote.text.languages import language_of
from footnote.text.terms import question_language


def are_asked_for(question: str, candidates: Mapping[str, Candidate]) -> bool:
    """Whether any of the sentences is in another language than the question."""
    asked_in = question_language(question)
    return any(language_of(one.article.text) != asked_in for one in candidates.values())


def with_checked(
    claims: Iterable[DraftClaim], question: str, candidates: Mapping[str, Candidate]
) -> tuple[DraftClaim, ...]:
    """The same claims, each with its translation if that may be shown together with the claim."""
    asked_in = question_language(question)
    return tuple(_with_checked(claim, asked_in, candidates) if claim.translation else claim for claim in claims)


def _with_checked(claim: DraftClaim, asked_in: str, candidates: Mapping[str, Candidate]) -> DraftClaim:
    languages = {language_of(candidates[key].article.text) for key in claim.keys if key in candidates}
    if len(languages) != 1 or asked_in in languages:
        return replace(claim, translation=None)
    translation = LanguageText(claim.translation or "", asked_in)
    failed = first_failed_by_translation(translation, LanguageText(claim.text, *languages))
    return replace(claim, translation=None, untranslated=failed) if failed else claim
