"""Where temporary files lie: in memory, if there is room. Thousands of writes that wait for a disk make tests slow."""

from __future__ import annotations

import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - the folders made there are our own
_ENOUGH = 2_000_000_000


def memory_disk() -> Path | None:
    """A folder in memory with at least two gigabytes free; None where there is none."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None
