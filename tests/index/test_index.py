"""The index as a whole: real Chroma, real MiniLM, real files."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from article_files import write_articles
from live_generations import live_generation
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.core.vector_stores.utils import node_to_metadata_dict
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray
from word_reader import WordReader

from footnote.errors import BuildError, BuildRunning, DamagedIndex, DataInUse, EmptyIndex, Stopping
from footnote.grounding.citing import cite
from footnote.models import Article, Candidate, Passage
from footnote.models.collections import EVERYTHING
from footnote_index.building.difference import FolderDifference
from footnote_index.building.reports import BuildReport, Progress, Stage
from footnote_index.embedders import PassageVectors, Pause
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.llama_index_retriever import FootnoteRetriever
from footnote_index.passages import split_passages
from footnote_index.storage import data_folder
from footnote_index.storage.chroma import node_metadata, to_node

ARTICLES = {
    "valley.md": "---\ntitle: The valley\nsource: Review\npublished: 2021-09-01\n---\n"
    "The valley is 115 kilometres long. Most inhabitants are Tajiks. Emeralds are mined there.",
    "front.md": "---\ntitle: The front\nsource: Monitor\npublished: 2021-09-08\n---\n"
    "Ahmad Massoud leads the front. It holds the high ground. Talks with the other side failed.",
    "bread.txt": "Baking bread\nKnead the dough for ten minutes. Let it rest overnight. Bake it hot.",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", ARTICLES)


@pytest.fixture
async def make(articles: Path, tmp_path: Path, minilm: MiniLM) -> AsyncIterator[Callable[[], Index]]:
    """Opens the data folder again, as another run of the program does."""
    opened: list[Index] = []

    def open_index() -> Index:
        opened.append(Index(articles, tmp_path / "data", lambda: minilm, reader=WordReader()))
        return opened[-1]

    yield open_index
    for index in opened:
        await index.close()


@pytest.fixture
def index(make: Callable[[], Index]) -> Index:
    return make()


async def build(index: Index, *, full: bool = False, dry_run: bool = False, may_shrink: bool = False) -> BuildReport:
    return await index.build(
        full=full, dry_run=dry_run, may_shrink=may_shrink, started_by="A test", on_progress=lambda _: None
    )


async def best(index: Index, question: str) -> str:
    return (await index.retrieve(question, readable=EVERYTHING)).hits[0].passage.article.id


async def test_a_question_finds_the_passage_that_answers_it(index: Index) -> None:
    report = await build(index)
    assert (report.added, report.articles, report.passages, report.sentences, report.live) == (3, 3, 3, 9, True)
    assert report.embedded_tokens > 50
    assert await best(index, "Who leads the front?") == "front.md"
    assert await best(index, "How long must I knead?") == "bread.txt"


async def test_hits_carry_scores_for_each_sentence_and_exact_spans(index: Index) -> None:
    await build(index)
    found = await index.retrieve("How long is the valley?", readable=EVERYTHING)
    assert found.generation == (await index.status()).generation
    hit = found.hits[0]
    assert len(hit.sentences) == len(hit.passage.sentences) == 3
    assert max(hit.sentences, key=lambda signals: signals.cosine) == hit.sentences[0]
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert (
        hit.passage.text == "The valley is 115 kilometres long. Most inhabitants are Tajiks. Emeralds are mined there."
    )


async def test_an_index_that_was_never_built_says_what_to_do(index: Index) -> None:
    for ask in (index.retrieve("Anything?", readable=EVERYTHING), index.status()):
        with pytest.raises(EmptyIndex, match="footnote index build"):
            await ask


async def test_the_index_is_there_after_a_restart(make: Callable[[], Index]) -> None:
    await build(make())
    again = make()
    assert await best(again, "Who leads the front?") == "front.md"


async def test_nothing_is_written_when_nothing_has_changed(index: Index) -> None:
    first = await build(index)
    second = await build(index)
    assert (second.generation, second.unchanged, second.embedded_tokens) == (first.generation, 3, 0)
    assert (await build(index, full=True)).generation != first.generation


async def test_a_rebuild_tells_the_difference_and_removed_articles_are_gone(index: Index, articles: Path) -> None:
    await build(index)
    (articles / "bread.txt").unlink()
    (articles / "front.md").write_text(ARTICLES["front.md"].replace("Ahmad Massoud", "Somebody else"))
    write_articles(articles, {"new/snow.txt": "Snow\nSnow closes the pass in winter."})
    forecast = await build(index, dry_run=True)
    assert not forecast.live
    assert await best(index, "How long must I knead?") == "bread.txt"
    report = await build(index, may_shrink=True)
    for told in (forecast, report):
        assert (told.added, told.changed, told.removed, told.unchanged) == (1, 1, 1, 1)
        assert told.difference == FolderDifference(("new/snow.txt",), ("front.md",), ("bread.txt",), (), ("valley.md",))
    hits = (await index.retrieve("How long must I knead the dough?", readable=EVERYTHING)).hits
    assert "bread.txt" not in {hit.passage.article.id for hit in hits}
    assert await best(index, "When is the pass closed?") == "new/snow.txt"


async def test_a_changed_date_alone_is_a_change(index: Index, articles: Path) -> None:
    await build(index)
    (articles / "front.md").write_text(ARTICLES["front.md"].replace("2021-09-08", "2021-09-09"))
    assert (await build(index)).changed == 1


async def test_unreadable_articles_are_reported_and_skipped(index: Index, articles: Path) -> None:
    (articles / "bad.txt").write_bytes(b"Title\n\xff")
    report = await build(index)
    assert report.articles == 3
    reason = "it is not UTF-8 (byte 6), and its encoding is not clear; save it as UTF-8"
    assert [(one.article_id, one.reason) for one in report.skipped] == [("bad.txt", reason)]


async def test_an_empty_folder_leaves_the_live_generation_alone(index: Index, articles: Path) -> None:
    await build(index)
    for file in articles.iterdir():
        file.unlink()
    with pytest.raises(BuildError, match=r"There are no articles in .*Put files there \(\.txt, \.md, "):
        await build(index)
    assert await best(index, "Who leads the front?") == "front.md"


class Seen:
    """Receives progress from a build's thread, and signals when it is in the middle of its work."""

    def __init__(self) -> None:
        self.count = 0
        self.embedding = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, progress: Progress) -> None:
        self.count += 1
        if progress.stage is Stage.EMBEDDING:
            self._loop.call_soon_threadsafe(self.embedding.set)


