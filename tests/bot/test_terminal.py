"""The terminal as a first-class interface: input, errors, and what is recorded."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from article_files import write_articles
from rich.console import Console
from small_index import ARTICLES

from footnote.adapters.minilm.weights import converted
from footnote.errors import ModelError
from footnote_bot.cli import main
from footnote_bot.terminal.build_progress import progress_bar
from footnote_bot.terminal.progress import ANSWERING, PlainProgress, Step, tracked
from footnote_index.building.reports import Progress, Stage
from footnote_index.embedders.minilm import MiniLM


class Shell:
    """A shell in a folder with `articles` and their index in `var`. There is no terminal: out and err are pipes."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.database = folder / "var/footnote.sqlite"
        self.set = monkeypatch.setenv
        self._patch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)

    def run(self, *arguments: str, stdin: str = "") -> tuple[int, str, str]:
        """Exit code, output, errors."""
        self._patch.setattr(sys, "argv", ["footnote", *arguments])
        self._patch.setattr(sys, "stdin", io.StringIO(stdin))
        self._capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return (code, *self._capsys.readouterr())

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, models: Path, minilm: MiniLM) -> Path:  # noqa: ARG001 - fills models
    folder = tmp_path_factory.mktemp("shelf")
    write_articles(folder / "articles", ARTICLES)
    (folder / "var").mkdir()
    (folder / "var/models").symlink_to(models)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["footnote", "index", "build"])
        for name in [name for name in os.environ if name.startswith(("FOOTNOTE_", "DATABASE_"))]:
            patch.delenv(name)
        with pytest.raises(SystemExit, match="0"):
            main()
    return folder


