"""Folders of small articles for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_articles(folder: Path, articles: Mapping[str, str]) -> Path:
    """Fills a folder with articles by path, and returns it."""
    for name, content in articles.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder
