"""How well files are read: blocks and text kept of web pages, words glued or moved in PDFs, sentences cut too early.

python benchmarks/reading.py [--docs FOLDER] [--pages FOLDER] [--pdfs FOLDER] [--each 100] [-v]

--docs    where Debian's packages debian-handbook, python3.11-doc, postgresql-doc-15 and git-doc are unpacked (default
          /, where they are installed)
--pages   a folder with trafilatura's evaldata.json and its pages below it (in its repository: tests)
--pdfs    a folder with PDFs of any kind, below it at any depth
--each    pages of each package or set that are read, chosen at random but always the same; 0 for all
-v        also lists the sentences that end at a bare number or abbreviation; most end there rightly ("up to 150.")
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
from pdf_words import pdf_words
from sentence_ends import bare_ends

from footnote.errors import ArticleError
from footnote_index.loaders.html import loader as html

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
    arguments.add_argument("--pdfs", type=Path)
    arguments.add_argument("--each", type=int, default=100)
    arguments.add_argument("-v", "--verbose", action="store_true")
    given = arguments.parse_args()
    documentation(given.docs, given.each)
    if given.pages:
        web_pages(given.pages, given.each, verbose=given.verbose)
    if given.pdfs:
        pdfs(given.pdfs)


def documentation(folder: Path, each: int) -> None:
    for package, pattern in PACKAGES.items():
        there = {*folder.glob(pattern), *folder.glob(f"{package}/{pattern}")}
        files = sample(sorted(file for file in there if not INDEX_PAGES.match(file.name)), each)
        if not files:
            print(f"{package:20} not installed")
            continue
        began = time.process_time()
        count, kept, beheaded = kept_blocks(files)
        seconds = time.process_time() - began
        share, lost = 100 * kept / max(count, 1), 100 * beheaded / max(count, 1)
        blocks = f"{len(files):4} pages {count:6,} blocks {share:6.2f} % whole {lost:5.2f} % beheaded"
        print(f"{package:20} {blocks} {seconds:6.1f} s")


def web_pages(folder: Path, each: int, *, verbose: bool) -> None:
    pages, precision, recall = annotated(folder, each)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"annotated pages      {pages:4} pages precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    files = sample(sorted(folder.rglob("*.html")), each)
    count, bare = bare_ends(files)
    ends = f"{len(bare)} end at a bare number or abbreviation"
    print(f"sentences            {len(files):4} pages {count:6,} sentences, {ends}")
    if verbose:
        print(*(f"    {end}" for end in bare), sep="\n")


def pdfs(folder: Path) -> None:
    words = pdf_words(sorted(folder.rglob("*.pdf")))
    glued = f"{words.glued} glued ({words.glued_by_pdfium} in PDFium's own text)"
    order = f"{100 * words.in_order:.1f} % in order"
    print(f"PDFs                 {words.files:4} files {words.words:6,} words, {glued}, {order}")


if __name__ == "__main__":
    main()
