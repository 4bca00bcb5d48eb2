"""What a model's server sends -> claims. Pure, and strict: nothing in it is trusted to have the right form.

Whether a claim's keys exist, and whether their sentences carry it, is for `footnote.grounding` to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from footnote.adapters.openai.dialect import Form
from footnote.errors import AnswererError
from footnote.ports import DraftClaim, Usage
from footnote.prose import as_prose

MOST_CLAIMS = 12
LONGEST_CLAIM = 1000
"""Characters. A longer one is no sentence."""

_MARKER = re.compile(r" ?[\[【] ?(S[0-9]{1,4}(?:[ ,;]{1,3}S[0-9]{1,4})*) ?[\]】]", re.IGNORECASE)  # of text on one line
_KEY = re.compile(r"\bS[0-9]{1,4}\b", re.IGNORECASE)
_FENCED = re.compile(r"\A[^{]*?```\w*\s*(\{.*\})\s*```", re.DOTALL)
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_LETTER = re.compile(r"[^\W_]")
_UNSEEN = re.compile(  # as in what the model is shown (prompt.py)
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e0fff]"
)
_NOT_THERE = "not in the articles"


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class _Message(_Strict):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Strict):
    message: _Message
    finish_reason: str | None = None


class _Details(_Strict):
    cached_tokens: int | None = None


class _Usage(_Strict):
    prompt_tokens: int
    completion_tokens: int
    prompt_tokens_details: _Details | None = None


class _Claim(_Strict):
    text: str
    sources: list[str]


class _Said(_Strict):
    in_articles: bool = True
    claims: list[_Claim] | None = None


class Completion(_Strict):
    """A server's response."""

    choices: list[_Choice]
    usage: Any = None

    def text(self) -> str:
        """What the model wrote, to its end. Raises AnswererError."""
        if not self.choices:
            raise AnswererError("The language model sent an empty answer.")
        choice = self.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise AnswererError("The language model refused to answer.", of_question=True)
        if choice.finish_reason == "length":
            raise AnswererError("The language model's answer was cut off.")
        text = _THOUGHTS.sub("", choice.message.content or "").strip()
        if not text:
            raise AnswererError("The language model sent an empty answer.")
        return text

    def tokens(self) -> Usage | None:
        """None where the server counts none, or counts in a way of its own."""
        try:
            usage = _Usage.model_validate(self.usage)
        except ValidationError:
            return None
        cached = usage.prompt_tokens_details.cached_tokens if usage.prompt_tokens_details else None
        return Usage(usage.prompt_tokens, cached or 0, usage.completion_tokens)


def read_completion(body: bytes) -> Completion:
    """Raises AnswererError when it is none."""
    try:
        return Completion.model_validate_json(body)
    except ValidationError as error:
        raise _unreadable() from error


def read_claims(text: str, form: Form) -> tuple[DraftClaim, ...]:
    """The claims of a model's answer; none means "not in the articles". Raises AnswererError for anything else."""
    claims = _from_lines(text) if form is Form.LINES else _from_json(text)
    if claims is None:
        return ()
    kept: dict[str, DraftClaim] = {}  # each claim once: small models repeat themselves
    for claim in filter(_says_something, claims):
        kept.setdefault(claim.text.casefold(), claim)
    if not kept:
        raise _unreadable()
    return tuple(kept.values())[:MOST_CLAIMS]


def _from_json(text: str) -> list[DraftClaim] | None:
    fenced = _FENCED.search(text)
    try:
        said = _Said.model_validate_json(fenced[1] if fenced else text)
    except ValidationError as error:
        raise _unreadable() from error
    if not said.in_articles or said.claims == []:
        return None
    return [_claim(claim.text, claim.sources) for claim in said.claims or ()]


def _from_lines(text: str) -> list[DraftClaim] | None:
    """A line that names no source is no claim, but a greeting, a heading or a thought."""
    lines = [_on_one_line(line) for line in text.splitlines()]
    claims = [_claim(line) for line in lines if _MARKER.search(line)]
    if any(_is_not_there(line) for line in lines) or (not claims and _NOT_THERE in text.casefold()):
        return None
    return claims


def _is_not_there(line: str) -> bool:
    return line.casefold().strip(" -.*_\"'`") == _NOT_THERE


def _claim(text: str, sources: Iterable[str] = ()) -> DraftClaim:
    """As prose, for models like Markdown, and with its markers as keys: some write them into the sentence as well."""
    line = _on_one_line(text)
    named = [key.upper() for part in (*sources, *_MARKER.findall(line)) for key in _KEY.findall(part)]
    words = _MARKER.sub("", line).strip()
    return DraftClaim(as_prose(words) if len(words) <= LONGEST_CLAIM else words, tuple(dict.fromkeys(named)))


def _on_one_line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


def _says_something(claim: DraftClaim) -> bool:
    return len(claim.text) <= LONGEST_CLAIM and bool(_LETTER.search(claim.text))


def _unreadable() -> AnswererError:
    return AnswererError("The language model's answer cannot be read.")
