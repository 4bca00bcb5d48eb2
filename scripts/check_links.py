"""Finds dead links between Markdown files: `python scripts/check_links.py`. Part of `make check`.

A link to a file needs the file, and one with a `#fragment` needs the heading. Web addresses are not requested.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = ("*.md", "docs/*.md", "training/*.md")

_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```|^(?: {4}|\t).*?$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def anchors(text: str) -> set[str]:
    """The fragments of a page's headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in _HEADING.findall(text):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        name, number = words, 0
        while name in found:
            number += 1
            name = f"{words}-{number}"
        found.add(name)
    return found


def dead_links(root: Path = ROOT) -> Iterator[str]:
    """A line for each link that leads nowhere."""
    for file in sorted({file for pattern in FILES for file in root.glob(pattern)}):
        for target in _LINK.findall(_CODE.sub("", file.read_text(encoding="utf-8"))):
            if not _ABSOLUTE.match(target):
                path, _, fragment = target.partition("#")
                page = (file.parent / path) if path else file
                if not page.exists():
                    yield f"{file.relative_to(root)}: there is no file {path}"
                elif fragment and fragment not in anchors(page.read_text(encoding="utf-8")):
                    yield f"{file.relative_to(root)}: {path or 'the page'} has no heading #{fragment}"


if __name__ == "__main__":
    dead = list(dead_links())
    print("\n".join(dead) or "No dead links.")
    sys.exit(bool(dead))
