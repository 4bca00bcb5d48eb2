"""A second opinion of a language model: do the cited sentences carry the claim?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from footnote.adapters.openai.chat import Chat, Task
from footnote.adapters.openai.prompt import judge_messages
from footnote.errors import AnswererError
from footnote.models import Claim
from footnote.ports import Asker

_VERDICT = re.compile(r"^[^\w\n]{0,20}(?:claim\s{0,5})?(\d{1,3})\W{1,20}(yes|no)\b", re.IGNORECASE | re.MULTILINE)


class OpenAIJudge:
    """Implements `Judge`."""

    def __init__(self, chat: Chat, *, seconds: float = 7.0) -> None:
        self._chat = chat
        self._seconds = seconds

    async def judge(self, claims: Sequence[Claim], *, asker: Asker | None = None) -> Sequence[bool]:
        written = await self._chat.write(Task(partial(judge_messages, claims), self._seconds, asker=asker))
        return read_verdicts(written.text, len(claims))


def read_verdicts(text: str, count: int) -> Sequence[bool]:
    """One verdict for each claim. Raises AnswererError when one is missing or given twice."""
    said = [(int(number), verdict.casefold() == "yes") for number, verdict in _VERDICT.findall(text)]
    if sorted(number for number, _ in said) != list(range(1, count + 1)):
        raise AnswererError("The second model's answer cannot be read.")
    return [is_upheld for _, is_upheld in sorted(said)]
