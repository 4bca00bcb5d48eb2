"""Adds articles to the articles folder and removes them, for people who do not sit at the machine.

Only ordinary files in the folder are written or moved, never through a symbolic link. Nothing is lost: what is replaced
or removed is kept in `.removed` in the folder, which builds ignore.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import unicodedata
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Lock

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.models.collections import TOP, in_collection, is_name
from footnote_index.loaders.folder import FORMATS, read_article
from footnote_index.storage.disk import write_durably

REMOVED = ".removed"
"""The folder in the articles folder from which things can be brought back by hand."""

_LONGEST_NAME = 100
"""Bytes, of the 255 that file systems allow: files that are moved aside get a longer name."""
_UNSAFE = re.compile(r"[^\w.() -]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as a build will read it. `before`: where the file is that it replaced, if there was one."""

    article: Article
    before: str | None


class ArticleFolder:
    """The folder as remote users may change it. Blocking; one change at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changing = Lock()

    def put(self, name: str, content: bytes, *, replace: bool = False, collection: str = TOP) -> Stored:
        """Stores a file under a safe form of its name, in one atomic step, if a build can read it. If a collection is
        named, in its folder.

        Its id has the name. Raises ArticleError: the format has no reader, it is too large, it cannot be read, or the
        name is taken (unless `replace`, which moves the other file to `.removed`).
        """
        safe = in_collection(collection, safe_name(name))
        with self._changing:
            self._make_folder(collection)
            target = self._free(safe, replace=replace)
            article = read_article(safe, content)
            try:
                before = self._copied_aside(safe) if target.exists() else None
                _write(target, content)
            except OSError as error:
                raise ArticleError(f"it cannot be stored: {error.strerror}") from error
        return Stored(article, before)

    def remove(self, article_id: str) -> str:
        """Moves an article's file to `.removed`, and returns its new path in the articles folder.

        Raises ArticleError when there is no such file.
        """
        with self._changing:
            if not self.has(article_id):
                raise ArticleError("there is no such file in the articles folder")
            try:
                place = self._place_for(article_id)
                (self._folder / article_id).rename(place)
            except OSError as error:
                raise ArticleError(f"it cannot be moved: {error.strerror}") from error
        return self._below(place)

    def has(self, article_id: str) -> bool:
        """Whether this is the path of an ordinary file of the folder that a build would read."""
        path = PurePosixPath(article_id)
        if path.is_absolute() or path.as_posix() != article_id or path.suffix.lower() not in FORMATS:
            return False
        if any(part.startswith(".") or "\0" in part for part in path.parts):
            return False
        file = self._folder / path
        try:
            return not file.is_symlink() and file.is_file() and self._is_inside(file)
        except OSError:  # a name that is too long
            return False

    def _make_folder(self, collection: str) -> None:
        """A collection that only sources.yaml names has no folder until a file is put there."""
        if collection == TOP:
            return
        folder = self._folder / collection
        try:
            if is_name(collection) and not folder.is_symlink():
                folder.mkdir(exist_ok=True)
                return
        except OSError as error:
            raise ArticleError(f"the folder {collection} cannot be made: {error.strerror}") from error
        raise ArticleError(f"{collection} in the articles folder is not a regular folder")

    def _free(self, name: str, *, replace: bool) -> Path:
        target = self._folder / name
        if os.path.lexists(target) and not self.has(name):
            raise ArticleError(f"{name} in the articles folder is not a regular file")
        if target.exists() and not replace:
            raise ArticleError(f"an article {name} already exists; give it another name, or set replace:True")
        return target

    def _copied_aside(self, article_id: str) -> str:
        place = self._place_for(article_id)
        shutil.copy2(self._folder / article_id, place)
        return self._below(place)

    def _below(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()

    def _place_for(self, article_id: str) -> Path:
        """A free place in `.removed`: the same path, numbered when that is taken."""
        wanted = self._folder / REMOVED / article_id
        if not (self._folder / REMOVED).is_symlink():
            wanted.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_inside(wanted):
            raise ArticleError(f"the folder {REMOVED} is outside the articles folder")
        numbered = (wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}") for number in count(2))
        return wanted if not os.path.lexists(wanted) else next(one for one in numbered if not os.path.lexists(one))

    def _is_inside(self, file: Path) -> bool:
        expected = self._folder.resolve() / file.parent.relative_to(self._folder)
        return file.parent.resolve() == expected


def safe_name(name: str) -> str:
    """A file's name without folders and control characters, and not too long.

    Raises ArticleError when nothing is left of it, or when its extension is not a known format.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem, dot, end = last.rpartition(".")
    suffix = f"{dot}{end}".lower()
    if suffix not in FORMATS:
        raise ArticleError(f"articles are files that end in {', '.join(FORMATS)}")
    kept = _UNSAFE.sub("-", stem).strip(" .-")
    room = _LONGEST_NAME - len(suffix)
    kept = kept.encode()[:room].decode(errors="ignore").rstrip(" .-")
    if not any(character.isalnum() for character in kept):
        raise ArticleError("its name has no letters or digits")
    return kept + suffix


def _write(target: Path, content: bytes) -> None:
    """The file is hidden until it is whole."""
    write_durably(target.with_name(f".{secrets.token_hex(8)}.new").open("xb"), content, target)
