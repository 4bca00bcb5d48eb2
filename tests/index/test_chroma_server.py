"""Several processes that share one index: the real `chroma run`, and a database of either kind."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from aiohttp import ClientSession, web
from article_files import write_articles
from databases import Databases, PostgreSQLDatabases, SQLiteDatabases
from forked_programs import Footnote
from forked_programs import run as run_program
from killed_build import killed_before_the_switch
from real_chroma import RealChroma
from small_index import ARTICLES
from sqlalchemy import delete, update
from word_reader import WordReader

from footnote.adapters.database.engine import open_blocking_engine
from footnote.adapters.database.shared_index import SharedIndex
from footnote.adapters.database.tables.shared_index import shared_files, shared_index
from footnote.errors import BuildError, BuildRunning, EmptyIndex, ServerAway
from footnote.models.collections import EVERYTHING
from footnote_index.building.reports import BuildReport, Progress, Stage
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.server.connection import ChromaServer
from footnote_index.server.generations import SharedGenerations
from footnote_index.storage.garbage import collect_garbage
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.verification import find_damage

UNRENEWED = 3600.0
"""Seconds. No test runs long enough for a lease to be renewed, so it stays as `run_out` leaves it."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealChroma]:
    chroma = RealChroma(tmp_path_factory.mktemp("chroma"))
    chroma.start()
    yield chroma
    chroma.stop()


@pytest.fixture
def chroma(running: RealChroma, monkeypatch: pytest.MonkeyPatch) -> RealChroma:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running.clear()
    return running


class Holder:
    """What one process has: an index with a data folder of its own, on the shared server."""

    def __init__(self, folder: Path, name: str, server: ChromaServer, database: str, minilm: MiniLM) -> None:
        self.articles = folder / "articles"
        self.data = folder / name
        self.records = SharedIndex(database)
        self.home = SharedGenerations(self.data, server, self.records, lease_seconds=UNRENEWED)
        self.index = Index(self.articles, self.data, lambda: minilm, home=self.home, reader=WordReader())
        self._name = name

    async def built(self, number: int) -> BuildReport:
        write_articles(self.articles, {f"number-{number}.txt": f"Number {number}\nThe number is {number}."})
        return await self.build()

    async def build(self) -> BuildReport:
        return await self.index.build(started_by=f"Process {self._name}", on_progress=lambda _: None)

    async def live(self) -> str:
        return (await self.index.status()).generation

    async def first_hit(self, question: str) -> str:
        return (await self.index.retrieve(question, readable=EVERYTHING)).hits[0].passage.article.id

    def sound(self) -> bool:
        live = self.home.live()
        return live is not None and find_damage(live) == []

    async def close(self) -> None:
        await self.index.close()
        self.records.close()

    def copies(self) -> set[str]:
        return {folder.id for folder in self.home.all()}


Pair = tuple[Holder, Holder]


@pytest.fixture
async def pair(chroma: RealChroma, database_url: str, tmp_path: Path, minilm: MiniLM) -> AsyncIterator[Pair]:
    write_articles(tmp_path / "articles", ARTICLES)
    a, b = (Holder(tmp_path, name, chroma.address, database_url, minilm) for name in "ab")
    yield a, b
    for holder in (a, b):
        await holder.close()


