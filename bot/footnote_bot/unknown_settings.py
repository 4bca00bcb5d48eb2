"""Variables that look like settings of Footnote but are not: most likely misspelled ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from footnote_bot.settings import Settings

_OURS = "FOOTNOTE_"
_SHARED = ("DISCORD_", "OPENAI_", "CHROMA_")
"""Other programs may have environment variables with this prefix: only names close to a setting are reported."""

_NEAR = 0.8
_VARIABLE = re.compile(r"^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=", re.MULTILINE)


def unreadable_lines() -> list[str]:
    """A warning for each line of `.env` that is neither a setting nor a comment; its text is not repeated, because it
    may be secret.
    """
    from dotenv.parser import parse_stream

    file = Path(str(Settings.model_config.get("env_file")))
    if not file.is_file():
        return []
    with file.open(encoding="utf-8") as stream:
        broken = [binding.original.line for binding in parse_stream(stream) if binding.error]
    return [f"Line {line} of {file.resolve()} is not NAME=value, and is ignored." for line in broken]


def unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """A warning for each variable in `environment` or `.env` that is not a setting; values are not repeated."""
    written = _written(Path(str(Settings.model_config.get("env_file"))))
    foreign = {name for name in environment.keys() - written if name.upper().startswith(_SHARED)}
    suspects = {*written, *environment} - {name for name in foreign if _nearest(name) is None}
    return [_line(name) for name in sorted(suspects) if _is_unknown(name)]


def _written(file: Path) -> set[str]:
    return {*_VARIABLE.findall(file.read_text(encoding="utf-8"))} if file.is_file() else set()


def _is_unknown(name: str) -> bool:
    return name.upper().startswith((_OURS, *_SHARED)) and name.upper() not in _known()


def _line(name: str) -> str:
    near = _nearest(name)
    hint = f"Did you mean {near}?" if near else "docs/settings.md lists all settings."
    return f"Unknown setting {name} (ignored). {hint}"


def _nearest(name: str) -> str | None:
    return next(iter(get_close_matches(name.upper(), _known(), n=1, cutoff=_NEAR)), None)


def _known() -> list[str]:
    return [str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()]
