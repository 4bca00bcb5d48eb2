"""A folder as one file, with a checksum of everything in it: a gzipped tar file that any tar can read.

backup.json     what this is, first
...             the folder's files
sha256.json     checksums of all of them, last: a file that was cut off has none
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from footnote.errors import BackupError
from footnote_index.storage import checksums
from footnote_index.storage.disk import told_when_full

FORMAT = 1
"""Increase it when an older Footnote could not restore what this one writes."""

OnBytes = Callable[[int, int], None]
"""Called with the number of finished bytes, and of all."""

_ABOUT, _SUMS = "backup.json", "sha256.json"
_DAMAGE = (
    *(tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, AttributeError),
    *(RecursionError, MemoryError),
)
_LEVEL = 3  # vectors hardly get smaller at higher levels
_BLOCK = 1 << 20

_LARGEST_JSON = 4_000_000
_MOST_FILES = 500
_MOST_BYTES, _MOST_TIMES = 100_000_000, 30
"""What a backup may unpack to: this many bytes, and this many times its own size. Real ones have two to five times."""


def pack(folder: Path, about: Mapping[str, Any], target: Path, on_bytes: OnBytes) -> None:
    """Writes the file in one step; nothing is left when that fails. Raises BackupError, DiskFull."""
    (folder / _ABOUT).write_text(json.dumps({"format": FORMAT, **about}, indent=2), encoding="utf-8")
    files = sorted((file for file in folder.rglob("*") if file.is_file()), key=lambda file: (file.name != _ABOUT, file))
    names = [file.relative_to(folder).as_posix() for file in files]
    sums = json.dumps({name: checksums.of_file(folder / name) for name in names}, indent=2).encode()
    total, done = sum(file.stat().st_size for file in files), 0
    fresh = target.with_name(f"{target.name}.new")
    try:
        with (
            told_when_full(target.parent),
            os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
            ) as stream,  # people's questions
        ):
            with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=_LEVEL) as tar:
                for name in names:
                    tar.add(folder / name, name)
                    done += (folder / name).stat().st_size
                    on_bytes(done, total)
                last = tarfile.TarInfo(_SUMS)
                last.size = len(sums)
                tar.addfile(last, io.BytesIO(sums))
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}. Choose another place for it.") from error
    finally:
        fresh.unlink(missing_ok=True)


def unpack(file: Path, folder: Path, on_bytes: OnBytes) -> dict[str, Any]:
    """Fills an empty folder, and returns what `pack` stored about it, once everything is verified. Raises BackupError
    when the file is not one of ours, damaged or newer, DiskFull.
    """
    try:
        total = file.stat().st_size
        with told_when_full(folder), file.open("rb") as stream, _opened(stream, total) as tar:
            sums: dict[str, str] = {}
            about = _about(tar)
            for number, member in enumerate(tar):
                if member.name == _SUMS:
                    sums = dict(json.loads(_content(tar, member)))
                    break
                if number > _MOST_FILES:
                    raise ValueError(number)
                _extract(tar, member, folder)
                on_bytes(stream.tell(), total)
    except _DAMAGE as error:
        raise damaged(file) from error
    except OSError as error:
        raise BackupError(
            f"{file} cannot be read: {error.strerror}. Choose a file that `footnote backup` wrote."
        ) from error
    (folder / _ABOUT).write_bytes(about)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if found != sums.keys() or any(checksums.of_file(folder / name) != sums[name] for name in found):
        raise damaged(file)
    return dict(json.loads(about))


@contextmanager
def _opened(stream: BinaryIO, size: int) -> Iterator[tarfile.TarFile]:
    """The sizes in its headers are not trusted: a few MB may unpack to many GB."""
    with (
        _Unpacked(stream, _MOST_BYTES + _MOST_TIMES * size) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r:") as tar,
    ):
        yield tar


class _Unpacked(gzip.GzipFile):
    """A compressed file of which only a limited number of bytes is read, and never many at once."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._limit = limit

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _LARGEST_JSON or self.tell() + size > self._limit:
            raise ValueError(size)
        return super().read(size)


def _about(tar: tarfile.TarFile) -> bytes:
    """Checked before anything is unpacked: what follows may be in an unknown format."""
    first = tar.next()
    if first is None or first.name != _ABOUT:
        raise ValueError(first)
    content = _content(tar, first)
    if int(json.loads(content)["format"]) > FORMAT:
        raise BackupError("The backup was made by a newer Footnote. Update this one, then restore again.")
    return content


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    if stream is None or member.issparse() or member.size > _LARGEST_JSON:
        raise ValueError(member.name)
    return stream.read()


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    name = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isfile() else None
    if stream is None or member.issparse() or name.is_absolute() or ".." in name.parts:
        raise ValueError(member.name)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while block := stream.read(_BLOCK):
            out.write(block)


def damaged(file: Path) -> BackupError:
    """The error for anything that is not an intact backup."""
    return BackupError(f"{file} is damaged, or not a backup of Footnote. Nothing was changed; use another file.")
