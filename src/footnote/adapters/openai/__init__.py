"""Answers from a language model, over OpenAI's Chat Completions, which Ollama, vLLM and llama.cpp speak as well."""

from footnote.adapters.openai.answerer import OpenAIAnswerer

__all__ = ["OpenAIAnswerer"]
