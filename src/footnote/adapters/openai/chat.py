"""A language model, asked in a way that its server understands, within the time and the budget."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

from openai import APIError, APIStatusError, AsyncOpenAI, OpenAIError, Timeout

from footnote.adapters.openai.bounded import bounded_async_client
from footnote.adapters.openai.call import Call
from footnote.adapters.openai.completion import Completion, cut_off
from footnote.adapters.openai.dialect import Dialect, Form
from footnote.adapters.openai.failures import (
    as_answerer_error,
    complaint,
    is_complaint,
    is_passing,
    is_too_long,
    requested_wait,
)
from footnote.adapters.openai.json_values import is_whole
from footnote.adapters.openai.refusals import is_excuse, refused
from footnote.adapters.openai.task import T, Task, Written
from footnote.adapters.openai.window import Fit, Window, asked
from footnote.adapters.retrying import RetryPolicy
from footnote.errors import AnswererError, TooLong
from footnote.ports import Meter

log = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # servers of one's own want none, but the SDK insists
_LONGEST_CONNECT = 5.0
_LONGEST_SILENCE = 900.0  # seconds; what a task may take is set for each
_LONGEST_PAUSE = 5.0  # seconds; whoever asks should rather have the fallback's answer than wait longer
_LARGEST = 8_000_000  # bytes of a response; a streamed token takes about 300


@dataclass(frozen=True, slots=True)
class Limits:
    """Of each call: `tokens` that the model may write, and how often it is asked again after what may pass."""

    temperature: float = 0.0
    tokens: int = 2000
    retries: int = 2
    first_pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is asked: in which dialect, and with how much at once."""

    dialect: Dialect
    window: Window

    def form(self, task: Task[T]) -> Form:
        return self.dialect.form if task.schema else Form.LINES

    def fit(self, task: Task[T], tokens: int) -> Fit:
        return self.window.fit(partial(task.messages, self.form(task)), task.parts, tokens=tokens)


