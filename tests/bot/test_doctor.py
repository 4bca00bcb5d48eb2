"""`footnote doctor`: a set-up that works, and each way in which it can be broken, with the right advice."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import discord
import pytest
from aiohttp import web
from databases import SQLiteDatabases
from discord.http import Route
from discord_stage import OPENAPI
from fake_discord import Channel, FakeDiscord, Guild
from small_index import SmallIndex

from footnote.adapters.database import open_engine, stores_of
from footnote.review.recording import Review
from footnote_bot.client import point_at
from footnote_bot.doctor.examination import examine
from footnote_bot.doctor.findings import Finding, State
from footnote_bot.doctor.machine_checks import compared_clocks, disk_finding
from footnote_bot.doctor.storage_checks import index_findings
from footnote_bot.settings import read_settings
from footnote_bot.web.serving import served
from footnote_index.embedders.minilm import MiniLM

NAMES = {"Data folder", "Disk", "Articles", "Index", "Web pages", "Database", "Language model", "Discord token"}


class Setup:
    """Everything that Footnote needs, in order until a test breaks something."""

    def __init__(self, fake: FakeDiscord, small: SmallIndex, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fake = fake
        self.guild: Guild = fake.add_guild("Library")
        self.channel: Channel = fake.add_channel(self.guild, "general")
        self.desk: Channel = fake.add_channel(self.guild, "review")
        self.small = small
        self.url = url
        self.set = monkeypatch.setenv
        monkeypatch.chdir(small.articles.parent)
        for name, value in {
            "DISCORD_TOKEN": fake.token,
            "DISCORD_API_URL": fake.api_url,
            "DISCORD_GUILD_IDS": str(self.guild.id),
            "FOOTNOTE_ARTICLES": str(small.articles),
            "FOOTNOTE_DATA": str(small.data),
            "DATABASE_URL": url,
            "NO_PROXY": "127.0.0.1",
        }.items():
            self.set(name, value)

    async def review_in(self, channel_id: int) -> None:
        engine = open_engine(self.url)
        await Review(stores_of(engine).answers).set_review_channel(self.guild.id, channel_id)
        await engine.dispose()

    async def findings(self) -> list[Finding]:
        before = Route.BASE
        point_at(self.fake.api_url, None)
        try:
            return [finding async for finding in examine(read_settings())]
        finally:
            Route.BASE = before

    async def problem(self, subject: str) -> str:
        """The only bad finding: what was found, and what to do."""
        bad = [one for one in await self.findings() if one.state is State.BAD]
        assert [one.subject for one in bad] == [subject], bad
        return f"{bad[0].line}: {bad[0].advice}"

    async def remark(self, subject: str) -> str:
        findings = await self.findings()
        assert not [one for one in findings if one.state is State.BAD]
        (found,) = [one for one in findings if one.subject == subject]
        return f"{found.state.value}, {found.line}: {found.advice}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Path:
    async def build(small: SmallIndex) -> Path:
        await small.build()
        await small.index.close()
        return small.data.parent

    return asyncio.run(build(SmallIndex(tmp_path_factory.mktemp("built"), minilm)))


@pytest.fixture
async def home(
    built: Path, tmp_path: Path, minilm: MiniLM, sqlite: SQLiteDatabases, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Setup]:
    shutil.copytree(built, tmp_path / "home")
    async with FakeDiscord(openapi=OPENAPI) as fake:
        made = Setup(fake, SmallIndex(tmp_path / "home", minilm), sqlite.migrated(), monkeypatch)
        await made.review_in(made.desk.id)
        yield made


async def test_a_set_up_that_works_has_nothing_to_do(home: Setup) -> None:
    findings = await home.findings()
    assert {one.state for one in findings} == {State.OK}
    assert {one.subject for one in findings} >= NAMES | {"Server Library", "Review in Library", "Intents", "Clock"}
    assert all(not one.advice for one in findings)


async def test_it_changes_nothing(home: Setup, tmp_path: Path) -> None:
    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "sqlite" not in path.name}

    before = content()
    await home.findings()
    assert content() == before


# --- Discord


async def test_a_token_that_discord_refuses(home: Setup) -> None:
    home.set("DISCORD_TOKEN", "another")
    assert "Discord rejected it: copy it again" in await home.problem("Discord token")


async def test_discord_out_of_reach(home: Setup) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        home.fake.api_url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v10"
        assert "cannot be reached" in await home.problem("Discord token")


async def test_an_intent_that_is_wanted_and_off(home: Setup) -> None:
    home.fake.gateway._disallowed = discord.Intents(message_content=True)
    home.set("FOOTNOTE_MESSAGE_CONTENT", "true")
    assert "Message Content is off: switch it on, on the page Bot" in await home.problem("Intents")


async def test_a_server_that_nobody_has_invited_the_bot_to(home: Setup) -> None:
    home.set("DISCORD_GUILD_IDS", f"{home.guild.id},99")
    assert "not in it: invite it with https://discord.com/oauth2/authorize?client_id=" in await home.problem(
        "Server 99"
    )


async def test_no_channel_to_answer_in(home: Setup) -> None:
    for channel in (home.channel, home.desk):
        denied = discord.Permissions(embed_links=True)
        home.fake.set_overwrite(channel, home.fake.bot, deny=denied)
    findings = {one.subject: one for one in await home.findings() if one.state is State.BAD}
    assert findings["Server Library"].advice == "give its role Embed Links"
    assert findings["Review in Library"].advice == "give the bot Embed Links there"


async def test_one_channel_without_permissions_is_named(home: Setup) -> None:
    home.fake.set_overwrite(home.channel, home.fake.bot, deny=discord.Permissions(send_messages=True))
    remark = await home.remark("Server Library")
    assert remark == "warn, the bot can answer in 1 channel: it lacks #general: Send Messages, Embed Links"


async def test_a_review_channel_that_is_deleted(home: Setup) -> None:
    await home.review_in(99)
    assert "deleted, or the bot cannot see it: choose another" in await home.problem("Review in Library")


async def test_a_bot_that_anybody_can_invite(home: Setup) -> None:
    home.set("DISCORD_GUILD_IDS", "")
    home.fake.world.is_public_bot = True
    assert "switch off Public Bot" in await home.remark("Inviting")


# --- disk, index, database


async def test_no_articles(home: Setup) -> None:
    shutil.rmtree(home.small.articles)
    assert "there is no folder" in await home.problem("Articles")
    home.small.articles.mkdir()
    assert "put .md, .txt" in await home.problem("Articles")


async def test_a_file_in_place_of_the_articles_folder(home: Setup) -> None:
    file = next(one for one in home.small.articles.iterdir() if one.is_file())
    home.set("FOOTNOTE_ARTICLES", str(file))
    assert await home.problem("Articles") == (
        f"{file} is a file: set FOOTNOTE_ARTICLES to the folder that it is in: {home.small.articles}"
    )


async def test_an_index_that_was_never_built(home: Setup) -> None:
    shutil.rmtree(home.small.data / "index")
    assert await home.problem("Index") == "nothing has been built yet: run `footnote index build`"


def garbage_in_pointer(small: SmallIndex) -> None:
    (small.data / "index" / "live").write_bytes(b"\xff\xfe../../etc\n")


def altered_catalogue(small: SmallIndex) -> None:
    (catalogue,) = small.generations.glob("*/catalogue.sqlite")
    catalogue.write_bytes(catalogue.read_bytes()[:-100])


def no_manifest(small: SmallIndex) -> None:
    next(small.generations.glob("*/manifest.json")).unlink()


@pytest.mark.parametrize(
    ("damage", "command"),
    [
        (garbage_in_pointer, "footnote index build"),
        (altered_catalogue, "footnote index build --full"),
        (no_manifest, "footnote index build"),
    ],
)
async def test_a_damaged_index(home: Setup, damage: Callable[[SmallIndex], None], command: str) -> None:
    damage(home.small)
    assert f"run `{command}`" in await home.problem("Index")


async def test_an_index_of_another_embedder(home: Setup) -> None:
    async with server({"data": [{"id": "text-embedding-3-small"}]}) as url:
        home.set("OPENAI_BASE_URL", url)
        home.set("FOOTNOTE_EMBEDDER", "openai")
        home.set("FOOTNOTE_ANSWERER", "extractive")
        assert "FOOTNOTE_EMBEDDER is openai" in await home.problem("Index")


async def test_an_index_of_another_local_embedder(home: Setup) -> None:
    home.set("FOOTNOTE_EMBEDDER", "multilingual")
    assert "built with minilm, and FOOTNOTE_EMBEDDER is multilingual" in await home.problem("Index")


@pytest.mark.usefixtures("home")
async def test_an_old_index() -> None:
    (found,) = index_findings(read_settings(), now=datetime.now(UTC) + timedelta(days=200))
    assert (found.state, "FOOTNOTE_WATCH_MINUTES" in found.advice) == (State.WARN, True)


async def test_a_damaged_database(home: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (home.small.data / "footnote.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert "footnote.sqlite cannot be read" in await home.problem("Database")


async def test_a_database_that_cannot_be_reached(home: Setup) -> None:
    home.set("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert "correct DATABASE_URL, or start the database" in await home.problem("Database")


async def test_a_database_url_that_is_none(home: Setup) -> None:
    home.set("DATABASE_URL", "foo")
    assert "sqlite:///" in await home.problem("Database")


async def test_a_data_folder_that_is_a_file(home: Setup, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    home.set("FOOTNOTE_DATA", str(tmp_path / "file"))
    findings = {one.subject: one.advice for one in await home.findings() if one.state is State.BAD}
    assert findings["Data folder"] == "move it away, or set FOOTNOTE_DATA"


@pytest.mark.parametrize(
    ("free", "state"), [(100_000_000, State.BAD), (500_000_000, State.WARN), (5_000_000_000, State.OK)]
)
def test_a_full_disk(tmp_path: Path, free: int, state: State) -> None:
    assert disk_finding(tmp_path / "not" / "yet", free=free).state is state


@pytest.mark.parametrize(
    ("seconds", "state", "line"),
    [
        (2, State.OK, "it is correct"),
        (-60, State.WARN, "it is 60 seconds slow"),
        (4000, State.BAD, "it is 4,000 seconds fast"),
    ],
)
def test_a_wrong_clock(seconds: int, state: State, line: str) -> None:
    now = datetime.now(UTC)
    found = compared_clocks(now + timedelta(seconds=seconds), now)
    assert (found.state, found.line) == (state, line)


async def test_a_port_that_is_taken_and_an_address_without_pages(home: Setup) -> None:
    home.set("FOOTNOTE_WEB_URL", "https://notes.example")
    assert "no pages are served: set FOOTNOTE_WEB_PORT" in await home.problem("Web pages")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        home.set("FOOTNOTE_WEB_PORT", str(taken.getsockname()[1]))
        assert "cannot be used" in await home.remark("Web pages")


# --- models


@asynccontextmanager
async def server(models: Any = None, *, status: int = 200, **routes: Any) -> AsyncIterator[str]:
    """`routes`: what other servers report, by the last part of the path."""

    async def listed(_request: web.Request) -> web.Response:
        return web.json_response(models, status=status)

    application = web.Application()
    application.router.add_get("/v1/models", listed)
    for name, answer in routes.items():
        path = {"props": "/props", "show": "/api/show"}[name]
        application.router.add_route("*", path, partial(_answered, answer))
    async with served(application, "127.0.0.1", 0) as port:
        yield f"http://127.0.0.1:{port}/v1"


async def _answered(answer: Any, _request: web.Request) -> web.Response:
    return web.json_response(answer)


LISTED = {"data": [{"id": "qwen3"}]}


@pytest.mark.parametrize(
    ("model", "server_says", "subject", "expected"),
    [
        ("qwen3", {"models": LISTED, "status": 401}, "Language model", "refuses the key: check OPENAI_API_KEY"),
        (
            "qwen9",
            {"models": LISTED},
            "Language model",
            "no model qwen9: load it, or choose one of those it has: qwen3",
        ),
        ("qwen3", {"models": LISTED, "status": 500}, "Language model", "answers with status 500"),
        (
            "qwen3",
            {"models": {"data": [{"id": "qwen3", "max_model_len": 2048}]}},
            "Language model's context",
            "2,048 tokens are too few: raise it to 6,000",
        ),
        (
            "qwen3",
            {"models": LISTED, "props": {"default_generation_settings": {"n_ctx": 4096}}},
            "Language model's context",
            "4,096 tokens are too few",
        ),
        (
            "qwen3",
            {"models": {"data": [{"id": "qwen3:latest"}]}, "show": {"model_info": {"a.context_length": 131072}}},
            "Language model's context",
            "4,096 tokens are too few: raise it to 6,000 or more (Ollama: OLLAMA_CONTEXT_LENGTH",
        ),
    ],
    ids=["key", "model", "broken", "vLLM", "llama.cpp", "Ollama"],
)
async def test_a_model_that_cannot_be_used(
    home: Setup, model: str, server_says: dict[str, Any], subject: str, expected: str
) -> None:
    home.set("OPENAI_MODEL", model)
    async with server(**server_says) as url:
        home.set("OPENAI_BASE_URL", url)
        assert expected in await home.problem(subject)


@pytest.mark.parametrize(
    ("server_says", "line"),
    [
        ({"models": {"data": [{"id": "qwen3", "max_model_len": 32768}]}}, "32,768 tokens"),
        ({"models": LISTED, "show": {"model_info": {}, "parameters": "num_ctx   16384"}}, "16,384 tokens"),
        ({"models": LISTED}, "the server does not say; at least 6,000 tokens are needed"),
    ],
    ids=["vLLM", "Ollama", "others"],
)
async def test_a_model_that_reads_enough(home: Setup, server_says: dict[str, Any], line: str) -> None:
    home.set("OPENAI_MODEL", "qwen3")
    async with server(**server_says) as url:
        home.set("OPENAI_BASE_URL", url)
        assert await home.remark("Language model's context") == f"ok, {line}: "


async def test_a_model_server_that_is_away(home: Setup) -> None:
    home.set("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert "cannot be reached" in await home.problem("Language model")
