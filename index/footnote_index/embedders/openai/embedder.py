"""The embedder: sends texts and receives vectors, with retries."""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAI, OpenAIError, Timeout

from footnote.adapters.openai.bounded import TooMuch, bounded_client
from footnote.adapters.openai.failures import is_complaint, is_passing, requested_wait
from footnote.adapters.retrying import RetryPolicy
from footnote.errors import ModelError
from footnote.models import Passage
from footnote_index.building.reports import Expense
from footnote_index.embedders import PassageVectors, Pause
from footnote_index.embedders.openai.pace import RequestPace
from footnote_index.embedders.openai.requests import cut, requests_of, texts_of, tokens_of
from footnote_index.embedders.openai.responses import VectorsOfTexts, in_order, tokens_used, vector_of

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # local servers need none, but the SDK requires one
_USED_UP = "insufficient_quota"
_PARALLEL = 4
_LARGEST = 32_000_000
"""Bytes of a response: vectors of 4,096 decimals for 256 texts take 23 MB."""


@dataclass(frozen=True, slots=True)
class _Patience:
    """All in seconds; `time_limit` is for one attempt."""

    attempts: int
    time_limit: float
    longest_pause: float
    repeats_time_outs: bool


_BUILDING = _Patience(attempts=5, time_limit=60.0, longest_pause=60.0, repeats_time_outs=True)
_ASKING = _Patience(attempts=2, time_limit=8.0, longest_pause=2.0, repeats_time_outs=False)


