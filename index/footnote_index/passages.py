"""Article -> passages: consecutive whole sentences, about as long as the embedding model reads well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from footnote.models import Article, Passage, Sentence
from footnote.sentences import split_sentences

TARGET_WORDS = 170
"""About 170 tokens of English. On MultiHop-RAG 135 words found fewer gold sentences (share@10 .59 against .62)."""

_WORD = re.compile(r"[^\W_]+|[^\w\s]")


def split_passages(article: Article) -> Iterator[Passage]:
    """Every sentence is in exactly one passage. One that is longer than the target is a passage of its own."""
    sentences: list[Sentence] = []
    words = 0
    for sentence in split_sentences(article.text):
        length = len(_WORD.findall(article.text, sentence.start, sentence.end))
        if sentences and words + length > TARGET_WORDS:
            yield Passage(article, tuple(sentences))
            sentences, words = [], 0
        sentences.append(sentence)
        words += length
    if sentences:
        yield Passage(article, tuple(sentences))
