"""Commands in messages, in a form that can be typed in this terminal."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

_NAME = "`footnote "


def typeable(line: str) -> str:
    """`footnote ...` with the path that Footnote was started with, if the shell would not find it by name."""
    started_as = Path(sys.argv[0])
    if _NAME not in line or started_as.parts[-3:] != (".venv", "bin", "footnote"):
        return line
    found = shutil.which("footnote")
    is_found = found is not None and started_as.exists() and started_as.samefile(found)
    return line if is_found else line.replace(_NAME, f"`{started_as} ")
