"""How much of web pages is read: blocks kept whole in documentation, and text kept and left out on annotated pages.

python benchmarks/reading.py [--docs FOLDER] [--pages FOLDER] [--each 100]

--docs    where Debian's packages debian-handbook, python3.11-doc, postgresql-doc-15 and git-doc are unpacked (default
          /, where they are installed)
--pages   a folder with trafilatura's evaldata.json and its pages below it (in its repository: tests)
--each    pages of each package or set that are read, chosen at random but always the same; 0 for all
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from footnote.errors import ArticleError
from footnote_index.loaders import html

PACKAGES = {
    "debian-handbook": "usr/share/doc/debian-handbook/html/en-US/**/*.html",
    "python3.11-doc": "usr/share/doc/python3.11/html/**/*.html",
    "postgresql-doc-15": "usr/share/doc/postgresql-doc-15/html/**/*.html",
    "git-doc": "usr/share/doc/git-doc/**/*.html",
}
BLOCKS = ("p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "pre", "div")
HOLDS_BLOCKS = {*BLOCKS, "table", "ul", "ol", "dl", "section", "article", "blockquote", "figure"}
AROUND = re.compile(r"nav|related|sphinxsidebar|footer|mobile|copyright")
INDEX_PAGES = re.compile(r"genindex|search\.html|py-modindex")
"""Lists of links to all other pages, which are no text."""
SHORTEST = 20  # letters


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def blocks_of(content: bytes) -> Iterator[str]:
    """The letters of each block that holds no other, menus apart."""
    root = lxml_html.fromstring(content)
    for unseen in root.xpath("//script|//style|//del|//s"):
        unseen.drop_tree()
    for block in root.iter(*BLOCKS):
        around = (f"{each.tag} {each.get('class')} {each.get('id')}" for each in (block, *block.iterancestors()))
        letters = squeezed(block.text_content())
        holds_others = any(inner.tag in HOLDS_BLOCKS for inner in block.iterdescendants())
        if len(letters) >= SHORTEST and not holds_others and not any(map(AROUND.search, around)):
            yield letters


def read(content: bytes) -> str:
    """Empty where the page is refused."""
    try:
        article = html.parse("page.html", content)
    except ArticleError:
        return ""
    return f"{article.title}\n{article.text}"


def kept_blocks(files: Sequence[Path]) -> tuple[int, int, int]:
    """All blocks, those kept whole, and those of which the end is kept and the beginning is not."""
    count = kept = beheaded = 0
    for file in files:
        content = file.read_bytes()
        text = squeezed(read(content))
        for block in blocks_of(content):
            count += 1
            kept += block in text
            beheaded += block not in text and block[-SHORTEST:] in text and block[:SHORTEST] not in text
    return count, kept, beheaded


def folded(text: str) -> str:
    return " ".join(text.replace("\xad", "").split())


def annotated(folder: Path, each: int) -> tuple[int, float, float]:
    """Pages, and precision and recall over what the annotations want and do not want."""
    entries: dict[str, dict[str, Any]] = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    found = {file.name: file for file in folder.rglob("*.html")}
    known = [entry for _, entry in sorted(entries.items()) if entry["file"] in found]
    hits = wrong = missed = 0
    chosen = sample(known, each)
    for entry in chosen:
        text = folded(read(found[entry["file"]].read_bytes()).partition("\n")[2])
        wanted = [folded(chunk) in text for chunk in entry["with"]]
        hits += sum(wanted)
        missed += len(wanted) - sum(wanted)
        wrong += sum(folded(chunk) in text for chunk in entry["without"])
    return len(chosen), hits / max(hits + wrong, 1), hits / max(hits + missed, 1)


def sample(all_of_them: Sequence[Any], each: int) -> Sequence[Any]:
    return random.Random(0).sample(all_of_them, min(each, len(all_of_them))) if each else all_of_them  # noqa: S311


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--docs", type=Path, default=Path("/"))
    arguments.add_argument("--pages", type=Path)
    arguments.add_argument("--each", type=int, default=100)
    given = arguments.parse_args()
    for package, pattern in PACKAGES.items():
        there = {*given.docs.glob(pattern), *given.docs.glob(f"{package}/{pattern}")}
        files = sample(sorted(file for file in there if not INDEX_PAGES.match(file.name)), given.each)
        if not files:
            print(f"{package:20} not installed")
            continue
        began = time.process_time()
        count, kept, beheaded = kept_blocks(files)
        seconds = time.process_time() - began
        share, lost = 100 * kept / max(count, 1), 100 * beheaded / max(count, 1)
        found = f"{count:6,} blocks {share:6.2f} % whole {lost:5.2f} % beheaded"
        print(f"{package:20} {len(files):4} pages {found} {seconds:6.1f} s")
    if given.pages:
        pages, precision, recall = annotated(given.pages, given.each)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"annotated pages      {pages:4} pages precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
