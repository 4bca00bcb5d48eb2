"""What happens where the parts of a build meet: duplicates and dates, canaries and stopping, rollback and vectors."""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections.abc import AsyncIterator, Container
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from article_files import write_articles
from small_index import ARTICLES, SmallIndex
from word_reader import WordReader

from footnote.errors import DamagedIndex, DiskFull, FootnoteError, WouldShrink
from footnote.models import Article
from footnote_index.building.duplicates import find_duplicates
from footnote_index.building.reports import Progress, Stage
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.loaders.suspicion import warnings_for
from footnote_index.storage.generations import Generations
from footnote_index.storage.verification import find_damage

LONG = " ".join(f"Sentence number {number} tells of the valley and of its river in a few words." for number in range(6))


@pytest.fixture
async def small(tmp_path: Path, minilm: MiniLM) -> AsyncIterator[SmallIndex]:
    small = SmallIndex(tmp_path, minilm)
    await small.build()
    yield small
    await small.index.close()


def left_out(*articles: Article, pages: Container[str] = (), live: Container[str] = ()) -> list[str]:
    found = find_duplicates({article.id: article for article in articles}, pages=pages, live=live)
    return [duplicate.article_id for duplicate in found]


@pytest.mark.parametrize("hostile", ["." * 200_000 + "x", "ignorier" * 40_000, "игнорируй" * 40_000, "забудь" * 40_000])
def test_no_text_takes_long_to_look_through(hostile: str) -> None:
    article = Article("a.txt", "A", f"{hostile}.")
    began = perf_counter()
    left_out(article, Article("b.txt", "B", f"{hostile}."))
    list(warnings_for([article]))
    assert perf_counter() - began < 2.0


def test_nobody_can_replace_an_article_by_claiming_an_earlier_date() -> None:
    own, live = Article("own.md", "Own", LONG), Article("live.md", "Live", LONG)
    copy = Article("web/evil.example/a", "Copy", LONG, published=date(1970, 1, 1))
    longer = Article("web/evil.example/b", "Copy", f"{LONG} Buy our coin.", published=date(1970, 1, 1))
    assert left_out(copy, own, pages={copy.id}) == [copy.id]
    assert left_out(copy, live, live={live.id}) == [copy.id]
    assert own.id not in left_out(longer, own, pages={longer.id})
    assert left_out(copy, own) == [own.id], "of two that come together the earlier one stays"


async def test_a_build_that_is_stopped_while_it_is_examined_does_not_go_live(small: SmallIndex) -> None:
    canary = "- question: How long is the valley?\n  article: valley.md\n"
    write_articles(small.articles, {"canaries.yaml": canary * 3, "new.txt": "New\nOne new text."})
    live = await small.live()
    loop, is_examined, is_stopped = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def told(progress: Progress) -> None:
        if progress.stage is Stage.EXAMINING and progress.done == 1:
            loop.call_soon_threadsafe(is_examined.set)
            is_stopped.wait(timeout=10)  # three canaries may be examined before the loop learns of the first

    build = asyncio.create_task(small.index.build(started_by="A test", on_progress=told))
    await is_examined.wait()
    build.cancel()
    loop.call_later(0.1, is_stopped.set)
    with pytest.raises(asyncio.CancelledError):
        await build
    assert await small.live() == live


async def test_what_a_rollback_may_want_again_is_not_embedded_again(small: SmallIndex) -> None:
    edited = {name: f"{ARTICLES[name]} Edited." for name in ("bread.txt", "snow.txt", "tea.txt")}
    write_articles(small.articles, edited)
    await small.build()
    await small.index.rollback(started_by="A test")
    write_articles(small.articles, {name: ARTICLES[name] for name in edited} | {"new.txt": "New\nOne new text."})
    forecast = (await small.build(dry_run=True)).forecast
    assert forecast is not None
    assert forecast.passages == 1


async def test_what_is_wrong_in_the_live_generation_is_not_copied_into_the_next(small: SmallIndex) -> None:
    live = Generations(small.data).live()
    assert live is not None
    await small.index.close()
    counts = live.lexical / "counts.npy"
    np.save(counts, np.load(counts)[::-1] * 7)
    assert find_damage(live)
    small.open()
    await small.built(2)
    fresh = Generations(small.data).live()
    assert fresh is not None
    assert find_damage(fresh) == []


async def test_a_folder_that_has_moved_is_known_by_its_new_name(small: SmallIndex, minilm: MiniLM) -> None:
    await small.index.close()
    moved = small.articles.rename(small.articles.with_name("moved"))
    index = Index(moved, small.data, lambda: minilm, reader=WordReader())
    report = await index.build(started_by="A test", on_progress=lambda _: None)
    assert (await index.status()).folder == str(moved.resolve())
    assert report.embedded_tokens == 0
    await index.close()


@pytest.mark.parametrize("error", [DiskFull("/data"), DamagedIndex("a part is missing"), WouldShrink(["a.md"], 3)])
def test_errors_come_from_another_process_as_they_were(error: FootnoteError) -> None:
    error.add_note("where it came from")
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was just made
    assert (type(sent), str(sent), sent.__dict__) == (type(error), str(error), error.__dict__)
