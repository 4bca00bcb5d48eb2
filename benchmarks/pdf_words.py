"""Words glued together in PDFs, and words out of order, compared with what PDFium returns as plain text.

A word is glued if PDFium has it only as two words. Order is the share of words that are neighbours where the file draws
its text and are neighbours in what is read too. That is nearly always the order of reading, except in tables and in
files that draw columns row by row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError

from footnote.errors import ArticleError
from footnote_index.loaders.pdf import loader as pdf

WORD = re.compile(r"[^\W\d_]{3,}")
WITHOUT_BLANKS = re.compile(r"[\u0e00-\u0eff\u3040-\uffff]")
HYPHEN = re.compile(r"[-\xad\ufffe\x02]\s*")
SHORTEST, LONGEST = 4, 40  # letters


@dataclass(frozen=True, slots=True)
class PdfWords:
    files: int
    words: int
    glued: int
    glued_by_pdfium: int
    in_order: float
    """Share of neighbours kept, from 0 to 1."""


def pdf_words(files: Sequence[Path]) -> PdfWords:
    """Files that cannot be read, have a password or no text are left out."""
    read = [(ours, plain) for file in files if (ours := _ours(file)) and (plain := _by_pdfium(file))]
    kept = neighbours = 0
    for ours, plain in read:
        wanted = _pairs(plain)
        kept += (wanted & _pairs(ours)).total()
        neighbours += wanted.total()
    return PdfWords(
        files=len(read),
        words=sum(len(_words(ours)) for ours, _ in read),
        glued=sum(len(glued(ours, plain)) for ours, plain in read),
        glued_by_pdfium=sum(len(glued(plain, ours)) for ours, plain in read),
        in_order=kept / max(neighbours, 1),
    )


def glued(text: str, other: str) -> list[str]:
    """Words of a text that another reading of the same file has only as two."""
    known = {*_words(other), *_words(HYPHEN.sub("", other))}
    return [word for word in _words(text) if word not in known and _falls_apart(word, known)]


def _falls_apart(word: str, known: Collection[str]) -> bool:
    return 2 * SHORTEST <= len(word) <= LONGEST and any(
        word[:cut] in known and word[cut:] in known for cut in range(SHORTEST, len(word) - SHORTEST + 1)
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text) if not WITHOUT_BLANKS.search(word)]


def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = _words(text)
    return Counter(pairwise(words))


def _ours(file: Path) -> str:
    try:
        return pdf.parse(file.name, file.read_bytes()).text
    except ArticleError:
        return ""


def _by_pdfium(file: Path) -> str:
    try:
        document = PdfDocument(file)
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    except PdfiumError:
        return ""
