""".env.example: the most common settings, each explained, at their defaults. docs/settings.md: all of them."""

from __future__ import annotations

import re
import shutil
from itertools import takewhile
from pathlib import Path

import pytest
import write_settings
from pydantic_settings import BaseSettings

from footnote_bot import settings_fields
from footnote_bot.settings import Settings, read_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
VARIABLES = [
    *("DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL", "DISCORD_GUILD_IDS"),
    *("DISCORD_LEAVE_OTHER_GUILDS", "FOOTNOTE_DIRECT_MESSAGES"),
    *("FOOTNOTE_ARTICLES", "FOOTNOTE_DATA", "FOOTNOTE_ANSWERER", "FOOTNOTE_EMBEDDER"),
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_EMBEDDING_MODEL"),
    *("CHROMA_URL", "CHROMA_TOKEN", "DATABASE_URL", "LOG_LEVEL"),
    *("FOOTNOTE_WATCH_MINUTES", "FOOTNOTE_KEEP_DAYS", "FOOTNOTE_DAILY_TOKENS", "FOOTNOTE_WEB_PORT", "FOOTNOTE_WEB_URL"),
]
"""The contract that scripts and service files rely on, and the most common settings."""


def lines() -> list[str]:
    return EXAMPLE.read_text(encoding="utf-8").splitlines()


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for section in settings_fields.SECTIONS:
        for field in section.model_fields:
            monkeypatch.delenv(settings_fields.variable(section, field), raising=False)
    monkeypatch.chdir(tmp_path)


def test_it_names_exactly_the_variables_of_the_contract() -> None:
    named = [line.partition("=")[0] for line in lines() if line and not line.startswith("#")]
    assert sorted(named) == sorted(VARIABLES)


@pytest.mark.parametrize("name", VARIABLES)
def test_each_variable_stands_below_a_comment(name: str) -> None:
    above = takewhile(bool, reversed(lines()[: lines().index(next(filter(re.compile(f"{name}=").match, lines())))]))
    assert any(line.startswith("# ") for line in above)


def test_as_it_stands_it_changes_nothing(tmp_path: Path) -> None:
    defaults = read_settings()
    shutil.copy(EXAMPLE, tmp_path / ".env")
    assert read_settings() == defaults


@pytest.mark.parametrize("section", settings_fields.SECTIONS, ids=lambda section: section.__name__)
def test_the_page_explains_every_setting(section: type[BaseSettings]) -> None:
    told = write_settings.descriptions()
    page = write_settings.PAGE.read_text(encoding="utf-8")
    for field in section.model_fields:
        name = settings_fields.variable(section, field)
        assert [
            line
            for line in page.splitlines()
            if line.startswith(f"| `{name}` |") and line.endswith(f"| {told[field]} |")
        ]


def test_every_setting_belongs_to_a_section_of_the_page() -> None:
    assert {*Settings.model_fields} == {name for section in settings_fields.SECTIONS for name in section.model_fields}


def test_page_and_example_are_what_the_script_writes() -> None:
    assert write_settings.PAGE.read_text(encoding="utf-8") == write_settings.page(), "run scripts/write_settings.py"
    assert EXAMPLE.read_text(encoding="utf-8") == write_settings.example(), "run scripts/write_settings.py"
