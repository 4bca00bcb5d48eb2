"""The one reader of model servers, for chat, judge and embeddings: no answer is larger than it may be, compressed or
not, and none leads to another server.

It sits below the SDK, on the bytes of each response, and so holds for all that the SDK makes of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache
from ssl import SSLContext

import httpx2
from openai import DefaultAsyncHttpxClient, DefaultHttpxClient, OpenAIError

_LONGEST_LINE = 1_000_000
"""Bytes of one line of an event stream: one event has a few hundred."""

_HEADERS = {"Accept-Encoding": "identity"}
"""What comes compressed all the same is refused: a few kB may be a bomb."""


class TooMuch(OpenAIError):
    """A response is larger than it may be, or compressed."""


def bounded_async_client(size: int) -> httpx2.AsyncClient:
    """For the SDK. Responses may have `size` bytes; redirects are not followed: they would carry the question and the
    key to another server.
    """

    async def bound(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - an async client has no other
        response.stream = _AsyncBounded(response.stream, _Count(response, size))

    return DefaultAsyncHttpxClient(
        follow_redirects=False, headers=_HEADERS, event_hooks={"response": [bound]}, verify=_certificates()
    )


def bounded_client(size: int) -> httpx2.Client:
    """Like `bounded_async_client`, blocking."""

    def bound(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.SyncByteStream)  # noqa: S101 - a blocking client has no other
        response.stream = _Bounded(response.stream, _Count(response, size))

    return DefaultHttpxClient(
        follow_redirects=False, headers=_HEADERS, event_hooks={"response": [bound]}, verify=_certificates()
    )


@cache
def _certificates() -> SSLContext:
    """Read once for all clients: it takes 25 ms of processor time."""
    return httpx2.create_ssl_context()


class _Count:
    """What has come of one response."""

    def __init__(self, response: httpx2.Response, size: int) -> None:
        self._is_compressed = response.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
        self._is_of_lines = response.headers.get("Content-Type", "").startswith("text/event-stream")
        self._size = size
        self._received = 0
        self._line = 0

    def add(self, piece: bytes) -> bytes:
        """The piece. Raises TooMuch."""
        self._received += len(piece)
        end = piece.rfind(b"\n")
        self._line = len(piece) - end - 1 if end >= 0 else self._line + len(piece)
        if self._is_compressed or self._received > self._size or (self._is_of_lines and self._line > _LONGEST_LINE):
            raise TooMuch
        return piece


class _AsyncBounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, count: _Count) -> None:
        self._stream = stream
        self._count = count

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield self._count.add(piece)

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, count: _Count) -> None:
        self._stream = stream
        self._count = count

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            yield self._count.add(piece)

    def close(self) -> None:
        self._stream.close()
