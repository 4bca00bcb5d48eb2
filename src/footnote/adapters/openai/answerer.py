"""The answerer that writes: a language model drafts claims from the candidate sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from footnote.adapters.openai.chat import Chat, Task
from footnote.adapters.openai.claims import claims_so_far, read_claims
from footnote.adapters.openai.dialect import Form, Schema
from footnote.adapters.openai.prompt import answer_messages
from footnote.models import AnswererName, Candidate
from footnote.ports import Asker, Draft, DraftClaim, OnClaims

_CLAIM = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "sources": {"type": "array", "items": {"type": "string"}}},
    "required": ["text", "sources"],
    "additionalProperties": False,
}
# The same for every question, though it could list the keys: servers compile a schema once, which can take seconds.
_SCHEMA = Schema(
    "answer",
    {
        "type": "object",
        "properties": {"in_articles": {"type": "boolean"}, "claims": {"type": "array", "items": _CLAIM}},
        "required": ["in_articles", "claims"],
        "additionalProperties": False,
    },
)


class OpenAIAnswerer:
    """Implements `Answerer`."""

    name = AnswererName.OPENAI

    def __init__(self, chat: Chat, *, seconds: float = 28.0) -> None:
        self._chat = chat
        self._seconds = seconds

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,
        on_claims: OnClaims | None = None,
    ) -> Draft:
        task = Task(
            messages=partial(answer_messages, question, candidates),
            seconds=self._seconds,
            schema=_SCHEMA,
            asker=asker,
            on_text=_Preview(on_claims) if on_claims else None,
        )
        written = await self._chat.write(task)
        claims = read_claims(written.text, written.form)
        return Draft(claims, self.name, model=self._chat.model, spent=written.spent)


class _Preview:
    """Tells of a text that grows the claims that are complete in it."""

    def __init__(self, on_claims: OnClaims) -> None:
        self._on_claims = on_claims
        self._told: tuple[DraftClaim, ...] = ()

    def __call__(self, form: Form, text: str) -> None:
        claims = claims_so_far(text, form)
        if claims != self._told:
            self._told = claims
            self._on_claims(claims)
