"""`.docx`: Word's document with its footnotes; without its page headers, comments, deleted and hidden text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import Blocks
from footnote_index.loaders.docx_formulas import of_omml
from footnote_index.loaders.docx_numbers import Numbering
from footnote_index.loaders.docx_symbols import symbol
from footnote_index.loaders.docx_xml import attribute, child, inside, is_on, kind_of, value
from footnote_index.loaders.raised import subscript, superscript
from footnote_index.loaders.tables import Cell, add_table
from footnote_index.loaders.trees import Element, name, parsed
from footnote_index.loaders.zipped import Zipped

_PROPERTIES = "docProps/core.xml"
_HEADING = re.compile(r"heading (\d)")
_LEFT_OUT = {"del", "moveFrom", "Fallback", "pPr", "rPr", "txbxContent", "instrText", "delText", "rt", "annotationRef"}
_WRITTEN = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_TEMPLATE_TITLES = {"word document", "document", "untitled", "untitled document", "title", "microsoft word document"}
_OF_TEMPLATES = {date(2013, 12, 23)}
"""The day on which python-docx's template was made, which all its documents have."""


def parse(article_id: str, content: bytes) -> Article:
    """The title is that of its properties, or of a paragraph in the style Title. Raises ArticleError."""
    document = Zipped(content)
    main = _main_part(document)
    body = child(parsed(document.read(main)), "body")
    if body is None:
        raise ArticleError("it is not a Word document")
    properties = _properties(document)
    folder = posixpath.dirname(main)
    reader = _Body(_styles(document, folder), Numbering.of(_part(document, folder, "numbering.xml")))
    reader.read(body)
    for kind in ("footnote", "endnote"):
        reader.add_notes(kind, _part(document, folder, f"{kind}s.xml"))
    title = metadata.line(properties.get("title"))
    if title and title.lower() in _TEMPLATE_TITLES:
        title = None
    text = reader.blocks.text
    return Article(
        article_id,
        title or metadata.line(reader.title) or PurePosixPath(article_id).stem,
        text,
        author=metadata.author(properties.get("creator")),
        published=_day(properties),
        characters_in=reader.characters,
    )


def _main_part(document: Zipped) -> str:
    if "_rels/.rels" in document:
        for relation in parsed(document.read("_rels/.rels")):
            if str(relation.get("Type")).endswith("/officeDocument"):
                return str(relation.get("Target")).lstrip("/")
    return "word/document.xml"


def _part(document: Zipped, folder: str, part: str) -> Element | None:
    path = posixpath.join(folder, part)
    return parsed(document.read(path)) if path in document else None


def _properties(document: Zipped) -> Mapping[str, str]:
    if _PROPERTIES not in document:
        return {}
    return {name(each): each.text for each in parsed(document.read(_PROPERTIES)) if each.text}


def _day(properties: Mapping[str, str]) -> date | None:
    created = metadata.day(properties.get("created"))
    return None if created in _OF_TEMPLATES else created


def _styles(document: Zipped, folder: str) -> Mapping[str, str]:
    """Style id -> its name in English, whatever language Word speaks."""
    root = _part(document, folder, "styles.xml")
    return (
        {}
        if root is None
        else {attribute(style, "styleId"): value(style, "name").lower() for style in root if kind_of(style) == "style"}
    )


