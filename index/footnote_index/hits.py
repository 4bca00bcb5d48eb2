"""A retrieved passage, with how well it and its sentences match the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from footnote.models import Hit, Passage, Signals
from footnote.text.languages import DEFAULT
from footnote_index.embedders import ENGLISH_ONLY
from footnote_index.foreign_cosines import passage_cosine, sentence_cosines
from footnote_index.storage.lexical import Lexical, passage_header


def hit_of(
    question: str, lexical: Lexical, passage: Passage, score: float, cosines: Sequence[float], *, embedder: str
) -> Hit:
    """`cosines` are those of the sentences. Their mean is used as the passage's, which is not known for every
    passage.
    """
    text = passage.article.text
    quotes = [text[sentence.start : sentence.end] for sentence in passage.sentences]
    in_front = passage_header(passage.article, passage.headings)
    language = lexical.language_of(passage.article)
    whole, *coverages = lexical.coverage(question, [f"{in_front} {passage.text}", *quotes], language=language)
    cosine = float(np.mean(cosines))
    if embedder in ENGLISH_ONLY and language != DEFAULT:
        cosine = passage_cosine(cosine, whole, passage.text)
        cosines = sentence_cosines(cosines, coverages, passage.text)
    signals = tuple(Signals(*one) for one in zip(cosines, coverages, strict=True))
    return Hit(passage, score, Signals(cosine, whole), signals)
