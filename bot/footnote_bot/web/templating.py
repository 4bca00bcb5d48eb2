"""Templates and static files, all read once. Every text is escaped, without control characters."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from footnote_bot.citation_format import TRANSLATED, reader_date, visible

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`mark` changes with its content, so that browsers may keep it."""

    content: bytes
    kind: str
    mark: str


def static_files() -> dict[str, StaticFile]:
    """By name."""
    return {file.name: _static(file) for file in sorted((_HERE / "static").iterdir()) if file.is_file()}


def templates(files: dict[str, StaticFile]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.globals["static"] = {name: f"/static/{name}?v={file.mark}" for name, file in files.items()}
    environment.globals["translated_from"] = TRANSLATED
    environment.filters["reader_date"] = reader_date
    return environment


def _harmless(value: object) -> object:
    """Articles may contain characters that change the direction of everything after them, or that are not allowed in a
    page.
    """
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _static(file: Path) -> StaticFile:
    content = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return StaticFile(content, kind, hashlib.sha256(content).hexdigest()[:12])
