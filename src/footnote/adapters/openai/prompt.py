"""What a model is sent: first the rules, the same for every question, so that servers can cache them; then the data.

Pure, but for the rules in `prompts/`, which are read once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from footnote.adapters.openai.dialect import Form
from footnote.models import Candidate, Claim
from footnote.ports import Turn

# What nobody sees can still be read by a model: control and format characters, and letters made of Unicode's tags. The
# joiners (200c, 200d) stay: Persian and Hindi are written with them.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e0fff]"
)


Messages = list[dict[str, str]]


def answer_messages(question: str, candidates: Mapping[str, Candidate], form: Form) -> Messages:
    sentences = [_sentence(key, candidate) for key, candidate in candidates.items()]
    return _messages(_rules_of_answer(form), _lines("sentences", sentences), _lines("question", [question]))


def rewrite_messages(question: str, conversation: Sequence[Turn], _form: Form) -> Messages:
    turns = [{"answered" if turn.is_answer else "asked": turn.text} for turn in conversation]
    return _messages(_rules("rewrite"), _lines("conversation", turns), _lines("question", [question]))


def judge_messages(claims: Sequence[Claim], _form: Form) -> Messages:
    return _messages(
        _rules("judge"), _lines("claims", [_claim(number, claim) for number, claim in enumerate(claims, 1)])
    )


def _messages(rules: str, *data: str) -> Messages:
    return [{"role": "system", "content": rules}, {"role": "user", "content": "\n".join(data)}]


def _lines(tag: str, values: Sequence[object]) -> str:
    return "\n".join([f"<{tag}>", *map(_json, values), f"</{tag}>"])


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


def _sentence(key: str, candidate: Candidate) -> dict[str, str]:
    article = candidate.article
    about = {
        "key": key,
        "article": article.title,
        "source": article.source,
        "date": article.published.isoformat() if article.published else None,
        "sentence": candidate.quote,
    }
    return {name: value for name, value in about.items() if value}


def _json(value: object) -> str:
    """On one line and without `<`: nothing that an article or a reader wrote can close the tag that it stands in."""
    return UNSEEN.sub("", json.dumps(value, ensure_ascii=False)).replace("<", "\\u003c")


@cache
def _rules(task: str) -> str:
    return files(__package__).joinpath("prompts", f"{task}.md").read_text(encoding="utf-8").strip()


@cache
def _rules_of_answer(form: Form) -> str:
    rules, *forms = re.split(r"^(?=# Form: )", _rules("answer"), flags=re.MULTILINE)
    heading = "# Form: lines" if form is Form.LINES else "# Form: JSON"
    (own,) = (one for one in forms if one.startswith(heading))
    return f"{rules}{own}".strip()
