"""How a server wants to be asked. Servers that call themselves compatible differ, and say so only by refusing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Messages = list[dict[str, str]]


class Form(StrEnum):
    """In which form the model is made to answer, the strictest first."""

    SCHEMA = "json_schema"
    JSON = "json_object"
    LINES = "text"


_SIMPLER = {Form.SCHEMA: Form.JSON, Form.JSON: Form.LINES}
OF_THE_FORM = ("response_format", "json_schema", "json_object", "grammar")
"""Words of a complaint about the form."""

OF_THE_SYSTEM = (
    *("system role", "system message", "system prompt", "system instruction", "developer instruction"),
    *("messages[0].role", "roles must alternate", "user and assistant roles"),
)
"""Words of a complaint about the message with the rules: templates of Gemma 2 and of older Mistral models refuse it."""

_BOUNDS = ("minItems", "maxItems", "maxLength", "pattern")
"""What some servers that know schemas do not know in them."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What JSON should look like, under a name."""

    name: str
    schema: Mapping[str, Any]

    def response_format(self, form: Form, *, has_bounds: bool) -> dict[str, Any] | None:
        if form is Form.SCHEMA:
            schema = self.schema if has_bounds else _without_bounds(self.schema)
            return {"type": form.value, "json_schema": {"name": self.name, "strict": True, "schema": schema}}
        return {"type": form.value} if form is Form.JSON else None

    def is_kept_to(self, text: str, *, is_cut_off: bool) -> bool:
        """Whether a text has the fields that it must have, or may have been about to get them."""
        return all(f'"{name}"' in text for name in self.schema["required"]) or (is_cut_off and "{" in text)


def _without_bounds(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _without_bounds(value) if isinstance(value, Mapping) else value
        for name, value in schema.items()
        if name not in _BOUNDS
    }


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server is taken to understand.

    `limits` are the names it may know the limit of tokens by. OpenAI's newer models refuse `max_tokens`; Ollama
    overlooks `max_completion_tokens`, and would write on without end. `streams` and `counts_streams`: whether it can
    send an answer bit by bit, and say then what that took. `has_bounds`: whether a schema may say how long a list or a
    text is, and what a key looks like. `has_system`: whether the model reads rules in a message of their own.
    """

    form: Form = Form.SCHEMA
    limits: tuple[str, ...] = ("max_tokens", "max_completion_tokens")
    has_temperature: bool = True
    streams: bool = True
    counts_streams: bool = True
    has_bounds: bool = True
    has_system: bool = True

    def messages(self, messages: Messages) -> Messages:
        if self.has_system:
            return messages
        return [{"role": "user", "content": "\n\n".join(message["content"] for message in messages)}]

    def parameters(
        self, schema: Schema | None, *, temperature: float, max_tokens: int, streams: bool
    ) -> dict[str, Any]:
        """Of a request, besides the model and the messages. `streams`: whether a stream is of use."""
        parameters: dict[str, Any] = dict.fromkeys(self.limits[:1], max_tokens)
        if self.has_temperature:
            parameters["temperature"] = temperature
        if schema and (response_format := schema.response_format(self.form, has_bounds=self.has_bounds)):
            parameters["response_format"] = response_format
        if streams and self.streams:
            parameters["stream"] = True
            if self.counts_streams:
                parameters["stream_options"] = {"include_usage": True}
        return parameters

    def simpler(self, complaint: str) -> Dialect | None:
        """Without what a server complains about; None when it names nothing that could be left out.

        Some complaints repeat the whole request, so the form comes first: it is what servers lack most.
        """
        if self.form is Form.SCHEMA and self.has_bounds and any(word.casefold() in complaint for word in _BOUNDS):
            return replace(self, has_bounds=False)
        if self.form in _SIMPLER and any(word in complaint for word in OF_THE_FORM):
            return replace(self, form=_SIMPLER[self.form])
        if self.has_system and any(words in complaint for words in OF_THE_SYSTEM):
            return replace(self, has_system=False)
        if self.has_temperature and "temperature" in complaint:
            return replace(self, has_temperature=False)
        if self.limits and self.limits[0] in complaint:
            return replace(self, limits=self.limits[1:])
        if self.counts_streams and "stream_options" in complaint:
            return replace(self, counts_streams=False)
        if self.streams and "stream" in complaint:
            return replace(self, streams=False)
        return None

    def plainer(self) -> Dialect | None:
        """With a simpler form, in case that is what a server does not say; None when there is none."""
        return replace(self, form=_SIMPLER[self.form]) if self.form in _SIMPLER else None
