"""The answerer that writes: a language model drafts claims from the candidate sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from footnote.adapters.openai.chat import Chat
from footnote.adapters.openai.claims import claims_so_far, read_claims
from footnote.adapters.openai.dialect import Schema
from footnote.adapters.openai.prompt import answer_messages
from footnote.adapters.openai.sheet import Sheet
from footnote.adapters.openai.task import Task
from footnote.answering.time_limit import TimeLimit
from footnote.grounding.translated_claims import are_asked_for
from footnote.models import AnswererName, Candidate
from footnote.ports import Asker, Draft, DraftClaim, OnClaims

CUT_OFF = "The language model did not finish this answer; there may be more to say."

_END_OF_CLAIM = re.compile(r'[\n}\]"]')

MOST_CLAIMS_ASKED_FOR, MOST_KEYS, LONGEST_CLAIM = 6, 4, 400
"""What a model may write, a claim in characters. Small ones go on and on, and name every key that they are offered."""

_KEYS = {
    "type": "array",
    "minItems": 1,
    "maxItems": MOST_KEYS,
    "items": {"type": "string", "pattern": "^S[0-9]{1,2}$"},
}
_TEXT = {"type": "string", "maxLength": LONGEST_CLAIM}


def _schema(name: str, **of_a_claim: Mapping[str, Any]) -> Schema:
    claim = _object(of_a_claim)
    return Schema(name, _object({"claims": {"type": "array", "maxItems": MOST_CLAIMS_ASKED_FOR, "items": claim}}))


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


# The same for every question, though it could list the keys: servers compile a schema once, which can take seconds.
_SCHEMA = _schema("answer", text=_TEXT, sources=_KEYS)
_WITH_TRANSLATIONS = _schema("translated_answer", text=_TEXT, sources=_KEYS, translation=_TEXT)


def _today() -> date:
    return datetime.now(UTC).date()


class OpenAIAnswerer:
    """Implements `Answerer`."""

    name = AnswererName.OPENAI

    def __init__(self, chat: Chat, *, seconds: float | TimeLimit, today: Callable[[], date] = _today) -> None:
        self._chat = chat
        self._time = seconds if isinstance(seconds, TimeLimit) else TimeLimit(seconds)
        self._today = today

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,
        on_claims: OnClaims | None = None,
    ) -> Draft:
        sheet = Sheet(candidates)
        translates = are_asked_for(question, candidates)
        task = Task(
            messages=partial(answer_messages, question, sheet, self._today(), with_translations=translates),
            seconds=self._time.of_answer(question),
            read=lambda text: read_claims(text, sheet.says),
            read_cut_off=lambda text: claims_so_far(text, sheet.says) or None,
            parts=len(sheet),
            schema=_WITH_TRANSLATIONS if translates else _SCHEMA,
            asker=asker,
            on_text=_Preview(sheet, on_claims) if on_claims else None,
        )
        written = await self._chat.write(task)
        claims = tuple(map(sheet.with_own_keys, written.said))
        note = None if written.is_whole else CUT_OFF
        return Draft(claims, self.name, note, model=self._chat.model, spent=written.spent)


class _Preview:
    """Tells of a text that grows the claims that are complete in it. It is read once more where one may have ended."""

    def __init__(self, sheet: Sheet, on_claims: OnClaims) -> None:
        self._sheet = sheet
        self._on_claims = on_claims
        self._told: tuple[DraftClaim, ...] = ()
        self._length = 0

    def __call__(self, text: str) -> None:
        new = text[self._length :] if len(text) > self._length else text
        self._length = len(text)
        if not _END_OF_CLAIM.search(new):
            return
        claims = tuple(map(self._sheet.with_own_keys, claims_so_far(text, self._sheet.says)))
        if claims != self._told:
            self._told = claims
            self._on_claims(claims)
