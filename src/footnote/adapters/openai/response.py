"""Reads a model's server to its end, whether it answers at once or as a stream."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx2
from openai import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AsyncAPIResponse,
    AsyncStream,
    OpenAIError,
)
from openai.types.chat import ChatCompletionChunk
from pydantic import BaseModel, ValidationError

from footnote.adapters.openai.completion import (
    Choice,
    Completion,
    Message,
    Received,
    Strict,
    read_completion,
    unreadable,
)
from footnote.adapters.openai.thoughts import Thoughts
from footnote.errors import AnswererError

OnText = Callable[[str], None]
"""Gets the answer as far as it is written, again and again, once the thoughts before it are over."""

_LONGEST = 200_000
"""Characters. Whoever writes more does not keep to the limit that is sent along."""


class Torn(APIConnectionError):
    """The connection broke inside the response: the model has worked on it."""


class _Failure(BaseModel):
    """What some servers send with status 200 instead of an answer, or inside a stream."""

    error: dict[str, Any] | str
    choices: list[Any] | None = None


class _Piece(Strict):
    delta: Message | None = None
    finish_reason: str | None = None


class _Chunk(Strict):
    choices: list[_Piece] | None = None
    usage: Any = None


async def read(response: AsyncAPIResponse[Any], received: Received, on_text: OnText | None) -> Completion:
    """A response to its end; what the model writes is added to `received`, of use or not. A server may answer at once
    though it was asked for a stream.

    Raises AnswererError when it makes no sense, Torn when it does not end, APIError when it is an error of the server.
    """
    try:
        completion = await _read(response, received, on_text)
        if completion.has_failed:
            raise _as_sent({"code": HTTPStatus.BAD_GATEWAY.value}, response)
        return completion
    except APIConnectionError as error:
        raise error if isinstance(error, APITimeoutError) else Torn(request=response.http_request) from error
    except APIStatusError:
        raise
    except APIError as error:
        raise _as_sent(error.body, response) from error
    except (OpenAIError, AnswererError):
        raise
    except ValueError as error:
        raise unreadable() from error
    except Exception as error:  # of whatever the SDK reads from
        raise Torn(request=response.http_request) from error


async def _read(response: AsyncAPIResponse[Any], received: Received, on_text: OnText | None) -> Completion:
    if response.headers.get("content-type", "").startswith("text/event-stream"):
        return await _read_stream(await response.parse(), received, on_text)
    body = await response.read()
    if failure := _failure_in(body):
        raise _as_sent(failure, response)
    completion = read_completion(body)
    for choice in completion.choices:
        received.add(choice.message)
    return completion


async def _read_stream(
    stream: AsyncStream[ChatCompletionChunk], received: Received, on_text: OnText | None
) -> Completion:
    """A stream that does not say why it ended was cut off."""
    written, refusal, ended, usage = "", "", "length", None
    thoughts = Thoughts()
    async for sent in stream:
        chunk = _Chunk.model_validate(sent.to_dict(warnings=False))
        usage = chunk.usage or usage
        for piece in (chunk.choices or [])[:1]:
            delta = piece.delta or Message()
            refusal += delta.refusal or ""
            ended = piece.finish_reason or ended
            received.add(delta)
            if not delta.text:
                continue
            written += delta.text
            if len(written) > _LONGEST:
                raise unreadable()
            if on_text and (answer := thoughts.left_out_of(written)):
                on_text(answer)
    choice = Choice(message=Message(content=written, refusal=refusal or None), finish_reason=ended)
    return Completion(choices=[choice], usage=usage)


def _failure_in(body: bytes) -> dict[str, Any] | str | None:
    try:
        said = _Failure.model_validate_json(body)
    except ValidationError:
        return None
    return None if said.choices else said.error


def _as_sent(failure: object, response: AsyncAPIResponse[Any]) -> APIError:
    """The error that the server means, with the status that it names as a code."""
    said = failure if isinstance(failure, dict) else {"message": failure}
    message, code = str(said.get("message") or ""), str(said.get("code"))
    if re.fullmatch("[45][0-9]{2}", code):
        sent = httpx2.Response(int(code), headers=response.headers, request=response.http_request)
        return APIStatusError(message, response=sent, body=said)
    return APIError(message, response.http_request, body=said)
