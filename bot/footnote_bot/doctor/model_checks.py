"""The server of a language model or of embeddings: whether it answers, has the model, and reads enough at once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from footnote_bot.doctor.findings import Finding, bad, ok, warning

PROMPT_TOKENS = 4_000
"""About how much of a model's context a question with its sentences takes."""

_TIME_LIMIT = aiohttp.ClientTimeout(total=10)
_OF_A_LIST = ("max_model_len", "context_length", "max_context_length", "n_ctx")
_OLLAMAS_DEFAULT = 4_096
_NUM_CTX = re.compile(r"^num_ctx\s+(\d+)", re.MULTILINE)
_FAILURES = (aiohttp.ClientError, TimeoutError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class ModelSetup:
    """`base_url` is None for OpenAI itself; `answer_tokens` is how many tokens an answer may have, 0 for embeddings."""

    model: str
    base_url: str | None
    key: str | None = field(repr=False)
    answer_tokens: int = 0


async def model_findings(subject: str, setup: ModelSetup) -> AsyncIterator[Finding]:
    """Requests the list of models, which costs nothing."""
    base = (setup.base_url or "https://api.openai.com/v1").rstrip("/")
    headers = {"Authorization": f"Bearer {setup.key}"} if setup.key else {}
    async with aiohttp.ClientSession(timeout=_TIME_LIMIT, headers=headers, trust_env=True) as session:
        try:
            async with session.get(f"{base}/models") as response:
                status = response.status
                listed = _listed(await response.json(content_type=None)) if status == 200 else None
        except _FAILURES as error:
            line = f"{base} cannot be reached ({type(error).__name__})"
            yield bad(subject, line, "start the server, or correct OPENAI_BASE_URL")
            return
        yield _served(subject, setup, base, status, listed)
        if status == 200 and setup.answer_tokens and setup.base_url:
            yield await _context(session, subject, setup, base, (listed or {}).get(setup.model, {}))


def _served(subject: str, setup: ModelSetup, base: str, status: int, listed: Mapping[str, Any] | None) -> Finding:
    if status in {401, 403}:
        return bad(subject, f"{base} refuses the key", "check OPENAI_API_KEY")
    if status in {404, 405}:
        return warning(subject, f"{base} lists no models", "if answers fail, check OPENAI_BASE_URL: most end in /v1")
    if status != 200:
        return bad(subject, f"{base} answers with status {status}", "check the server's log")
    if listed is None:
        return ok(subject, f"{base} answers, but does not say which models it has")
    if not _names(listed, setup.model):
        others = ", ".join([*listed][:3]) or "none"
        return bad(subject, f"{base} has no model {setup.model}", f"load it, or choose one of those it has: {others}")
    return ok(subject, f"{base} answers and has {setup.model}")


async def _context(
    session: aiohttp.ClientSession, subject: str, setup: ModelSetup, base: str, about: Mapping[str, Any]
) -> Finding:
    subject = f"{subject}'s context"
    needed = PROMPT_TOKENS + setup.answer_tokens
    root = base.removesuffix("/v1")
    found = _number(about) or await _of_llama_cpp(session, root) or await _of_ollama(session, root, setup.model)
    if found is None:
        return ok(subject, f"the server does not say; at least {needed:,} tokens are needed")
    if found < needed:
        advice = f"raise it to {needed:,} or more (Ollama: OLLAMA_CONTEXT_LENGTH; llama.cpp: -c), or lower "
        return bad(subject, f"{found:,} tokens are too few", f"{advice}OPENAI_MAX_TOKENS")
    return ok(subject, f"{found:,} tokens")


async def _of_llama_cpp(session: aiohttp.ClientSession, root: str) -> int | None:
    properties = await _json(session, "GET", f"{root}/props")
    settings = properties.get("default_generation_settings")
    return _number(settings) if isinstance(settings, dict) else None


async def _of_ollama(session: aiohttp.ClientSession, root: str, model: str) -> int | None:
    """What its model file says, or else Ollama's default; what the model could read does not matter."""
    about = await _json(session, "POST", f"{root}/api/show", {"model": model})
    if "model_info" not in about:
        return None
    found = _NUM_CTX.search(str(about.get("parameters", "")))
    return int(found[1]) if found else _OLLAMAS_DEFAULT


async def _json(
    session: aiohttp.ClientSession, method: str, url: str, body: dict[str, str] | None = None
) -> dict[str, Any]:
    try:
        async with session.request(method, url, json=body) as response:
            found = await response.json(content_type=None) if response.status == 200 else {}
    except _FAILURES:
        return {}
    return found if isinstance(found, dict) else {}


def _listed(answer: object) -> dict[str, dict[str, Any]] | None:
    """The models by their names; None if the list does not have the usual form."""
    if not isinstance(answer, dict) or "data" not in answer:
        return None
    models = answer["data"]
    return {str(one["id"]): one for one in models or () if isinstance(one, dict) and "id" in one}


def _names(listed: Mapping[str, Any], model: str) -> bool:
    """Ollama knows `llama3` as `llama3:latest`."""
    return model in listed or f"{model}:latest" in listed


def _number(about: Mapping[str, Any]) -> int | None:
    return next((int(about[name]) for name in _OF_A_LIST if isinstance(about.get(name), int)), None)
