"""Articles added to the folder and removed from it by remote users."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.errors import ArticleError
from footnote_index.article_folder import ArticleFolder, safe_name
from footnote_index.loaders.folder import FORMATS, find_articles

ARTICLE = b"The bridge\nThe bridge opened in 1932."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("bridge.txt", "bridge.txt"),
        ("../../etc/bridge.TXT", "bridge.txt"),
        ("C:\\old\\bridge.md", "bridge.md"),
        (".hidden.md", "hidden.md"),
        ("a\nb\u202e\0c*?.txt", "a-b-c.txt"),
        ("Brücke über Fluß (2).html", "Brücke über Fluß (2).html"),
        ("é" * 200 + ".md", "é" * 48 + ".md"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["", ".txt", "..", "...md", "/", "bridge", "canaries.yaml", "bridge.txt/", "-_-.md"])
def test_names_of_which_nothing_is_left_are_refused(name: str) -> None:
    with pytest.raises(ArticleError):
        safe_name(name)


@given(st.text(max_size=300), st.sampled_from(FORMATS))
def test_a_safe_name_is_one_that_a_build_looks_at_in_the_folder_itself(name: str, suffix: str) -> None:
    try:
        safe = safe_name(name + suffix)
    except ArticleError:
        return
    assert Path(safe).name == safe
    assert not safe.startswith(".")
    assert safe.isprintable()
    assert len(safe.encode()) <= 100
    assert safe_name(safe) == safe


def test_what_was_stored_is_what_a_build_finds(folder: Path) -> None:
    stored = ArticleFolder(folder).put("bridge.txt", ARTICLE)
    assert (stored.article.id, stored.article.title, stored.before) == ("bridge.txt", "The bridge", None)
    assert [found.article_id for found in find_articles(folder)] == ["bridge.txt"]
    assert [file.name for file in folder.iterdir()] == ["bridge.txt"]


def test_what_cannot_be_read_leaves_nothing_behind(folder: Path) -> None:
    for name, content in {"torn.pdf": b"%PDF-1.4", "empty.md": b"", "large.txt": bytes(20_000_001)}.items():
        with pytest.raises(ArticleError):
            ArticleFolder(folder).put(name, content)
    assert list(folder.iterdir()) == []


def test_replaced_and_removed_files_are_kept_where_no_build_reads_them(folder: Path) -> None:
    articles = ArticleFolder(folder)
    articles.put("bridge.txt", ARTICLE)
    with pytest.raises(ArticleError, match="already"):
        articles.put("bridge.txt", ARTICLE)
    assert articles.put("bridge.txt", ARTICLE + b" Again.", replace=True).before == ".removed/bridge.txt"
    assert articles.remove("bridge.txt") == ".removed/bridge (2).txt"
    assert (folder / ".removed/bridge.txt").read_bytes() == ARTICLE
    assert (folder / ".removed/bridge (2).txt").read_bytes() == ARTICLE + b" Again."
    assert find_articles(folder) == []


def test_a_file_that_could_not_be_written_does_not_replace_another(folder: Path) -> None:
    articles = ArticleFolder(folder)
    articles.put("bridge.txt", ARTICLE)
    (folder / ".removed").write_text("a file where a folder is needed")
    with pytest.raises(ArticleError, match="cannot be stored"):
        articles.put("bridge.txt", b"Other\nWords.", replace=True)
    with pytest.raises(ArticleError, match="cannot be moved"):
        articles.remove("bridge.txt")
    assert (folder / "bridge.txt").read_bytes() == ARTICLE


NO_ARTICLES = (
    "../secret.txt",
    "sub/../../secret.txt",
    "./bridge.txt",
    "linked/secret.txt",
    "link.txt",
    ".removed/gone.txt",
    "sub",
    "sub.txt",
    "",
    ".",
    "canaries.yaml",
    "a\0b.txt",
    "x" * 5000 + ".txt",
)


@pytest.mark.parametrize("article_id", NO_ARTICLES)
def test_nothing_but_ordinary_articles_of_the_folder_is_taken_out(folder: Path, article_id: str) -> None:
    secret = folder.parent / "secret.txt"
    for file in (secret, folder / "bridge.txt", folder / "canaries.yaml"):
        file.write_bytes(ARTICLE)
    (folder / "sub.txt").mkdir()
    (folder / ".removed").mkdir()
    (folder / ".removed/gone.txt").write_bytes(ARTICLE)
    (folder / "linked").symlink_to(folder.parent)
    (folder / "link.txt").symlink_to(secret)
    for asked in (article_id, str(secret)):
        with pytest.raises(ArticleError, match="no such file"):
            ArticleFolder(folder).remove(asked)
    assert secret.read_bytes() == ARTICLE


def test_nothing_is_written_through_links(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (folder / "link.txt").symlink_to(outside / "new.txt")
    (folder / ".removed").symlink_to(outside)
    articles = ArticleFolder(folder)
    with pytest.raises(ArticleError, match="not a regular file"):
        articles.put("link.txt", ARTICLE, replace=True)
    articles.put("bridge.txt", ARTICLE)
    with pytest.raises(ArticleError, match="is outside"):
        articles.remove("bridge.txt")
    assert list(outside.iterdir()) == []
    assert (folder / "bridge.txt").exists()


def test_of_two_who_add_the_same_name_at_once_one_is_refused(folder: Path) -> None:
    articles = ArticleFolder(folder)
    refusals: list[ArticleError] = []

    def put(number: int) -> None:
        try:
            articles.put("bridge.txt", ARTICLE + b" %d" % number)
        except ArticleError as error:
            refusals.append(error)

    threads = [Thread(target=put, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 7
