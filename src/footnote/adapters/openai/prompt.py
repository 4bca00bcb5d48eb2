"""What a model is sent: first the rules, the same for every question, so that servers can cache them; then the data.

Pure, except for the rules in `prompts/`, which are read once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from footnote.adapters.openai.dialect import Form, Messages
from footnote.adapters.openai.sheet import Sheet
from footnote.adapters.openai.tagged import as_json, tagged
from footnote.models import Claim
from footnote.ports import Turn

_LANGUAGE = "- Write in the language of the question."
"""The rule of answer.md in whose place another one stands where a model is to translate."""


def answer_messages(
    question: str, sheet: Sheet, today: date, form: Form, most: int, *, with_translations: bool = False
) -> Messages:
    """With the `most` best sentences of the sheet."""
    return _messages(
        _translating_rules(form) if with_translations else _rules("answer", form),
        tagged("sentences", sheet.lines(most)),
        tagged("today", [as_json(f"{today:%A}, {today.day} {today:%B} {today.year}")]),
        tagged("question", [as_json(question)]),
    )


def rewrite_messages(question: str, conversation: Sequence[Turn], form: Form, most: int) -> Messages:
    """With the `most` last turns."""
    turns = [{"answered" if turn.is_answer else "asked": turn.text} for turn in conversation[-most:] if most]
    return _messages(
        _rules("rewrite", form),
        tagged("conversation", [*map(as_json, turns)]),
        tagged("question", [as_json(question)]),
    )


def judge_messages(claims: Sequence[Claim], form: Form, _most: int) -> Messages:
    lines = [as_json(_claim(number, claim)) for number, claim in enumerate(claims, 1)]
    return _messages(_rules("judge", form), tagged("claims", lines))


def _messages(rules: str, *data: str) -> Messages:
    return [{"role": "system", "content": rules}, {"role": "user", "content": "\n".join(data)}]


def _claim(number: int, claim: Claim) -> dict[str, object]:
    sources = [
        {
            "article": citation.title,
            "date": citation.published.isoformat() if citation.published else None,
            "sentence": citation.quote,
        }
        for citation in claim.citations
    ]
    return {"number": number, "claim": claim.text, "sources": sources}


@cache
def _rules(task: str, form: Form) -> str:
    """The file's rules, and below them those for the form, where there is more than one."""
    text = files(__package__).joinpath("prompts", f"{task}.md").read_text(encoding="utf-8").strip()
    rules, *forms = re.split(r"^(?=# Form: )", text, flags=re.MULTILINE)
    heading = "# Form: lines" if form is Form.LINES else "# Form: JSON"
    own = next((one for one in forms if one.startswith(heading)), "")
    return f"{rules}{own}".strip()


@cache
def _translating_rules(form: Form) -> str:
    """Those of an answer, with the language and the form of claims that have translations."""
    rules, _, _ = _rules("answer", form).partition("# Form: ")
    language, _, own_form = _rules("answer_translated", form).partition("\n\n")
    return rules.replace(_LANGUAGE, language) + own_form
