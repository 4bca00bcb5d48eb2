"""An embedder without a model, for indexes that are only built. It can be pickled."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scripted_embeddings import bag_of_words

from footnote.errors import ModelError
from footnote.models import Passage
from footnote_index.embedders import PassageVectors, Pause


class CountedWords:
    """Bags of words."""

    name = "bags"

    def expense(self, passages: Sequence[Passage]) -> None:
        """Nothing."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        texts = [passage.text for passage in passages]
        sentences = [passage.article.text[cut.start : cut.end] for passage in passages for cut in passage.sentences]
        return PassageVectors(_unit(texts), _unit(sentences), len(texts))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = _unit([question])[0]
        return vector


class Broken(CountedWords):
    """Never works."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        logging.getLogger("embedder").warning("It %s.", "does not work")
        raise ModelError("The server is down.")


class Slow(CountedWords):
    """Never done."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        pause(600)
        return super().embed_passages(passages)


def _unit(texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = np.array([bag_of_words(text) for text in texts])
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
