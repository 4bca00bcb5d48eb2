"""An attached file: read like an article, cited byte for byte, and not indexed."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sample_files import pdf
from small_index import SmallIndex
from word_reader import WordReader

from footnote.answering.candidates import FindAttached
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.pipeline import Answering
from footnote.errors import ArticleError
from footnote.models import Answer, Article, attached_id
from footnote.models.collections import EVERYTHING
from footnote_index.attached import MOST_CHARACTERS, AttachedFiles
from footnote_index.embedders.minilm import MiniLM

LEASE = b"""---
title: BBC News
source: The Times
url: https://elsewhere.example
published: 2021-01-01
---
# Lease

The tenant pays 840 euros of rent each month. The deposit is two months of rent.

## Ending it

Notice has to be given three months ahead, in writing.
"""
LONG = "The gardener waters the roses in the morning. " * 4000 + "\n\nThe secret word of the garden is marigold.\n"


@pytest.fixture
def files(minilm: MiniLM) -> AttachedFiles:
    return AttachedFiles(lambda: minilm)


def finder(files: AttachedFiles, article: Article) -> FindAttached:
    return lambda question: files.find(article, question)


async def test_what_a_file_says_of_itself_is_left_out(files: AttachedFiles) -> None:
    article = await files.read("lease.md", LEASE)
    assert (article.id, article.title) == (attached_id("lease.md"), "Your file: lease.md")
    about = {field.name for field in fields(article)} & {"source", "url", "published", "author", "category"}
    assert {name: getattr(article, name) for name in about} == dict.fromkeys(about)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.pdf"])
async def test_each_format_is_read(files: AttachedFiles, name: str) -> None:
    line = "The tenant pays 840 euros of rent each month."
    content = pdf([[(60, 700, 11, line)]]) if name.endswith("pdf") else line.encode()
    assert line in (await files.read(name, content)).text


async def test_the_best_passage_comes_first_with_exact_sentences(files: AttachedFiles) -> None:
    article = await files.read("lease.md", LEASE)
    best = (await files.find(article, "How much is the deposit?"))[0]
    quotes = [article.text[one.start : one.end] for one in best.passage.sentences]
    assert "The deposit is two months of rent." in quotes
    assert len(best.sentences) == len(quotes)


async def test_of_a_long_file_what_has_the_question_s_words_is_found(files: AttachedFiles) -> None:
    article = await files.read("garden.txt", LONG.encode())
    best = (await files.find(article, "What is the secret word of the garden?"))[0]
    assert "marigold" in best.passage.text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"  \n", "it is empty"),
        ("broken.pdf", b"%PDF-1.7 and nothing else", "."),
        ("long.txt", b"It rains. " * (MOST_CHARACTERS // 10 + 1), "characters, more than"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_a_reason(
    files: AttachedFiles, name: str, content: bytes, why: str
) -> None:
    with pytest.raises(ArticleError, match=why):
        await files.read(name, content)


async def test_an_answer_cites_the_file_and_the_articles(small: SmallIndex, files: AttachedFiles) -> None:
    await small.build()
    before = await small.index.titles(readable=EVERYTHING)
    answering = Answering(small.index, WordReader(), ExtractiveAnswerer(), abstain_below=0.0)
    article = await files.read("lease.md", LEASE)
    answer = await answering.ask("How much rent does the tenant pay each month?", attached=finder(files, article))
    assert isinstance(answer, Answer)
    [own] = [one for one in answer.citations if one.is_attached][:1]
    assert article.text[own.start : own.end] == own.quote == "The tenant pays 840 euros of rent each month."
    assert own.title == "Your file: lease.md"
    beside = await answering.ask("How long is the valley?", attached=finder(files, article))
    assert [one.article_id for one in beside.citations][:1] == ["valley.md"]
    assert await small.index.titles(readable=EVERYTHING) == before
    assert await small.index.article(article.id, readable=EVERYTHING) is None
