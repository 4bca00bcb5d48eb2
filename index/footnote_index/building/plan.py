"""Compares the articles with those of the live generation: what a build would put into a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from footnote.errors import BuildError
from footnote.models import Article
from footnote_index.building.difference import FolderDifference
from footnote_index.building.duplicates import find_duplicates
from footnote_index.building.page_addresses import read_published_folders, with_address
from footnote_index.building.planned_articles import PlannedArticles
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import (
    Duplicate,
    Extraction,
    NotFetched,
    Skipped,
    Stage,
)
from footnote_index.loaders.folder import FORMATS, find_articles, read_articles
from footnote_index.storage import catalogue
from footnote_index.web.fetch_stage import NO_PAGES, WebPages

_TAKEN = "a file in the articles folder has the same path"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which articles a build would put into its generation."""

    folder: Path
    articles: Mapping[str, Article]
    readings: tuple[Extraction, ...]
    skipped: tuple[Skipped, ...]
    duplicates: tuple[Duplicate, ...]
    not_fetched: tuple[NotFetched, ...]
    difference: FolderDifference

    @property
    def fresh(self) -> Iterator[Article]:
        """The added and changed articles, in order."""
        names = {*self.difference.added, *self.difference.changed}
        return (self.articles[name] for name in self.articles if name in names)

    def characters(self, *, fresh_only: bool) -> int:
        """The passages of all articles, or of the added and changed ones."""
        unchanged = {*self.difference.unchanged} if fresh_only else set[str]()
        return sum(reading.kept for reading in self.readings if reading.article_id not in unchanged)


def plan_build(
    folder: Path,
    live: Mapping[str, str],
    meter: ProgressMeter,
    articles: PlannedArticles,
    web: WebPages = NO_PAGES,
) -> Plan:
    """`live` maps the ids of the live generation's articles to their fingerprints, `articles` collects the articles
    that are read, `web` is what came from sources.yaml.

    Raises BuildError when the folder is missing or has no article that can be read, or sources.yaml is wrong.
    """
    found, published = find_articles(folder), read_published_folders(folder)
    skipped: list[Skipped] = []
    for done, one in enumerate(read_articles(found, folder), 1):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            articles.add(with_address(one, published))
        meter.tell(Stage.READING, done, len(found))
    pages = _add_pages(articles, web, skipped)
    duplicates = find_duplicates(articles, pages=pages, live=live)
    articles.leave_out(one.article_id for one in duplicates)
    if not articles:
        raise BuildError(_why_empty(folder, skipped, web.not_fetched))
    difference, readings = _looked_at(articles, skipped, live)
    return Plan(folder, articles, readings, tuple(skipped), duplicates, web.not_fetched, difference)


def _add_pages(articles: PlannedArticles, web: WebPages, skipped: list[Skipped]) -> set[str]:
    """Returns the ids of those that were added."""
    skipped += [*web.skipped, *(Skipped(page.id, _TAKEN) for page in web.articles if page.id in articles)]
    pages = [page for page in web.articles if page.id not in articles]
    for page in pages:
        articles.add(page)
    return {page.id for page in pages}


def _why_empty(folder: Path, skipped: list[Skipped], not_fetched: Sequence[NotFetched]) -> str:
    if not skipped and not_fetched:
        first = not_fetched[0]
        return f"Nothing that {folder}/sources.yaml names could be fetched; {first.url}: {first.reason}."
    if not skipped:
        kinds = ", ".join(FORMATS)
        return f"There are no articles in {folder}. Put files there ({kinds}), or set FOOTNOTE_ARTICLES to your folder."
    return f"None of the {len(skipped)} files in {folder} can be read; {skipped[0].article_id}: {skipped[0].reason}."


def _looked_at(
    articles: Mapping[str, Article], skipped: list[Skipped], live: Mapping[str, str]
) -> tuple[FolderDifference, tuple[Extraction, ...]]:
    fingerprints: dict[str, str] = {}
    readings = []
    for article in articles.values():
        fingerprints[article.id] = catalogue.fingerprint(article)
        readings.append(Extraction(article.id, article.characters_in, len(article.text)))
    return _compare(fingerprints, skipped, live), tuple(readings)


def _compare(found: Mapping[str, str], skipped: list[Skipped], live: Mapping[str, str]) -> FolderDifference:
    lost = [name for name in live if name not in found]
    is_unreadable = {name: any(_is_or_is_in(name, one.article_id) for one in skipped) for name in lost}
    return FolderDifference(
        added=tuple(name for name in found if name not in live),
        changed=tuple(name for name, value in found.items() if live.get(name, value) != value),
        removed=tuple(name for name in lost if not is_unreadable[name]),
        unreadable=tuple(name for name in lost if is_unreadable[name]),
        unchanged=tuple(name for name, value in found.items() if live.get(name) == value),
    )


def _is_or_is_in(article_id: str, path: str) -> bool:
    return article_id == path or article_id.startswith(f"{path}/")