@pytest.fixture
def opened(database_url: str) -> Iterator[Callable[[], SharedIndex]]:
    """The database, as another process opens it."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(SharedIndex(database_url)))


async def until_live(holder: Holder, generation: str | None) -> None:
    async with asyncio.timeout(30):
        while await holder.live() != generation:  # noqa: ASYNC110 - a switch elsewhere rings no bell
            await asyncio.sleep(0.02)


async def test_what_one_process_builds_another_answers(
    chroma: RealChroma,
    pair: Pair,
    database_url: str,
    tmp_path: Path,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a, _ = pair
    generation = (await a.build()).generation
    other = tmp_path / "other"
    (other / "var").mkdir(parents=True)
    (other / "var/models").symlink_to(models)
    monkeypatch.setenv("CHROMA_URL", chroma.address.url)
    monkeypatch.setenv("DATABASE_URL", database_url)
    asked = await asyncio.to_thread(run_program, Footnote(("ask", "Who leads the front?")), cwd=other)
    assert "Ahmad Massoud leads the front.¹" in asked.stdout, asked.stderr
    assert [path.name for path in (other / "var/index/shared").iterdir()] == [generation]


async def test_another_process_follows_a_switch_and_a_rollback(pair: Pair) -> None:
    a, b = pair
    first = (await a.build()).generation
    assert await b.live() == first
    following = asyncio.create_task(b.index.follow(seconds=0.05))
    second = (await a.built(1)).generation
    await until_live(b, second)
    assert await b.first_hit("What is number 1?") == "number-1.txt"
    assert (await a.index.rollback(started_by="A test")).generation == first
    await until_live(b, first)
    following.cancel()
    assert b.sound()


async def test_nothing_is_embedded_twice_no_matter_who_embedded_it(pair: Pair) -> None:
    a, b = pair
    whole = await a.build()
    added = await b.built(1)
    assert 0 < added.embedded_tokens < whole.embedded_tokens / 3
    assert added.unchanged == len(ARTICLES)
    again = await a.build()
    assert (again.generation, again.forecast is not None) == (added.generation, True)  # there was nothing to do
    assert a.sound()


async def test_a_second_build_names_who_started_the_first(pair: Pair) -> None:
    a, b = pair
    refusals: list[BuildRunning] = []
    loop = asyncio.get_running_loop()

    def start_another(progress: Progress) -> None:
        if progress.stage is Stage.EMBEDDING and not refusals:
            try:
                asyncio.run_coroutine_threadsafe(b.build(), loop).result()
            except BuildRunning as error:
                refusals.append(error)

    await a.index.build(started_by="Process a", on_progress=start_another)
    assert re.match(r"Process a started a rebuild at \d\d:\d\d UTC, and it is still running\.", str(refusals[0]))


async def test_of_two_that_race_one_builds(
    chroma: RealChroma, opened: Callable[[], SharedIndex], tmp_path: Path
) -> None:
    homes = [SharedGenerations(tmp_path / name, chroma.address, opened()) for name in "ab"]
    rounds = 15
    start, won, end = Barrier(2), [0] * rounds, Barrier(2)

    def race(home: SharedGenerations) -> None:
        for number in range(rounds):
            start.wait()
            with suppress(BuildRunning), home.locked("A test started a rebuild"):
                won[number] += 1
                end.wait()
                continue
            end.wait()

    threads = [Thread(target=race, args=[home]) for home in homes]
    for thread in threads:
        thread.start()
    for thread in threads:
        await asyncio.to_thread(thread.join)
    assert won == [1] * rounds


async def test_a_build_that_was_taken_for_dead_does_not_switch(pair: Pair, database_url: str) -> None:
    a, b = pair
    stopped, goes_on = asyncio.Event(), Event()
    loop = asyncio.get_running_loop()

    def sleep(progress: Progress) -> None:
        if progress.stage is Stage.EXAMINING:
            loop.call_soon_threadsafe(stopped.set)
            goes_on.wait()

    late = asyncio.create_task(a.index.build(started_by="Process a", on_progress=sleep))
    await stopped.wait()
    run_out(database_url)
    fresh = (await b.built(1)).generation
    goes_on.set()
    with pytest.raises(BuildError, match="assumed that this one had stopped"):
        await late
    assert await a.live() == fresh
    assert b.sound()


def run_out(database: str) -> None:
    """The current lease no longer counts."""
    engine = open_blocking_engine(database)
    with engine.begin() as connection:
        connection.execute(update(shared_index).values(until=datetime(2026, 1, 1, tzinfo=UTC)))
    engine.dispose()


def test_a_process_that_wakes_after_its_lease_cannot_switch(
    chroma: RealChroma, opened: Callable[[], SharedIndex], database_url: str, tmp_path: Path
) -> None:
    sleeper, other = (SharedGenerations(tmp_path / name, chroma.address, opened()) for name in "ab")
    built = GenerationFolder(tmp_path / "20260301-120000-abcd")
    built.path.mkdir()
    built.manifest.write_text("{}")
    with sleeper.locked("A test started a rebuild"):
        run_out(database_url)
        with other.locked("Another test started a rebuild"):
            with pytest.raises(BuildError, match="assumed that this one had stopped"):
                sleeper.switch_to(built)
            with pytest.raises(BuildError, match="assumed that this one had stopped"):
                sleeper.remove_all_but(set())
        assert sleeper.live_id() is None


async def test_killed_between_the_files_and_the_switch(
    chroma: RealChroma, pair: Pair, database_url: str, tmp_path: Path, models: Path
) -> None:
    a, b = pair
    first = (await a.build()).generation
    assert await asyncio.to_thread(killed_before_the_switch, tmp_path, models, chroma.address, database_url)
    assert len(b.home.complete()) == 2
    assert await b.live() == first
    assert await b.first_hit("Who leads the front?") == "front.md"
    with pytest.raises(BuildRunning, match=r"^Process c started a rebuild at"):
        await b.built(1)
    run_out(database_url)
    following = await b.built(1)
    assert await b.live() == following.generation
    assert b.sound()


async def test_old_generations_go_from_the_server_and_from_every_data_folder(chroma: RealChroma, pair: Pair) -> None:
    a, b = pair
    first = await a.build()
    assert await b.first_hit("Who leads the front?") == "front.md"
    for number in range(4):
        latest = await a.built(number)
    # what it has answered from so far is gone
    assert await b.first_hit("What is number 3?") == "number-3.txt"
    assert await b.live() == latest.generation
    kept = {status.generation for status in a.home.complete()}
    assert len(kept) == 4
    assert {name.removeprefix("footnote-passages-") for name in chroma.names()} == kept
    assert not [*a.records.parts(str(first.generation), "catalogue.sqlite")]
    assert a.copies() == kept
    assert b.copies() <= kept
    assert collect_garbage(b.home, b.data).generations == 0


async def test_answers_go_on_when_the_server_is_back(chroma: RealChroma, pair: Pair) -> None:
    a, b = pair
    await a.build()
    assert await b.first_hit("Who leads the front?") == "front.md"
    chroma.stop()
    with pytest.raises(ServerAway, match="cannot be reached at the moment"):
        await b.first_hit("Who leads the front?")
    with pytest.raises(ServerAway):
        await a.build()
    chroma.start()
    assert await b.first_hit("Who leads the front?") == "front.md"
    assert (await a.built(1)).live
    assert a.sound()


async def test_without_a_server_there_is_one_clear_line(tmp_path: Path, sqlite: Databases, minilm: MiniLM) -> None:
    write_articles(tmp_path / "articles", ARTICLES)
    holder = Holder(tmp_path, "a", ChromaServer("http://127.0.0.1:9"), sqlite.migrated(), minilm)
    with pytest.raises(ServerAway, match=r"^The Chroma server at http://127\.0\.0\.1:9 cannot be reached\. Start it"):
        await holder.build()
    await holder.close()


async def test_without_its_database_there_is_one_clear_line_and_questions_are_answered(
    chroma: RealChroma, postgresql: PostgreSQLDatabases, tmp_path: Path, minilm: MiniLM
) -> None:
    write_articles(tmp_path / "articles", ARTICLES)
    holder = Holder(tmp_path, "a", chroma.address, postgresql.migrated(), minilm)
    await holder.build()
    postgresql.drop()
    with pytest.raises(ServerAway, match="its database does not answer"):
        await holder.build()
    assert await holder.first_hit("Who leads the front?") == "front.md"
    await holder.close()


async def test_before_the_first_build_the_index_is_empty(pair: Pair) -> None:
    with pytest.raises(EmptyIndex):
        await pair[0].index.status()


async def test_files_that_are_not_whole_in_the_database_are_not_answered_from(pair: Pair, database_url: str) -> None:
    a, b = pair
    first = (await a.build()).generation
    assert await b.live() == first
    second = (await a.built(1)).generation
    engine = open_blocking_engine(database_url)
    with engine.begin() as connection:
        connection.execute(delete(shared_files).filter_by(generation=second, name="catalogue.sqlite", part=0))
    engine.dispose()
    following = asyncio.create_task(b.index.follow(seconds=0.02))
    await asyncio.sleep(0.2)  # ten looks, which change nothing
    assert await b.live() == first
    following.cancel()
    async with asyncio.timeout(10):  # a look in a thread is not cancelled: it tidies up behind itself
        while b.copies() != {first}:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


class Guard:
    """A proxy in front of a Chroma server, as operators use it: requests without a token are refused."""

    def __init__(self, server: ChromaServer, token: str, *, header: str) -> None:
        self._server = server
        self._expected = {header: f"Bearer {token}" if header == "Authorization" else token}
        self.refused = 0

    async def __aenter__(self) -> str:
        app = web.Application(client_max_size=100_000_000)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._session = ClientSession()
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        if any(request.headers.get(name) != value for name, value in self._expected.items()):
            self.refused += 1
            return web.json_response({"error": "Unauthorized"}, status=401)
        body, kind = await request.read(), request.headers.get("Content-Type", "application/json")
        url = f"{self._server.url}{request.path_qs}"
        async with self._session.request(request.method, url, data=body, headers={"Content-Type": kind}) as answer:
            return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)


@pytest.mark.parametrize("header", ["Authorization", "X-Chroma-Token"])
async def test_each_request_carries_the_token(
    chroma: RealChroma, database_url: str, header: str, tmp_path: Path, minilm: MiniLM
) -> None:
    write_articles(tmp_path / "articles", ARTICLES)
    guard = Guard(chroma.address, "a-token", header=header)
    async with guard as url:
        holder = Holder(tmp_path, "a", ChromaServer(url, "a-token"), database_url, minilm)
        await holder.build()
        assert await holder.first_hit("Who leads the front?") == "front.md"
        await holder.close()
    assert guard.refused == 0


@pytest.mark.parametrize("token", [None, "another"])
async def test_a_token_that_is_refused_is_one_clear_line(
    chroma: RealChroma, sqlite: SQLiteDatabases, token: str | None, building_says: Callable[..., Awaitable[str]]
) -> None:
    async with Guard(chroma.address, "a-token", header="Authorization") as url:
        said = await building_says(
            CHROMA_URL=url, DATABASE_URL=sqlite.migrated(), **({"CHROMA_TOKEN": token} if token else {})
        )
    assert said == "footnote: The Chroma server refuses the token. Check CHROMA_TOKEN."


@pytest.fixture
def building_says(tmp_path: Path) -> Callable[..., Awaitable[str]]:
    """What `footnote index build` says last on standard error, with these settings."""
    write_articles(tmp_path / "articles", ARTICLES)

    async def run(**settings: str) -> str:
        environment = os.environ | settings | {"COLUMNS": "250"}
        asked = await asyncio.to_thread(run_program, Footnote(("index", "build")), cwd=tmp_path, env=environment)
        return asked.stderr.splitlines()[-1].strip()

    return run


def test_a_token_is_not_shown() -> None:
    assert "a-token" not in repr(ChromaServer("http://127.0.0.1", "a-token"))