class OpenAIEmbedder:
    """`price` is in dollars per million tokens. At most `tokens_per_minute` are sent for passages; a question is sent
    at once. `first_pause` is the pause in seconds before the first retry; it doubles each time.

    Raises ModelError, with one line that says what to do, whenever there are no usable vectors.
    """

    def __init__(
        self,
        client: OpenAI,
        *,
        model: str,
        price: float | None = None,
        tokens_per_minute: int | None = None,
        first_pause: float = 1.0,
    ) -> None:
        self._client = client.with_options(max_retries=0)  # the SDK's own retries cannot be stopped
        self._model = model
        self._price = price
        self._pace = RequestPace(tokens_per_minute)
        self._first_pause = first_pause
        self._encoding = "base64"  # a quarter of the size of decimals
        self._dimensions: int | None = None

    @classmethod
    def connect(
        cls,
        *,
        model: str,
        api_key: str | None = None,
        base_url: str | None = None,
        price: float | None = None,
        tokens_per_minute: int | None = None,
    ) -> Self:
        """To OpenAI, or to the server at `base_url`, which may need no key."""
        client = OpenAI(api_key=api_key or _NO_KEY, base_url=base_url or _OPENAI, http_client=bounded_client(_LARGEST))
        embedder = cls(client, model=model, price=price, tokens_per_minute=tokens_per_minute)
        weakref.finalize(embedder, client.close)  # an embedder lives as long as its index; nobody closes it
        return embedder

    @property
    def name(self) -> str:
        return f"openai:{self._model}"  # a model returns the same vectors wherever it is served

    def expense(self, passages: Sequence[Passage]) -> Expense:
        tokens = sum(tokens_of(set(texts_of(passage))) for passage in passages)
        return Expense(tokens, None if self._price is None else tokens / 1e6 * self._price)

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        """A text that occurs several times is sent once."""
        texts = list(dict.fromkeys(text for passage in passages for text in texts_of(passage)))
        requests = list(requests_of(texts))
        pool = ThreadPoolExecutor(_PARALLEL)
        try:
            answers = list(pool.map(lambda request: self._embed(request, _BUILDING, pause), requests))
        finally:
            pool.shutdown(cancel_futures=True)
        vectors = np.concatenate([answer.vectors for answer in answers])
        row_of = {text: row for row, text in enumerate(texts)}
        rows = [[row_of[text] for text in texts_of(passage)] for passage in passages]
        return PassageVectors(
            vectors[[first for first, *_ in rows]],
            vectors[[row for _, *sentences in rows for row in sentences]],
            sum(answer.tokens for answer in answers),
        )

    def embed_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embed([cut(question)], _ASKING, time.sleep).vectors[0]
        return vector

    def _embed(self, texts: Sequence[str], patience: _Patience, pause: Pause) -> VectorsOfTexts:
        def attempt() -> VectorsOfTexts:
            if patience is _BUILDING and (wait := self._pace.reserve(tokens_of(texts))):
                pause(wait)
            return self._read(self._send(texts, patience.time_limit), texts)

        policy = RetryPolicy(patience.attempts, self._first_pause, patience.longest_pause)
        try:
            return policy.run_blocking(
                attempt, lambda error: _may_pass(error, patience), requested_wait=requested_wait, pause=pause
            )
        except OpenAIError as error:
            raise self._as_model_error(error) from error

    def _send(self, texts: Sequence[str], time_limit: float) -> bytes:
        """The response's body. A server that does not support base64 is asked for decimals from then on."""
        try:
            return self._post(texts, time_limit)
        except APIStatusError as error:
            complaint = f"{error.param} {error.message}".casefold()
            is_about_encoding = "encoding_format" in complaint or "base64" in complaint
            if not (is_complaint(error) and is_about_encoding and self._encoding == "base64"):
                raise
        self._encoding = "float"
        return self._post(texts, time_limit)

    def _post(self, texts: Sequence[str], time_limit: float) -> bytes:
        """Read in chunks: the SDK's own time limit starts again with each, and never ends a response that
        trickles in.
        """
        give_up_at = time.monotonic() + time_limit
        create = self._client.embeddings.with_streaming_response.create
        timeout = Timeout(time_limit, connect=5.0)
        encoding: Any = self._encoding
        with create(model=self._model, input=list(texts), encoding_format=encoding, timeout=timeout) as response:
            body = bytearray()
            try:
                for piece in response.iter_bytes():
                    body += piece
                    if time.monotonic() > give_up_at:
                        raise APITimeoutError(response.http_request)
            except OpenAIError:
                raise
            except Exception as error:
                raise APIConnectionError(request=response.http_request) from error  # by the library below the SDK
        return bytes(body)

    def _read(self, body: bytes, texts: Sequence[str]) -> VectorsOfTexts:
        """Nothing in the response is trusted; the SDK does not validate what it gets."""
        try:
            fields = json.loads(body)
            vectors = np.stack([vector_of(one) for one in in_order(fields["data"])])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._unusable("a different number of vectors than texts") from error
        if len(vectors) != len(texts):
            raise self._unusable(f"{len(vectors)} vectors for {len(texts)} texts")
        self._check_dimensions(vectors.shape[1])
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise self._unusable("a vector that is not made of usable numbers")
        return VectorsOfTexts((vectors / lengths).astype(np.float32), tokens_used(fields) or tokens_of(texts))

    def _check_dimensions(self, found: int) -> None:
        self._dimensions = self._dimensions or found
        if not found or found != self._dimensions:
            raise self._unusable(f"vectors of {found} numbers after vectors of {self._dimensions}")

    def _unusable(self, what: str) -> ModelError:
        return ModelError(
            f"The embedding server returned {what} for the model {self._model}. Check that OPENAI_EMBEDDING_MODEL "
            "is an embedding model of that server."
        )

    def _as_model_error(self, error: OpenAIError) -> ModelError:
        if isinstance(error, APITimeoutError):
            return ModelError("The embedding server did not answer in time. Try again, or check OPENAI_BASE_URL.")
        if isinstance(error, APIStatusError):
            return ModelError(f"The embedding server {self._refusal(error)}")
        if isinstance(error, TooMuch):
            return self._unusable("an answer that is too large or compressed")
        return ModelError("The embedding server cannot be reached. Check the network and OPENAI_BASE_URL.")

    def _refusal(self, error: APIStatusError) -> str:
        match error.status_code:
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
                return "refused the key. Check OPENAI_API_KEY."
            case HTTPStatus.NOT_FOUND:
                return f"does not know the model {self._model}. Check OPENAI_EMBEDDING_MODEL and OPENAI_BASE_URL."
            case HTTPStatus.TOO_MANY_REQUESTS if error.code == _USED_UP:
                return "says that the quota is used up. Check the plan of OPENAI_API_KEY."
            case HTTPStatus.TOO_MANY_REQUESTS:
                return "is too busy. Try again later; OPENAI_EMBEDDING_TOKENS_PER_MINUTE slows a build down."
            case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                return f"failed ({status}). Try again later."
            case status if status < HTTPStatus.BAD_REQUEST:
                return "redirects to another address. Check OPENAI_BASE_URL."
            case status:
                return (
                    f"refused the request ({status}). "
                    "Check that OPENAI_EMBEDDING_MODEL is an embedding model that reads texts of 500 tokens."
                )


def _may_pass(error: BaseException, patience: _Patience) -> bool:
    return patience.repeats_time_outs if isinstance(error, APITimeoutError) else is_passing(error)
