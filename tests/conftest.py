"""What several test files share: real MiniLM, converted once per run, and the stage for the bot in Discord.

Discord modules are imported where they are used: the core's tests should not wait for them.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from memory_disk import memory_disk

from footnote_index.embedders.minilm import MiniLM

if TYPE_CHECKING:
    from databases import Databases, PostgreSQLDatabases, SQLiteDatabases
    from discord_stage import Stage
    from small_index import SmallIndex
    from terminal_stage import Terminal
    from watched_store import WatchedStore


# The same examples in every run: a change fails for what it does, not for its luck.
# `pytest --hypothesis-profile=default` seeks new ones.
settings.register_profile("same", derandomize=True, max_examples=50, deadline=None)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders are in memory, and are deleted after the run; `pytest --basetemp=FOLDER` keeps them.

    The garbage collector is off while tests are collected: it would take half of that time.
    """
    is_worker = hasattr(config, "workerinput")  # of xdist: its folders lie in those of the first process
    if not is_worker and config.option.basetemp is None and (memory := memory_disk()):
        config.option.basetemp = tempfile.mkdtemp(prefix="footnote-tests-", dir=memory)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))
    if is_worker or not getattr(config.option, "numprocesses", None):  # else this process collects none
        gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test comes first: as the last one, it would run alone for most of a minute."""
    items.sort(key=lambda item: item.path.name != "test_slow_patterns.py")


def pytest_collection_finish() -> None:
    """The garbage collector ignores half a million objects of modules and tests, which all stay, and does not run after
    every 700 new ones.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: now and then a test waits, for a time-out or for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests define their own settings: a developer's own token, key or folder never reaches them."""
    for name in list(os.environ):
        is_of_tests = name.startswith("FOOTNOTE_TESTS_")
        is_prefixed = name.startswith(("DISCORD_", "FOOTNOTE_", "OPENAI_")) and not is_of_tests
        if is_prefixed or name in {"CHROMA_URL", "CHROMA_TOKEN", "DATABASE_URL", "LOG_LEVEL"}:
            monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def forked_parsers() -> Iterator[None]:
    """Files are parsed in forked processes, if the system can tell a process from a later one with the same number.

    Tests of such processes, and programs that tests run, start them as users do.
    """
    if not hasattr(os, "pidfd_open"):
        yield
        return
    from forked_parsers import Parsers

    parsers = Parsers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("footnote_index.loaders.parser_process.start_process", parsers.start)
        yield
    parsers.close()


@pytest.fixture(scope="session", autouse=True)
def forked_programs() -> Iterator[Callable[..., object]]:
    """Processes that write generations or run LlamaIndex's readers are forked too. Another module that starts such
    readers.
    """
    from forked_programs import start_reader, start_writer

    from footnote_index.connectors import reading

    started_for_users = reading.start_process
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("footnote_index.building.process.start_process", start_writer)
        patch.setattr("footnote_index.connectors.reading.start_process", start_reader)
        yield started_for_users


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the converted model."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def minilm(models: Path) -> MiniLM:
    return MiniLM(models)


@pytest.fixture
async def small(tmp_path: Path, minilm: MiniLM) -> AsyncIterator[SmallIndex]:
    from small_index import SmallIndex

    opened = SmallIndex(tmp_path, minilm)
    yield opened
    await opened.index.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from footnote.adapters.database import upgrade

    file = tmp_path_factory.mktemp("database") / "template.sqlite"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> SQLiteDatabases:
    from databases import SQLiteDatabases

    return SQLiteDatabases(tmp_path, sqlite_template)


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgreSQLDatabases]:
    from databases import PostgreSQLDatabases, postgresql_server

    with postgresql_server() as url:
        yield PostgreSQLDatabases(url)


@pytest.fixture
def postgresql(postgresql_databases: PostgreSQLDatabases) -> Iterator[PostgreSQLDatabases]:
    yield postgresql_databases
    postgresql_databases.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Of each kind, one after the other."""
    found: Databases = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def database_url(databases: Databases) -> str:
    return databases.migrated()


@pytest.fixture
def kept_in(request: pytest.FixtureRequest) -> Databases:
    """SQLite, unless a test names the other kind by `indirect`."""
    found: Databases = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
async def watched_store(kept_in: Databases, tmp_path: Path) -> AsyncIterator[WatchedStore]:
    from watched_store import WatchedStore

    store = WatchedStore(kept_in.migrated(), tmp_path)
    yield store
    await store.close()


@pytest.fixture
async def empty(watched_store: WatchedStore) -> AsyncIterator[Stage]:
    """A stage without the bot: for tests that start and stop it themselves."""
    from discord_stage import OPENAPI, Stage
    from fake_discord import FakeDiscord

    async with FakeDiscord(openapi=OPENAPI) as fake:
        yield Stage(fake, watched_store)


@pytest.fixture
async def stage(empty: Stage) -> AsyncIterator[Stage]:
    async with empty.running():
        yield empty


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, models: Path, minilm: MiniLM) -> Path:  # noqa: ARG001 - fills models
    """A folder with articles and their index, to be copied."""
    from terminal_stage import built_shelf

    return built_shelf(tmp_path_factory.mktemp("shelf"), models)


@pytest.fixture
def terminal(
    shelf: Path,
    sqlite_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    from terminal_stage import Terminal

    shutil.copytree(shelf, tmp_path / "home", symlinks=True)
    shutil.copy(sqlite_template, tmp_path / "home/var/footnote.sqlite")
    return Terminal(tmp_path / "home", monkeypatch, capsys)
