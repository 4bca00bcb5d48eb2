"""`.docx`: Word's document with its footnotes; without its page headers, comments, deleted and hidden text."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import BlockKind, Blocks
from footnote_index.loaders.docx.formulas import of_omml
from footnote_index.loaders.docx.numbers import Numbering
from footnote_index.loaders.docx.runs import LEFT_OUT, Runs
from footnote_index.loaders.docx.styles import Style, WordStyles
from footnote_index.loaders.docx.xml import attribute, child, inside, is_on, kind_of, value
from footnote_index.loaders.junk_titles import is_junk
from footnote_index.loaders.markup.hidden import remark_on
from footnote_index.loaders.markup.text import LINE_BREAK, lines_in
from footnote_index.loaders.tables import Cell, add_table
from footnote_index.loaders.trees import Element, name, parsed
from footnote_index.loaders.zipped import Zipped

_PROPERTIES = "docProps/core.xml"
_SENTENCE_ENDS = (".", ";", ":", ",")
_TEMPLATE_TITLES = {"word document", "document", "untitled", "untitled document", "title", "microsoft word document"}
_OF_TEMPLATES = {date(2013, 12, 23)}
"""The day on which python-docx's template was made: all its documents have it."""


def parse(article_id: str, content: bytes) -> Article:
    """The title comes from its properties, or from a paragraph in the style Title. Raises ArticleError."""
    document = Zipped(content)
    main = _main_part(document)
    body = child(parsed(document.read(main)), "body")
    if body is None:
        raise ArticleError("it is not a Word document")
    properties = _properties(document)
    folder = posixpath.dirname(main)
    styles = WordStyles.of(_part(document, folder, "styles.xml"))
    title = metadata.line(properties.get("title"))
    if title and (title.lower() in _TEMPLATE_TITLES or is_junk(title)):
        title = None
    reader = _Body(styles, Numbering.of(_part(document, folder, "numbering.xml")), Runs(styles), title)
    reader.read(body)
    reader.end_code()
    for kind in ("footnote", "endnote"):
        reader.add_notes(kind, _part(document, folder, f"{kind}s.xml"))
    first = reader.blocks[:1]
    heading = first[0].text if first and first[0].kind is BlockKind.HEADING else None
    return Article(
        article_id,
        reader.title or heading or PurePosixPath(article_id).stem,
        reader.blocks.text,
        author=metadata.author(properties.get("creator")),
        published=_day(properties),
        remarks=tuple(filter(None, [remark_on(reader.runs.hidden)])),
        characters_in=reader.characters + sum(map(len, reader.runs.hidden)),
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


@dataclass
class _Body:
    """Walks through the blocks of a document's body."""

    styles: WordStyles
    numbering: Numbering
    runs: Runs
    title: str | None = None  # the article's: from its properties, or its first paragraph in the style Title
    is_cell: bool = False

    def __post_init__(self) -> None:
        self.blocks = Blocks()
        self.characters = 0
        self._held = ""  # the text of a paragraph whose end was deleted: it continues in the next
        self._code: list[str] = []

    def read(self, parent: Element) -> None:
        for block in parent:
            kind = kind_of(block)
            if kind == "p":
                self._paragraph(block)
            elif kind == "tbl":
                self.end_code()
                self._table(block)
            elif kind == "oMathPara":
                self.blocks.paragraph(of_omml(block))
            elif kind not in LEFT_OUT:
                self.read(block)  # content controls, and what wraps paragraphs

    def end_code(self) -> None:
        code, self._code = self._code, []
        self.blocks.code("\n".join(code))

    def add_notes(self, kind: str, part: Element | None) -> None:
        """The footnotes that the text refers to, each with its mark, after the text."""
        for note in part if part is not None else ():
            mark = self.runs.mark_of(kind, attribute(note, "id"))
            paragraphs = inside(note, "p", LEFT_OUT) if mark else ()
            text = " ".join(filter(None, (self.runs.text(paragraph).strip() for paragraph in paragraphs)))
            self.characters += len(text)
            if text:
                self.blocks.paragraph(f"{mark} {text}")

    def _paragraph(self, paragraph: Element) -> None:
        for box in inside(paragraph, "txbxContent", LEFT_OUT - {"txbxContent"}):
            self.read(box)
        text, self._held = self._held + self.runs.text(paragraph), ""
        self.characters += len(text)
        properties = child(paragraph, "pPr")
        marks = child(properties, "rPr")
        if child(marks, "del") is not None or child(marks, "moveFrom") is not None:
            self._held = text
            return
        style = self.styles[value(properties, "pStyle")]
        if style.is_code:
            self._code.append(text.replace(LINE_BREAK, "\n"))
            return
        self.end_code()
        asks = text.rstrip().endswith("?") and self.runs.are_bold(paragraph)
        self._add(text, style, properties, asks=asks)

    def _add(self, text: str, style: Style, properties: Element | None, *, asks: bool) -> None:
        is_title = style.name == "title"
        if is_title:
            self.title = self.title or metadata.line(text)
        if is_title and metadata.line(text) == self.title:
            return
        if level := 1 if is_title else self._level(text, style, properties):
            mark = self._mark(properties, text)[0]
            self.blocks.heading(text if mark in {"", "-"} else f"{mark} {text}", level)
        elif (item := self._mark(properties, text))[0]:
            self.blocks.item(text, *item)
        elif style.name.startswith("list "):
            self.blocks.item(text, self.numbering.of_style(style.name))
        elif not style.name.startswith("toc "):
            for place, line in enumerate(lines_in(text)):
                self.blocks.paragraph(line, is_close=place > 0, is_bold=asks)

    def _level(self, text: str, style: Style, properties: Element | None) -> int:
        """0 if it is no heading. What only looks like one may be a numbered clause, or the head of a column."""
        is_other = self.is_cell or style.name.startswith("toc ") or text.rstrip().endswith(_SENTENCE_ENDS)
        return 0 if is_other and not style.is_heading else self.styles.level_of(properties)

    def _mark(self, properties: Element | None, text: str) -> tuple[str, int]:
        """What a numbered paragraph begins with, and its level; nothing for other paragraphs."""
        number = self.styles.of_paragraph(properties, "numPr")
        if number is None or value(number, "numId") in {"", "0"} or not text.strip():
            return "", 0
        level = value(number, "ilvl")
        depth = int(level) if level.isdecimal() and len(level) < 3 else 0
        return self.numbering.mark(value(number, "numId"), depth), depth

    def _table(self, table: Element) -> None:
        rows: list[list[Cell]] = []
        above: dict[int, Cell] = {}  # by the columns in which they begin
        for row in inside(table, "tr", LEFT_OUT):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            names_columns = is_on(properties, "tblHeader")
            column = _number(value(properties, "gridBefore"))
            cells = [Cell((), columns=column)] if column else []
            begun: dict[int, Cell] = {}
            for element in inside(row, "tc", LEFT_OUT):
                properties = child(element, "tcPr")
                merged = child(properties, "vMerge")
                is_continued = merged is not None and attribute(merged, "val") != "restart"
                cell = above.get(column) if is_continued else None
                cell = cell or self._cell(
                    element, _number(value(properties, "gridSpan")) or 1, is_heading=names_columns
                )
                cells.append(cell)
                begun[column] = cell
                column += cell.columns
            rows.append(cells)
            above = begun
        add_table(self.blocks, rows)

    def _cell(self, cell: Element, columns: int, *, is_heading: bool) -> Cell:
        inner = _Body(self.styles, self.numbering, self.runs, self.title, is_cell=True)
        inner.read(cell)
        inner.end_code()
        self.title = inner.title
        self.characters += inner.characters
        is_bold = self.runs.are_bold(cell)
        return Cell(inner.blocks[:], columns=columns, is_heading=is_heading, is_set_off=is_bold)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0
