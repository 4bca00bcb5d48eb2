"""Foreign zip files (.docx, .epub): only the requested parts are unpacked, into memory, up to a limit."""

from __future__ import annotations

import io
import zipfile
import zlib

from footnote.errors import ArticleError

MAX_UNPACKED = 100_000_000
"""Bytes that all parts of one article together may unpack to."""

MAX_PARTS = 20_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Zipped:
    """The parts of a zip file, by name. Names are only looked up, and no file is written, so paths that point elsewhere
    do no harm.

    Raises ArticleError when it is not a zip file, or has too many parts.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise ArticleError("it is damaged, or its name has the wrong extension") from error
        if len(self._zip.namelist()) > MAX_PARTS:
            raise ArticleError(f"it contains {len(self._zip.namelist()):,} files, more than {MAX_PARTS:,}")
        self._room = MAX_UNPACKED
        self._by_small_letters = {name.lower(): name for name in self._zip.namelist()}

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def find(self, name: str) -> str | None:
        """The name of a part as written in the file, which may differ in case; None when there is none."""
        return name if name in self else self._by_small_letters.get(name.lower())

    @property
    def is_full(self) -> bool:
        """Whether it has unpacked to more than it may."""
        return self._room < 0

    def read(self, name: str) -> bytes:
        """A part, unpacked. The size in its header is not trusted. Raises ArticleError."""
        try:
            with self._zip.open(name) as part:
                content = part.read(self._room + 1)
        except _BROKEN as error:
            raise ArticleError(f"its part {name[:80]!r} is missing, damaged or encrypted") from error
        self._room -= len(content)
        if self._room < 0:
            raise ArticleError(f"it unpacks to more than {MAX_UNPACKED / 1e6:.0f} MB")
        return content
