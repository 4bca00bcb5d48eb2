"""What writes the answers, by the settings: a language model with a fallback, or no model at all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from footnote.answering.circuit_breaker import CircuitBreaker
from footnote.answering.conversation import CarryOver
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.fallback import RestingJudge, RewriterWithFallback, WithFallback
from footnote.answering.time_limit import TimeLimit
from footnote.ports import Answerer, Judge, Meter, Rewriter
from footnote_bot.settings import Settings

if TYPE_CHECKING:
    from footnote.adapters.openai import Chat  # not at run time: it takes a second, and is not always needed

_GRACE = 1.0
"""Seconds after which a call that exceeds its own limit is given up."""


@dataclass(frozen=True, slots=True)
class Answerers:
    """What writes answers, rewrites questions so that they stand alone, and judges claims."""

    answerer: Answerer
    rewriter: Rewriter
    judge: Judge | None = None


@asynccontextmanager
async def opened_answerers(settings: Settings, meter: Meter) -> AsyncIterator[Answerers]:
    """The writers that the settings choose. A language model falls back to those that need none."""
    if not settings.uses_language_model:
        yield Answerers(ExtractiveAnswerer(), CarryOver())
        return
    from footnote.adapters.openai import OpenAIAnswerer, OpenAIJudge, OpenAIRewriter

    breaker = CircuitBreaker(monotonic)
    time = TimeLimit(settings.openai_time_limit, has_judge=bool(settings.openai_judge_model))
    in_short = time.in_short
    async with AsyncExitStack() as stack:
        chat = await stack.enter_async_context(_chat(settings, settings.openai_model, meter))
        judge = None
        if settings.openai_judge_model:
            judging = await stack.enter_async_context(_chat(settings, settings.openai_judge_model, meter))
            judge = RestingJudge(OpenAIJudge(judging, seconds=in_short), breaker, deadline=in_short + _GRACE)
        answerer = OpenAIAnswerer(chat, seconds=time)
        rewriter = OpenAIRewriter(chat, seconds=in_short)
        yield Answerers(
            WithFallback(
                answerer, ExtractiveAnswerer(), breaker, deadline=lambda question: time.of_answer(question) + _GRACE
            ),
            RewriterWithFallback(rewriter, CarryOver(), breaker, deadline=in_short + _GRACE),
            judge,
        )


@asynccontextmanager
async def _chat(settings: Settings, model: str, meter: Meter) -> AsyncIterator[Chat]:
    from footnote.adapters.openai import Chat, Limits

    chat = Chat.connect(
        meter,
        model=model,
        api_key=settings.openai_key,
        base_url=settings.openai_base_url,
        limits=Limits(settings.openai_temperature, settings.openai_max_tokens, settings.openai_retries),
    )
    try:
        yield chat
    finally:
        await chat.close()
