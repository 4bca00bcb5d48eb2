"""What a build would put into a new generation, compared with the live one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from article_files import write_articles

from footnote.errors import BuildError
from footnote.models import Article
from footnote_index.building.plan import plan_build
from footnote_index.building.planned_articles import PlannedArticles
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import Duplicate, NotFetched, Progress, Skipped, Stage
from footnote_index.storage.catalogue import fingerprint
from footnote_index.web.fetch_stage import NO_PAGES, WebPages

THREE = {"bread.txt": "Bread\nKnead it.", "snow.txt": "Snow\nIt melts.", "tea.txt": "Tea\nIt is green."}
PAGE = Article("web/news.example/dam", "The dam", "It holds.")
LONG = "The old stone bridge over the river was opened in the spring of 1932 by the mayor of the town. " * 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", THREE)


@pytest.fixture
def articles(tmp_path: Path) -> Iterator[PlannedArticles]:
    with PlannedArticles(tmp_path / "planned") as articles:
        yield articles


@pytest.fixture
def told() -> list[Progress]:
    return []


@pytest.fixture
def meter(told: list[Progress]) -> ProgressMeter:
    return ProgressMeter(told.append)


def test_without_a_live_generation_everything_is_added(
    folder: Path, articles: PlannedArticles, meter: ProgressMeter, told: list[Progress]
) -> None:
    plan = plan_build(folder, {}, meter, articles)
    assert plan.difference.added == tuple(THREE)
    assert [article.id for article in plan.fresh] == [*THREE]
    assert [(one.stage, one.done, one.total) for one in told] == [(Stage.READING, number, 3) for number in (1, 2, 3)]


def test_articles_are_compared_by_their_content(folder: Path, articles: PlannedArticles, meter: ProgressMeter) -> None:
    live = {name: fingerprint(article) for name, article in _read(folder, articles, meter).items()}
    (folder / "bread.txt").unlink()
    (folder / "snow.txt").write_text("Snow\nIt stays.")
    (folder / "rice.txt").write_text("Rice\nIt is white.")
    plan = plan_build(folder, live, meter, articles)
    found = plan.difference
    assert (found.added, found.changed, found.removed, found.unchanged, found.unreadable) == (
        ("rice.txt",),
        ("snow.txt",),
        ("bread.txt",),
        ("tea.txt",),
        (),
    )
    assert [article.id for article in plan.fresh] == ["rice.txt", "snow.txt"]
    fresh = len("It stays.") + len("It is white.")
    assert plan.characters(fresh_only=True) == sum(len(article.text) for article in plan.fresh) >= fresh
    assert plan.characters(fresh_only=False) == sum(len(article.text) for article in plan.articles.values())


def _read(folder: Path, articles: PlannedArticles, meter: ProgressMeter) -> dict[str, Article]:
    """The articles of a folder; none of them stays planned."""
    found = dict(plan_build(folder, {}, meter, articles).articles)
    articles.leave_out(found)
    return found


def test_a_file_that_can_no_longer_be_read_is_not_removed(
    folder: Path, articles: PlannedArticles, meter: ProgressMeter
) -> None:
    (folder / "tea.txt").write_text("   ")
    plan = plan_build(folder, {"tea.txt": "before", "gone.txt": "before"}, meter, articles)
    assert (plan.difference.unreadable, plan.difference.removed) == (("tea.txt",), ("gone.txt",))
    assert [one.article_id for one in plan.skipped] == ["tea.txt"]


def test_what_is_in_a_folder_that_cannot_be_read_is_not_removed(
    folder: Path, articles: PlannedArticles, meter: ProgressMeter
) -> None:
    web = WebPages(skipped=(Skipped("old/news", "it cannot be read"),))
    live = dict.fromkeys(("old/news/a.txt", "old/news", "old/newsletter/a.txt", "old/a.txt"), "before")
    difference = plan_build(folder, live, meter, articles, web).difference
    assert difference.unreadable == ("old/news/a.txt", "old/news")
    assert difference.removed == ("old/newsletter/a.txt", "old/a.txt")


def test_pages_come_after_files(folder: Path, articles: PlannedArticles, meter: ProgressMeter) -> None:
    plan = plan_build(folder, {}, meter, articles, WebPages((PAGE,)))
    assert [*plan.articles] == [*THREE, PAGE.id]


def test_a_file_comes_before_a_page_of_the_same_path(
    folder: Path, articles: PlannedArticles, meter: ProgressMeter
) -> None:
    write_articles(folder, {"web/news.example/dam.txt": "Another dam\nIt leaks."})
    page = Article("web/news.example/dam.txt", "The dam", "It holds.")
    plan = plan_build(folder, {}, meter, articles, WebPages((page,)))
    assert plan.articles[page.id].title == "Another dam"
    assert plan.skipped == (Skipped(page.id, "a file in the articles folder has the same path"),)


def test_a_copy_is_left_out_and_counts_as_removed(
    folder: Path, articles: PlannedArticles, meter: ProgressMeter
) -> None:
    write_articles(folder, {"a.txt": f"Bridge\n{LONG}", "b.txt": f"Bridge\n{LONG}"})
    plan = plan_build(folder, {"b.txt": "before"}, meter, articles)
    assert len(plan.duplicates) == 1
    kept, left = plan.duplicates[0].original_id, plan.duplicates[0].article_id
    assert plan.duplicates == (Duplicate(left, kept),)
    assert {kept, left} == {"a.txt", "b.txt"}
    assert kept in plan.articles
    assert left not in plan.articles
    assert left not in {reading.article_id for reading in plan.readings}


@pytest.mark.parametrize(
    ("files", "web", "message"),
    [
        ({}, NO_PAGES, r"There are no articles in .*\. Put files there \(.*\.txt.*\), or set FOOTNOTE_ARTICLES"),
        ({"a.txt": " "}, NO_PAGES, r"None of the 1 files in .* can be read; a\.txt: "),
        (
            {},
            WebPages(not_fetched=(NotFetched("https://news.example", "it is away"), NotFetched("https://b", "gone"))),
            r"Nothing that .*/sources\.yaml names could be fetched; https://news\.example: it is away\.$",
        ),
    ],
)
def test_without_any_article_the_first_reason_is_told(
    tmp_path: Path, articles: PlannedArticles, meter: ProgressMeter, files: dict[str, str], web: WebPages, message: str
) -> None:
    folder = tmp_path / "none"
    folder.mkdir()
    write_articles(folder, files)
    with pytest.raises(BuildError, match=message):
        plan_build(folder, {}, meter, articles, web)


def test_a_folder_that_is_missing_is_told(tmp_path: Path, articles: PlannedArticles, meter: ProgressMeter) -> None:
    with pytest.raises(BuildError, match="There is no articles folder"):
        plan_build(tmp_path / "missing", {}, meter, articles)


def test_files_of_a_published_folder_have_its_address(
    tmp_path: Path, articles: PlannedArticles, meter: ProgressMeter
) -> None:
    sources = "folders: [{path: docs, url: https://docs.example.org}]"
    folder = write_articles(tmp_path / "articles", {"docs/tea.md": "Tea is served at four.", "sources.yaml": sources})
    found = dict(plan_build(folder, {}, meter, articles).articles)
    assert found["docs/tea.md"].url == "https://docs.example.org/tea"
