"""Repeats calls to Discord while it is unavailable."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from footnote.adapters.retrying import RetryPolicy

T = TypeVar("T")

UNREACHABLE = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a call to Discord raises if it is refused or does not arrive."""


class Retry:
    """Repeats a call to Discord that failed for a temporary reason, with doubling pauses.

    discord.py repeats 429 and most 5xx itself, but not broken connections. Only for calls that may arrive twice: edits,
    and posts with an enforced nonce.
    """

    def __init__(self, attempts: int = 6, first_pause: float = 0.5) -> None:
        self._policy = RetryPolicy(attempts, first_pause)

    async def __call__(self, call: Callable[[], Awaitable[T]]) -> T:
        return await self._policy.run(call, is_passing)


def is_passing(error: BaseException) -> bool:
    """Whether the same call may succeed in a moment."""
    if isinstance(error, discord.HTTPException):
        return error.status == 429 or error.status >= 500
    return isinstance(error, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError | OSError | TimeoutError)


def is_discords(error: Exception) -> bool:
    """Whether Discord refused or could not be reached; everything else is our own error."""
    return isinstance(error, discord.HTTPException) or is_passing(error)


def code_of(error: Exception) -> int | None:
    """Discord's own number for what went wrong."""
    return error.code if isinstance(error, discord.HTTPException) else None


def failure_in_words(error: Exception) -> str:
    """What went wrong, for a log line; Discord's text is left out, because it may repeat what was sent."""
    if isinstance(error, discord.HTTPException):
        return f"{error.status}, code {error.code}"
    return type(error).__name__
