"""`footnote backup` and `footnote restore`, with the real index and real databases."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import os
import shutil
import sys
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pytest
from article_files import write_articles
from databases import PostgreSQLDatabases
from examples import an_answer
from forked_programs import Code, run
from small_index import ARTICLES
from word_reader import WordReader

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine, upgrade
from footnote.errors import BackupError
from footnote.records.answers import AnswerRecord, Decision, Verdict
from footnote.stores import Asked
from footnote_bot.cli import main
from footnote_bot.settings import Settings
from footnote_bot.terminal import archive
from footnote_bot.terminal.backup import back_up
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index
from footnote_index.storage import data_folder
from footnote_index.storage.generations import Generations

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTION = "Who leads the front?"
SQLITE = "sqlite:///var/footnote.sqlite"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class Place:
    """Where Footnote runs: a folder with `articles` and `var`, and maybe a database elsewhere."""

    def __init__(
        self, folder: Path, models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.data = folder / "var"
        self.database = SQLITE
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.data.mkdir(parents=True)
        (self.data / "models").symlink_to(models)

    def run(self, *arguments: object) -> Ran:
        self._monkeypatch.chdir(self.folder)
        self._monkeypatch.setenv("COLUMNS", "250")
        self._monkeypatch.setenv("DATABASE_URL", self.database)
        self._monkeypatch.setattr(sys, "argv", ["footnote", *map(str, arguments)])
        self._capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return Ran(code, *self._capsys.readouterr())

    def does(self, *arguments: object) -> str:
        ran = self.run(*arguments)
        assert ran.code == 0, ran.err
        return ran.out

    def refuses(self, *arguments: object) -> str:
        """The one line that says why; everything in the folder is as it was."""
        before = self.files()
        ran = self.run(*arguments)
        assert (ran.code, ran.out, self.files()) == (1, "", before)
        (line,) = (line for line in ran.err.splitlines() if line)
        return line

    def files(self) -> dict[str, int]:
        """Without locks, and SQLite's files for an open database."""
        found = (file for file in self.folder.rglob("*") if file.is_file())
        return {str(file): file.stat().st_size for file in found if not file.name.endswith(("lock", "-wal", "-shm"))}

    def claims(self) -> Any:
        return json.loads(self.does("ask", QUESTION, "--json"))["claims"]

    def keeps(self, work: Callable[[DatabaseStore], Any]) -> Any:
        self._monkeypatch.chdir(self.folder)

        async def run() -> Any:
            store = DatabaseStore(open_engine(self.database))
            try:
                return await work(store)
            finally:
                await store.close()

        return asyncio.run(run())

    def record(self) -> AnswerRecord:
        found: AnswerRecord = self.keeps(lambda store: store.get(1))
        return found


async def put_a_verdict_on_record(store: DatabaseStore) -> None:
    record = await store.add(an_answer(), Asked(1, 2, 3, NOON))
    await DatabaseVerdicts(store._engine).decide(Verdict(record.id, Decision.APPROVED, 7, NOON))


Make = Callable[[str], Place]


@pytest.fixture
def make(
    tmp_path: Path,
    models: Path,
    minilm: MiniLM,  # noqa: ARG001 - fills models
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Make:
    return lambda name: Place(tmp_path / name, models, monkeypatch, capsys)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Path:
    """A folder with an index and a verdict on record, and with their backup."""
    folder = tmp_path_factory.mktemp("kept")
    settings = settings_for(folder)
    write_articles(settings.articles, ARTICLES)

    async def fill() -> None:
        index = Index(settings.articles, settings.data, lambda: minilm, reader=WordReader())
        await index.build(started_by="A test", on_progress=lambda _progress: None)
        await index.close()
        store = DatabaseStore(open_engine(settings.database))
        await put_a_verdict_on_record(store)
        await store.close()

    upgrade(settings.database)
    asyncio.run(fill())
    back_up(settings, folder / "footnote.tar.gz", lambda *_step: None)
    return folder


def settings_for(folder: Path) -> Settings:
    return Settings(FOOTNOTE_ARTICLES=folder / "articles", FOOTNOTE_DATA=folder / "var")  # type: ignore[call-arg]


@pytest.fixture
def old(kept: Path, make: Make) -> Place:
    place = make("old")
    shutil.copytree(kept, place.folder, dirs_exist_ok=True)
    return place


@pytest.fixture
def file(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept / "footnote.tar.gz", tmp_path))