@pytest.fixture
def shell(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    shutil.copytree(shelf, tmp_path / "home", symlinks=True)
    return Shell(tmp_path / "home", monkeypatch, capsys)


ANSWER = "Ahmad Massoud leads the front.¹"


def test_a_question_needs_no_quotes(shell: Shell) -> None:
    code, out, err = shell.run("ask", "Who", "leads", "the", "front?")
    assert (code, err) == (0, "")
    assert out.startswith(ANSWER)


def test_nothing_is_wrapped_in_a_pipe(shell: Shell) -> None:
    long = (
        "The bridge over the northern harbour, " + "which the town had wanted for forty years, " * 4 + "opened in 1932."
    )
    write_articles(shell.folder / "articles", {"bridge.md": f"---\ntitle: The bridge\n---\n{long}"})
    shell.set("COLUMNS", "60")
    assert shell.run("index", "build")[0] == 0
    _, out, _ = shell.run("ask", "When did the bridge over the harbour open?")
    assert f"{long}¹" in out.splitlines()
    assert f"  ¹ “{long}”" in out.splitlines()
    assert all(line == line.rstrip() for line in out.splitlines())


EMBEDDING = Step("Embedding", "passage", "embedded")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_many_things_get_a_line_for_each_tenth_where_nobody_looks() -> None:
    stream, clock = io.StringIO(), Clock()
    show = PlainProgress(Console(file=stream, width=30), clock=clock)
    clock.now = 5.0
    for done in range(1001):
        show(EMBEDDING, done, 1000)
    show(Step("Switching to the new index"), 0, 1)
    lines = stream.getvalue().splitlines()
    assert lines[:3] == [
        "Embedding 1,000 passages.",
        "100 of 1,000 passages are embedded.",
        "200 of 1,000 passages are embedded.",
    ]
    assert len(lines) == 12
    assert lines[-2:] == ["1,000 of 1,000 passages are embedded.", "Switching to the new index."]


def test_what_is_quick_needs_no_progress() -> None:
    stream = io.StringIO()
    show = PlainProgress(Console(file=stream), clock=Clock())
    show(EMBEDDING, 0, 5)
    assert [*tracked(Console(file=stream), [3, 4], ANSWERING)] == [3, 4]
    assert stream.getvalue() == ""


def test_each_stage_of_a_build_is_a_sentence_with_its_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote_bot.terminal.progress._QUICK", 0.0)
    stream = io.StringIO()
    with progress_bar(Console(file=stream)) as show:
        for stage in Stage:
            show(Progress(stage, 0, 1 if stage is Stage.EXAMINING else 2, 0.0))
    assert stream.getvalue().splitlines() == [
        "Fetching 2 pages.",
        "Reading 2 articles.",
        "Embedding 2 passages.",
        "Writing the index.",
        "Testing the new index with 1 question.",
        "Switching to the new index.",
    ]


def test_a_build_without_questions_of_its_own_says_nothing_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote_bot.terminal.progress._QUICK", 0.0)
    stream = io.StringIO()
    with progress_bar(Console(file=stream)) as show:
        show(Progress(Stage.EXAMINING, 0, 0, 0.0))
        show(Progress(Stage.FETCHING, 0, 0, 0.0))
    assert stream.getvalue() == "Fetching pages.\n"


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_search_by_date_says_how_many_articles_have_none(shell: Shell, option: str) -> None:
    _, out, err = shell.run("ask", "Who leads the front?", option, "2021-09-08")
    assert ANSWER in out
    assert err == "3 articles without a date were left out.\n"


# --- on record


def test_a_question_is_on_record_and_can_be_explained(shell: Shell) -> None:
    shell.run("ask", "Who leads the front?")
    assert shell.rows("SELECT question, answered, asker_id, guild_id, channel_id FROM answers") == [
        ("Who leads the front?", 1, 0, None, 0)
    ]
    code, out, _ = shell.run("review", "why", "1")
    assert (code, "Question: Who leads the front?" in out) == (0, True)
    told = shell.run("review", "stats")[1]
    assert "Asked: 1 question" in told
    assert "Waiting: 0 for a verdict" in told  # nobody can decide it there


def test_each_question_of_a_chat_is_on_record(shell: Shell) -> None:
    shell.run("chat", stdin="Who leads the front?\nHow long is the valley?\n")
    assert shell.rows("SELECT question FROM answers ORDER BY id") == [
        ("Who leads the front?",),
        ("How long is the valley?",),
    ]


def garbage(shell: Shell) -> None:
    shell.database.write_bytes(b"SQLite format 3\0" + b"x" * 5000)


def foo(shell: Shell) -> None:
    shell.set("DATABASE_URL", "foo")


def nobody_answers(shell: Shell) -> None:
    shell.set("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")


def newer(shell: Shell) -> None:
    shell.run("ask", "Who leads the front?")
    with closing(sqlite3.connect(shell.database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize("damage", [garbage, foo, nobody_answers, newer], ids=lambda one: one.__name__)
def test_a_database_that_cannot_be_used_blocks_no_question(shell: Shell, damage: Callable[[Shell], None]) -> None:
    damage(shell)
    code, out, err = shell.run("ask", "Who leads the front?")
    assert code == 0
    assert out.startswith(ANSWER)
    (warning,) = err.splitlines()
    assert "DATABASE_URL" in warning
    assert "Traceback" not in err


def test_what_needs_the_database_still_says_that_it_cannot_be_used(shell: Shell) -> None:
    foo(shell)
    code, _, err = shell.run("review", "list")
    assert (code, "sqlite:///" in err) == (1, True)


# --- what people write into .env, and what disks do


def test_a_broken_line_of_env_is_named_with_its_file(shell: Shell) -> None:
    (shell.folder / ".env").write_text("LOG_LEVEL=INFO\nthis is 'no setting\nFOOTNOTE_DATA=var\n", encoding="utf-8")
    code, _, err = shell.run("ask", "Who leads the front?")
    assert code == 0
    assert f"Line 2 of {shell.folder / '.env'} is not NAME=value, and is ignored." in err
    assert "python-dotenv" not in err
    assert "no setting" not in err


@pytest.mark.parametrize("home", ["$HOME", "${HOME}", "~"])
def test_the_home_folder_can_be_named_in_env(shell: Shell, home: str) -> None:
    shell.set("HOME", str(shell.folder))
    shell.set("FOOTNOTE_ARTICLES", "elsewhere")
    (shell.folder / ".env").write_text(f"FOOTNOTE_DATA={home}/var\n", encoding="utf-8")
    assert shell.run("ask", "Who leads the front?")[1].startswith(ANSWER)
    assert not (shell.folder / "$HOME").exists()


def test_a_variable_that_is_not_set_is_no_folder(shell: Shell) -> None:
    (shell.folder / ".env").write_text("FOOTNOTE_DATA=$NO_SUCH_VARIABLE/var\n", encoding="utf-8")
    code, _, err = shell.run("ask", "Who leads the front?")
    assert (code, "$NO_SUCH_VARIABLE in it is not set" in err) == (1, True)


def test_garbage_in_the_pointer_to_the_index_is_repaired_automatically(shell: Shell) -> None:
    (shell.folder / "var/index/live").write_bytes(b"\xff\x00../../etc/passwd\n")
    code, out, _ = shell.run("ask", "Who leads the front?")
    assert (code, out.startswith(ANSWER)) == (0, True)


def test_half_a_model_file_is_found_and_made_once_more(models: Path, minilm: MiniLM, tmp_path: Path) -> None:
    name = next(folder.name for folder in models.iterdir() if folder.name.startswith("minilm"))
    shutil.copytree(models / name, tmp_path / name)
    whole = (tmp_path / name / "model.bin").read_bytes()
    (tmp_path / name / "model.bin").write_bytes(whole[: len(whole) // 2])
    repaired = MiniLM(tmp_path)
    assert (tmp_path / name / "model.bin").read_bytes() == whole
    assert (repaired.embed_question("front") == minilm.embed_question("front")).all()


def test_a_model_without_checksums_is_not_trusted(models: Path, tmp_path: Path) -> None:
    name = next(folder.name for folder in models.iterdir() if folder.name.startswith("minilm"))
    shutil.copytree(models / name, tmp_path / name)
    assert converted(tmp_path / "not needed", tmp_path, name=name).is_dir()
    (tmp_path / name / "checksums.json").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(ModelError, match="missing"):
        converted(tmp_path / "needed now", tmp_path, name=name)
