"""Writes docs/settings.md and .env.example from bot/footnote_bot/settings_fields/.

python scripts/write_settings.py
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path

from pydantic_settings import BaseSettings

from footnote_bot.settings_fields import SECTIONS, variable

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "settings.md"
EXAMPLE = ROOT / ".env.example"

IN_EXAMPLE = {
    *("DISCORD_TOKEN", "DISCORD_GUILD_IDS", "DISCORD_LEAVE_OTHER_GUILDS", "DISCORD_API_URL", "DISCORD_GATEWAY_URL"),
    *("FOOTNOTE_DIRECT_MESSAGES", "FOOTNOTE_ARTICLES", "FOOTNOTE_DATA", "FOOTNOTE_WATCH_MINUTES", "FOOTNOTE_EMBEDDER"),
    *("CHROMA_URL", "CHROMA_TOKEN", "FOOTNOTE_ANSWERER", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"),
    *("OPENAI_EMBEDDING_MODEL", "FOOTNOTE_DAILY_TOKENS", "DATABASE_URL", "FOOTNOTE_KEEP_DAYS", "LOG_LEVEL"),
    *("FOOTNOTE_WEB_PORT", "FOOTNOTE_WEB_URL"),
}
"""What people set most often, and what service files and scripts rely on. The others are in docs/settings.md only."""

_PAGE_HEAD = """\
# Settings

This page lists every setting. Footnote reads them from environment variables and from the file `.env` in the folder
where it is started; a real environment variable overrides `.env`. The file `.env.example` holds the most common ones:
copy it to `.env`. An unknown setting is ignored, and Footnote says so at the start. In a terminal, `footnote` is
`.venv/bin/footnote`, and `pip` is `.venv/bin/pip`.

<!-- Written by scripts/write_settings.py. Change bot/footnote_bot/settings_fields/ instead. -->
"""

_EXAMPLE_HEAD = """\
# The most common settings, at their defaults. Copy this file to .env and change what you need.
# docs/settings.md lists all settings. A real environment variable overrides .env.
# In a terminal, `footnote` is `.venv/bin/footnote`, and `pip` is `.venv/bin/pip`.
# Written by scripts/write_settings.py from bot/footnote_bot/settings_fields/.
"""


def descriptions() -> dict[str, str]:
    """The text below each field, by the field's name."""
    classes = (node for section in SECTIONS for node in ast.parse(inspect.getsource(section)).body)
    return {name: text for node in classes if isinstance(node, ast.ClassDef) for name, text in _below(node)}


def _below(section: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in zip(section.body, section.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            yield field.target.id, " ".join(str(ast.literal_eval(text.value)).split())


def page() -> str:
    """docs/settings.md."""
    return "\n".join([_PAGE_HEAD, *map(_table, SECTIONS)])


def _table(section: type[BaseSettings]) -> str:
    told = descriptions()
    rows = [
        f"| `{variable(section, name)}` | {_default(section, name)} | {told[name]} |" for name in section.model_fields
    ]
    return "\n".join([f"## {section.__doc__}\n", "| setting | default | meaning |", "|---|---|---|", *rows, ""])


def example() -> str:
    """.env.example."""
    return "\n".join([_EXAMPLE_HEAD, *map(_lines, SECTIONS)])


def _lines(section: type[BaseSettings]) -> str:
    told = descriptions()
    lines = [f"# --- {section.__doc__} {'-' * (112 - len(section.__doc__ or ''))}"]
    for name in section.model_fields:
        if variable(section, name) in IN_EXAMPLE:
            lines += [f"# {line}" for line in textwrap.wrap(told[name], 116, break_on_hyphens=False)]
            lines += [f"{variable(section, name)}={_default(section, name).strip('`')}"]
    return "\n".join([*lines, ""])


def _default(section: type[BaseSettings], field: str) -> str:
    """As it would be written in .env; empty where there is none."""
    value = section.model_fields[field].default
    if value is None or value == ():
        return ""
    text = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
    return f"`{text}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    EXAMPLE.write_text(example(), encoding="utf-8")
