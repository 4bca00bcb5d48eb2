"""An articles folder, read recursively. What cannot be read is reported with its reason and skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from footnote.errors import ArticleError, BuildError
from footnote.models import Article
from footnote_index.readers import markdown, plain_text
from footnote_index.reports import Skipped

MAX_BYTES = 20_000_000
"""A larger file is skipped: it is a data dump rather than an article."""

_PARSERS: Mapping[str, Callable[[str, str], Article]] = {".txt": plain_text.parse, ".md": markdown.parse}


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of the articles folder in a format that has a reader; `article_id` is its path below that folder."""

    article_id: str
    path: Path


def find_articles(folder: Path) -> list[ArticleFile]:
    """Every file or link that may be an article, sorted by id. Hidden files and folders are left alone.

    Raises BuildError when there is no such folder.
    """
    if not folder.is_dir():
        raise BuildError(f"There is no articles folder {folder}. Create it, or set FOOTNOTE_ARTICLES to yours.")
    return sorted((ArticleFile(_id(path, folder), path) for path in _walk(folder)), key=lambda file: file.article_id)


def read_articles(files: Iterable[ArticleFile], folder: Path) -> Iterator[Article | Skipped]:
    """Each article, or why it cannot be read."""
    root = folder.resolve()
    for file in files:
        try:
            yield _read(file, root)
        except ArticleError as error:
            yield Skipped(file.article_id, str(error))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A linked folder is not walked: it is reported when it leads outside, and seen at its own place when not.
        links = [
            name for name in folders if (Path(parent) / name).is_symlink() and _leads_out(Path(parent) / name, folder)
        ]
        files = [name for name in names if Path(name).suffix.lower() in _PARSERS and not name.startswith(".")]
        yield from (Path(parent) / name for name in links + files)


def _leads_out(path: Path, folder: Path) -> bool:
    return not path.resolve().is_relative_to(folder.resolve())


def _id(path: Path, folder: Path) -> str:
    """The path below the folder; bytes of a file name that are no UTF-8 show as question marks."""
    return path.relative_to(folder).as_posix().encode(errors="replace").decode()


def _read(file: ArticleFile, root: Path) -> Article:
    if _leads_out(file.path, root):
        raise ArticleError("it is a symbolic link that leaves the articles folder")
    content = _content(file.path)
    return _PARSERS[file.path.suffix.lower()](file.article_id, content)


def _content(path: Path) -> str:
    try:
        if not path.is_file():
            raise ArticleError("it is not a file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise ArticleError(
                f"it has {size / 1_000_000:.0f} MB, more than the {MAX_BYTES // 1_000_000} MB of an article"
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"it is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise ArticleError(f"it cannot be opened: {error.strerror}") from error
