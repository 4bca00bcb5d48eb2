"""`footnote eval` as a person runs it, and decisions of moderators asked again."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from article_files import write_articles
from pydantic import SecretStr
from rich.console import Console

from footnote.evaluation import DecisionOutcome, Quality, Regression, metrics_of
from footnote_bot.app import opened
from footnote_bot.cli import main
from footnote_bot.settings import Settings
from footnote_bot.terminal.builds import build
from footnote_bot.terminal.evaluation import (
    ask_again,
    findings_json,
    metrics_json,
    settings_for,
    show_findings,
    show_metrics,
)
from footnote_index.embedders.minilm import MiniLM

ARTICLES = {
    "valley.md": "---\ntitle: The valley\n---\nThe valley is 115 kilometres long. Most inhabitants are Tajiks.",
    "bread.txt": "Baking bread\nKnead the dough for ten minutes. Let it rest overnight.",
}
LONG = {"doc_id": "valley", "text": "The valley is 115 kilometres long."}
QUESTIONS = [
    {"id": "1", "question": "How long is the valley?", "answerable": True, "gold_sentences": [LONG]},
    {"id": "2", "question": "Where do the emperors of Mars spend summer?", "answerable": False, "gold_sentences": []},
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models: Path, minilm: MiniLM) -> Path:  # noqa: ARG001 - fills models
    """A folder with an evaluation set; one stands in it."""
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "set/articles", ARTICLES)
    write_questions(*map(json.dumps, QUESTIONS))
    data = settings_for(Path("set"), Settings()).data
    data.mkdir(parents=True)
    (data / "models").symlink_to(models)
    return tmp_path


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:  # noqa: ARG001 - stands there
    """Runs `footnote eval`: exit code, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["footnote", "eval", *arguments])
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


def write_questions(*lines: str, split: str = "dev") -> None:
    Path(f"set/questions.{split}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def one_object(out: str) -> Any:
    (line,) = out.splitlines()
    return json.loads(line)


def test_a_set_is_asked_and_its_figures_printed(run: Run) -> None:
    code, out, _ = run("set")
    lines = {line.split("  ")[0]: line for line in out.splitlines()}
    assert code == 0
    assert "set: 2 questions, 1 answerable" in lines
    assert "1.000" in lines["cites gold"]
    assert "1.000" in lines["abstained"]
    assert "4 of them exact" in lines["citations"]


def test_json_is_one_object_and_the_index_is_kept_for_the_next_time(run: Run, home: Path) -> None:
    code, out, _ = run("set", "--json")
    assert code == 0
    figures = one_object(out)
    assert list(figures)[:6] == ["set", "split", "questions", "answerable", "any4", "any10"]
    assert [figures[name] for name in ("set", "split", "questions", "citations", "exact")] == ["set", "dev", 2, 4, 4]
    assert {figures[name] for name in ("any4", "share10", "answered", "cites_gold", "abstained", "auc")} == {1.0}
    (kept,) = (home / "var/eval").glob("*/index/generations/*/")
    write_questions(json.dumps(QUESTIONS[1]), split="more")
    code, out, _ = run("set", "--json", "--split", "more", "--limit", "1")
    assert (one_object(out)["split"], one_object(out)["questions"], one_object(out)["answered"]) == ("more", 1, None)
    assert [*(home / "var/eval").glob("*/index/generations/*/")] == [kept]
    assert not (home / "var/index").exists()


def test_what_each_answerer_made_and_under_which_notes_is_told_apart() -> None:
    metrics = replace(
        metrics_of([]),
        answerers={"openai (small)": 7, "extractive": 1},
        quality={"openai (small)": Quality(0.5, 0.25, 1), "extractive": Quality(None, None, 0)},
        notes={"The language model is not available.": 1},
    )
    shown = Console(file=io.StringIO(), width=200)
    show_metrics(shown, "set", metrics)
    assert isinstance(shown.file, io.StringIO)
    lines = [" ".join(line.split()) for line in shown.file.getvalue().splitlines()]
    assert "answers 7 by openai (small): 0.500 cite gold, 0.250 of their sentences are; 1 unanswerable" in lines
    assert "answers 1 by extractive: - cite gold, - of their sentences are; 0 unanswerable" in lines
    assert "note 1 The language model is not available." in lines
    told = metrics_json("set", "dev", metrics)
    assert told["answerers"] == {"openai (small)": 7, "extractive": 1}
    assert told["quality"]["openai (small)"]["precision"] == 0.25


def test_a_set_does_not_go_to_the_chroma_server_that_others_answer_from() -> None:
    assert settings_for(Path("set"), Settings(chroma_url="http://127.0.0.1:8000")).chroma_url is None


def test_a_set_is_answered_without_what_moderators_have_verified_elsewhere() -> None:
    assert not settings_for(
        Path("set"), Settings(database_url=SecretStr("postgresql://localhost/footnote"))
    ).has_database


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("nowhere",), "There is no folder nowhere."),
        (("set/articles",), "set/articles is not an evaluation set: it has no articles."),
        (("set", "--split", "test"), "set is not an evaluation set: it has no questions.test.jsonl."),
        (("set", "--split", "bad"), "line 2 has no question, answerable and gold_sentences."),
    ],
)
def test_what_is_no_set_is_one_clear_line(run: Run, arguments: tuple[str, ...], error: str) -> None:
    write_questions(json.dumps(QUESTIONS[0]), '{"question": "Why?"}', split="bad")
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    assert error in line


async def test_what_moderators_have_decided_is_asked_again(home: Path) -> None:
    long, tajiks = ("valley.md", "The valley is 115 kilometres long."), ("valley.md", "Most inhabitants are Tajiks.")
    regressions = [
        Regression("How long is the valley?", True, (long,)),
        Regression("How long is the valley?", True, (tajiks,), (long,)),
        Regression("Where do the emperors of Mars spend summer?", False),
    ]
    quiet, shown = Console(file=io.StringIO()), Console(file=io.StringIO(), width=200)
    async with opened(settings_for(home / "set", Settings())) as footnote:
        await build(quiet, footnote)
        findings = await ask_again(quiet, footnote, regressions)
    assert findings == [
        *zip(regressions, [DecisionOutcome.HELD, DecisionOutcome.WRONG_AGAIN, DecisionOutcome.HELD], strict=True)
    ]
    show_findings(shown, findings)
    assert isinstance(shown.file, io.StringIO)
    assert shown.file.getvalue().splitlines() == [
        "No longer holds: How long is the valley? (a sentence that was ruled wrong is cited)",
        "2 of 3 decisions of moderators still hold.",
    ]
    assert [one["finding"] for one in findings_json(findings)["decisions"]] == ["held", findings[1][1].value, "held"]