class Failing:
    """An embedder for whose vectors there is no memory."""

    name = "minilm"

    def expense(self, passages: Sequence[Passage]) -> None:
        """Nothing."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        raise MemoryError(len(passages))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        raise MemoryError(question)


async def test_a_build_that_fails_leaves_the_live_generation_and_nothing_else(
    articles: Path, tmp_path: Path, minilm: MiniLM
) -> None:
    index = Index(articles, tmp_path / "data", lambda: minilm, reader=WordReader())
    first = await build(index)
    await index.close()
    broken = Index(articles, tmp_path / "data", Failing, reader=WordReader())
    with pytest.raises(MemoryError):
        await build(broken, full=True)
    assert (await broken.status()).generation == first.generation
    assert [folder.name for folder in (tmp_path / "data/index/generations").iterdir()] == [first.generation]
    await broken.close()


async def test_an_error_after_the_switch_does_not_cost_the_live_generation(
    make: Callable[[], Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = make()
    first = await build(index)
    live = live_generation(index)

    def fail() -> None:
        raise OSError

    monkeypatch.setattr(live, "close", fail)
    with pytest.raises(OSError):  # noqa: PT011 - whatever a library may raise
        await build(index, full=True)
    assert (await make().status()).generation != first.generation
    assert await best(make(), "Who leads the front?") == "front.md"
    monkeypatch.undo()
    live.close()


async def test_questions_are_answered_while_the_index_is_rebuilt(index: Index, articles: Path) -> None:
    await build(index)

    write_articles(articles, {f"more/{number}.txt": f"T\nArticle {number} is here. " * 40 for number in range(60)})
    seen = Seen()
    rebuilding = asyncio.create_task(index.build(started_by="A test", on_progress=seen))
    await seen.embedding.wait()
    answered_meanwhile = 0
    while not rebuilding.done():
        assert await best(index, "Who leads the front?") == "front.md"
        answered_meanwhile += not rebuilding.done()
    assert (await rebuilding).live
    assert answered_meanwhile > 1


@pytest.mark.parametrize(
    "damage",
    ["chroma", "lexical", "sentences.i8", "catalogue.sqlite", "manifest.json", "chroma/chroma.sqlite3", "chroma/hnsw"],
)
async def test_a_damaged_generation_is_named_and_replaced_by_a_build(
    make: Callable[[], Index], tmp_path: Path, damage: str
) -> None:
    index = make()
    first = await build(index)
    await index.close()
    generation = tmp_path / "data/index/generations" / str(first.generation)
    part = next(generation.glob("chroma/*-*")) if damage == "chroma/hnsw" else generation / damage
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])
    again = make()
    with pytest.raises(DamagedIndex, match="Run `footnote index build`"):
        await again.retrieve("Who leads the front?", readable=EVERYTHING)
    assert (await build(again)).generation != first.generation
    assert await best(again, "Who leads the front?") == "front.md"


async def test_a_question_that_takes_long_keeps_its_generation_open(index: Index) -> None:
    await build(index)
    live = live_generation(index)
    with live.in_use():
        rebuilding = asyncio.create_task(build(index, full=True))
        while live_generation(index) is live:  # noqa: ASYNC110 - a switch is no event
            await asyncio.sleep(0.01)
        assert live.catalogue.article("front.md")
        assert live.passages.shape() == (3, 384)
    assert (await rebuilding).live


async def test_a_second_build_names_who_started_the_first(index: Index) -> None:
    first = asyncio.create_task(build(index))
    await asyncio.sleep(0)
    with pytest.raises(BuildRunning, match=r"A test started a rebuild at \d\d:\d\d UTC"):
        await build(index)
    assert (await first).live
    assert (await build(index)).live


async def test_a_cancelled_build_stops_and_leaves_nothing(index: Index, articles: Path, tmp_path: Path) -> None:
    first = await build(index)
    write_articles(articles, {f"more/{number}.txt": f"T\nArticle {number} is here. " * 40 for number in range(60)})
    seen = Seen()
    task = asyncio.create_task(index.build(started_by="A test", on_progress=seen))
    await seen.embedding.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await index.status()).generation == first.generation
    assert [folder.name for folder in (tmp_path / "data/index/generations").iterdir()] == [first.generation]


async def test_closing_stops_a_build_and_waits_for_its_thread(index: Index, articles: Path, tmp_path: Path) -> None:
    write_articles(articles, {f"more/{number}.txt": f"T\nArticle {number} is here. " * 40 for number in range(60)})
    seen = Seen()
    task = asyncio.create_task(index.build(started_by="A test", on_progress=seen))
    await seen.embedding.wait()
    await index.close()
    told = seen.count
    with pytest.raises(BuildError, match="was stopped"):
        await task
    assert seen.count == told
    assert not list((tmp_path / "data/index/generations").iterdir())
    with pytest.raises(Stopping):
        await index.retrieve("Anything?", readable=EVERYTHING)


async def test_progress_goes_through_all_stages_and_ends_complete(index: Index) -> None:
    seen: list[Progress] = []
    await index.build(started_by="A test", on_progress=seen.append)
    stages = [stage for stage in Stage if stage is not Stage.FETCHING]  # without a sources.yaml
    assert list(dict.fromkeys(progress.stage for progress in seen)) == stages
    for stage in stages:
        last = [progress for progress in seen if progress.stage is stage][-1]
        assert last.done == last.total


async def test_a_span_of_time_keeps_to_articles_published_then(index: Index) -> None:
    await build(index)

    async def ids(since: date | None, until: date | None) -> set[str]:
        found = await index.retrieve(
            "Who leads the front in the valley?", since=since, until=until, readable=EVERYTHING
        )
        return {hit.passage.article.id for hit in found.hits}

    assert await ids(date(2021, 9, 2), None) == {"front.md"}
    assert await ids(None, date(2021, 9, 1)) == {"valley.md"}
    assert await ids(date(2021, 9, 1), date(2021, 9, 8)) == {"valley.md", "front.md"}
    assert await ids(date(2022, 1, 1), None) == set()


async def test_named_articles_are_found_and_no_others(index: Index) -> None:
    await build(index)
    await index.build(started_by="A test", on_progress=lambda _: None)

    async def ids(articles: set[str], since: date | None = None) -> set[str]:
        found = await index.retrieve(
            "Who leads the front?", since=since, articles=frozenset(articles), readable=EVERYTHING
        )
        return {hit.passage.article.id for hit in found.hits}

    assert await ids({"valley.md"}) == {"valley.md"}
    assert await ids({"valley.md", "front.md"}) == {"valley.md", "front.md"}
    assert await ids({"valley.md", "front.md"}, date(2021, 9, 2)) == {"front.md"}
    assert await ids({"nothing.md"}) == set()


async def test_a_cited_sentence_is_shown_inside_its_neighbours_until_its_article_changes(
    index: Index, articles: Path
) -> None:
    await build(index)
    passage = (await index.retrieve("Who leads the front?", readable=EVERYTHING)).hits[0].passage
    citations = [cite(Candidate(passage, sentence, 1.0), 1) for sentence in passage.sentences]
    contexts = [await index.context(citation, readable=EVERYTHING) for citation in citations]
    assert [(context.before, context.after) for context in contexts if context] == [
        ("", "It holds the high ground."),
        ("Ahmad Massoud leads the front.", "Talks with the other side failed."),
        ("It holds the high ground.", ""),
    ]
    (articles / "front.md").write_text(ARTICLES["front.md"].replace("high", "low"))
    await build(index)
    assert await index.context(citations[0], readable=EVERYTHING) is None


def test_rows_are_what_llama_index_would_write() -> None:
    dated = Article("a/ü.md", 'Das "T"', "One. Two\n\nthree.", source="S", published=date(2021, 9, 6), url="http://x.y")
    for article in (dated, Article("b.txt", "T", "One.")):
        (passage,) = split_passages(article)
        node = to_node("some-id", passage)
        theirs = node_to_metadata_dict(node, remove_text=True, flat_metadata=True)
        assert list(node_metadata("some-id", passage).items()) == list(theirs.items())


async def test_chroma_s_rows_are_nodes_that_llama_index_reads(index: Index, minilm: MiniLM) -> None:
    await build(index)
    live = live_generation(index)
    store = ChromaVectorStore(chroma_collection=live.passages.collection)
    vector = minilm.embed_question("Who leads the front?").tolist()
    found = store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=1))
    assert found.nodes is not None
    node = found.nodes[0]
    assert node.get_content().startswith("Ahmad Massoud leads")
    assert node.metadata["article"] == "front.md"
    article = await index.article("front.md", readable=EVERYTHING)
    assert article is not None
    assert article.text[node.metadata["start"] : node.metadata["end"]] == node.get_content()


async def test_the_retriever_plugs_into_llama_index(index: Index) -> None:
    await build(index)
    nodes = await FootnoteRetriever(index, top_k=2).aretrieve("Who leads the front?")
    assert [node.metadata["article"] for node in nodes] == ["front.md", "valley.md"]


def test_a_second_process_is_refused_and_a_dead_one_lets_go(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from footnote_index.storage import data_folder\n"
        "with data_folder.locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 - our own code
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DataInUse, match="in use by another Footnote"), data_folder.locked(tmp_path):
            pass
        other.kill()
    with data_folder.locked(tmp_path):
        pass


async def test_what_a_killed_build_left_is_cleared_away_even_when_nothing_has_changed(
    index: Index, tmp_path: Path
) -> None:
    await build(index)
    left_behind = tmp_path / "data/index/generations/20200101-000000-dead"
    left_behind.mkdir(parents=True)
    (left_behind / "catalogue.sqlite").write_text("half")
    report = await build(index)
    assert not left_behind.exists()
    manifest = json.loads((tmp_path / "data/index/generations" / str(report.generation) / "manifest.json").read_text())
    assert manifest["articles"] == 3


@pytest.mark.parametrize("text", ["...", "a the of", "\u200b\u200b", "１２", "😀 😀", "x"])
async def test_articles_with_hardly_a_word_can_be_built_and_asked(index: Index, articles: Path, text: str) -> None:
    for file in articles.iterdir():
        file.unlink()
    write_articles(articles, {"odd.txt": f"The\n{text}"})
    assert (await build(index)).articles == 1
    assert len((await index.retrieve("Who leads the front?", readable=EVERYTHING)).hits) == 1
    assert len((await index.retrieve("?!", readable=EVERYTHING)).hits) == 1


async def test_the_vector_of_a_question_is_the_embedder_s(index: Index, minilm: MiniLM) -> None:
    (vector,) = await index.question_vectors(["Who leads the front?"])
    assert np.array_equal(vector, minilm.embed_question("Who leads the front?"))


async def test_the_entry_of_a_setting_is_found_before_what_mentions_it(tmp_path: Path, minilm: MiniLM) -> None:
    mentions = {f"{number}.md": f"# Page {number}\n\nThe cache has a cache size of its own." for number in range(30)}
    entry = {"settings.md": "# Other settings\n\n- `logger.depth`. Lines.\n- `cache_size`. In megabytes, of the disk."}
    folder = write_articles(tmp_path / "pages", mentions | entry)
    index = Index(folder, tmp_path / "pages_data", lambda: minilm, reader=WordReader())
    await build(index)
    found = await best(index, "What is cache_size?")
    await index.close()
    assert found == "settings.md"
