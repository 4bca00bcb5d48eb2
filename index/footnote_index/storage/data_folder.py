"""One data folder belongs to one process: Chroma's files are safe for threads, not for processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from footnote.errors import DataInUse, SettingsError

_PATIENCE = 30.0
"""Seconds; a writer notices quickly that its parent has died."""


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Locks the folder inside the block; the system unlocks it when the process dies.

    Raises DataInUse when another process has locked it, SettingsError when it cannot be written to.
    """
    lock = FileLock(data / "lock", timeout=0)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # it will contain people's questions
        lock.acquire()
    except Timeout as error:
        raise DataInUse(
            f"The data folder {data} is in use by another Footnote (a bot or a chat). Stop that one, or set "
            "FOOTNOTE_DATA to another folder."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"The data folder {data} cannot be written to ({error.strerror}). Correct that, or set FOOTNOTE_DATA."
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Locked by a process that writes generations into the folder for another one.

    When that other one is killed, the next may start before the writer has noticed: it waits here. Raises DataInUse
    when that takes too long.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "writing", timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise DataInUse(f"Another Footnote is still writing to {folder}. Stop it, then try again.") from error
