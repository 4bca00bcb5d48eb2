"""Files -> articles, and every way in which a file can fail to be one."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from article_files import write_articles
from hypothesis import given
from hypothesis import strategies as st

from footnote.errors import ArticleError, BuildError
from footnote.models import Article
from footnote_index.building.reports import Skipped
from footnote_index.loaders import plain_text
from footnote_index.loaders.folder import MAX_BYTES, find_articles, read_articles
from footnote_index.loaders.markdown import loader as markdown
from footnote_index.loaders.suspicion import warnings_for
from footnote_index.storage.catalogue import fingerprint


def read(folder: Path) -> tuple[dict[str, Article], dict[str, str]]:
    """Articles by id, and reasons by id of what was skipped."""
    found = list(read_articles(find_articles(folder), folder))
    articles = {one.id: one for one in found if isinstance(one, Article)}
    return articles, {one.article_id: one.reason for one in found if isinstance(one, Skipped)}


def test_the_first_line_of_a_text_file_is_its_title() -> None:
    article = plain_text.parse("a.txt", b"\r\n The  title \r\n\r\nFirst.\r\nSecond.\r\n")
    assert (article.title, article.text) == ("The title", "First.\r\nSecond.")


def test_front_matter_describes_a_markdown_article() -> None:
    article = markdown.parse(
        "a.md",
        b"---\ntitle: A title\nsource: Kabul Dispatch\nauthor: [One, Two]\npublished: 2021-09-06\n"
        b"url: https://example.org/a\ncategory: news\n---\n\nThe text.\n\n---\n\nAfter a rule.\n",
    )
    assert article == Article(
        "a.md",
        "A title",
        "The text.\n\n---\n\nAfter a rule.",
        source="Kabul Dispatch",
        author="One, Two",
        published=date(2021, 9, 6),
        url="https://example.org/a",
        category="news",
    )


def test_a_first_line_as_long_as_a_paragraph_is_no_title() -> None:
    article = plain_text.parse("folder/notes.txt", b"A word. " * 100 + b"\nMore.")
    assert (article.title, article.text) == ("notes", "A word. " * 100 + "\nMore.")


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        ("# A heading\n\nText.", "A heading", "Text."),
        ("Text only.", "notes", "Text only."),
        ("---\nsource: X\n---\nText.", "notes", "Text."),
        ("---\ntitle: ''\n---\n# Heading #\nText.", "Heading", "Text."),
        ("---\ntitle: 12:30:45\npublished: ''\n---\nText.", "12:30:45", "Text."),
        ("---\ntitle: no\n---\nText.", "no", "Text."),
        ("# " * 200_000 + "x\nText.", "notes", "# " * 200_000 + "x\nText."),
    ],
)
def test_a_title_is_found_where_there_is_none_in_front(content: str, title: str, text: str) -> None:
    article = markdown.parse("folder/notes.md", content.encode())
    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize("published", ["2021-09-06", "'2021-09-06'", "2021-09-06 10:00:00", "'2021-09-06T10:00:00Z'"])
def test_dates_are_understood_as_people_write_them_in_yaml(published: str) -> None:
    assert markdown.parse("a.md", f"---\npublished: {published}\n---\nText.".encode()).published == date(2021, 9, 6)


@pytest.mark.parametrize(
    ("front_matter", "remark"),
    [
        ("title: [", "not valid YAML"),
        ("published: yesterday", "`published` that is not understood and left out ('yesterday')"),
        ("published: 2021-13-45", "`published`"),
        ("published: 06/10/2021", "`published`"),
        ("published: [2021-09-06, 2021-09-07]", "`published`"),
        ("url: javascript:alert(1)", "`url`"),
        ("url: https://example.org/a b", "`url`"),
        ("url: 'http://[::1'", "`url`"),
        ("a: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]", "`title`"),
        ("title: {a: b}", "`title`"),
    ],
)
def test_a_broken_field_costs_that_field_with_a_remark_never_the_article(front_matter: str, remark: str) -> None:
    article = markdown.parse("a.md", f"---\nsource: Post\n{front_matter}\n---\nText.".encode())
    assert (article.title, article.text, article.published, article.url) == ("a", "Text.", None, None)
    (told,) = article.remarks
    assert remark in told


def test_half_of_a_surrogate_pair_in_a_title_is_left_out() -> None:
    assert markdown.parse("a.md", b'---\ntitle: "half \\ud83d"\n---\nText.').title == "half"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_an_article_or_an_article_error(content: str) -> None:
    for parse in (plain_text.parse, markdown.parse):
        try:
            article = parse("a", content.encode())
        except ArticleError:
            continue
        assert article.title
        assert article.text == article.text.strip() != ""


def test_a_folder_is_read_recursively_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.TXT", ".hidden/x.txt", ".x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Title\nText.")
    articles, skipped = read(tmp_path)
    assert list(articles) == ["a/b/c.TXT", "a/z.md", "b.txt"]
    assert not skipped


def test_what_cannot_be_read_is_named_with_the_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Title\nText.")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "title-only.txt").write_text("Title\n")
    (tmp_path / "unclear.txt").write_bytes("Title\nżółw".encode("cp1250"))
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "folder.md" / "inside.txt").write_text("Title\nText.")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "missing")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "binary.txt").write_bytes(b"Title\n\0\1\2")
    for name in (b"x\xff.txt", b"x\xfe.txt"):
        (tmp_path / os.fsdecode(name)).write_text("Title\nText.")
    articles, skipped = read(tmp_path)
    assert list(articles) == ["folder.md/inside.txt", "good.txt"]
    assert skipped.keys() == {
        *{"empty.txt", "title-only.txt", "unclear.txt", "huge.txt", "nowhere.txt", "loop.txt", "binary.txt", "x?.txt"}
    }
    assert skipped["unclear.txt"] == "it is not UTF-8 (byte 6), and its encoding is not clear; save it as UTF-8"
    assert "20 MB" in skipped["huge.txt"]


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "articles"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text("Title\nSecret.")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside, target_is_directory=True)
    (folder / "kept.txt").write_text("Title\nText.")
    (folder / "inside.txt").symlink_to(folder / "kept.txt")
    articles, skipped = read(folder)
    assert list(articles) == ["inside.txt", "kept.txt"]
    assert skipped == dict.fromkeys(["file.txt", "folder"], "it is a symbolic link that leaves the articles folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    write_articles(tmp_path, {"good.txt": "Title\nText.", "closed/a.txt": "Title\nText."})
    (tmp_path / "closed").chmod(0)
    articles, skipped = read(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert list(articles) == ["good.txt"]
    assert skipped == {"closed": "it cannot be opened: Permission denied"}


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Create it, or set FOOTNOTE_ARTICLES"):
        find_articles(tmp_path / "nowhere")


LONG = "word " * 1_000_000


@pytest.mark.parametrize(
    ("front_matter", "title", "remarks"),
    [
        (f"title: {LONG}", "word " * 60, ("front matter", "63,993 characters as its title, cut to 300")),
        (f'title: Short\nauthor: "{LONG}"', "Short", ("front matter",)),
        (f"title: Short\nnotes: |\n  {LONG}\nauthor: x", "Short", ("front matter",)),
        (f"title: Short\nauthor: {'a' * 301}", "Short", ("301 characters as its author, cut to 300",)),
        (f"title: Short\nurl: https://example.org/{'a' * 2000}", "Short", ("2,020 characters as its url",)),
        (f"title: {'x' * 300}", "x" * 300, ()),
    ],
    ids=["title", "quoted", "block", "author", "url", "just fits"],
)
def test_what_is_too_long_in_front_is_cut_with_a_remark(front_matter: str, title: str, remarks: tuple[str]) -> None:
    article = markdown.parse("a.md", f"---\n{front_matter}\n---\nText.".encode())
    assert article.title == title.strip()
    assert len(article.remarks) == len(remarks)
    assert all(remark.startswith(start) for remark, start in zip(article.remarks, remarks, strict=True))
    assert article.text == "Text."
    assert len(repr(article)) < 3_000


def test_remarks_are_reported_by_the_build_and_do_not_change_the_article() -> None:
    article = Article("a.txt", "x" * 999, "Text.")
    assert [one.found for one in warnings_for([article])] == ["999 characters as its title, cut to 300"]
    again = Article("a.txt", article.title, "Text.")
    assert (again, fingerprint(again)) == (article, fingerprint(article))


def test_front_matter_that_does_not_end_is_named() -> None:
    with pytest.raises(ArticleError, match="no closing line"):
        markdown.parse("a.md", b"---\ntitle: Unclosed\nThe text begins at once.")
    assert markdown.parse("a.md", b"---\nA line above a text.").text.startswith("---")
