"""What helps beginners: commands that can be typed as shown, and warnings about unknown settings."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from footnote_bot.cli import main
from footnote_bot.terminal.own_command import typeable
from footnote_bot.unknown_settings import unknown_settings

HINT = "The index is empty. Run `footnote index build`, or /index rebuild in Discord."


@pytest.fixture(autouse=True)
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program where `make` puts it, and one next to it."""
    program = tmp_path / ".venv/bin/footnote"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "argv", [".venv/bin/footnote", "index", "status"])
    return program


def test_an_error_names_the_program_as_it_was_started(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main()
    expected = HINT.replace("`footnote", "`.venv/bin/footnote")
    assert capsys.readouterr().err == f"footnote: {expected}\n"


def test_an_unknown_setting_is_named_before_the_work_begins(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("FOOTNOTE_ANSWERS_AGE_DAY=7\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main()
    told = " ".join(capsys.readouterr().err.split())
    assert told.startswith("Unknown setting FOOTNOTE_ANSWERS_AGE_DAY (ignored). Did you mean ")
    assert "The index is empty" in told


@pytest.mark.parametrize("program", ["footnote", "/usr/local/bin/footnote"])
def test_a_program_that_was_started_otherwise_keeps_its_name(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(sys, "argv", [program])
    assert typeable(HINT) == HINT


def test_a_program_that_the_shell_finds_keeps_its_name(
    monkeypatch: pytest.MonkeyPatch, started: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(started.parent))
    assert typeable(HINT) == HINT
    other = tmp_path / "bin/footnote"
    other.parent.mkdir()
    other.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    assert typeable(HINT) != HINT, "another installation's"


def test_an_unknown_setting_is_named_with_the_nearest_one() -> None:
    Path(".env").write_text(
        "# OPENAI_MODLE=a\nDISCORD_TOKEN=secret\nFOOTNOTE_ANSWERS_AGE_DAY=7\nexport CHROMA_HOST=b\nPATHS=c\n",
        encoding="utf-8",
    )
    assert unknown_settings({"footnote_embeder": "minilm", "FOOTNOTE_DATA": "var", "OPENAI_MODELS": "x"}) == [
        "Unknown setting CHROMA_HOST (ignored). docs/settings.md lists all settings.",
        "Unknown setting FOOTNOTE_ANSWERS_AGE_DAY (ignored). Did you mean FOOTNOTE_ANSWERS_AGE_DAYS?",
        "Unknown setting OPENAI_MODELS (ignored). Did you mean OPENAI_MODEL?",
        "Unknown setting footnote_embeder (ignored). Did you mean FOOTNOTE_EMBEDDER?",
    ]


def test_what_other_programs_have_in_the_environment_is_left_alone() -> None:
    others = ["OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_WEBHOOK_SECRET", "DISCORD_WEBHOOK", "CHROMA_SERVER_HOST"]
    assert unknown_settings(dict.fromkeys(others, "theirs")) == []


def test_every_setting_in_the_example_is_known() -> None:
    Path(".env").write_bytes((Path(__file__).parents[2] / ".env.example").read_bytes())
    assert unknown_settings({}) == []