class _NotHeldToJson(AnswererError):
    """The server took the form and did not see to it."""


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
        window: Window | None = None,
    ) -> None:
        self._limits = limits or Limits()
        # The SDK's own retries would wait for as long as a server says, up to two minutes, and repeat time-outs.
        self._client = client.with_options(max_retries=0, timeout=Timeout(_LONGEST_SILENCE, connect=_LONGEST_CONNECT))
        self._meter = meter
        self._model = model
        self._dialect = dialect or Dialect()
        self._window = window

    @classmethod
    def connect(
        cls,
        meter: Meter,
        *,
        model: str,
        api_key: str | None = None,
        base_url: str | None = None,
        limits: Limits | None = None,
        window: Window | None = None,
    ) -> Self:
        """To OpenAI, or to the server at `base_url`, which may need no key. Without a `window` the server is asked."""
        client = AsyncOpenAI(
            api_key=api_key or _NO_KEY, base_url=base_url or _OPENAI, http_client=bounded_async_client(_LARGEST)
        )
        dialect = Dialect() if base_url else Dialect(limits=("max_completion_tokens",), has_bounds=False)
        if not base_url:
            window = Window()  # OpenAI does not say, and its models read more than is ever sent
        return cls(client, meter, model=model, limits=limits, dialect=dialect, window=window)

    async def close(self) -> None:
        await self._client.close()

    @property
    def model(self) -> str:
        return self._model

    async def write(self, task: Task[T]) -> Written[T]:
        """Raises AnswererError, BudgetSpent."""
        call = Call(self._client, self._meter, task.asker, task.on_text)
        try:
            async with asyncio.timeout(task.seconds) as limit:
                said, is_all = await self._ask(task, call, give_up_at=limit.when() or 0.0)
        except (OpenAIError, TimeoutError, AnswererError) as error:
            problem = error if isinstance(error, AnswererError) else as_answerer_error(error)
            left = None if problem.of_question else _left(task, call)
            if left is None and problem is error:
                raise
            if left is None:
                raise problem from error
            said, is_all = left
        return Written(said, call.spent, is_all)

    async def _ask(self, task: Task[T], call: Call, *, give_up_at: float) -> tuple[T, bool]:
        """What a server names, or shows, is remembered once leaving it out has helped. What helps by guessing is not:
        perhaps the server did not like the question.
        """
        manner, has_guessed = await self._known(), False
        fit = manner.fit(task, self._limits.tokens)
        while True:
            try:
                completion = await self._try(task, manner, fit, call, give_up_at=give_up_at)
                said = _read(task, manner.form(task), completion)
            except APIError as error:
                if is_too_long(error):
                    manner, fit = self._with_less(task, manner, fit, error)
                    continue
                named, guessed = _simpler(manner.dialect, error)
                if not (named or guessed):
                    raise
                has_guessed = has_guessed or bool(guessed)
                manner = replace(manner, dialect=named or guessed or manner.dialect)
            except _NotHeldToJson:
                manner = replace(manner, dialect=manner.dialect.plainer() or manner.dialect)
            else:
                if not has_guessed:
                    self._remember(manner)
                return said, not completion.is_cut_off

    async def _known(self) -> Manner:
        """The server is asked once how much it reads."""
        if self._window is None:
            self._window = Window()  # whoever asks meanwhile does not wait
            self._window = await asked(self._client, self._model)
        return Manner(self._dialect, self._window)

    def _remember(self, manner: Manner) -> None:
        if manner != Manner(self._dialect, self._window or Window()):
            log.info("%s: from now on asked with %s", self._model, manner)
            self._dialect, self._window = manner.dialect, manner.window

    def _with_less(self, task: Task[T], manner: Manner, refused: Fit, error: APIError) -> tuple[Manner, Fit]:
        """Raises TooLong when there is nothing more to leave out."""
        window = manner.window.smaller(error, partial(task.messages, manner.form(task)), refused)
        less = replace(manner, window=window)
        fit = less.fit(task, self._limits.tokens)
        if fit == refused:
            raise TooLong from error
        return less, fit

    async def _try(self, task: Task[T], manner: Manner, fit: Fit, call: Call, *, give_up_at: float) -> Completion:
        """Retries only where that may help, soon and in time."""
        form = manner.form(task)
        request: dict[str, Any] = {
            "model": self._model,
            "messages": manner.dialect.messages(task.messages(form, fit.parts)),
            **manner.dialect.parameters(
                task.schema,
                temperature=self._limits.temperature,
                max_tokens=fit.tokens,
                streams=task.read_cut_off is not None,
            ),
        }
        clock = asyncio.get_running_loop().time
        policy = RetryPolicy(self._limits.retries + 1, self._limits.first_pause, _LONGEST_PAUSE)
        return await policy.run(
            lambda: call.send(request, tokens=fit.tokens),
            is_passing,
            requested_wait=requested_wait,
            time_left=lambda: give_up_at - clock(),
        )


def _simpler(dialect: Dialect, error: APIError) -> tuple[Dialect | None, Dialect | None]:
    """Without what the server complains about by name, else a guess at what it may not know."""
    if not isinstance(error, APIStatusError) or not is_complaint(error):
        return None, None
    named = dialect.simpler(complaint(error))
    return named, None if named else dialect.plainer()


def _read(task: Task[T], form: Form, completion: Completion) -> T:
    text = completion.text()
    try:
        is_read_whole = not completion.is_cut_off or (completion.has_ended and task.read_cut_off is None)
        said = task.read(text) if is_read_whole else _so_far(task, text)
    except AnswererError as error:
        problem = error
    else:
        if said is not None:
            return said
        problem = cut_off()
    if is_excuse(text):
        raise refused() from problem
    if task.schema is None or form is Form.LINES or task.schema.is_kept_to(text, is_cut_off=completion.is_cut_off):
        raise problem
    raise _NotHeldToJson(str(problem)) from problem


def _left(task: Task[T], call: Call) -> tuple[T, bool] | None:
    """Of the last attempt that came so far as to be of use, and whether it is whole."""
    for text in call.texts():
        if is_whole(text):
            with suppress(AnswererError):
                return task.read(text), True
        if (said := _so_far(task, text)) is not None:
            return said, False
    return None


def _so_far(task: Task[T], text: str) -> T | None:
    return task.read_cut_off(text) if task.read_cut_off else None
