"""Vectors from OpenAI, or from a server that speaks its embeddings API, such as Ollama, vLLM or llama.cpp.

Passages and sentences are embedded each for itself: such a server gives one vector a text, so there are no token
vectors to pool late.
"""

from footnote_index.embedders.openai.embedder import OpenAIEmbedder

__all__ = ["OpenAIEmbedder"]
