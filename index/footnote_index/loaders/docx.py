"""`.docx`: Word's document, without its page headers, footnotes, comments, deleted and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import Blocks
from footnote_index.loaders.trees import Element, name, parsed
from footnote_index.loaders.zipped import Zipped

_PROPERTIES = "docProps/core.xml"
_STYLES = "word/styles.xml"
_HEADING = re.compile(r"heading (\d)")
_LEFT_OUT = {"del", "moveFrom", "Fallback", "pPr", "rPr", "txbxContent", "instrText"}
_WRITTEN = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
_OFF = {"0", "false", "off"}


def parse(article_id: str, content: bytes) -> Article:
    """The title is that of its properties, or of a paragraph in the style Title. Raises ArticleError."""
    document = Zipped(content)
    body = _child(parsed(document.read(_main_part(document))), "body")
    if body is None:
        raise ArticleError("it is not a Word document")
    properties = _properties(document)
    reader = _Body(_styles(document))
    reader.read(body)
    return Article(
        article_id,
        metadata.line(properties.get("title")) or metadata.line(reader.title) or PurePosixPath(article_id).stem,
        reader.layout.text,
        author=metadata.line(properties.get("creator")),
        published=metadata.day(properties.get("created")),
    )


def _main_part(document: Zipped) -> str:
    if "_rels/.rels" in document:
        for relation in parsed(document.read("_rels/.rels")):
            if str(relation.get("Type")).endswith("/officeDocument"):
                return str(relation.get("Target")).lstrip("/")
    return "word/document.xml"


def _properties(document: Zipped) -> Mapping[str, str]:
    if _PROPERTIES not in document:
        return {}
    return {name(each): each.text for each in parsed(document.read(_PROPERTIES)) if each.text}


def _styles(document: Zipped) -> Mapping[str, str]:
    """Style id -> its name in English, whatever language Word speaks."""
    if _STYLES not in document:
        return {}
    return {
        _attribute(style, "styleId"): _value(style, "name").lower()
        for style in parsed(document.read(_STYLES))
        if name(style) == "style"
    }


@dataclass
class _Body:
    """Walks through the blocks of a document's body."""

    styles: Mapping[str, str]

    def __post_init__(self) -> None:
        self.layout = Blocks()
        self.title: str | None = None

    def read(self, parent: Element) -> None:
        for block in parent:
            kind = _kind(block)
            if kind == "p":
                self._paragraph(block)
            elif kind == "tbl":
                self._table(block)
            elif kind not in _LEFT_OUT:
                self.read(block)  # content controls, and what wraps paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        text = "".join(_texts(paragraph))
        style = self.styles.get(_value(_child(paragraph, "pPr"), "pStyle"), "")
        heading = _HEADING.fullmatch(style)
        if style == "title" and self.title is None and text.strip():
            self.title = text
        elif heading:
            self.layout.heading(text, int(heading[1]))
        elif style.startswith("list ") or _child(_child(paragraph, "pPr"), "numPr") is not None:
            self.layout.item(text)
        elif not style.startswith("toc "):
            self.layout.paragraph(text)
        for box in _inside(paragraph, "txbxContent"):
            self.read(box)

    def _table(self, table: Element) -> None:
        for row in _inside(table, "tr"):
            self.layout.row(" ".join(_paragraphs(cell)) for cell in _inside(row, "tc"))


def _paragraphs(cell: Element) -> Iterator[str]:
    return ("".join(_texts(paragraph)) for paragraph in _inside(cell, "p"))


def _texts(parent: Element) -> Iterator[str]:
    for each in parent:
        kind = _kind(each)
        if kind == "t":
            yield each.text or ""
        elif kind in _WRITTEN:
            yield _WRITTEN[kind]
        elif kind not in _LEFT_OUT and not (kind == "r" and _is_hidden(each)):
            yield from _texts(each)


def _is_hidden(run: Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and _attribute(vanish, "val") not in _OFF


def _inside(parent: Element, kind: str) -> Iterator[Element]:
    """The nearest descendants of a kind; not what older programs get in place of something."""
    for each in parent:
        found = _kind(each)
        if found == kind:
            yield each
        elif found not in _LEFT_OUT:
            yield from _inside(each, kind)


def _kind(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(parent: Element, kind: str) -> Element:
    return next((each for each in parent if _kind(each) == kind), None) if parent is not None else None


def _value(parent: Element, kind: str) -> str:
    child = _child(parent, kind)
    return "" if child is None else _attribute(child, "val")


def _attribute(element: Element, wanted: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), "")
