"""Makes src/footnote/adapters/e5/means.npz, the mean vectors of multilingual-e5-small:
`python training/e5_means.py SET_DIR ...`, each an evaluation set in a language of its own.

The file there is made of XQuAD's dev questions and articles in German, Spanish, Russian and Chinese, and SQuAD 2.0's in
English: 400 of each. Each language counts alike.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.e5.weights import MEANS
from footnote.models import Article
from footnote_index.embedders.multilingual import MultilingualE5
from footnote_index.loaders.folder import find_articles, read_articles
from footnote_index.passages import split_passages

TAKEN = 400


def main(folders: list[str]) -> None:
    model = MultilingualE5(Path("var") / "models")
    chance = random.Random(7)
    questions: list[NDArray[np.float32]] = []
    sentences: list[NDArray[np.float32]] = []
    for folder in map(Path, folders):
        asked = [json.loads(line)["question"] for line in (folder / "questions.dev.jsonl").open(encoding="utf-8")]
        said = [
            article.text[sentence.start : sentence.end]
            for article in read_articles(find_articles(folder / "articles"), folder / "articles")
            if isinstance(article, Article)
            for passage in split_passages(article)
            for sentence in passage.sentences
        ]
        for means, prefix, texts in ((questions, "query: ", asked), (sentences, "passage: ", said)):
            taken = chance.sample(texts, min(TAKEN, len(texts)))
            means.append(model.published([prefix + text for text in taken])[0].mean(axis=0))
    np.savez(MEANS, questions=np.mean(questions, axis=0), sentences=np.mean(sentences, axis=0))


if __name__ == "__main__":
    main(sys.argv[1:])
