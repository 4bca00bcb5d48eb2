"""`footnote review` as a person or a script runs it, on a database that a bot has filled and may have open."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from examples import RECEIPT, a_citation, a_claim, a_record, an_abstention, an_answer

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine, upgrade
from footnote.models import Abstention, Answer, CheckedClaim, Fate
from footnote.records.answers import AnswerRecord, Decision, MessageRef, Verdict
from footnote.review.recording import utc_now
from footnote.stores import Asked
from footnote_bot.cli import main
from footnote_bot.server_records.exporting import ExportForm, _cell, exported
from footnote_index.storage import data_folder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in an empty folder; returns its exit code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["footnote", "review", *arguments])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def filled(tmp_path: Path) -> None:
    """Three answers, 0, 10 and 20 days old, of which the second is rejected."""
    asyncio.run(_fill(f"sqlite:///{tmp_path / 'var/footnote.sqlite'}"))


async def _fill(url: str) -> None:
    await asyncio.to_thread(upgrade, url)
    engine = open_engine(url)
    store = DatabaseStore(engine)
    claims = (CheckedClaim("It opened in 1933.\x1b[31m", Fate.DROPPED, 0.5, (), "dates"),)
    outcomes: list[Answer | Abstention] = [
        replace(an_answer("Why\x1b[31m so?"), receipt=replace(RECEIPT, checked=claims)),
        an_answer("@all: who?"),
        an_abstention("Who paid?"),
    ]
    for number, outcome in enumerate(outcomes):
        asked_at = utc_now() - timedelta(days=10 * number)
        record = await store.add(outcome, Asked(1, number or None, 3, asked_at))
        await store.set_posted(record.id, MessageRef(3, number))
    await DatabaseVerdicts(engine).decide(Verdict(2, Decision.REJECTED, 9, utc_now()))
    await engine.dispose()


@pytest.mark.parametrize("command", [("list",), ("stats",), ("export", "x.csv"), ("why", "1")])
def test_without_a_database_it_says_so_in_one_line(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    said = (
        "footnote: There is no database var/footnote.sqlite yet. The bot creates it when it first runs: "
        "set DISCORD_TOKEN, then `make run`. If it is elsewhere, set DATABASE_URL.\n"
    )
    assert run(*command) == (1, "", said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("filled")
def test_the_list_is_oldest_first_and_harmless_also_while_a_bot_holds_the_data_folder(run: Run) -> None:
    with data_folder.locked(Path("var")):
        code, out, _ = run("list")
    rows = [line.split() for line in out.splitlines()]
    assert code == 0
    assert [row[:1] for row in rows[1:3]] == [["3"], ["1"]]
    assert rows[1][1:] == ["20", "d", "30%", "Who", "paid?"]
    assert "\x1b" not in out
    assert out.endswith("2 answers open\n")
    assert run("list", "--limit", "1")[1].endswith("2 answers open, 1 not shown\n")
    listed = [json.loads(line) for line in run("list", "--state", "decided", "--json")[1].splitlines()]
    assert [(one["id"], one["verdict"]["decision"]) for one in listed] == [(2, "rejected")]
    code, _, err = run("list", "--state", "lost")
    assert (code, "open, held, flagged, decided, expired" in err) == (2, True)


@pytest.mark.usefixtures("filled")
def test_the_statistics_come_in_words_as_json_and_as_a_picture(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("stats", "--plot", "picture.png")
    assert code == 0
    assert "Asked: 3 questions, 67\u00a0% of them answered" in out
    assert "Answers: 0\u00a0% approved, of 1 decided: 0 corrected, 1 rejected" in out
    assert "Not answered:\n  1 × Who paid?" in out
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    found: Any = json.loads(run("stats", "--days", "15", "--json")[1])
    assert (found["answers"], found["abstentions"], found["approval"]) == (2, 0, {"part": 0, "whole": 1})
    code, out, err = run("stats", "--plot", "nowhere/picture.png")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "nowhere/picture.png cannot be written: No such file or directory." in err


@pytest.mark.usefixtures("filled")
def test_an_export_is_whole_or_not_there(run: Run, tmp_path: Path) -> None:
    assert run("export", "all.jsonl")[0] == 0
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["guild"]) for row in rows] == [(1, None), (2, "1"), (3, "2")]
    assert run("export", "some.csv", "--days", "15")[0] == 0
    with (tmp_path / "some.csv").open(encoding="utf-8-sig", newline="") as table:
        assert [row["question"] for row in csv.DictReader(table)] == ["Why\x1b[31m so?", "'@all: who?"]
    code, out, err = run("export", "all.xlsx")
    assert (code, out) == (1, "")
    assert "must end with .jsonl or .csv" in err
    assert "cannot be written" in run("export", "nowhere/all.csv")[2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.jsonl", "some.csv", "var"]


@pytest.mark.usefixtures("filled")
def test_why_shows_how_an_answer_was_made(run: Run) -> None:
    code, out, _ = run("why", "1")
    assert code == 0
    assert "How answer 1 was made\n  Question: Why[31m so?\n" in out
    assert "Dropped, because it failed the check “dates”: “It opened in 1933.[31m” (support 0.50 by no sentence)" in out
    unknown = (
        "footnote: There is no answer 4. In Discord, its number is below each answer; "
        "`footnote review export answers.csv` lists all with their numbers.\n"
    )
    assert run("why", "4") == (1, "", unknown)


@pytest.mark.parametrize("command", [("why",), ("list", "--limit"), ("stats", "--days"), ("export", "a.csv", "--days")])
def test_numbers_that_no_database_or_calendar_knows_are_wrong_usage(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "9" * 20)[0] == 2


FORMULAS = [
    "=1+1",
    " =1+1",
    '"=1+1"',
    "@SUM(1)",
    "a;=1+1;b",
    "a; =1+1",
    'a;"=1+1"',
    "a\t=1+1",
    "a\n=1+1",
    "a\r-1",
    "＝1+1",
    ";;=1+1",
    "\xa0=1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
async def test_no_cell_of_a_table_is_a_formula_whatever_separates_cells(text: str, separator: str) -> None:
    async def batches() -> AsyncIterator[Sequence[AnswerRecord]]:
        yield [replace(a_record(), question=text)]

    table = b"".join([piece async for piece in exported(batches(), ExportForm.CSV)]).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table, newline=""), delimiter=separator) for cell in row]
    lines = [line for cell in cells for line in cell.splitlines()]
    assert not [line for line in lines if line.lstrip(' "\xa0').startswith(("=", "+", "-", "@", "＝"))]
    assert all(line.startswith('"') for line in table.split("\r\n")[:-1])


@pytest.mark.parametrize("form", ExportForm)
async def test_an_export_keeps_a_claim_and_its_translation(form: ExportForm) -> None:
    claim = replace(a_claim(a_citation()), translation="Die Brücke wurde 1932 eröffnet.")

    async def batches() -> AsyncIterator[Sequence[AnswerRecord]]:
        yield [a_record(claim)]

    written = b"".join([piece async for piece in exported(batches(), form)]).decode()
    assert claim.text in written
    assert "Die Brücke wurde 1932 eröffnet." in written


def test_what_is_no_formula_is_exported_as_it_is() -> None:
    assert _cell("It fell by -5 degrees, = 3; a-b @ home.") == "It fell by -5 degrees, = 3; a-b @ home."