def test_a_backup_says_what_it_holds(old: Place) -> None:
    said = old.does("backup", "new.tar.gz")
    assert "with 5 articles, 1 answers, 1 verdicts" in said
    assert "articles is not in the backup: keep a copy of it yourself" in said
    assert (old.folder / "new.tar.gz").stat().st_mode & 0o777 == 0o600


def test_a_fresh_place_answers_and_remembers_as_the_old_one_did(old: Place, file: Path, make: Make) -> None:
    new = make("new")
    assert "Restored: generation" in new.does("restore", file)
    assert "is intact" in new.does("index", "verify")
    assert new.claims() == old.claims() != []
    assert new.record() == old.record()
    write_articles(new.folder / "articles", ARTICLES | {"new.txt": "News\nIt rains."})
    report = json.loads(new.does("index", "build", "--json"))
    assert (report["added"], report["unchanged"]) == (1, 5)
    assert report["embedded_tokens"] < 20  # the vectors came along


def test_verdicts_go_to_postgresql_and_back(
    old: Place, file: Path, make: Make, postgresql: PostgreSQLDatabases, tmp_path: Path
) -> None:
    there, back = make("there"), make("back")
    there.database = postgresql.empty()
    there.does("restore", file)
    there.does("backup", tmp_path / "second.tar.gz")
    back.does("restore", tmp_path / "second.tar.gz")
    assert there.record() == back.record() == old.record()
    assert there.claims() == back.claims()


async def test_backups_can_be_made_while_a_build_runs_and_answers_come_in(old: Place, minilm: MiniLM) -> None:
    settings = settings_for(old.folder)
    index = Index(settings.articles, settings.data, lambda: minilm, reader=WordReader())
    store = DatabaseStore(open_engine(settings.database))
    before = (await index.status()).generation
    files = [old.folder / f"{number}.tar.gz" for number in range(1, 4)]
    loop, left = asyncio.get_running_loop(), iter(files)

    def back_up_once(_progress: object) -> None:
        if file := next(left, None):
            asyncio.run_coroutine_threadsafe(put_a_verdict_on_record(store), loop).result()
            back_up(settings, file, lambda *_step: None)

    report = await index.build(full=True, started_by="A test", on_progress=back_up_once)
    assert report.generation != before
    await index.close()
    await store.close()
    for number, file in enumerate(files):
        (old.folder / str(number)).mkdir()
        archive.unpack(file, old.folder / str(number), lambda *_bytes: None)
        assert [path.name for path in (old.folder / str(number) / "index").iterdir()] == [before]
        verdicts = (old.folder / str(number) / "database/verdicts.jsonl").read_text().splitlines()
        assert len(verdicts) == number + 2


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def alter(file: Path) -> None:
    content = bytearray(gzip.decompress(file.read_bytes()))
    place = content.index(b"Ahmad Massoud")
    content[place : place + 5] = b"Abdul"
    file.write_bytes(gzip.compress(content))


def replace_with_notes(file: Path) -> None:
    file.write_text("not a backup")


@pytest.mark.parametrize("damage", [cut, alter, replace_with_notes])
def test_a_damaged_backup_changes_nothing(old: Place, file: Path, damage: Callable[[Path], None]) -> None:
    damage(file)
    assert old.refuses("restore", file, "--yes") == (
        f"footnote: {file} is damaged, or not a backup of Footnote. Nothing was changed; use another file."
    )
    assert old.record().verdict


