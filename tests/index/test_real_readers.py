"""LlamaIndex's own reader packages, as `sources.yaml` names them. Each test is skipped where its package is missing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from article_files import write_articles

from footnote_index.connectors.stage import Connectors


def brought(folder: Path, entry: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Title and text of each article, by id."""
    sources = yaml.safe_dump({"readers": [entry]})
    pages = Connectors(write_articles(folder / "articles", {"sources.yaml": sources}), folder / "var").pages(
        lambda: None
    )
    assert pages.not_fetched == ()
    return {article.id: (article.title, article.text) for article in pages.articles}


def test_json_files(tmp_path: Path) -> None:
    pytest.importorskip("llama_index.readers.json", reason="pip install llama-index-readers-json")
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"toll": {"cars": "12 euros"}}), encoding="utf-8")
    entry = {"name": "facts", "reader": "llama_index.readers.json.JSONReader", "arguments": {"levels_back": 0}}
    articles = brought(tmp_path, {**entry, "load": {"input_file": str(facts)}})
    [(title, text)] = articles.values()
    assert "toll cars 12 euros" in text
    assert title


def test_rows_of_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llama_index.readers.database", reason="pip install llama-index-readers-database")
    with sqlite3.connect(tmp_path / "wiki.db") as wiki:
        wiki.execute("CREATE TABLE pages (title TEXT, body TEXT)")
        wiki.executemany(
            "INSERT INTO pages VALUES (?, ?)", [("Tolls", "Cars pay 12 euros."), ("Cranes", "One lifts 60 tons.")]
        )
    monkeypatch.setenv("WIKI_DATABASE", f"sqlite:///{tmp_path / 'wiki.db'}")
    entry = {
        "name": "wiki",
        "reader": "llama_index.readers.database.DatabaseReader",
        "secrets": {"uri": "WIKI_DATABASE"},
    }
    load = {"query": "select title, body from pages", "metadata_cols": ["title"], "excluded_text_cols": ["title"]}
    articles = brought(tmp_path, {**entry, "load": load})
    assert articles == {
        "readers/wiki/Tolls": ("Tolls", "body: Cars pay 12 euros."),
        "readers/wiki/Cranes": ("Cranes", "body: One lifts 60 tons."),
    }


def test_docstrings_of_code(tmp_path: Path) -> None:
    pytest.importorskip(
        "llama_index.readers.docstring_walker", reason="pip install llama-index-readers-docstring-walker"
    )
    code = tmp_path / "code"
    code.mkdir()
    (code / "crane.py").write_text(
        '"""The crane lifts 60 tons."""\n\n\ndef lift() -> None:\n    """Lifts a boat."""\n', encoding="utf-8"
    )
    entry = {"name": "code", "reader": "llama_index.readers.docstring_walker.DocstringWalker"}
    [(_, text)] = brought(tmp_path, {**entry, "load": {"code_dir": str(code)}}).values()
    assert "The crane lifts 60 tons." in text
    assert "Lifts a boat." in text


def test_a_vault_of_obsidian(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="llama-index-readers-obsidian needs pandas")
    pytest.importorskip("llama_index.readers.obsidian", reason="pip install llama-index-readers-obsidian")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Tolls.md").write_text("Cars pay 12 euros.", encoding="utf-8")
    entry = {"name": "notes", "reader": "llama_index.readers.obsidian.ObsidianReader"}
    articles = brought(tmp_path, {**entry, "arguments": {"input_dir": str(vault)}})
    assert [text for _, text in articles.values()] == ["Cars pay 12 euros."]
