"""Passages -> the texts to send, in requests that a server accepts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from footnote.models import Passage

_TEXTS, _BYTES = 256, 64_000
"""Limits of one request; OpenAI accepts 2,048 texts and 300,000 tokens. A chunk of passages becomes about four, sent at
once.
"""

_LONGEST_TEXT = 8_000
"""Bytes. OpenAI's models read 8,191 tokens, and no token is shorter than a byte; longer texts are cut off. Passages
have about 1,000.
"""

_BYTES_A_TOKEN = 4
"""Approximate, for OpenAI's tokenizers and most languages."""


def texts_of(passage: Passage) -> list[str]:
    """What is sent for a passage: its text, then its sentences."""
    text = passage.article.text
    return [cut(passage.text), *(cut(text[sentence.start : sentence.end]) for sentence in passage.sentences)]


def cut(text: str) -> str:
    """The beginning of a text that is too long for a model."""
    return text.encode()[:_LONGEST_TEXT].decode(errors="ignore")


def tokens_of(texts: Sequence[str] | set[str]) -> int:
    """The approximate number of tokens of texts."""
    return sum(math.ceil(len(text.encode()) / _BYTES_A_TOKEN) for text in texts)


def requests_of(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts in order, as many in a request as a server accepts."""
    request: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode())
        if request and (len(request) == _TEXTS or size + length > _BYTES):
            yield request
            request, size = [], 0
        request.append(text)
        size += length
    yield request