def test_a_backup_of_a_newer_footnote_is_refused(old: Place, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    archive.pack(tmp_path / "folder", {"format": archive.FORMAT + 1}, tmp_path / "newer", lambda *_bytes: None)
    assert "made by a newer Footnote. Update this one" in old.refuses("restore", tmp_path / "newer", "--yes")


def test_what_is_there_is_not_replaced_unless_somebody_agrees(old: Place, file: Path, make: Make) -> None:
    assert "already contains an index. With --yes it is kept" in old.refuses("restore", file)
    shutil.rmtree(old.data / "index")
    assert "The database already contains answers. With --yes" in old.refuses("restore", file)
    assert "already exists. Choose another name" in old.refuses("backup", file)
    assert "no index and no database yet. Run `footnote index build`" in make("empty").refuses("backup", "b")


def test_a_bot_that_runs_is_not_restored_into(old: Place, file: Path) -> None:
    with data_folder.locked(old.data):
        assert "is in use by another Footnote (a bot or a chat). Stop that one" in old.refuses("restore", file, "--yes")


def test_what_was_there_is_kept(old: Place, file: Path) -> None:
    before = Generations(old.data).live()
    assert before
    old.keeps(put_a_verdict_on_record)
    said = old.does("restore", file, "--yes")
    assert f"Generation {before.id}, live before, is kept: `footnote index rollback` goes back to it." in said
    (kept,) = old.data.glob("footnote.sqlite.before_*")
    assert kept.name in said
    assert f"Live again: generation {before.id}" in old.does("index", "rollback")
    with pytest.raises(Exception, match="Answer 2 does not exist"):
        old.keeps(lambda store: store.get(2))
    old.database = f"sqlite:///var/{kept.name}"
    assert old.keeps(lambda store: store.get(2)).verdict


def test_a_damaged_index_is_not_an_obstacle(old: Place, file: Path) -> None:
    damaged = Generations(old.data).live()
    assert damaged
    damaged.manifest.write_text("{")
    assert "Restored: generation" in old.does("restore", file, "--yes")
    assert "is intact" in old.does("index", "verify")


def test_a_database_that_is_away_leaves_no_index(file: Path, make: Make, unused_tcp_port: int) -> None:
    new = make("new")
    new.database = f"postgresql://user:secret@127.0.0.1:{unused_tcp_port}/footnote"
    refused = new.run("restore", file, "--yes")
    assert (refused.code, "secret" in refused.err) == (1, False)
    assert "footnote at 127.0.0.1 cannot be used" in refused.err
    assert Generations(new.data).all() == []


KILLED_WHILE_RESTORING = """
import os, sys
from pathlib import Path
from footnote_bot.terminal.backup import restore
from footnote_bot.settings import read_settings

def end(step, done, total):
    if step == "filling the database":
        os._exit(9)

restore(read_settings(), Path(sys.argv[1]), may_move_aside=False, on_step=end)
"""


def test_a_restore_that_is_killed_has_changed_nothing(file: Path, make: Make) -> None:
    new = make("new")
    environment = os.environ | {"DATABASE_URL": SQLITE}
    killed = run(Code(KILLED_WHILE_RESTORING, (str(file),)), cwd=new.folder, env=environment)
    assert (killed.returncode, killed.stderr) == (9, "")
    assert (Generations(new.data).live(), Generations(new.data).complete()) == (None, [])
    assert "1 answers, 1 verdicts" in new.does("restore", file)
    assert list(new.data.glob("restoring-*")) == []
    assert len(Generations(new.data).all()) == 1


@pytest.fixture
def umask() -> Iterator[None]:
    """As on most systems; the commands set their own."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_nothing_that_the_program_creates_can_be_read_by_others(umask: None, file: Path, make: Make) -> None:  # noqa: ARG001
    new = make("new")
    write_articles(new.folder / "articles", ARTICLES | {"sources.yaml": "urls: [http://127.0.0.1:9/]"})
    (new.folder / "questions.jsonl").write_text(json.dumps({"id": 1, "question": QUESTION}))
    made_here = {*new.folder.rglob("*")}
    new.does("restore", file)
    new.does("index", "build")
    new.does("ask", "--batch", "questions.jsonl", "--out", "answers.jsonl")
    new.does("review", "export", "answers.csv")
    new.does("backup", "new.tar.gz")
    new.does("restore", "new.tar.gz", "--yes")
    created = {path for path in new.folder.rglob("*") if path not in made_here}
    names = {path.name for path in created}
    assert {"footnote.sqlite", "pages.sqlite", "answers.jsonl", "answers.csv", "new.tar.gz", "generations"} <= names
    assert any(name.startswith("footnote.sqlite.before_") for name in names)
    assert [str(path) for path in created if path.stat().st_mode & 0o077] == []


def packed(folder: Path, target: Path) -> Path:
    """A backup with correct checksums, whatever is in it."""
    archive.pack(folder, {}, target, lambda *_bytes: None)
    return target


def with_files(**files: object) -> Callable[[Path], None]:
    """Files of the database in the backup, as JSON; those that are None are left out."""

    def change(folder: Path) -> None:
        for name, content in files.items():
            file = folder / "database" / f"{name}.{'json' if name == 'tables' else 'jsonl'}"
            file.unlink()
            if content is not None:
                file.write_text(content if isinstance(content, str) else json.dumps(content))

    return change


def with_row(**fields: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "database/answers.jsonl"
        file.write_text(json.dumps(json.loads(file.read_text()) | fields))

    return change


def with_index(name: str, content: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (generation,) = (folder / "index").iterdir()
        (generation / name).write_bytes(content)

    return change


def with_pages(folder: Path) -> None:
    (folder / "fetched").mkdir(exist_ok=True)
    (folder / "fetched/pages.sqlite").write_bytes(b"no database at all")


ODD: dict[str, Callable[[Path], None]] = {
    "a list in place of the tables": with_files(tables=[]),
    "a number in place of the tables": with_files(tables=1),
    "tables without numbers": with_files(tables={"revision": "0001", "rows": {}}),
    "a version that is a list": with_files(tables={"revision": [], "rows": {}, "numbers": {}}),
    "a table of somebody else": with_files(tables={"revision": "0007", "rows": {"sqlite_master": 1}, "numbers": {}}),
    "nested too deeply": with_files(tables="[" * 100_000),
    "no rows": with_files(answers=None),
    "rows that are no JSON": with_files(answers="no JSON"),
    "rows that are lists": with_files(answers=[1, 2]),
    "a column too many": with_row(colour="red"),
    "a time that is none": with_row(asked_at="yesterday"),
    "a number that is too large": with_row(channel_id=10**30),
    "a number that is an object": with_row(channel_id={"a": 1}),
    "a text that is missing": with_row(question=None),
    "half a character": with_row(question="\ud800"),
    "vectors cut off": with_index("passages.f32", b"1234567"),
    "a catalogue that is none": with_index("catalogue.sqlite", b"no database at all"),
    "pages that are none": with_pages,
}


@pytest.mark.parametrize("case", ODD)
def test_a_backup_with_odd_contents_is_one_line_and_leaves_nothing(
    case: str, file: Path, make: Make, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    archive.unpack(file, tmp_path / "folder", lambda *_bytes: None)
    if "vectors" not in case and "catalogue" not in case:
        shutil.rmtree(tmp_path / "folder/index")
    ODD[case](tmp_path / "folder")
    said = make("new").refuses("restore", packed(tmp_path / "folder", tmp_path / "odd.tar.gz"))
    assert "unexpected" not in said
    assert "another" in said


def test_a_refused_restore_leaves_what_was_there_and_no_copy_of_it(old: Place, file: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    archive.unpack(file, tmp_path / "folder", lambda *_bytes: None)
    with_row(question=None)(tmp_path / "folder")
    old.refuses("restore", packed(tmp_path / "folder", tmp_path / "odd.tar.gz"), "--yes")
    assert old.record().verdict


def tarred(target: Path, *members: tuple[tarfile.TarInfo, IO[bytes] | None]) -> Path:
    with tarfile.open(target, "w:gz", compresslevel=9) as tar:
        for member, content in members:
            tar.addfile(member, content)
    return target


def member(name: str, content: bytes, **fields: Any) -> tuple[tarfile.TarInfo, IO[bytes]]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, io.BytesIO(content)


SWOLLEN: dict[str, Callable[[], list[tuple[tarfile.TarInfo, IO[bytes] | None]]]] = {
    "a large file of nothing": lambda: [member("backup.json", b'{"format": 1}'), member("a", bytes(150_000_000))],
    "a large description": lambda: [member("backup.json", bytes(30_000_000))],
    "large checksums": lambda: [member("backup.json", b'{"format": 1}'), member("sha256.json", bytes(30_000_000))],
    "a large name": lambda: [member("backup.json", b'{"format": 1}', pax_headers={"path": "a" * 30_000_000})],
    "many files": lambda: [member("backup.json", b'{"format": 1}'), *(member(f"{n}", b"") for n in range(600))],
}


@pytest.mark.parametrize("case", SWOLLEN)
def test_a_backup_that_swells_is_left_in_time(case: str, tmp_path: Path) -> None:
    file = tarred(tmp_path / "swollen.tar.gz", *SWOLLEN[case]())
    (tmp_path / "folder").mkdir()
    tracemalloc.start()
    with pytest.raises(BackupError, match="is damaged, or not a backup"):
        archive.unpack(file, tmp_path / "folder", lambda *_bytes: None)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert sum(path.stat().st_size for path in (tmp_path / "folder").rglob("*")) < 200_000_000


@pytest.mark.parametrize("about", ["[]", "1", "{}", '{"format": []}', '{"format": "x"}', "nan", "[" * 100_000])
@pytest.mark.parametrize("name", ["backup.json", "sha256.json"])
def test_an_odd_description_is_a_damaged_backup(name: str, about: str, tmp_path: Path) -> None:
    files = {"backup.json": '{"format": 1}', "sha256.json": "{}", name: about}
    file = tarred(tmp_path / "odd.tar.gz", *(member(name, content.encode()) for name, content in files.items()))
    (tmp_path / "folder").mkdir()
    with pytest.raises(BackupError, match="is damaged, or not a backup"):
        archive.unpack(file, tmp_path / "folder", lambda *_bytes: None)
