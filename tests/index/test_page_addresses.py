"""`folders:` in sources.yaml: citations of files link to the pages that are made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_files import write_articles

from footnote.errors import BuildError
from footnote.models import Article
from footnote_index.building.page_addresses import read_published_folders, with_address

SITE = "folders: [{path: docs, url: https://docs.example.org/}]"


def address(articles: Path, name: str, sources: str, *, url: str | None = None) -> str | None:
    write_articles(articles, {"sources.yaml": sources, name: "Text."})
    return with_address(Article(name, "Title", "Text.", url=url), read_published_folders(articles)).url


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docs/setup.md", "https://docs.example.org/setup"),
        ("docs/guide/first steps.md", "https://docs.example.org/guide/first%20steps"),
        ("docs/v1.2.md", "https://docs.example.org/v1.2"),
        ("docs/guide/index.md", "https://docs.example.org/guide"),
        ("docs/README.md", "https://docs.example.org/"),
        ("docs/straße.md", "https://docs.example.org/stra%C3%9Fe"),
        ("docs/q?a#b.md", "https://docs.example.org/q%3Fa%23b"),
    ],
)
def test_a_file_is_a_page_below_the_address_of_its_folder(tmp_path: Path, name: str, expected: str) -> None:
    assert address(tmp_path, name, SITE) == expected


def test_a_file_outside_has_no_address(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert address(tmp_path, "docs-of-old/setup.md", SITE) is None


def test_an_address_of_its_own_comes_first(tmp_path: Path) -> None:
    assert address(tmp_path, "docs/setup.md", SITE, url="https://example.org/a") == "https://example.org/a"


def test_the_path_can_stand_anywhere_in_the_address_and_the_innermost_folder_counts(tmp_path: Path) -> None:
    sources = """
folders:
  - {path: ., url: "https://git.example.org/book/blob/main/{file}?plain=1"}
  - {path: docs, url: "https://docs.example.org/{page}.html"}
"""
    (tmp_path / "docs").mkdir()
    assert address(tmp_path, "rules/fees.md", sources) == "https://git.example.org/book/blob/main/rules/fees.md?plain=1"
    assert address(tmp_path, "docs/setup.md", sources) == "https://docs.example.org/setup.html"


@pytest.mark.parametrize("text", ["", "folders:", "urls: []", "folders: []"])
def test_there_may_be_none(tmp_path: Path, text: str) -> None:
    assert read_published_folders(tmp_path) == ()
    assert read_published_folders(write_articles(tmp_path, {"sources.yaml": text})) == ()


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("{path: docs}", "entry 1: it is not of the form {path: FOLDER, url: ADDRESS}."),
        ("docs", "it is not of the form"),
        ("{path: doc, url: https://example.org}", "has no folder doc."),
        ("{path: ../docs, url: https://example.org}", "has no folder ../docs."),
        ("{path: docs, url: docs.example.org}", "does not begin with http://"),
        ("{path: docs, url: 'javascript:alert(1)//{page}'}", "does not begin with http://"),
        ("{path: docs, url: https://me:secret@example.org}", "user name or a password"),
    ],
)
def test_an_entry_that_cannot_be_used_is_told(tmp_path: Path, entry: str, reason: str) -> None:
    write_articles(tmp_path, {"sources.yaml": f"folders:\n  - {entry}", "docs/setup.md": "Text."})
    with pytest.raises(BuildError, match=r"sources\.yaml, folders, entry 1: ") as raised:
        read_published_folders(tmp_path)
    assert reason in str(raised.value)
