"""An articles folder, read recursively. What cannot be read is reported with its reason and skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from footnote.errors import ArticleError, BuildError
from footnote.models import Article
from footnote_index.building.reports import Skipped
from footnote_index.loaders import parser_process, plain_text

MAX_BYTES = 20_000_000
"""A larger file is skipped: it is a data dump rather than an article."""

MAX_CHARACTERS = 5_000_000
"""An article with more characters is skipped too: the Bible has four and a half million."""

_AT_ONCE: Mapping[str, Callable[[str, bytes], Article]] = {".txt": plain_text.parse}

FORMATS = (*_AT_ONCE, *parser_process.FORMATS)
"""The file name extensions of articles."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of the articles folder in a format that has a reader; `article_id` is its path in that folder."""

    article_id: str
    path: Path


def find_articles(folder: Path) -> list[ArticleFile | Skipped]:
    """Every file or link that may be an article, and folders that cannot be read, sorted by id.

    Hidden files and folders are ignored. Raises BuildError when the folder itself cannot be read.
    """
    if folder.is_file():
        file = folder.resolve()
        raise BuildError(f"{file} is a file. Set FOOTNOTE_ARTICLES to the folder that it is in: {file.parent}.")
    if not folder.is_dir():
        raise BuildError(
            f"There is no articles folder {folder.resolve()}. Create it, or set FOOTNOTE_ARTICLES to your folder."
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        raise BuildError(f"The articles folder {folder} cannot be read. Change its permissions.")
    return sorted(_walk(folder), key=lambda found: found.article_id)


def read_articles(found: Iterable[ArticleFile | Skipped], folder: Path) -> Iterator[Article | Skipped]:
    """Each article, or why it cannot be read."""
    root = folder.resolve()
    with parser_process.ParserProcess() as process:
        for file in found:
            if isinstance(file, Skipped):
                yield file
                continue
            try:
                yield _read(file, root, process)
            except ArticleError as error:
                yield Skipped(_shown(file.article_id), str(error))


def read_article(article_id: str, content: bytes) -> Article:
    """What a build would make of such a file. Blocking. Raises ArticleError."""
    if len(content) > MAX_BYTES:
        raise ArticleError(_too_large(len(content)))
    with parser_process.ParserProcess() as process:
        return _parsed(article_id, content, process)


def _walk(folder: Path) -> Iterator[ArticleFile | Skipped]:
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # Linked folders are not followed: one that leads outside is reported, and others are read at their own place.
        links = [name for name in folders if _leads_out(Path(parent) / name, folder)]
        files = [name for name in names if Path(name).suffix.lower() in FORMATS and not name.startswith(".")]
        for path in (Path(parent) / name for name in links + files):
            yield ArticleFile(path.relative_to(folder).as_posix(), path)
    for error in closed:
        yield Skipped(_shown(Path(error.filename).relative_to(folder).as_posix()), _cannot_open(error))


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether it is, or is reached through, a symbolic link to somewhere else; a link to itself leads nowhere."""
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def _read(file: ArticleFile, root: Path, process: parser_process.ParserProcess) -> Article:
    if _shown(file.article_id) != file.article_id:
        raise ArticleError("its file name is not UTF-8")
    if _leads_out(file.path, root):
        raise ArticleError("it is a symbolic link that leaves the articles folder")
    return _parsed(file.article_id, _content(file.path), process)


def _parsed(article_id: str, content: bytes, process: parser_process.ParserProcess) -> Article:
    parse = _AT_ONCE.get(PurePosixPath(article_id).suffix.lower(), process.parse)
    article = parse(article_id, content)
    if len(article.text) > MAX_CHARACTERS:
        raise ArticleError(f"its text has {len(article.text):,} characters, more than {MAX_CHARACTERS:,}")
    return article


def _shown(name: str) -> str:
    """A printable file name: bytes that are not UTF-8 become question marks."""
    return name.encode(errors="replace").decode()


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ArticleError("it is not a file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise ArticleError(_too_large(size))
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(_cannot_open(error)) from error


def _too_large(size: int) -> str:
    return f"it is too large ({size / 1e6:.0f} MB): an article can have at most {MAX_BYTES / 1e6:.0f} MB"


def _cannot_open(error: OSError) -> str:
    return f"it cannot be opened: {error.strerror}"
