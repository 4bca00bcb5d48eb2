"""multilingual-e5-small on the CPU: questions and passages in a hundred languages, which may differ from each other.

Each sentence is embedded separately, and a passage's vector is the mean of its sentences'. With late pooling, as for
MiniLM, the sentences of a passage are too similar: on XQuAD's dev questions they put the right one first for .50 to
.66, and separately embedded ones for .68 to .76.

All its vectors point in nearly the same direction: two unrelated texts have a cosine of .75. Their common part is
subtracted (Mu and Viswanath, arXiv:1702.01417), so that cosines mean the same as with MiniLM.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.bert.tokenizer import tokenizer_of
from footnote.adapters.e5.characters import plain_text
from footnote.adapters.e5.weights import MEANS, converted, find_model
from footnote.models import Passage, Sentence
from footnote_index.embedders import PassageVectors, Pause, Vectors
from footnote_index.embedders.encoder import DIMENSIONS, Encoder, unit

_QUESTION, _SENTENCE = "query: ", "passage: "
"""The prefixes that the model was trained with (Wang et al., arXiv:2402.05672)."""

_BATCH = 8
"""Sentences per forward pass: together about as long as a passage."""


class MultilingualE5:
    """Raises ModelError when its package is not installed."""

    name = "multilingual-e5-small"

    def __init__(self, models: Path, *, weights: Path | None = None, cores: int | None = None) -> None:
        folder = converted(weights or find_model(), models)
        self._encoder = Encoder(folder, cores=cores)
        self._tokenizer = tokenizer_of(folder)
        means = np.load(MEANS)
        self._question_mean, self._sentence_mean = means["questions"], means["sentences"]
        self._asked_mean, self._said_mean = means["question_tokens"], means["passage_tokens"]
        self._plain = plain_text(folder)

    def expense(self, passages: Sequence[Passage]) -> None:
        """No cost but time."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        texts = [
            _SENTENCE + passage.article.text[sentence.start : sentence.end]
            for passage in passages
            for sentence in passage.sentences
        ]
        published, tokens = self.published(texts)
        sentences = unit(published - self._sentence_mean)
        begins = np.cumsum([0, *(len(passage.sentences) for passage in passages[:-1])])
        return PassageVectors(unit(np.add.reduceat(sentences, begins, axis=0)), sentences, tokens)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        ((vector,), _) = self.published([_QUESTION + question])
        return unit(vector - self._question_mean)

    def alike(self, question: str, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
        """The mean, over the tokens of the question, of the cosine to the nearest token of the sentence, each read
        inside its passage (Khattab and Zaharia, arXiv:2004.12832).
        """
        ((asked, _),) = self.tokens([(_QUESTION, [question])])
        asked = unit(asked - self._asked_mean)
        texts = [(_SENTENCE, [_quote(passage, sentence) for sentence in passage.sentences]) for passage in passages]
        return [
            _best_of_each(asked @ unit(said - self._said_mean).T, sentence_of, len(sentences))
            for (said, sentence_of), (_, sentences) in zip(self.tokens(texts), texts, strict=True)
        ]

    def tokens(self, texts: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[Vectors, NDArray[np.intp]]]:
        """For each text, which is a prefix and sentences: a unit vector for each token of the sentences, and the
        sentence that it belongs to.
        """
        plain = [(front, [*map(self._plain, sentences)]) for front, sentences in texts]
        encodings = self._tokenizer.encode_batch([front + " ".join(sentences) for front, sentences in plain])
        found: list[tuple[Vectors, NDArray[np.intp]]] = [_NO_TOKENS] * len(texts)

        def take(row: int, hidden: Vectors) -> None:
            front, sentences = plain[row]
            starts = np.cumsum([len(front), *(len(sentence) + 1 for sentence in sentences[:-1])])
            last = [end - 1 for _, end in encodings[row].offsets]  # a token may begin with the space before it
            sentence_of = np.searchsorted(starts, last, side="right") - 1
            is_said = sentence_of >= 0  # not the prefix, nor the special tokens, whose offsets are 0
            found[row] = unit(hidden[is_said]), sentence_of[is_said]

        self._encoder.run([encoding.ids for encoding in encodings], take, at_once=1)
        return found

    def published(self, texts: Sequence[str]) -> tuple[Vectors, int]:
        """The model's own vectors of texts with their prefix, and how many tokens they have."""
        ids = self._ids(texts)
        vectors = np.empty((len(ids), DIMENSIONS), np.float32)

        def pool(row: int, hidden: Vectors) -> None:
            vectors[row] = unit(hidden.mean(axis=0))

        if len(ids) == 1:
            pool(0, *self._encoder.encode(ids))
        else:
            self._encoder.run(ids, pool, at_once=_BATCH)
        return vectors, sum(map(len, ids))

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch([*map(self._plain, texts)])]


_NO_TOKENS = np.empty((0, DIMENSIONS), np.float32), np.empty(0, np.intp)


def _quote(passage: Passage, sentence: Sentence) -> str:
    return passage.article.text[sentence.start : sentence.end]


def _best_of_each(cosines: Vectors, sentence_of: NDArray[np.intp], count: int) -> NDArray[np.float32]:
    """`cosines`: (tokens of the question, tokens of a passage). 0 for a sentence that the model did not read."""
    return np.array(
        [
            cosines[:, sentence_of == one].max(axis=1).mean() if (sentence_of == one).any() else 0
            for one in range(count)
        ],
        np.float32,
    )
