"""What a model's server sends -> what the model wrote, at once or as a stream. Nothing is trusted to have its form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
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
from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt, ValidationError

from footnote.adapters.openai.json_values import is_whole, is_without_end
from footnote.adapters.openai.refusals import refused
from footnote.adapters.openai.thoughts import without_thoughts
from footnote.errors import AnswererError
from footnote.ports import Usage

OnText = Callable[[str], None]
"""Gets everything that has been written so far, again and again."""

_ENDED = {"stop", "stop_sequence", "end_turn", "eos", "eos_token", "tool_calls", "function_call", "content_filter"}

_LONGEST = 200_000
"""Characters. Whoever writes more does not keep to the limit that is sent along."""


class Torn(APIConnectionError):
    """The connection broke inside the response: the model has worked on it."""


class Strict(BaseModel):
    """What has another type than it should is refused, not converted."""

    model_config = ConfigDict(strict=True)


class _Message(Strict):
    content: str | None = None
    refusal: str | None = None
    reasoning_content: Any = None
    reasoning: Any = None

    @property
    def answer(self) -> str:
        return without_thoughts(self.content or "")


@dataclass(slots=True)
class Received:
    """What has come of a response: the text in pieces, and how many characters of thoughts were sent beside it."""

    pieces: list[str] = field(default_factory=list)
    thoughts: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + self.thoughts

    def add(self, message: _Message) -> None:
        """Some servers send thoughts under two names at once."""
        self.pieces.append(message.content or "")
        self.thoughts += max(_length(message.reasoning_content), _length(message.reasoning))


def _length(thought: object) -> int:
    return len(thought) if isinstance(thought, str) else 0


class _Choice(Strict):
    message: _Message
    finish_reason: str | None = None


class _Details(Strict):
    cached_tokens: NonNegativeInt | None = None


class _Usage(Strict):
    prompt_tokens: PositiveInt
    completion_tokens: NonNegativeInt
    total_tokens: Any = None
    prompt_tokens_details: _Details | None = None


class Completion(Strict):
    """A server's response."""

    choices: list[_Choice]
    usage: Any = None

    @property
    def has_ended(self) -> bool:
        """Whether the server says so, or says nothing. There are many words for what else may happen."""
        return not self.choices or (self.choices[0].finish_reason or "stop").casefold() in _ENDED

    @property
    def has_failed(self) -> bool:
        return self.is_cut_off and self.choices[0].finish_reason == "error"

    @property
    def is_cut_off(self) -> bool:
        """JSON that is whole has come to its end, whatever the server says: some models go on with blanks."""
        text = self.choices[0].message.answer if self.choices else ""
        return is_without_end(text) or not (self.has_ended or is_whole(text))

    def text(self) -> str:
        """What the model wrote, as far as it came. Raises AnswererError."""
        if not self.choices:
            raise AnswererError("The language model sent an empty answer.")
        choice = self.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise refused()
        text = choice.message.answer.strip()
        if not text:
            raise cut_off() if self.is_cut_off else AnswererError("The language model sent an empty answer.")
        return text

    def tokens(self) -> Usage | None:
        """None where the server counts none, or counts in a way of its own. Some count thoughts only in the total."""
        try:
            usage = _Usage.model_validate(self.usage)
        except ValidationError:
            return None
        cached = usage.prompt_tokens_details.cached_tokens if usage.prompt_tokens_details else None
        total = usage.total_tokens if isinstance(usage.total_tokens, int) else 0
        written = max(usage.completion_tokens, total - usage.prompt_tokens)
        return Usage(usage.prompt_tokens, min(cached or 0, usage.prompt_tokens), written)


class _Failure(BaseModel):
    """What some servers send with status 200 instead of an answer, or inside a stream."""

    error: dict[str, Any] | str
    choices: list[Any] | None = None


class _Piece(Strict):
    delta: _Message | None = None
    finish_reason: str | None = None


class _Chunk(Strict):
    choices: list[_Piece] = []
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


def read_completion(body: bytes) -> Completion:
    """Raises AnswererError when it is none."""
    try:
        return Completion.model_validate_json(body)
    except ValidationError as error:
        raise unreadable() from error


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


def cut_off() -> AnswererError:
    return AnswererError("The language model's answer was cut off.")


def unreadable(*, of_question: bool = False) -> AnswererError:
    return AnswererError("The language model's answer cannot be read.", of_question=of_question)


async def _read_stream(
    stream: AsyncStream[ChatCompletionChunk], received: Received, on_text: OnText | None
) -> Completion:
    """A stream that does not say why it ended was cut off."""
    written, refusal, ended, usage = "", "", "length", None
    async for sent in stream:
        chunk = _Chunk.model_validate(sent.to_dict(warnings=False))
        usage = chunk.usage or usage
        for piece in chunk.choices[:1]:
            delta = piece.delta or _Message()
            refusal += delta.refusal or ""
            ended = piece.finish_reason or ended
            received.add(delta)
            if not delta.content:
                continue
            written += delta.content
            if len(written) > _LONGEST:
                raise unreadable()
            if on_text:
                on_text(without_thoughts(written))
    choice = _Choice(message=_Message(content=written, refusal=refusal or None), finish_reason=ended)
    return Completion(choices=[choice], usage=usage)
