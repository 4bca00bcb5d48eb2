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
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from footnote.errors import BackupError
from footnote_index.storage import checksums
from footnote_index.storage.disk import told_when_full

FORMAT = 1
"""To be raised when an older Footnote could not restore what this one writes."""

OnBytes = Callable[[int, int], None]
"""Is told how many bytes of how many are done."""

_ABOUT, _SUMS = "backup.json", "sha256.json"
_DAMAGE = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, KeyError)
_LEVEL = 3  # vectors hardly get smaller, whatever it costs
_BLOCK = 1 << 20


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
    """Fills an empty folder, and returns what `pack` was told about it, once everything has been found as it was
    written. Raises BackupError when the file is none of ours, damaged or newer, DiskFull.
    """
    try:
        total = file.stat().st_size
        with told_when_full(folder), file.open("rb") as stream, tarfile.open(fileobj=stream, mode="r:gz") as tar:
            sums: dict[str, str] = {}
            about = _about(tar)
            for member in tar:
                if member.name == _SUMS:
                    sums = json.loads(_content(tar, member))
                    break
                _extract(tar, member, folder)
                on_bytes(stream.tell(), total)
    except _DAMAGE as error:
        raise _damaged(file) from error
    except OSError as error:
        raise BackupError(
            f"{file} cannot be read: {error.strerror}. Name a file that `footnote backup` wrote."
        ) from error
    (folder / _ABOUT).write_bytes(about)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if found != sums.keys() or any(checksums.of_file(folder / name) != sums[name] for name in found):
        raise _damaged(file)
    return dict(json.loads(about))


def _about(tar: tarfile.TarFile) -> bytes:
    """Looked at before anything is unpacked: what follows may have a form that is not known yet."""
    first = tar.next()
    if first is None or first.name != _ABOUT:
        raise ValueError(first)
    content = _content(tar, first)
    if json.loads(content)["format"] > FORMAT:
        raise BackupError("The backup was made by a newer Footnote. Update this one, then restore again.")
    return content


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    if stream is None:
        raise ValueError(member.name)
    return stream.read()


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    name = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isfile() else None
    if stream is None or name.is_absolute() or ".." in name.parts:
        raise ValueError(member.name)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while block := stream.read(_BLOCK):
            out.write(block)


def _damaged(file: Path) -> BackupError:
    return BackupError(f"{file} is damaged, or no backup of Footnote's. Nothing was changed; use another one.")
