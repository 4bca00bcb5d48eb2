"""Makes src/footnote/adapters/e5/means.npz, the mean vectors of multilingual-e5-small:
`python training/e5_means.py SET_DIR ...`, each an evaluation set in a language of its own.

The file there is made of XQuAD's dev questions and articles in German, Spanish, Russian and Chinese, and SQuAD 2.0's in
English: 400 of each, and 60 questions and passages for the means of tokens. Each language counts alike.
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

TAKEN, TAKEN_FOR_TOKENS = 400, 60

Mean = NDArray[np.float32]


def main(folders: list[str]) -> None:
    model = MultilingualE5(Path("var") / "models")
    chance = random.Random(7)
    read = [(_questions(Path(folder)), _passages(Path(folder))) for folder in folders]
    questions, sentences, asked_tokens, said_tokens = list[Mean](), list[Mean](), list[Mean](), list[Mean]()
    for asked, passages in read:
        said = [sentence for passage in passages for sentence in passage]
        for means, prefix, texts in ((questions, "query: ", asked), (sentences, "passage: ", said)):
            taken = chance.sample(texts, min(TAKEN, len(texts)))
            means.append(model.published([prefix + text for text in taken])[0].mean(axis=0))
    for asked, passages in read:
        asked_tokens.append(_of_tokens(model, "query: ", chance.sample([[one] for one in asked], TAKEN_FOR_TOKENS)))
        said_tokens.append(_of_tokens(model, "passage: ", chance.sample(passages, TAKEN_FOR_TOKENS)))
    np.savez(
        MEANS,
        questions=np.mean(questions, axis=0),
        sentences=np.mean(sentences, axis=0),
        question_tokens=np.mean(asked_tokens, axis=0),
        passage_tokens=np.mean(said_tokens, axis=0),
    )


def _questions(folder: Path) -> list[str]:
    lines = (folder / "questions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def _passages(folder: Path) -> list[list[str]]:
    """The sentences of each."""
    articles = folder / "articles"
    return [
        [article.text[sentence.start : sentence.end] for sentence in passage.sentences]
        for article in read_articles(find_articles(articles), articles)
        if isinstance(article, Article)
        for passage in split_passages(article)
    ]


def _of_tokens(model: MultilingualE5, prefix: str, texts: list[list[str]]) -> Mean:
    mean: Mean = np.concatenate([found for found, _ in model.tokens([(prefix, text) for text in texts])]).mean(axis=0)
    return mean


if __name__ == "__main__":
    main(sys.argv[1:])
