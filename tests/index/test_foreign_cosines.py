"""What replaces the cosines of an English embedder in other languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_files import write_articles
from word_reader import WordReader

from footnote.models.collections import EVERYTHING
from footnote_index.embedders.minilm import MiniLM
from footnote_index.foreign_cosines import passage_cosine, sentence_cosines
from footnote_index.index import Index

CHINESE = "港口于1902年建成。它有三座灯塔。每艘船付五十元。"


def test_in_other_letters_words_alone_count() -> None:
    assert sentence_cosines([0.9, 0.1], [0.0, 1.0], CHINESE) == pytest.approx([0.2, 0.7])
    assert passage_cosine(0.9, 0.0, CHINESE) == pytest.approx(0.2)


def test_in_latin_letters_both_count() -> None:
    (told,) = sentence_cosines([0.6], [0.5], "Der Hafen wurde 1902 eröffnet.")
    assert told == pytest.approx((0.6 + 0.45) / 2)


@pytest.mark.parametrize(
    ("question", "text", "is_by_words"),
    [
        ("港口是哪一年建成的？", CHINESE, True),
        ("When did the port open?", "It opened in 1902. Ships call.", False),
    ],
)
async def test_only_other_languages_are_looked_at_by_words(
    tmp_path: Path, minilm: MiniLM, question: str, text: str, is_by_words: bool
) -> None:
    write_articles(tmp_path / "articles", {"a.txt": f"A title\n\n{text}"})
    index = Index(tmp_path / "articles", tmp_path / "data", lambda: minilm, reader=WordReader())
    await index.build(started_by="a test", on_progress=lambda _: None)
    (hit,) = (await index.retrieve(question, readable=EVERYTHING)).hits
    by_words = [0.2 + 0.5 * one.coverage for one in hit.sentences]
    assert ([one.cosine for one in hit.sentences] == pytest.approx(by_words)) is is_by_words
    await index.close()
