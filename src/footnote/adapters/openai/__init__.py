"""Answers from a language model, over OpenAI's Chat Completions, which Ollama, vLLM and llama.cpp speak as well."""

from footnote.adapters.openai.answerer import OpenAIAnswerer
from footnote.adapters.openai.chat import Chat, Limits
from footnote.adapters.openai.judge import OpenAIJudge
from footnote.adapters.openai.rewriter import OpenAIRewriter

__all__ = ["Chat", "Limits", "OpenAIAnswerer", "OpenAIJudge", "OpenAIRewriter"]
