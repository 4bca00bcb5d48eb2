"""A second opinion of a language model: do the cited sentences carry the claim?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import partial

from footnote.adapters.openai.chat import Chat
from footnote.adapters.openai.dialect import Schema
from footnote.adapters.openai.prompt import judge_messages
from footnote.adapters.openai.task import Task
from footnote.errors import AnswererError
from footnote.models import Claim
from footnote.ports import Asker

_LINE = re.compile(r"^[^\w\n]{0,20}(?:claim\s{0,5})?(\d{1,3})\W{1,20}(yes|no)\b", re.IGNORECASE | re.MULTILINE)
_OBJECT = re.compile(r"\{[^{}]{1,400}\}")

_VERDICT = {
    "type": "object",
    "properties": {"number": {"type": "integer"}, "carried": {"type": "boolean"}},
    "required": ["number", "carried"],
    "additionalProperties": False,
}
_SCHEMA = Schema(
    "verdicts",
    {
        "type": "object",
        "properties": {"verdicts": {"type": "array", "items": _VERDICT}},
        "required": ["verdicts"],
        "additionalProperties": False,
    },
)


class OpenAIJudge:
    """Implements `Judge`."""

    def __init__(self, chat: Chat, *, seconds: float) -> None:
        self._chat = chat
        self._seconds = seconds

    async def judge(self, claims: Sequence[Claim], *, asker: Asker | None = None) -> Sequence[bool]:
        task = Task(
            messages=partial(judge_messages, claims),
            seconds=self._seconds,
            read=lambda text, _form: read_verdicts(text, len(claims)),
            schema=_SCHEMA,
            asker=asker,
        )
        return (await self._chat.write(task)).said


def read_verdicts(text: str, count: int) -> Sequence[bool]:
    """One verdict for each claim, as objects or lines. Raises AnswererError when one is missing or given twice."""
    said = [*_from_objects(text)] or [
        (int(number), verdict.casefold() == "yes") for number, verdict in _LINE.findall(text)
    ]
    if sorted(number for number, _ in said) != list(range(1, count + 1)):
        raise AnswererError("The second model's answer cannot be read.")
    return [is_upheld for _, is_upheld in sorted(said)]


def _from_objects(text: str) -> Iterable[tuple[int, bool]]:
    """Read one by one, whatever stands around them."""
    for found in _OBJECT.findall(text):
        try:
            said = json.loads(found)
        except ValueError:
            continue
        number, is_carried = said.get("number"), said.get("carried")
        if isinstance(number, int) and isinstance(is_carried, bool):
            yield number, is_carried
