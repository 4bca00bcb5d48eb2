"""The answerer that writes: a language model drafts claims from the candidate sentences."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Self

from openai import APIStatusError, AsyncOpenAI, OpenAIError, Timeout

from footnote.adapters.openai.dialect import Dialect
from footnote.adapters.openai.failures import SLOW, as_answerer_error, is_complaint, is_passing, retry_after
from footnote.adapters.openai.parsing import read_claims, read_completion
from footnote.adapters.openai.prompt import messages
from footnote.errors import AnswererError
from footnote.models import Candidate
from footnote.ports import Asker, Draft, OnClaims

log = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # servers of one's own want none, but the SDK insists
_LONGEST_CONNECT = 5.0
_LONGEST_PAUSE = 5.0  # seconds; whoever asks should rather have the fallback's answer than wait longer


class OpenAIAnswerer:
    """Implements `Answerer`. It remembers what its server could not understand, and does not try that again.

    `time_limit` (seconds) holds for a whole draft, `retries` and simpler ways to ask included. `draft` raises
    AnswererError whenever it has no draft.
    """

    name = "openai"

    def __init__(
        self,
        client: AsyncOpenAI,
        *,
        model: str,
        dialect: Dialect | None = None,
        temperature: float = 0.0,
        max_tokens: int = 2000,
        time_limit: float = 28.0,
        retries: int = 2,
        first_pause: float = 0.5,
    ) -> None:
        # Its own retries would wait for as long as a server says, up to two minutes, and repeat time-outs.
        timeout = Timeout(time_limit, connect=min(_LONGEST_CONNECT, time_limit))
        self._client = client.with_options(max_retries=0, timeout=timeout)
        self._model = model
        self._dialect = dialect or Dialect()
        self._temperature = temperature
        self._max_tokens = max_tokens
        self._time_limit = time_limit
        self._retries = retries
        self._first_pause = first_pause

    @classmethod
    def connect(cls, *, model: str, api_key: str | None = None, base_url: str | None = None) -> Self:
        """To OpenAI, or to the server at `base_url`, which may need no key."""
        client = AsyncOpenAI(api_key=api_key or _NO_KEY, base_url=base_url or _OPENAI)
        return cls(client, model=model, dialect=Dialect() if base_url else Dialect(limits=("max_completion_tokens",)))

    async def close(self) -> None:
        await self._client.close()

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,
        on_claims: OnClaims | None = None,
    ) -> Draft:
        try:
            async with asyncio.timeout(self._time_limit) as limit:
                dialect, body = await self._ask(question, candidates, give_up_at=limit.when() or 0.0)
        except OpenAIError as error:
            raise as_answerer_error(error) from error
        except TimeoutError as error:
            raise AnswererError(SLOW) from error
        completion = read_completion(body)
        usage = completion.tokens()
        if usage:
            log.info(
                "%s: %d prompt tokens (%d cached), %d completion tokens",
                self._model,
                usage.prompt,
                usage.cached,
                usage.completion,
            )
        return Draft(read_claims(completion.text(), dialect.form), self.name)

    async def _ask(
        self, question: str, candidates: Mapping[str, Candidate], *, give_up_at: float
    ) -> tuple[Dialect, bytes]:
        """What is learned is kept only when it helps: the request may be wrong in another way than its dialect."""
        dialect = self._dialect
        while True:
            request = {
                "model": self._model,
                "messages": messages(question, candidates, dialect.form),
                **dialect.parameters(temperature=self._temperature, max_tokens=self._max_tokens),
            }
            try:
                body = await self._post(request, give_up_at=give_up_at)
            except APIStatusError as error:
                simpler = dialect.simpler(_complaint(error)) if is_complaint(error) else None
                if simpler is None:
                    raise
                dialect = simpler
            else:
                if dialect != self._dialect:
                    log.info("%s: from now on asked with %s", self._model, dialect)
                self._dialect = dialect
                return dialect, body

    async def _post(self, request: dict[str, Any], *, give_up_at: float) -> bytes:
        """The response's body. Retries only where that may help, soon and in time."""
        for attempt in range(self._retries + 1):
            try:
                return await self._send(request)
            except OpenAIError as error:
                asked_for = retry_after(error)
                pause = self._first_pause * 2**attempt if asked_for is None else asked_for
                is_too_long = pause > _LONGEST_PAUSE or asyncio.get_running_loop().time() + pause >= give_up_at
                if attempt == self._retries or is_too_long or not is_passing(error):
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _send(self, request: dict[str, Any]) -> bytes:
        try:
            response = await self._client.chat.completions.with_raw_response.create(**request)
        except OpenAIError:
            raise
        except Exception as error:
            raise AnswererError("The language model could not be asked.") from error  # by what the SDK stands on
        body: bytes = response.content
        return body


def _complaint(error: APIStatusError) -> str:
    return str(error.param or error.message).casefold()
