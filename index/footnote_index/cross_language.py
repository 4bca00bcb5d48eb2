"""Cosines of passages in another language than the question.

Across languages, vectors of whole sentences are further apart, especially if the languages have little in common, and
say less about which sentence answers. Comparing token by token, with each sentence read inside its passage, says more.
It takes a forward pass for each passage, so it is done for the first few only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from footnote.models import Hit
from footnote.text.languages import language_of
from footnote.text.terms import question_language
from footnote_index.embedders import ComparesWords, Embedder

COMPARED = 8
"""How many hits: as many as are read."""

_BY_VECTORS = 0.4
_LEAST, _SLOPE = -0.1, 1.2
"""How the comparison by tokens is turned into a cosine. All three were chosen on XQuAD's dev questions in German,
Spanish, Russian and Chinese over English articles; docs/languages.md has the figures.
"""


def compared(embedder: Embedder | ComparesWords, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with other cosines where the languages differ, if the embedder can compare these. Raises ModelError."""
    if not isinstance(embedder, ComparesWords):
        return tuple(hits)
    asked_in = question_language(question)
    crossed = [at for at, hit in enumerate(hits[:COMPARED]) if language_of(hit.passage.article.text) != asked_in]
    if not crossed:
        return tuple(hits)
    found = embedder.alike(question, [hits[at].passage for at in crossed])
    by_place = {at: _with(hits[at], alike.tolist()) for at, alike in zip(crossed, found, strict=True)}
    return tuple(by_place.get(at, hit) for at, hit in enumerate(hits))


def _with(hit: Hit, alike: Iterable[float]) -> Hit:
    sentences = tuple(
        replace(one, cosine=_BY_VECTORS * one.cosine + (1 - _BY_VECTORS) * (_LEAST + _SLOPE * share))
        for one, share in zip(hit.sentences, alike, strict=True)
    )
    mean = float(np.mean([one.cosine for one in sentences]))
    return replace(hit, signals=replace(hit.signals, cosine=mean), sentences=sentences)
