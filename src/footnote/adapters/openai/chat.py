"""One call of a language model: asked in a way that its server understands, within the time and the budget."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from openai import APIConnectionError, APIStatusError, AsyncOpenAI, OpenAIError, Timeout

from footnote.adapters.openai.bounded import bounded_async_client
from footnote.adapters.openai.completion import Completion, read
from footnote.adapters.openai.dialect import Dialect, Form, Schema
from footnote.adapters.openai.failures import (
    SLOW,
    as_answerer_error,
    asked_for,
    complaint,
    has_reached,
    is_complaint,
    is_passing,
)
from footnote.adapters.openai.prompt import Messages
from footnote.adapters.retrying import RetryPolicy
from footnote.errors import AnswererError
from footnote.ports import Asker, Meter, Spent, Usage

log = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # servers of one's own want none, but the SDK insists
_LONGEST_CONNECT = 5.0
_LONGEST_SILENCE = 300.0  # seconds; what a task may take is set for each
_LONGEST_PAUSE = 5.0  # seconds; whoever asks should rather have the fallback's answer than wait longer
_LARGEST = 8_000_000  # bytes of a response; a streamed token takes about 300
_CHARACTERS_PER_TOKEN = 4
_USUAL_ANSWER = 300  # tokens


@dataclass(frozen=True, slots=True)
class Limits:
    """Of each call: `tokens` that the model may write, and how often it is asked again after what may pass."""

    temperature: float = 0.0
    tokens: int = 2000
    retries: int = 2
    first_pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Task:
    """What the model is to write within so many `seconds`, retries and simpler ways to ask included.

    `messages` depend on the form that its server can be held to; without a `schema` it is always lines. `on_text` is
    told all that has been written so far, again and again.
    """

    messages: Callable[[Form], Messages]
    seconds: float
    schema: Schema | None = None
    asker: Asker | None = None
    on_text: Callable[[Form, str], None] | None = None


@dataclass(frozen=True, slots=True)
class WrittenText:
    """What a model wrote, to its end, in which form, and what that took, attempts that failed included."""

    text: str
    form: Form
    spent: Spent


class Chat:
    """A model on a server that speaks Chat Completions. It remembers what its server could not understand, and does not
    try that again.
    """

    def __init__(
        self,
        client: AsyncOpenAI,
        meter: Meter,
        *,
        model: str,
        limits: Limits | None = None,
        dialect: Dialect | None = None,
    ) -> None:
        self._limits = limits or Limits()
        # The SDK's own retries would wait for as long as a server says, up to two minutes, and repeat time-outs.
        self._client = client.with_options(max_retries=0, timeout=Timeout(_LONGEST_SILENCE, connect=_LONGEST_CONNECT))
        self._meter = meter
        self._model = model
        self._dialect = dialect or Dialect()

    @classmethod
    def connect(
        cls,
        meter: Meter,
        *,
        model: str,
        api_key: str | None = None,
        base_url: str | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """To OpenAI, or to the server at `base_url`, which may need no key."""
        client = AsyncOpenAI(
            api_key=api_key or _NO_KEY, base_url=base_url or _OPENAI, http_client=bounded_async_client(_LARGEST)
        )
        dialect = Dialect() if base_url else Dialect(limits=("max_completion_tokens",))
        return cls(client, meter, model=model, limits=limits, dialect=dialect)

    async def close(self) -> None:
        await self._client.close()

    @property
    def model(self) -> str:
        return self._model

    async def write(self, task: Task) -> WrittenText:
        """Raises AnswererError, BudgetSpent."""
        bill: list[Spent] = []
        try:
            async with asyncio.timeout(task.seconds) as limit:
                completion, form = await self._ask(task, bill, give_up_at=limit.when() or 0.0)
        except OpenAIError as error:
            raise as_answerer_error(error) from error
        except TimeoutError as error:
            raise AnswererError(SLOW) from error
        return WrittenText(completion.text(), form, sum(bill, Spent()))

    async def _ask(self, task: Task, bill: list[Spent], *, give_up_at: float) -> tuple[Completion, Form]:
        """What a server names is remembered once leaving it out has helped. What helps by guessing is not: perhaps the
        server did not like the question.
        """
        dialect, has_guessed = self._dialect, False
        while True:
            form = dialect.form if task.schema else Form.LINES
            try:
                completion = await self._try(task, dialect, form, bill, give_up_at=give_up_at)
            except APIStatusError as error:
                if not is_complaint(error):
                    raise
                named = dialect.simpler(complaint(error))
                guessed = None if named else dialect.plainer()
                if not (named or guessed):
                    raise
                has_guessed = has_guessed or bool(guessed)
                dialect = named or guessed or dialect
            else:
                if dialect != self._dialect and not has_guessed:
                    log.info("%s: from now on asked with %s", self._model, dialect)
                    self._dialect = dialect
                return completion, form

    async def _try(
        self, task: Task, dialect: Dialect, form: Form, bill: list[Spent], *, give_up_at: float
    ) -> Completion:
        """Retries only where that may help, soon and in time."""
        request = {
            "model": self._model,
            "messages": task.messages(form),
            **dialect.parameters(
                task.schema,
                temperature=self._limits.temperature,
                max_tokens=self._limits.tokens,
                streams=task.on_text is not None,
            ),
        }
        clock = asyncio.get_running_loop().time
        policy = RetryPolicy(self._limits.retries + 1, self._limits.first_pause, _LONGEST_PAUSE)
        return await policy.run(
            lambda: self._charged(task, form, request, bill),
            is_passing,
            asked_for=asked_for,
            time_left=lambda: give_up_at - clock(),
        )

    async def _charged(self, task: Task, form: Form, request: dict[str, Any], bill: list[Spent]) -> Completion:
        """Whatever the model may have worked on is paid for: also what is cut off, or cannot be read."""
        prompt = _estimate(*(message["content"] for message in request["messages"]))
        expected = Usage(prompt, 0, min(_USUAL_ANSWER, self._limits.tokens))
        await self._admit(task.asker, expected)
        received: list[str] = []
        usage: Usage | None = None
        try:
            completion = await self._send(task, form, request, received)
            usage = completion.tokens()
        except (APIStatusError, APIConnectionError) as error:
            usage = None if has_reached(error) else Usage(0, 0, 0)
            raise
        finally:
            bill.append(await self._charge(task.asker, expected, usage or Usage(prompt, 0, _estimate(*received))))
        return completion

    async def _admit(self, asker: Asker | None, expected: Usage) -> None:
        try:
            await self._meter.admit(asker, expected)
        except AnswererError:
            raise
        except Exception as error:
            log.exception("the budget cannot be read")
            raise AnswererError("The budget for the language model cannot be read.") from error

    async def _charge(self, asker: Asker | None, expected: Usage, usage: Usage) -> Spent:
        """What cannot be written down must not cost the answer."""
        if usage.tokens:
            log.info(
                "%s: %d prompt tokens (%d cached), %d completion tokens",
                self._model,
                usage.prompt,
                usage.cached,
                usage.completion,
            )
        try:
            return await self._meter.charge(asker, expected, usage)
        except Exception:
            log.exception("%d tokens are not on record", usage.tokens)
            return Spent(usage.tokens)

    async def _send(self, task: Task, form: Form, request: dict[str, Any], received: list[str]) -> Completion:
        on_text = partial(task.on_text, form) if task.on_text else None
        try:
            async with self._client.chat.completions.with_streaming_response.create(**request) as response:
                return await read(response, received, on_text)
        except (OpenAIError, AnswererError):
            raise
        except Exception as error:
            raise AnswererError("The language model could not be asked.") from error  # by what the SDK stands on


def _estimate(*texts: str) -> int:
    """Tokens, where a server does not count them."""
    return sum(map(len, texts)) // _CHARACTERS_PER_TOKEN
