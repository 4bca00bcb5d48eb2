"""`folders:` in sources.yaml: where the pages of a folder of articles stand on the web, for the links of citations.

folders:
  - {path: docs, url: https://docs.example.org/}
  - {path: docs/api, url: "https://git.example.org/project/blob/main/docs/api/{file}"}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from footnote.errors import BuildError
from footnote.models import Article
from footnote_index.web.addresses import checked
from footnote_index.web.fetch_errors import Unfetched
from footnote_index.web.sources_file import FOLDERS, entries_of

_PAGE, _FILE = "{page}", "{file}"
_FIRST_PAGES = {"index", "readme", "_index"}
"""Names of files that are the page of their folder."""


@dataclass(frozen=True, slots=True)
class PublishedFolder:
    """`path` is in the articles folder. `url` has `{page}` or `{file}` where the path within it is put, as a page
    (`setup` for `setup.md`, nothing for `index.md`) or as it is.
    """

    path: PurePosixPath
    url: str

    def address_of(self, article_id: str) -> str | None:
        """Where an article stands on the web; None when it is not in this folder."""
        file = PurePosixPath(article_id)
        if not file.is_relative_to(self.path):
            return None
        within = file.relative_to(self.path)
        page = within.parent if within.stem.casefold() in _FIRST_PAGES else within.with_suffix("")
        return self.url.replace(_PAGE, _in_address(page)).replace(_FILE, _in_address(within))


def read_published_folders(articles: Path) -> tuple[PublishedFolder, ...]:
    """The entries of an articles folder, the innermost folder first. Raises BuildError when one cannot be used."""
    found = [_folder(entry, articles, where) for entry, where in entries_of(FOLDERS, articles)]
    return tuple(sorted(found, key=lambda one: len(one.path.parts), reverse=True))


def with_address(article: Article, folders: Sequence[PublishedFolder]) -> Article:
    """The article with the address of its page, unless it names one itself or is in none of the folders."""
    addresses = (folder.address_of(article.id) for folder in folders)
    address = article.url or next(filter(None, addresses), None)
    return article if address == article.url else replace(article, url=address)


def _folder(entry: object, articles: Path, where: str) -> PublishedFolder:
    if not isinstance(entry, dict) or {*entry} != {"path", "url"}:
        raise BuildError(f"{where}: it is not of the form {{path: FOLDER, url: ADDRESS}}.")
    path, url = PurePosixPath(str(entry["path"])), str(entry["url"])
    if path.is_absolute() or ".." in path.parts or not (articles / path).is_dir():
        raise BuildError(f"{where}: {articles} has no folder {path}.")
    if _PAGE not in url and _FILE not in url:
        url = f"{url.rstrip('/')}/{_PAGE}"
    try:
        checked(url.replace(_PAGE, "page").replace(_FILE, "file"))
    except Unfetched as error:
        raise BuildError(f"{where}: the address cannot be used: {error}.") from error
    return PublishedFolder(path, url)


def _in_address(path: PurePosixPath) -> str:
    return "" if path == PurePosixPath() else quote(path.as_posix())
