"""Canary questions: read from a file, and asked before a generation goes live."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from article_files import write_articles
from examples import a_citation, an_abstention
from numpy.typing import NDArray
from small_index import ARTICLES, SmallIndex
from word_reader import WordReader

from footnote.errors import BuildError, CanaryFailed
from footnote.models import Citation, Passage
from footnote.models.collections import EVERYTHING
from footnote_index.building.approved import ApprovedAnswer
from footnote_index.building.canaries_file import Canary, read_canaries
from footnote_index.embedders import PassageVectors, Pause
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.storage import set_aside


class Halved:
    """Another embedder: MiniLM's vectors, half as long."""

    name = "halved"

    def __init__(self, minilm: MiniLM) -> None:
        self._minilm = minilm

    def expense(self, passages: Sequence[Passage]) -> None:
        del passages

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        vectors = self._minilm.embed_passages(passages, pause=pause)
        return replace(vectors, passages=_half(vectors.passages), sentences=_half(vectors.sentences))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        (vector,) = _half(self._minilm.embed_question(question)[None])
        return np.asarray(vector, np.float32)


def _half(vectors: NDArray[Any]) -> NDArray[np.float32]:
    half = vectors[:, : vectors.shape[1] // 2].astype(np.float32)
    return np.asarray(half / np.linalg.norm(half, axis=1, keepdims=True), np.float32)


CANARIES = """
- question: Who leads the front?
  article: front.md
- question: How long is the valley?
  sentence: The valley is 115
    kilometres long.
- question: When is the pass closed?
  article: snow.txt
  sentence: It melts in May.
  within: hits
"""


def test_a_file_of_canaries_is_read(tmp_path: Path) -> None:
    (tmp_path / "canaries.yaml").write_text(CANARIES)
    assert read_canaries(tmp_path) == (
        Canary("Who leads the front?", "front.md", None, within_hits=False),
        Canary("How long is the valley?", None, "The valley is 115 kilometres long.", within_hits=False),
        Canary("When is the pass closed?", "snow.txt", "It melts in May.", within_hits=True),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]"])
def test_a_file_may_hold_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "canaries.yaml").write_text(text)
    assert read_canaries(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- question: Why?\n  article: a.md\n- question: [", 3),
        ("- question: Why?\n  article: a.md\n  colour: red", 3),
        ("- question: Why?\n\n- question: Who?\n  article: a.md", 1),
        ("- article: a.md", 1),
        ("- question: '?'\n  article: a.md", 1),
        ("- question: Why?\n  article: [a.md, b.md]", 2),
        ("- question: Why?\n  article: a.md\n  within: reach", 1),
        ("- question: Why?\n  ? [a]\n  : b", 2),
        ("question: Why?", 1),
        ("- Why?", 1),
        ("\n\n- question: \x07", 3),
        ("[" * 500, 1),
    ],
)
def test_a_broken_file_is_one_line_with_the_number_of_the_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "canaries.yaml").write_text(text)
    with pytest.raises(BuildError, match=rf"canaries\.yaml, line {line}: .*Each entry has a question") as broken:
        read_canaries(tmp_path)
    assert "\n" not in str(broken.value)


async def test_a_generation_that_fails_a_canary_does_not_go_live(small: SmallIndex) -> None:
    first = (await small.build()).generation
    (small.articles / "canaries.yaml").write_text(CANARIES)
    assert (await small.build(full=True)).failed_canaries == ()
    second = await small.live()
    (small.articles / "front.md").write_text("# The cellar\nIt is empty.")
    (small.articles / "valley.md").write_text(ARTICLES["valley.md"].replace("115", "230"))
    line = (
        r"^2 of 3 canary questions fail on the new index, so the old one stays live: “Who leads the front\?” .*"
        r" should cite front\.md; “How long is the valley\?” cites valley\.md; it should cite “The valley is 115"
    )
    with pytest.raises(CanaryFailed, match=line):
        await small.build()
    assert await small.live() == second
    assert small.folders() == {first, second}
    assert (await small.index.article("front.md", readable=EVERYTHING)).text.startswith("Ahmad")  # type: ignore[union-attr] # it is there
    (small.articles / "canaries.yaml").unlink()
    assert (await small.build()).changed == 2