@dataclass
class _Body:
    """Walks through the blocks of a document's body."""

    styles: Mapping[str, str]
    numbering: Numbering

    def __post_init__(self) -> None:
        self.blocks = Blocks()
        self.title: str | None = None
        self.characters = 0
        self._notes: dict[tuple[str, str], str] = {}
        self._held = ""  # the text of a paragraph whose end was deleted: it goes on in the next

    def read(self, parent: Element) -> None:
        for block in parent:
            kind = kind_of(block)
            if kind == "p":
                self._paragraph(block)
            elif kind == "tbl":
                self._table(block)
            elif kind not in _LEFT_OUT:
                self.read(block)  # content controls, and what wraps paragraphs

    def add_notes(self, kind: str, part: Element | None) -> None:
        """The footnotes that the text names, each with its mark, after the text."""
        for note in part if part is not None else ():
            mark = self._notes.get((kind, attribute(note, "id")))
            text = " ".join(filter(None, (self._text(paragraph).strip() for paragraph in inside(note, "p", _LEFT_OUT))))
            if mark and text:
                self.blocks.paragraph(f"{mark} {text}")

    def _paragraph(self, paragraph: Element) -> None:
        for box in inside(paragraph, "txbxContent", _LEFT_OUT - {"txbxContent"}):
            self.read(box)
        text, self._held = self._held + self._text(paragraph), ""
        self.characters += len(text)
        properties = child(paragraph, "pPr")
        marks = child(properties, "rPr")
        if child(marks, "del") is not None or child(marks, "moveFrom") is not None:
            self._held = text
            return
        style = self.styles.get(value(properties, "pStyle"), "")
        heading = _HEADING.fullmatch(style)
        number = child(properties, "numPr")
        if style == "title" and self.title is None and text.strip():
            self.title = text
        elif heading:
            self.blocks.heading(text, int(heading[1]))
        elif number is not None and value(number, "numId") != "0" and text.strip():
            level = value(number, "ilvl")
            depth = int(level) if level.isdecimal() and len(level) < 3 else 0
            self.blocks.item(text, self.numbering.mark(value(number, "numId"), depth), depth)
        elif style.startswith("list "):
            self.blocks.item(text, self.numbering.of_style(style))
        elif not style.startswith("toc "):
            self.blocks.paragraph(text)

    def _table(self, table: Element) -> None:
        rows: list[list[Cell]] = []
        for row in inside(table, "tr", _LEFT_OUT):
            if child(child(row, "trPr"), "del") is not None:
                continue
            cells: list[Cell] = []
            for cell in inside(row, "tc", _LEFT_OUT):
                properties = child(cell, "tcPr")
                span = value(properties, "gridSpan")
                merged = child(properties, "vMerge")
                if merged is not None and attribute(merged, "val") != "restart" and rows:
                    cells.append(rows[-1][len(cells)] if len(cells) < len(rows[-1]) else self._cell(cell, 1))
                else:
                    cells.append(self._cell(cell, int(span) if span.isdecimal() and len(span) < 4 else 1))
            rows.append(cells)
        add_table(self.blocks, rows)

    def _cell(self, cell: Element, columns: int) -> Cell:
        inner = _Body(self.styles, self.numbering)
        inner._notes = self._notes
        inner.read(cell)
        self.characters += inner.characters
        return Cell(inner.blocks[:], columns=columns)

    def _text(self, parent: Element) -> str:
        text = ""
        for part in self._texts(parent):
            is_glued = part.startswith("\u2063") and text[-1:].isalnum() and part[1:2].isalnum()
            text += (" " if is_glued else "") + part.lstrip("\u2063")
        return text

    def _texts(self, parent: Element) -> Iterator[str]:
        for each in parent:
            kind = kind_of(each)
            if kind == "t":
                yield each.text or ""
            elif kind in _WRITTEN:
                yield _WRITTEN[kind]
            elif kind == "sym":
                yield symbol(attribute(each, "font"), attribute(each, "char"))
            elif kind in _NOTES:
                yield self._note_mark(_NOTES[kind], attribute(each, "id"))
            elif kind == "oMath":
                yield f"\u2063{of_omml(each)}"  # an invisible separator: two numbers are not to become one
            elif kind == "r":
                yield from self._run(each)
            elif kind not in _LEFT_OUT:
                yield from self._texts(each)

    def _run(self, run: Element) -> Iterator[str]:
        properties = child(run, "rPr")
        if any(is_on(properties, each) for each in ("vanish", "strike", "dstrike")):
            return
        raised = value(properties, "vertAlign")
        if raised == "superscript":
            yield superscript("".join(self._texts(run)))
        elif raised == "subscript":
            yield subscript("".join(self._texts(run)))
        else:
            yield from self._texts(run)

    def _note_mark(self, kind: str, note: str) -> str:
        return self._notes.setdefault((kind, note), superscript(str(len(self._notes) + 1)))
