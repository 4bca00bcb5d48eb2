"""What can go wrong on the way to a model's server, as AnswererErrors. What the server wrote is not repeated."""

from __future__ import annotations

import re
from http import HTTPStatus

from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError, OpenAIError

from footnote.adapters.openai.bounded import TooMuch
from footnote.adapters.openai.completion import unreadable
from footnote.adapters.openai.dialect import OF_THE_FORM, OF_THE_SYSTEM
from footnote.adapters.openai.refusals import is_filtered, refused
from footnote.adapters.openai.response import Torn
from footnote.adapters.retrying import retry_after
from footnote.errors import AnswererError, TooLong

SLOW = "The language model did not answer in time."

_PASSING = {HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
_USED_UP = "insufficient_quota"

_TOO_LONG = {"context_length_exceeded", "exceed_context_size_error"}
_TOO_LONG_TEXT = re.compile(
    r"context[ _](?:length|size|window|shift)|maximum context|(?:prompt|input) is too (?:long|large|big)"
    r"|too many (?:input |prompt )?tokens|reduce the length of|`inputs` tokens|request too large",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:prompt|input|context|sequence|token|model)s?[ _](?:length|size|count)\b|\btokens\b"
    r"|\bmax_(?:seq|model|input)_len",
    re.IGNORECASE,
)
_IS_TOO_MUCH = re.compile(
    r"exceed|too (?:long|large|big|many)|(?:longer|greater|larger|more|less|fewer) than|at most|maximum|(?:>|<=) ?\d",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"max_(?:completion_|new_|output_)?tokens|(?:completion|output) tokens|generate|quota|credit|rate limit"
    r"|(?:per|an?) (?:minute|hour|day|month)",
    re.IGNORECASE,
)
"""What other numbers of tokens are limited: those of an answer, and those of a minute or a day."""

_NUMBER = r"[^0-9.]{0,40}([0-9]{1,3}(?:,[0-9]{3})++|[0-9]{3,7})\b"
_MORE_THAN = (
    r"exceeds?|(?:longer|greater|larger|more|less|fewer) than|at most|up to|maximum|max_(?:seq|model|input)_len|>|<="
)
_TOLD = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_MORE_THAN}){_NUMBER}",
        r"\b([0-9]{3,7}) maximum context",
        rf"context[ _](?:length|size|window){_NUMBER}",
    )
)
"""The surest first: what stands behind "context length" may be how much was sent."""

_HAPPENS_WITH = {400, 413, 422, 500}


def as_answerer_error(error: OpenAIError | TimeoutError) -> AnswererError:
    if isinstance(error, APITimeoutError | TimeoutError):
        return AnswererError(SLOW)
    if isinstance(error, APIConnectionError):
        return AnswererError("The language model cannot be reached.")
    if isinstance(error, APIError) and is_too_long(error):
        return TooLong()
    if isinstance(error, APIError) and is_filtered(error):
        return refused()
    if isinstance(error, APIStatusError):
        return _refusal(error)
    if isinstance(error, TooMuch):
        return unreadable()
    return AnswererError("The language model could not be asked.")


def _refusal(error: APIStatusError) -> AnswererError:
    match error.status_code:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return AnswererError("The language model's server refused the key. Check OPENAI_API_KEY.", of_settings=True)
        case HTTPStatus.NOT_FOUND:
            reason = "The language model was not found. Check OPENAI_MODEL and OPENAI_BASE_URL."
            return AnswererError(reason, of_settings=True)
        case HTTPStatus.TOO_MANY_REQUESTS if error.code == _USED_UP:
            return AnswererError("The language model's quota is used up.")
        case HTTPStatus.TOO_MANY_REQUESTS:
            return AnswererError("The language model is too busy.", retry_after=requested_wait(error))
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return AnswererError(f"The language model's server failed ({status}).", retry_after=requested_wait(error))
        case status if status < HTTPStatus.BAD_REQUEST:
            return AnswererError("The language model's server redirects to another address. Check OPENAI_BASE_URL.")
        case status:
            return AnswererError(f"The language model's server refused the request ({status}).")


def is_passing(error: BaseException) -> bool:
    """Whether the same request may well succeed in a moment."""
    if isinstance(error, APITimeoutError):
        return False  # the time is gone
    if isinstance(error, APIStatusError):
        says_why = is_complaint(error) or is_too_long(error)
        is_failure = error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and not says_why
        return (is_failure or error.status_code in _PASSING) and error.code != _USED_UP
    return isinstance(error, APIConnectionError)


def has_reached(error: APIStatusError | APIConnectionError) -> bool:
    """Whether the model may have worked on the request."""
    has_waited = isinstance(error, APITimeoutError) and "Connect" not in type(error.__cause__).__name__
    return isinstance(error, Torn) or has_waited


def is_complaint(error: APIStatusError) -> bool:
    """Whether the server may have refused a parameter rather than the question. Some fall over a form or a role that
    they do not know, and say at least that.
    """
    is_about_request = error.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
    fell_over_it = error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and any(
        words in complaint(error) for words in (*OF_THE_FORM, *OF_THE_SYSTEM)
    )
    is_of_question = is_filtered(error) or is_too_long(error)
    return (is_about_request or fell_over_it) and not is_of_question


def is_too_long(error: APIError) -> bool:
    """Whether the model cannot read so much at once, as servers say it in a code or only in words. A stream may say it
    as well, without a status.
    """
    if {str(error.code), str(error.type)} & _TOO_LONG:
        return True
    status = error.status_code if isinstance(error, APIStatusError) else None
    is_of_form = any(word in error.message.casefold() for word in OF_THE_FORM)
    return (status is None or status in _HAPPENS_WITH) and not is_of_form and _says_too_long(error)


def _says_too_long(error: APIError) -> bool:
    """In words that servers are known for; else something that is measured in tokens is more than it may be."""
    said = error.message
    return bool(_TOO_LONG_TEXT.search(said)) or bool(
        _MEASURED.search(said) and _IS_TOO_MUCH.search(said) and not _OF_SOMETHING_ELSE.search(f"{error.param} {said}")
    )


def told_limit(error: APIError) -> int | None:
    """How many tokens the model reads and writes at once; None where the server does not say."""
    told = error.body.get("n_ctx") if isinstance(error.body, dict) else None
    if isinstance(told, int) and told > 0:
        return told
    found = (found for pattern in _TOLD for found in pattern.finditer(error.message) if " by " not in found[0])
    limit = next(found, None)
    return int(limit[1].replace(",", "")) if limit else None


def complaint(error: APIStatusError) -> str:
    """What the server complains about, in its own words."""
    named = str(error.param or "")
    is_of_form = named.startswith("response_format")
    return (f"{named} {error.message}" if is_of_form else named or error.message).casefold()


def requested_wait(error: BaseException) -> float | None:
    """The seconds that the server asks to be left alone for; None when it does not say."""
    return retry_after(error.response.headers) if isinstance(error, APIStatusError) else None
