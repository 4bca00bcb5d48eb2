"""Generations that are stored and made live again."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest
from live_generations import live_generation
from small_index import SmallIndex
from word_reader import WordReader

from footnote.errors import BuildRunning, CannotRollBack, EmptyIndex
from footnote.grounding.citing import cite
from footnote.models import Candidate, CitationStatus, Passage
from footnote.models.collections import EVERYTHING
from footnote.review.citation_status import CitationStatuses
from footnote.text.sentences import split_sentences
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index


async def test_the_live_generation_and_three_more_stay_on_disk(small: SmallIndex) -> None:
    built = [await small.built(number) for number in range(6)]
    assert small.folders() == set(built[-4:])
    assert [status.generation for status in await small.index.generations()] == built[:1:-1]


async def test_a_rollback_goes_back_step_by_step_and_a_build_goes_on_from_there(small: SmallIndex) -> None:
    first, second, third = [await small.built(number) for number in range(3)]
    assert (await small.index.rollback(started_by="A test")).generation == second
    assert await small.index.article("number-2.txt", readable=EVERYTHING) is None
    assert (await small.index.rollback(started_by="A test")).generation == first
    with pytest.raises(CannotRollBack, match=rf"no earlier generation\. Available: {third} .*, {second} \("):
        await small.index.rollback(started_by="A test")
    report = await small.build()
    assert report.difference.added == ("number-1.txt", "number-2.txt")
    assert (await small.index.rollback(started_by="A test")).generation == first  # not the third, which was left
    assert (await small.index.rollback(third, started_by="A test")).generation == third
    assert await small.index.article("number-2.txt", readable=EVERYTHING)


async def test_where_a_rollback_would_lead_can_be_asked_before(small: SmallIndex) -> None:
    first, second, third = [await small.built(number) for number in range(3)]
    assert (await small.index.rollback_target()).generation == second
    assert (await small.index.rollback_target(first)).generation == first
    with pytest.raises(CannotRollBack, match="already live"):
        await small.index.rollback_target(third)
    assert await small.live() == third


async def test_the_generation_that_was_live_before_is_kept_however_old_it_is(small: SmallIndex) -> None:
    built = [await small.built(number) for number in range(4)]
    await small.index.rollback(built[0], started_by="A test")
    fifth = await small.built(5)
    assert small.folders() == {fifth, built[0], built[2], built[3]}


async def test_cited_sentences_stand_as_the_live_generation_has_them(small: SmallIndex) -> None:
    first = await small.built(1)
    texts = {
        name: await small.index.article(name, readable=EVERYTHING) for name in ("snow.txt", "tea.txt", "bread.txt")
    }
    citations = [
        cite(Candidate(Passage(article, split_sentences(article.text)), split_sentences(article.text)[0], 1.0), 1)
        for article in texts.values()
        if article
    ]
    (small.articles / "snow.txt").write_text("Snow\nSnow closes the pass from November on. It melts in May.")
    (small.articles / "tea.txt").unlink()
    (small.articles / "bread.txt").write_text("Baking bread\nTake flour. Knead the dough for ten minutes.")
    second = await small.built(2)
    changed = (CitationStatus.CHANGED, CitationStatus.GONE, CitationStatus.HOLDS)
    assert await small.index.statuses_of(citations) == CitationStatuses(second, changed)
    await small.index.rollback(started_by="A test")
    assert await small.index.statuses_of(citations) == CitationStatuses(first, (CitationStatus.HOLDS,) * 3)


async def test_a_rollback_survives_a_restart(small: SmallIndex, minilm: MiniLM) -> None:
    first, _ = await small.built(1), await small.built(2)
    await small.index.rollback(started_by="A test")
    await small.index.close()
    again = Index(small.articles, small.data, lambda: minilm, reader=WordReader())
    assert (await again.status()).generation == first
    await again.close()


async def test_answers_in_flight_finish_on_the_generation_that_was_live(small: SmallIndex) -> None:
    await small.built(1)
    await small.built(2)
    live = live_generation(small.index)
    with live.in_use():
        rolling_back = asyncio.create_task(small.index.rollback(started_by="A test"))
        while live_generation(small.index) is live:  # noqa: ASYNC110 - a switch is no event
            await asyncio.sleep(0.01)
        assert live.catalogue.article("number-2.txt")
        assert not rolling_back.done()
        with pytest.raises(BuildRunning, match="A test started a rollback at"):
            await small.build()
    await rolling_back


def other_format(generation: Path) -> None:
    manifest = generation / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))


def other_embedder(generation: Path) -> None:
    manifest = generation / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"embedder": "nomic"}))


def one_byte(generation: Path) -> None:
    keys = generation / "vectors.keys"
    keys.write_bytes(keys.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (other_format, "was written by another version of Footnote"),
        (other_embedder, "it was built with the embedder nomic, but the settings name minilm"),
        (one_byte, "it is damaged: vectors.keys has been altered"),
    ],
)
async def test_what_cannot_be_asked_is_not_rolled_back_to(small: SmallIndex, damage: object, why: str) -> None:
    first, second = await small.built(1), await small.built(2)
    damage(small.generations / first)  # type: ignore[operator] # one of the three above
    with pytest.raises(CannotRollBack, match=rf"^Generation {first} cannot be rolled back to: .*{re.escape(why)}"):
        await small.index.rollback(started_by="A test")
    assert await small.live() == second


async def test_names_that_are_no_other_generation_are_refused(small: SmallIndex) -> None:
    with pytest.raises(EmptyIndex):
        await small.index.rollback(started_by="A test")
    only = await small.built(1)
    for name, why in (
        (only, "is already live"),
        ("..", r"There is no generation \.\."),
        (None, "There is no earlier generation"),
    ):
        with pytest.raises(CannotRollBack, match=why + r".*\. There is no other generation\.$"):
            await small.index.rollback(name, started_by="A test")
