"""Vectors from OpenAI, or from a server that speaks its embeddings API, such as Ollama, vLLM or llama.cpp.

Passages and sentences are embedded separately: such a server returns one vector per text, so there are no token vectors
for late pooling.
"""

from footnote_index.embedders.openai.embedder import OpenAIEmbedder

__all__ = ["OpenAIEmbedder"]
