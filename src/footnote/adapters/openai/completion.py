"""A response of a model's server -> what the model wrote, and what that took. Nothing is trusted to have its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt, ValidationError

from footnote.adapters.openai.json_values import is_whole, is_without_end
from footnote.adapters.openai.refusals import refused
from footnote.adapters.openai.thoughts import without_thoughts
from footnote.errors import AnswererError
from footnote.ports import Usage

_ENDED = {"stop", "stop_sequence", "end_turn", "eos", "eos_token", "tool_calls", "function_call", "content_filter"}


class Strict(BaseModel):
    """What has another type than it should is refused, not converted."""

    model_config = ConfigDict(strict=True)


class Message(Strict):
    content: str | list[Any] | None = None
    refusal: str | None = None
    reasoning_content: Any = None
    reasoning: Any = None

    @property
    def text(self) -> str:
        """Mistral sends parts, thoughts among them."""
        if isinstance(self.content, list):
            return "".join(map(_text_of, self.content))
        return self.content or ""

    @property
    def answer(self) -> str:
        return without_thoughts(self.text)


def _text_of(part: object) -> str:
    text = part.get("text") if isinstance(part, dict) and part.get("type", "text") == "text" else None
    return text if isinstance(text, str) else ""


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

    def add(self, message: Message) -> None:
        """Some servers send thoughts under two names at once."""
        self.pieces.append(message.text)
        self.thoughts += max(_length(message.reasoning_content), _length(message.reasoning))
        self.thoughts += max(0, _length(message.content) - len(message.text))


def _length(said: object) -> int:
    """Of all texts in it."""
    if isinstance(said, list | dict):
        return sum(map(_length, said.values() if isinstance(said, dict) else said))
    return len(said) if isinstance(said, str) else 0


class Choice(Strict):
    message: Message
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

    choices: list[Choice]
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


def read_completion(body: bytes) -> Completion:
    """Raises AnswererError when it is none."""
    try:
        return Completion.model_validate_json(body)
    except ValidationError as error:
        raise unreadable() from error


def cut_off() -> AnswererError:
    return AnswererError("The language model's answer was cut off.")


def unreadable(*, of_question: bool = False) -> AnswererError:
    return AnswererError("The language model's answer cannot be read.", of_question=of_question)
