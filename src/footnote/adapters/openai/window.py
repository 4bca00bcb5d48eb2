"""How much a model reads and writes at once: asked where its server says it, and learned from what it refuses."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from openai import APIError, AsyncOpenAI

from footnote.adapters.openai.dialect import Messages
from footnote.adapters.openai.failures import told_limit

log = logging.getLogger(__name__)

_ASKED_WITHIN = 2.0
"""Seconds."""

_NAMES = ("loaded_context_length", "max_model_len", "n_ctx", "context_window", "context_length", "max_context_length")
"""What LM Studio, vLLM, llama.cpp, Groq, OpenRouter and Mistral call it in their lists of models."""

_BYTES_PER_TOKEN = 3
"""On the safe side: English has about four."""

_ROOM_FOR_ANSWER = 400
"""Tokens. A claim takes about 60."""

_LEAST_ANSWER = 64
_STEP = 2 / 3


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a task goes into a window: so many of its parts, and so many tokens for the answer."""

    parts: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Window:
    """`tokens` of prompt and answer together; None where nobody says."""

    tokens: int | None = None

    def fit(self, messages: Callable[[int], Messages], parts: int, *, tokens: int) -> Fit:
        """As many parts as go in, at least one if there are any, and up to so many tokens for the answer."""
        if self.tokens is None:
            return Fit(parts, tokens)
        least = min(parts, 1)
        room = self.tokens - min(tokens, _ROOM_FOR_ANSWER)
        chosen = next((most for most in range(parts, least, -1) if size(messages(most)) <= room), least)
        return Fit(chosen, max(_LEAST_ANSWER, min(tokens, self.tokens - size(messages(chosen)))))

    def smaller(self, error: APIError, messages: Callable[[int], Messages], refused: Fit) -> Window:
        """One that holds what the server says, and less than what it refused."""
        told = told_limit(error)
        below = int(size(messages(refused.parts)) * _STEP) + min(refused.tokens, _ROOM_FOR_ANSWER)
        if told is None:
            return Window(below)
        fits_as_well = Window(told).fit(messages, refused.parts, tokens=refused.tokens) == refused
        return Window(min(told, below) if fits_as_well else told)


def size(messages: Messages) -> int:
    """Tokens, estimated."""
    return sum(len(message["content"].encode(errors="replace")) for message in messages) // _BYTES_PER_TOKEN


async def asked(client: AsyncOpenAI, model: str) -> Window:
    """What the server's list of models says, or the properties of llama.cpp's."""
    tokens = _of_model(await _get(client, "/models"), model)
    if tokens is None:
        tokens = _of_properties(await _get(client, re.sub(r"(?:/v1)?/?\Z", "/props", str(client.base_url), count=1)))
    if tokens is not None:
        log.info("%s: reads and writes %d tokens at once", model, tokens)
    return Window(tokens)


async def _get(client: AsyncOpenAI, path: str) -> object:
    """JSON; None when the server has nothing to say there."""
    try:
        return await client.get(path, cast_to=object, options={"timeout": _ASKED_WITHIN, "max_retries": 0})
    except Exception as error:  # noqa: BLE001 - whatever it is, the question can be asked without it
        log.debug("%s: %s", path, type(error).__name__)
        return None


def _of_model(listed: object, model: str) -> int | None:
    data = listed.get("data") if isinstance(listed, dict) else None
    entries = [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
    named = [entry for entry in entries if entry.get("id") == model]
    for entry in named or (entries if len(entries) == 1 else []):
        meta = entry.get("meta")
        about = {**meta, **entry} if isinstance(meta, dict) else entry
        return next(filter(None, (_tokens(about.get(name)) for name in _NAMES)), None)
    return None


def _of_properties(properties: object) -> int | None:
    if not isinstance(properties, dict):
        return None
    usual = properties.get("default_generation_settings")
    return _tokens(usual.get("n_ctx") if isinstance(usual, dict) else properties.get("n_ctx"))


def _tokens(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
