"""How a server wants to be asked. Servers that call themselves compatible differ, and say so only by refusing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """In which form the model is made to answer, the strictest first."""

    SCHEMA = "json_schema"
    JSON = "json_object"
    LINES = "text"


_SIMPLER = {Form.SCHEMA: Form.JSON, Form.JSON: Form.LINES}
_OF_THE_FORM = ("response_format", "json_schema", "json_object")

_CLAIM = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "sources": {"type": "array", "items": {"type": "string"}}},
    "required": ["text", "sources"],
    "additionalProperties": False,
}
# The same for every question, though it could list the keys: servers compile a schema once, which can take seconds.
_SCHEMA = {
    "type": "object",
    "properties": {"in_articles": {"type": "boolean"}, "claims": {"type": "array", "items": _CLAIM}},
    "required": ["in_articles", "claims"],
    "additionalProperties": False,
}
_RESPONSE_FORMATS: Mapping[Form, Mapping[str, Any]] = {
    Form.SCHEMA: {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": _SCHEMA}},
    Form.JSON: {"type": "json_object"},
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server is taken to understand.

    `limits` are the names it may know the limit of tokens by. OpenAI's newer models refuse `max_tokens`; Ollama
    overlooks `max_completion_tokens`, and would write on without end.
    """

    form: Form = Form.SCHEMA
    limits: tuple[str, ...] = ("max_tokens", "max_completion_tokens")
    has_temperature: bool = True

    def parameters(self, *, temperature: float, max_tokens: int) -> dict[str, Any]:
        """Of a request, besides the model and the messages."""
        parameters: dict[str, Any] = dict.fromkeys(self.limits[:1], max_tokens)
        if self.has_temperature:
            parameters["temperature"] = temperature
        if self.form in _RESPONSE_FORMATS:
            parameters["response_format"] = _RESPONSE_FORMATS[self.form]
        return parameters

    def simpler(self, complaint: str) -> Dialect | None:
        """The next to try after a refusal; None when there is none. Each has less than the one before it.

        Some complaints repeat the whole request, so the form comes first: it is what servers lack most.
        """
        if self.form in _SIMPLER and any(word in complaint for word in _OF_THE_FORM):
            return replace(self, form=_SIMPLER[self.form])
        if self.has_temperature and "temperature" in complaint:
            return replace(self, has_temperature=False)
        if self.limits and self.limits[0] in complaint:
            return replace(self, limits=self.limits[1:])
        if self.form in _SIMPLER:
            return replace(self, form=_SIMPLER[self.form])
        return None
