"""A generation based on the live one equals a fresh build, also if it is written in its own process."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from article_files import write_articles
from counted_words import Broken, CountedWords, Slow
from live_generations import live_generation
from word_reader import WordReader

from footnote.errors import BuildError, ModelError
from footnote.models import Hit
from footnote.models.collections import EVERYTHING
from footnote_index.building.reports import BuildReport, Progress, Stage
from footnote_index.index import Index
from footnote_index.storage.generations import Generations
from footnote_index.storage.verification import find_damage

PLACES = ("valley", "harbour", "desert", "forest", "glacier", "market")
ARTICLES = {
    f"{place}/{number}.txt": f"{place} {number}\nThe {place} has {number * 7} wells. Its gate {number} is open.\n\n"
    + f"Nobody counts the birds of the {place} near gate {number}. " * 40
    for place in PLACES
    for number in range(2)
}
QUESTIONS = [f"How many wells has the {place}?" for place in PLACES] + ["Which gate is open?", "Who counts birds?"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", ARTICLES)


Make = Callable[..., Index]


@pytest.fixture
async def make(articles: Path, tmp_path: Path) -> AsyncIterator[Make]:
    opened: list[Index] = []

    def open_index(data: str = "data", *, load: Callable[[], CountedWords] = CountedWords, small: bool = True) -> Index:
        opened.append(
            Index(articles, tmp_path / data, load, own_process_from=10**9 if small else 0, reader=WordReader())
        )
        return opened[-1]

    yield open_index
    for index in opened:
        await index.close()


async def build(index: Index, *, full: bool = False) -> BuildReport:
    return await index.build(full=full, started_by="A test", on_progress=lambda _: None)


async def found(index: Index, questions: Sequence[str] = QUESTIONS) -> list[tuple[Hit, ...]]:
    return [(await index.retrieve(question, readable=EVERYTHING)).hits for question in questions]


async def rows_replaced(index: Index) -> int:
    return (await index.status()).replaced


def add(folder: Path) -> None:
    write_articles(folder, {"valley/99.txt": "Valley 99\nThe last valley has no wells. Its gate is shut."})


def repeat(folder: Path) -> None:
    write_articles(folder, {"again.txt": ARTICLES["valley/1.txt"]})


def change(folder: Path) -> None:
    write_articles(folder, {"again.txt": "Again\nThe first market has stalls instead."})


def retitle(folder: Path) -> None:
    write_articles(folder, {"valley/99.txt": "The last\nThe last valley has no wells. Its gate is shut."})


def move(folder: Path) -> None:
    (folder / "valley/99.txt").rename(folder / "aaa.txt")


def remove(folder: Path) -> None:
    (folder / "again.txt").unlink()


async def test_what_goes_on_from_the_live_generation_finds_what_a_fresh_build_finds(make: Make, articles: Path) -> None:
    index = make()
    await build(index)
    for alter in (add, repeat, change, retitle, move, remove):
        alter(articles)
        await build(index)
        live = live_generation(index)
        assert live.passages.ids() == {*live.catalogue.ids()}
        if alter in (change, remove):
            fresh = make(alter.__name__)
            await build(fresh)
            assert await found(index) == await found(fresh)
    assert await rows_replaced(index) > 0


async def test_changed_and_removed_text_is_gone_everywhere(make: Make, articles: Path, tmp_path: Path) -> None:
    write_articles(articles, {"secret.txt": "Secret\nThe zanzibar password is quetzal.", "b.txt": "B\nQuetzal, too."})
    index = make()
    await build(index)
    assert {hit.passage.article.id for hit in (await found(index, ["zanzibar quetzal"]))[0][:2]} >= {"secret.txt"}
    (articles / "secret.txt").unlink()
    write_articles(articles, {"b.txt": "B\nNothing is left."})
    generation = (await build(index)).generation
    (hits,) = await found(index, ["zanzibar quetzal"])
    assert not any("uetzal" in hit.passage.text for hit in hits)
    await index.close()
    folder = tmp_path / "data/index/generations" / str(generation)
    with closing(sqlite3.connect(folder / "chroma/chroma.sqlite3")) as rows:
        assert not rows.execute("SELECT * FROM embedding_metadata WHERE string_value LIKE '%uetzal%'").fetchall()
    assert "quetzal" not in (folder / "lexical/vocab.index.json").read_text()


async def test_a_generation_that_went_on_from_others_is_found_sound(make: Make, articles: Path, tmp_path: Path) -> None:
    index = make()
    await build(index)
    name, gone = list(ARTICLES)[:2]
    write_articles(articles, {name: ARTICLES[name] + " A postscript.", "added.txt": "Added\nIt came later."})
    await build(index)
    (articles / gone).unlink()
    await build(index)
    assert await rows_replaced(index) > 1, "it went on"
    live = Generations(tmp_path / "data").live()
    assert live
    assert find_damage(live) == []


async def test_only_what_is_new_is_written_until_a_fifth_was_replaced(make: Make, articles: Path) -> None:
    index = make()
    await build(index)
    replaced = []
    for number, name in enumerate(list(ARTICLES)[:4]):
        write_articles(articles, {name: ARTICLES[name] + f" Postscript {number}."})
        report = await build(index)
        replaced.append(await rows_replaced(index))
        assert report.changed == 1
        assert replaced[-1] <= report.passages / 5
    assert replaced[:2] == [replaced[0], 2 * replaced[0]]
    assert 0 in replaced
    assert [hits[0].passage.text[-13:] for hits in await found(index, ["Postscript 3"])] == ["Postscript 3."]


# --- in a process of its own


async def test_no_row_is_left_to_be_put_into_the_graph_at_the_next_start(
    make: Make, articles: Path, tmp_path: Path
) -> None:
    index = make()
    for number in range(2):
        write_articles(articles, {"new.txt": f"New\nThis is number {number}. " + "It is new. " * 200})
        generation = (await build(index)).generation
        file = tmp_path / "data/index/generations" / str(generation) / "chroma/chroma.sqlite3"
        with closing(sqlite3.connect(file)) as rows:
            ((waiting,),) = rows.execute("SELECT count(*) FROM embeddings_queue").fetchall()
        assert waiting <= 1  # the last one, by which Chroma goes on counting


async def test_a_process_of_its_own_writes_the_same_generation(make: Make) -> None:
    index, elsewhere = make(), make("other", small=False)
    seen: list[Progress] = []
    here = await build(index)
    there = await elsewhere.build(started_by="A test", on_progress=seen.append)
    assert (here.passages, here.sentences, here.embedded_tokens) == (
        there.passages,
        there.sentences,
        there.embedded_tokens,
    )
    assert list(dict.fromkeys(progress.stage for progress in seen)) == [
        stage for stage in Stage if stage is not Stage.FETCHING
    ]
    assert await found(index) == await found(elsewhere)


async def test_errors_and_warnings_come_back_as_they_are_and_nothing_is_left(
    make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = make(load=Broken, small=False)
    with pytest.raises(ModelError) as caught:
        await build(index)
    assert str(caught.value) == "The server is down."
    assert caplog.record_tuples == [("embedder", logging.WARNING, "It does not work.")]
    assert not list((tmp_path / "data/index/generations").iterdir())


def writers_of(data: Path) -> list[int]:
    """Other processes that have a file in the folder open."""
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and int(process.name) != os.getpid() and _has_open(process, data)
    ]


def _has_open(process: Path, data: Path) -> bool:
    try:
        return any(file.readlink().is_relative_to(data) for file in (process / "fd").iterdir())
    except OSError:  # it has ended, or is not ours
        return False


async def started(index: Index) -> asyncio.Task[BuildReport]:
    """A build that has come to embedding."""
    embedding = asyncio.Event()
    loop = asyncio.get_running_loop()

    def watch(progress: Progress) -> None:
        if progress.stage is Stage.EMBEDDING:
            loop.call_soon_threadsafe(embedding.set)

    task = asyncio.create_task(index.build(started_by="A test", on_progress=watch))
    await embedding.wait()
    return task


async def test_a_build_that_is_cancelled_ends_its_process(make: Make, tmp_path: Path) -> None:
    task = await started(make(load=Slow, small=False))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not writers_of(tmp_path / "data")
    assert not list((tmp_path / "data/index/generations").iterdir())


async def test_the_receiver_of_progress_can_stop_a_build(make: Make, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.stage is Stage.EMBEDDING:
            raise BuildError("Enough.")

    with pytest.raises(BuildError, match=r"^Enough\.$"):
        await make().build(started_by="A test", on_progress=stop)
    assert not list((tmp_path / "data/index/generations").iterdir())


async def test_a_writer_that_is_killed_is_one_line_and_leaves_nothing(make: Make, tmp_path: Path) -> None:
    task = await started(make(load=Slow, small=False))
    (writer,) = writers_of(tmp_path / "data")
    os.kill(writer, signal.SIGKILL)
    with pytest.raises(BuildError, match="ended unexpectedly"):
        await task
    assert not list((tmp_path / "data/index/generations").iterdir())


_PARENT = """
import asyncio, sys
from pathlib import Path
from counted_words import Slow
from footnote_index.index import Index
from word_reader import WordReader
index = Index(Path(sys.argv[1]), Path(sys.argv[2]), Slow, own_process_from=0, reader=WordReader())
tell = lambda progress: print(progress.stage.value, flush=True)
asyncio.run(index.build(started_by="A test", on_progress=tell))
"""


async def test_a_writer_dies_with_its_parent_and_the_next_build_clears_up(
    make: Make, articles: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _PARENT, str(articles), str(data)),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    while (line := await parent.stdout.readline()) != f"{Stage.EMBEDDING.value}\n".encode():
        assert line, "the parent has ended"
    (writer,) = {*writers_of(data)} - {parent.pid}
    parent.kill()
    await parent.wait()
    assert (await build(make())).live
    assert len(list((data / "index/generations").iterdir())) == 1
    assert writer not in writers_of(data)
