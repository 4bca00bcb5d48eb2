"""What an error of the openai SDK means: in words for people, whether to try again, and how much the model can read."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

from footnote.adapters.openai.failures import (
    SLOW,
    as_answerer_error,
    complaint,
    has_reached,
    is_complaint,
    is_passing,
    is_too_long,
    told_limit,
)
from footnote.errors import TooLong

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
TOO_LONG = "This model's maximum context length is 8192 tokens. However, you requested 9000."
USED_UP = "insufficient_quota"


def refused(status: int, message: str = "No.", *, retry_after: str = "", **body: Any) -> APIStatusError:
    headers = {"retry-after": retry_after} if retry_after else {}
    response = httpx2.Response(status, headers=headers, request=REQUEST)
    return APIStatusError(message, response=response, body={"message": message, **body})


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (APITimeoutError(REQUEST), SLOW),
        (APIConnectionError(request=REQUEST), "cannot be reached"),
        (OpenAIError("?"), "could not be asked"),
        (refused(302), "redirects to another address"),
        (refused(400, code="content_filter"), "refused to answer"),
        (refused(400, "Your prompt was flagged as harmful."), "refused to answer"),
        (refused(403, "The request violates our usage policies."), "refused to answer"),
        (refused(403, "Your account was flagged for abuse of our policies."), "Check OPENAI_API_KEY"),
        (refused(401, "It was flagged for abuse."), "Check OPENAI_API_KEY"),
        (refused(401), "Check OPENAI_API_KEY"),
        (refused(404), "Check OPENAI_MODEL"),
        (refused(418), r"refused the request \(418\)"),
        (refused(429), "too busy"),
        (refused(429, code=USED_UP), "quota is used up"),
        (refused(503), r"failed \(503\)"),
    ],
)
def test_each_failure_has_a_line_of_its_own(error: OpenAIError, words: str) -> None:
    with pytest.raises(type(as_answerer_error(error)), match=words):
        raise as_answerer_error(error)


def test_what_the_server_wrote_is_not_repeated() -> None:
    assert "s3cret" not in str(as_answerer_error(refused(500, "Key s3cret is broken")))


@pytest.mark.parametrize(("status", "of_settings"), [(401, True), (403, True), (404, True), (429, False), (500, False)])
def test_only_settings_that_must_change_are_called_so(status: int, of_settings: bool) -> None:
    assert as_answerer_error(refused(status)).of_settings is of_settings


def test_a_busy_server_says_for_how_long() -> None:
    assert as_answerer_error(refused(429, retry_after="7")).retry_after == 7
    assert as_answerer_error(refused(429)).retry_after is None


@pytest.mark.parametrize(
    ("error", "is_worth_another_try"),
    [
        (APIConnectionError(request=REQUEST), True),
        (APITimeoutError(REQUEST), False),
        (refused(409), True),
        (refused(429), True),
        (refused(429, code=USED_UP), False),
        (refused(400), False),
        (refused(503), True),
        (refused(500, "json_schema is not supported"), False),
        (refused(500, TOO_LONG), False),
        (ValueError(), False),
    ],
)
def test_what_may_succeed_in_a_moment(error: BaseException, is_worth_another_try: bool) -> None:
    assert is_passing(error) is is_worth_another_try


def test_a_model_may_have_worked_on_what_timed_out_after_the_connection_stood() -> None:
    waited, unconnected = APITimeoutError(REQUEST), APITimeoutError(REQUEST)
    unconnected.__cause__ = httpx2.ConnectTimeout("")
    assert has_reached(waited)
    assert not has_reached(unconnected)
    assert not has_reached(refused(500))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refused(400, "Unknown parameter", param="temperature"), True),
        (refused(422), True),
        (refused(500, "failed to parse grammar"), True),
        (refused(500), False),
        (refused(400, TOO_LONG), False),
        (refused(400, code="content_filter"), False),
        (refused(400, "Content Exists Risk"), False),
        (refused(400, "Unknown fields: " + "temperature " * 30 + "asked: was it flagged for fraud?"), True),
        (refused(401), False),
    ],
)
def test_what_is_a_complaint_about_a_parameter(error: APIStatusError, expected: bool) -> None:
    assert is_complaint(error) is expected


def test_a_complaint_names_the_parameter_and_of_the_form_also_the_reason() -> None:
    assert complaint(refused(400, "Not here", param="Temperature")) == "temperature"
    assert complaint(refused(400, "Use TEXT", param="response_format.type")) == "response_format.type use text"
    assert complaint(refused(400, "Use TEXT")) == "use text"


@pytest.mark.parametrize(
    ("error", "expected", "limit"),
    [
        (refused(400, TOO_LONG), True, 8192),
        (refused(400, "?", code="context_length_exceeded"), True, None),
        (refused(400, "?", type="exceed_context_size_error", n_ctx=4096), True, 4096),
        (refused(413, "Request too large"), True, None),
        (refused(422, "`inputs` tokens + `max_new_tokens` must be <= 2048"), True, 2048),
        (refused(400, "The decoder prompt (length 6031) is longer than the maximum model length of 2048."), True, 2048),
        (refused(400, "The input token count (6031) exceeds the maximum number of tokens allowed (2048)."), True, 2048),
        (refused(422, "Input validation error: `inputs` must have less than 2048 tokens. Given: 6031"), True, 2048),
        (refused(422, "Prompt length 6031 is greater than max_seq_len 2048"), True, 2048),
        (refused(400, "Context length 6031 is greater than max_seq_len 2048."), True, 2048),
        (refused(400, "Input length 6031 exceeds maximum allowed token size 2048"), True, 2048),
        (refused(400, "Prompt length (6031) exceeds maximum input length (2048)."), True, 2048),
        (refused(400, "Requested tokens exceed maximum sequence length"), True, None),
        (refused(400, "prompt is too long: 203456 tokens > 200000 maximum"), True, 200_000),
        (
            refused(400, "This model's maximum prompt length is 131,072 but the request has 300,000 tokens."),
            True,
            131_072,
        ),
        (refused(400, "The request is 300 tokens above the context window."), True, None),
        (refused(400, "The input exceeds the context window by 300 tokens."), True, None),
        (refused(500, "context shift is disabled"), True, None),
        (refused(500, "Input prompt is too big compared to KV size. Please try increasing KV size."), True, None),
        (refused(401, TOO_LONG), False, 8192),
        (refused(400, "json_schema: maximum context"), False, None),
    ],
)
def test_servers_say_in_many_ways_what_is_too_long(error: APIStatusError, expected: bool, limit: int | None) -> None:
    assert (is_too_long(error), told_limit(error)) == (expected, limit)
    assert isinstance(as_answerer_error(error), TooLong) is expected


@pytest.mark.parametrize(
    "error",
    [
        refused(400, "max_tokens is too large: 2000. This model supports at most 1000 completion tokens."),
        refused(400, "Unsupported parameter: 'max_tokens' exceeds what is allowed. Use 'max_completion_tokens'."),
        refused(422, "max_tokens: Input should be less than or equal to 1000"),
        refused(400, "The number of tokens to generate is too large.", param="max_tokens"),
        refused(422, "temperature: Input should be less than or equal to 1"),
        refused(400, "Too many stop sequences: at most 4 are allowed."),
        refused(400, "You exceeded your limit of tokens per minute."),
        refused(400, "Your quota of 20000 tokens a day is exceeded."),
        refused(429, "Too many tokens, please wait before trying again."),
        refused(400, "The prompt must have at least 1 token."),
    ],
)
def test_other_limits_are_not_taken_for_the_length_of_the_prompt(error: APIStatusError) -> None:
    assert not is_too_long(error)
