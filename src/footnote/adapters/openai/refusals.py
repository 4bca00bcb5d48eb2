"""Whether a model, or a filter before it, will not answer this question: for its content, not for how it was asked."""

from __future__ import annotations

import re

from openai import APIError, APIStatusError

from footnote.errors import AnswererError

_CODES = {"content_filter", "content_policy_violation", "invalid_prompt", "data_inspection_failed"}
_STATUSES = {400, 403, 422, 451}

_FILTERED = re.compile(
    r"\b(?:prompt|input|output|request|question|messages?|content|text)\b[^.!?]{0,99}?\b(?:flagged|polic(?:y|ies))\b"
    r"|content exists risk|inappropriate content",
    re.IGNORECASE,
)
"""Not what is said of an account."""

_SAYS_WHY_WITHIN = 300
"""Characters. Some complaints about the form of a request repeat all of it further on."""

_EXCUSE = re.compile(
    r"\A\W{0,9}+(?:(?:unfortunately|i apologi[sz]e|my apologies)\b[^.!?]{0,60}?\b)?"
    r"(?:(?:i['’]m|i am|we['’]re|we are) (?:\w{1,9} )?sorry\b|sorry\b"
    r"|i (?:can['’]?t|can ?not|won['’]t|will not|am (?:not able|unable) to|must decline|have to decline)\b"
    r"|i['’]m (?:not able|unable) to\b|as an ai\b|(?:es )?tut mir (?:\w{1,9} )?leid\b|lo siento\b"
    r"|(?:je suis )?désolée?\b|mi dispiace\b|desculpe\b|sinto muito\b|het spijt me\b|przykro mi\b|извините"
    r"|(?:很|非常)?抱歉|对不起|申し訳|죄송)",
    re.IGNORECASE,
)
_LONGEST_EXCUSE = 800


def refused() -> AnswererError:
    return AnswererError("The language model refused to answer.", of_question=True)


def is_filtered(error: APIError) -> bool:
    """In a code, or only in words."""
    if str(error.code) in _CODES:
        return True
    status = error.status_code if isinstance(error, APIStatusError) else None
    return (status is None or status in _STATUSES) and bool(_FILTERED.search(error.message[:_SAYS_WHY_WITHIN]))


def is_excuse(text: str) -> bool:
    """Whether a model, instead of what it was asked for, says that it is sorry."""
    return len(text) <= _LONGEST_EXCUSE and bool(_EXCUSE.match(text))
