"""A second opinion of a language model: do the cited sentences carry the claim?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from footnote.adapters.openai.chat import Chat
from footnote.adapters.openai.dialect import Schema
from footnote.adapters.openai.json_values import whole_values
from footnote.adapters.openai.prompt import judge_messages
from footnote.adapters.openai.task import Task
from footnote.errors import AnswererError
from footnote.models import Claim
from footnote.ports import Asker

_LINE = re.compile(r"^[^\w\n]{0,20}(?:claim\s{0,5})?(\d{1,3})\W{1,20}(yes|no)\b", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(r"\s{0,9}(?:claim ?)?([0-9]{1,3})\s{0,9}", re.IGNORECASE)
_WORDS = {"true": True, "yes": True, "false": False, "no": False}
_MOST_VALUES = 99
_DEEPEST = 4
_NUMBERS = ("number", "claim")

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
            read=lambda text: read_verdicts(text, len(claims)),
            schema=_SCHEMA,
            asker=asker,
        )
        return (await self._chat.write(task)).said


def read_verdicts(text: str, count: int) -> Sequence[bool]:
    """One verdict for each claim, as objects or lines. Raises AnswererError when one is missing or given twice."""
    said = [pair for _, value in whole_values(text, tries=_MOST_VALUES) for pair in _verdicts_in(value)] or [
        (int(number), verdict.casefold() == "yes") for number, verdict in _LINE.findall(text)
    ]
    if sorted(number for number, _ in said) != list(range(1, count + 1)):
        raise AnswererError("The second model's answer cannot be read.")
    return [is_upheld for _, is_upheld in sorted(said)]


def _verdicts_in(value: object, depth: int = 0) -> Iterator[tuple[int, bool]]:
    """One by one, whatever stands around them: an object each, or one with the numbers as names."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _verdicts_in(one, depth + 1)
    elif isinstance(value, dict):
        number = next((number for name in _NUMBERS if (number := _number(value.get(name)))), None)
        is_carried = _truth(value.get("carried"))
        if number is not None:
            if is_carried is not None:
                yield number, is_carried
            return
        for name, one in value.items():
            named, said = _number(name), _truth(one.get("carried") if isinstance(one, dict) else one)
            if named is not None and said is not None:
                yield named, said
            else:
                yield from _verdicts_in(one, depth + 1)


def _number(value: object) -> int | None:
    if isinstance(value, str) and (found := _NUMBER.fullmatch(value)):
        return int(found[1])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _truth(value: object) -> bool | None:
    if isinstance(value, str):
        return _WORDS.get(value.strip(" .").casefold())
    return value if isinstance(value, bool) else None
