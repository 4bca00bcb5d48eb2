"""Locks a generation's folder: while any process reads it, nobody deletes parts of it.

The system releases the lock when a process dies. Where it does not support such locks (some network file systems), the
exclusive lock always fails, and no part is deleted.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """A shared lock, for any number of readers."""
    with ExitStack() as opened:
        with suppress(OSError):  # a folder that is gone is reported where it is read
            fcntl.flock(opened.enter_context(_opened(folder)), fcntl.LOCK_SH)
        yield


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else uses the folder; nobody else can start to until the end of the block."""
    with _opened(folder) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
