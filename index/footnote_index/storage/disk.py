"""The disk: writing files in one step, the size of a folder, and recognising a full disk."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from footnote.errors import DiskFull, FootnoteError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORDS = ("disk is full", "no space left", "quota exceeded")
_LITTLE = 32_000_000
"""Bytes. With less free space than this, any error of a library counts as a full disk: Chroma and NumPy do not say, and
SQLite frees its space before it can be measured.
"""


def taken(folder: Path) -> int:
    """Bytes on disk of all files in a folder, as `du` counts them."""
    return sum(file.lstat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())


def write_durably(fresh: BinaryIO, content: bytes, target: Path) -> None:
    """Replaces the content of a file, through a temporary file next to it, in one step that survives a power cut.
    Raises OSError, and leaves nothing behind then.
    """
    place = Path(fresh.name)
    try:
        with fresh:
            fresh.write(content)
            fresh.flush()
            os.fsync(fresh.fileno())
        place.replace(target)
    except OSError:
        place.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def told_when_full(folder: Path) -> Iterator[None]:
    """Raises DiskFull instead of the many errors that a full disk causes."""
    try:
        yield
    except FootnoteError:
        raise
    except Exception as error:
        if is_of_full_disk(error, folder):
            raise DiskFull(str(folder)) from error
        raise


def is_of_full_disk(error: Exception, folder: Path) -> bool:
    """Whether an error while writing into the folder means that the disk is full."""
    return any(_says_so(one) for one in _with_causes(error)) or _room(folder) < _LITTLE


def _room(folder: Path) -> int:
    present = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.exists())
    return shutil.disk_usage(present).free


def _says_so(error: BaseException) -> bool:
    has_number = isinstance(error, OSError) and error.errno in _FULL
    return has_number or any(words in str(error).casefold() for words in _WORDS)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