async def test_a_first_index_goes_live_whatever_its_canaries_say(small: SmallIndex) -> None:
    (small.articles / "canaries.yaml").write_text("- question: What does the emperor of Mars eat?\n  article: mars.md")
    report = await small.build()
    assert await small.live() == report.generation
    assert report.failed_canaries == ("“What does the emperor of Mars eat?” is not answered; it should cite mars.md",)
    kept = set_aside.read(small.data)
    assert kept
    assert (kept.failing_on(report.generation or ""), kept.failing_on("another")) == (report.failed_canaries, ())
    with pytest.raises(CanaryFailed):
        await small.build(full=True)
    (small.articles / "canaries.yaml").unlink()
    assert (await small.build()).generation == report.generation
    kept = set_aside.read(small.data)
    assert kept is not None
    assert kept.failed_canaries == ()


async def test_a_broken_file_stops_a_build_before_it_embeds(small: SmallIndex) -> None:
    (small.articles / "canaries.yaml").write_text("- question: [")
    with pytest.raises(BuildError, match="line 1"):
        await small.build()
    assert not small.generations.exists()


async def test_the_canaries_of_the_samples_are_answered(small: SmallIndex) -> None:
    samples = Path(__file__).parents[2] / "articles"
    assert len(read_canaries(samples)) == 3
    small.articles = samples
    small.open()
    assert (await small.build()).failed_canaries == ()


async def test_an_approved_answer_that_is_no_longer_found_stops_the_switch_unless_its_sentence_has_changed(
    small: SmallIndex,
) -> None:
    quote = "Knead the dough for ten minutes."
    cited = Citation(1, "bread.txt", "0" * 64, "Baking bread", None, None, None, 0, len(quote), quote)
    approved = [ApprovedAnswer(12, "Which number is it?", (cited,))]

    async def supply() -> Sequence[ApprovedAnswer]:
        return approved

    small.index = Index(small.articles, small.data, lambda: small.minilm, approved=supply, reader=WordReader())
    first = (await small.build()).generation
    numbers = {f"number-{number}.txt": f"Number {number}\nThe number is {number}." for number in range(12)}
    write_articles(small.articles, numbers)
    with pytest.raises(CanaryFailed, match=r"the question of approved answer #12 does not find bread.txt"):
        await small.build()
    assert await small.live() == first
    write_articles(small.articles, {"bread.txt": "Baking bread\nBuy it."})
    assert (await small.build()).failed_canaries == ()


async def test_an_approved_answer_need_not_be_found_among_other_collections(small: SmallIndex) -> None:
    """Nobody may read those where it was asked."""
    quote = "Knead the dough for ten minutes."
    cited = Citation(1, "bread.txt", "0" * 64, "Baking bread", None, None, None, 0, len(quote), quote)

    async def supply() -> Sequence[ApprovedAnswer]:
        return [ApprovedAnswer(12, "Which number is it?", (cited,))]

    small.index = Index(small.articles, small.data, lambda: small.minilm, approved=supply, reader=WordReader())
    await small.build()
    numbers = {f"others/number-{number}.txt": f"Number {number}\nThe number is {number}." for number in range(12)}
    write_articles(small.articles, numbers)
    assert (await small.build()).failed_canaries == ()


def test_an_approved_answer_that_is_not_found_is_named_by_its_number_alone() -> None:
    """Its question may come from a private channel, and the failure goes to all servers and into the log."""
    approved = ApprovedAnswer(12, "Where is the treasure?", (a_citation(),))
    failure = approved.failure(an_abstention(approved.question))
    assert failure == "the question of approved answer #12 does not find bridge-1.md"


async def test_an_approved_answer_is_not_asked_of_a_live_index_of_another_embedder(small: SmallIndex) -> None:
    quote = "Knead the dough for ten minutes."
    cited = Citation(1, "bread.txt", "0" * 64, "Baking bread", None, None, None, 0, len(quote), quote)
    numbers = {f"number-{number}.txt": f"Number {number}\nThe number is {number}." for number in range(12)}
    write_articles(small.articles, numbers)
    first = (await small.build()).generation
    await small.index.close()

    async def supply() -> Sequence[ApprovedAnswer]:
        return [ApprovedAnswer(12, "Which number is it?", (cited,))]

    small.index = Index(small.articles, small.data, lambda: Halved(small.minilm), approved=supply, reader=WordReader())
    report = await small.build()
    assert report.generation != first
    assert report.failed_canaries == ("the question of approved answer #12 does not find bread.txt",)
