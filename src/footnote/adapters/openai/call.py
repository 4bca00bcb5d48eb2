"""One request to a model's server: admitted by the budget, sent, and charged, whatever becomes of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openai import APIConnectionError, APIStatusError, AsyncOpenAI, OpenAIError

from footnote.adapters.openai.completion import Completion, Received
from footnote.adapters.openai.failures import has_reached
from footnote.adapters.openai.response import read
from footnote.adapters.openai.thoughts import without_thoughts
from footnote.errors import AnswererError
from footnote.ports import Asker, Meter, Spent, Usage

log = logging.getLogger(__name__)

_CHARACTERS_PER_TOKEN = 4
_USUAL_ANSWER = 300  # tokens


@dataclass(slots=True)
class Call:
    """The requests of one task, one after the other: what they took, and what has come of each."""

    client: AsyncOpenAI
    meter: Meter
    asker: Asker | None
    on_text: Callable[[str], None] | None
    bill: list[Spent] = field(default_factory=list)
    came: list[Received] = field(default_factory=list)

    @property
    def spent(self) -> Spent:
        return sum(self.bill, Spent())

    def texts(self) -> Iterator[str]:
        """What has been written, as far as it came, the last first."""
        return (without_thoughts(received.text) for received in reversed(self.came))

    async def send(self, request: dict[str, Any], *, tokens: int) -> Completion:
        """An answer of up to so many tokens. Whatever the model may have worked on is paid for: also what is cut off,
        or cannot be read.
        """
        received = Received()
        self.came.append(received)
        prompt = _tokens(sum(len(message["content"]) for message in request["messages"]))
        expected = Usage(prompt, 0, min(_USUAL_ANSWER, tokens))
        await self._admit(expected)
        usage: Usage | None = None
        try:
            completion = await self._send(request, received)
            usage = completion.tokens()
        except (APIStatusError, APIConnectionError) as error:
            usage = None if received.size or has_reached(error) else Usage(0, 0, 0)
            raise
        finally:
            usage = usage or Usage(prompt, 0, _tokens(received.size))
            self.bill.append(await self._charge(str(request["model"]), expected, usage))
        return completion

    async def _send(self, request: dict[str, Any], received: Received) -> Completion:
        try:
            async with self.client.chat.completions.with_streaming_response.create(**request) as response:
                return await read(response, received, self.on_text)
        except (OpenAIError, AnswererError):
            raise
        except Exception as error:
            raise AnswererError("The language model could not be asked.") from error  # by what the SDK stands on

    async def _admit(self, expected: Usage) -> None:
        try:
            await self.meter.admit(self.asker, expected)
        except AnswererError:
            raise
        except Exception as error:
            log.exception("the budget cannot be read")
            raise AnswererError("The budget for the language model cannot be read.") from error

    async def _charge(self, model: str, expected: Usage, usage: Usage) -> Spent:
        """What cannot be written down must not cost the answer."""
        if usage.tokens:
            log.info(
                "%s: %d prompt tokens (%d cached), %d completion tokens",
                model,
                usage.prompt,
                usage.cached,
                usage.completion,
            )
        try:
            return await self.meter.charge(self.asker, expected, usage)
        except Exception:
            log.exception("%d tokens are not on record", usage.tokens)
            return Spent(usage.tokens)


def _tokens(characters: int) -> int:
    """An estimate, where a server does not count them."""
    return characters // _CHARACTERS_PER_TOKEN
