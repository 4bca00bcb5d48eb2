""".env.example: every variable there is, each explained, and all of them at their defaults."""

from __future__ import annotations

import re
import shutil
from itertools import takewhile
from pathlib import Path

import pytest

from footnote_bot.settings import Settings, read_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
VARIABLES = [
    *(
        "DISCORD_TOKEN",
        "DISCORD_API_URL",
        "DISCORD_GATEWAY_URL",
        "DISCORD_GUILD_IDS",
        "DISCORD_LEAVE_OTHER_GUILDS",
        "FOOTNOTE_DIRECT_MESSAGES",
    ),
    *("FOOTNOTE_ARTICLES", "FOOTNOTE_DATA", "FOOTNOTE_ANSWERER", "FOOTNOTE_EMBEDDER"),
    "FOOTNOTE_WATCH_MINUTES",
    "FOOTNOTE_ALLOW_PRIVATE_ADDRESSES",
    "FOOTNOTE_ANSWERS_AGE_DAYS",
    "FOOTNOTE_UNDO_MINUTES",
    "FOOTNOTE_DIGEST_DAYS",
    "FOOTNOTE_KEEP_DAYS",
    *(f"FOOTNOTE_{whose}QUESTIONS_{limit}" for whose in ("", "SERVER_") for limit in ("PER_MINUTE", "AT_ONCE")),
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_EMBEDDING_MODEL"),
    *("OPENAI_EMBEDDING_PRICE", "OPENAI_EMBEDDING_TOKENS_PER_MINUTE"),
    *("CHROMA_URL", "CHROMA_TOKEN", "DATABASE_URL", "LOG_LEVEL"),
    *("OPENAI_JUDGE_MODEL", "OPENAI_TEMPERATURE", "OPENAI_MAX_TOKENS", "OPENAI_TIME_LIMIT", "OPENAI_RETRIES"),
    *("OPENAI_PRICE_INPUT", "OPENAI_PRICE_CACHED_INPUT", "OPENAI_PRICE_OUTPUT"),
    *(f"FOOTNOTE_DAILY_{unit}{whose}" for unit in ("TOKENS", "DOLLARS") for whose in ("", "_PER_USER", "_PER_SERVER")),
]
"""The contract: scripts and service files set these. Below it, what they need not know."""


def lines() -> list[str]:
    return EXAMPLE.read_text(encoding="utf-8").splitlines()


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
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


def test_every_setting_is_read_from_a_variable_of_the_contract() -> None:
    read = {str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}
    assert read <= set(VARIABLES)
