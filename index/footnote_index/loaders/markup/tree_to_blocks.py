"""(X)HTML trees -> blocks, with everything that a reader of the page would see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from footnote_index.loaders.blocks import Blocks, on_one_line
from footnote_index.loaders.markup import formulas, pictures, pointing
from footnote_index.loaders.markup.bold import asks_in_bold, is_bold
from footnote_index.loaders.markup.elements import BLOCKS, HEADINGS, LISTS, LONGEST_HEADING, SILENT, rows_of
from footnote_index.loaders.markup.list_marks import marks_of, number_of
from footnote_index.loaders.markup.preformatted import is_code, lines_of
from footnote_index.loaders.markup.raised import subscript, superscript
from footnote_index.loaders.markup.text import ENDS, LINE_BREAK, lines_in, meant_by, plain_text, with_line_breaks
from footnote_index.loaders.tables import Cell, add_table
from footnote_index.loaders.trees import Element, name


def lay_out(root: Element, blocks: Blocks) -> None:
    """Adds the blocks of a tree."""
    walk = _Walk(blocks)
    walk.element(root)
    walk.finish()


class _Walk:
    """Collects text until its block ends. Parsers limit the depth of trees to some hundred."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._text: list[str] = []
        self._level = 0  # of the current heading
        self._last_level = 1
        self._depth = -1  # of the list
        self._mark: str | None = None  # what the next block of a list item begins with
        self._term = ""  # what the next block of a definition list defines
        self._is_quote = False
        self._asks = False  # the next line is a question in bold

    def element(self, element: Element) -> None:
        kind = name(element)
        if not kind:
            self._text.append(meant_by(element))
        elif kind in SILENT or "line-through" in (element.get("style") or ""):
            return
        elif kind == "br":
            self._text.append(LINE_BREAK)
        elif kind in _SAID:
            self._text.append(_SAID[kind](element))
        elif kind in HEADINGS:
            self._heading(element, HEADINGS[kind])
        elif kind in _SPECIAL:
            _SPECIAL[kind](self, element)
        elif kind in LISTS:
            self._list(element)
        elif kind in BLOCKS:
            self._block(element)
        else:
            self._inside(element)

    def finish(self) -> None:
        """Ends the last block."""
        self.end()
        self._flush_term()

    def end(self) -> None:
        """Ends the block of the last text."""
        text, self._text = "".join(self._text), []
        asks, self._asks = self._asks, False
        is_one_line = self._level or self._mark is not None
        lines = [on_one_line(text.replace(LINE_BREAK, " "))] if is_one_line else lines_in(text)
        for place, line in enumerate(filter(None, lines)):
            self._end_line(line, asks=asks and not place)

    def _end_line(self, text: str, *, asks: bool = False) -> None:
        if self._level:
            self._flush_term()
            self._blocks.heading(text, self._level)
            self._last_level = self._level
            return
        if self._term.endswith("?"):
            self._flush_term()
        if self._term:
            text, self._term = f"{self._term}{' ' if self._term.endswith(ENDS) else ': '}{text}", ""
        if self._mark is not None:
            self._blocks.item(text, self._mark, max(self._depth, 0))
            self._mark = None
        elif self._is_quote:
            self._blocks.quote(text)
        else:
            self._blocks.paragraph(text, is_bold=asks)

    def _block(self, element: Element) -> None:
        if self._level:
            self._text.append(" ")
            self._inside(element)
            self._text.append(" ")
            return
        self.end()
        self._asks = asks_in_bold(element)
        self._inside(element)
        self.end()

    def _inside(self, element: Element) -> None:
        self._text.append(element.text or "")
        for child in element:
            self.element(child)
            self._text.append(child.tail or "")

    def _heading(self, element: Element, level: int) -> None:
        if len("".join(element.itertext())) > LONGEST_HEADING:
            self._block(element)  # its author did not close it
            return
        self.end()
        before, self._level = self._level, level
        self._inside(element)
        self.end()
        self._level = before

    def _summary(self, element: Element) -> None:
        """A question that opens its answer at a click becomes its heading."""
        if "".join(element.itertext()).strip().endswith("?"):
            last = self._last_level
            self._heading(element, min(last + 1, 6))
            self._last_level = last
        else:
            self._block(element)

    def _quote(self, element: Element) -> None:
        self.end()
        before, self._is_quote = self._is_quote, True
        self._block(element)
        self._is_quote = before

    def _quoted(self, element: Element) -> None:
        self._text.append("“")
        self._inside(element)
        self._text.append("”")

    def _formula(self, element: Element) -> None:
        said = formulas.of_mathml(element)
        is_glued = self._text and self._text[-1][-1:].isalnum() and said[:1].isalnum()
        self._text.append(f" {said}" if is_glued else said)

    def _link(self, element: Element) -> None:
        said = pointing.said_by(element)
        self._inside(element) if said is None else self._text.append(said)

    def _code(self, element: Element) -> None:
        """Preformatted text: code, or lines of prose."""
        self.end()
        inner = with_line_breaks(element)
        self._end_item()
        if is_code(element, inner):
            self._blocks.code(inner)
        else:
            self._blocks.add(lines_of(inner))

    def _end_item(self) -> None:
        """What comes next is not text that could follow a mark or a term."""
        self._flush_term()
        self._mark = None

    def _list(self, element: Element) -> None:
        self.end()
        self._flush_term()
        self._depth += 1
        marks = marks_of(element)
        for child in element:
            if name(child) == "li":
                self._item(child, next(marks))
            else:
                self.element(child)
            self._text.append(child.tail or "")
        self.end()
        self._depth -= 1

    def _item(self, element: Element, mark: str = "-") -> None:
        self.end()
        before, self._mark = self._mark, mark
        self._inside(element)
        self.end()
        self._mark = before

    def _term_of(self, element: Element) -> None:
        self.end()
        inner = Blocks()
        lay_out_inside(element, inner)
        term = " ".join(block.text for block in inner[:])
        self._term = ", ".join(filter(None, [self._term, term]))

    def _definitions(self, element: Element) -> None:
        self._block(element)
        self._flush_term()

    def _flush_term(self) -> None:
        term, self._term = self._term, ""
        self._blocks.paragraph(term, is_bold=term.endswith("?"))

    def _table(self, element: Element) -> None:
        self.end()
        self._end_item()
        for caption in element:
            if name(caption) == "caption":
                self._block(caption)
        if element.get("role") in {"presentation", "none"}:
            for cell in (cell for row in rows_of(element) for cell in _cells(row)):
                self._blocks.add(cell.blocks)
        else:
            add_table(self._blocks, [list(_cells(row)) for row in rows_of(element)])


_SAID: Mapping[str, Callable[[Element], str]] = {
    "img": pictures.said_by,
    "sub": lambda element: subscript(plain_text(element)),
    "sup": lambda element: superscript(plain_text(element)),
}

_SPECIAL: Mapping[str, Callable[[_Walk, Element], None]] = {
    "a": _Walk._link,  # noqa: SLF001 - its own methods
    "blockquote": _Walk._quote,  # noqa: SLF001
    "dl": _Walk._definitions,  # noqa: SLF001
    "dt": _Walk._term_of,  # noqa: SLF001
    "li": _Walk._item,  # noqa: SLF001
    "math": _Walk._formula,  # noqa: SLF001
    "pre": _Walk._code,  # noqa: SLF001
    "q": _Walk._quoted,  # noqa: SLF001
    "summary": _Walk._summary,  # noqa: SLF001
    "table": _Walk._table,  # noqa: SLF001
}


def lay_out_inside(element: Element, blocks: Blocks) -> None:
    """Adds the blocks inside an element, whatever the element itself is."""
    walk = _Walk(blocks)
    walk._inside(element)  # noqa: SLF001 - of the same module
    walk.finish()


def _cells(row: Element) -> Iterator[Cell]:
    is_head = name(row.getparent()) == "thead"
    for cell in row:
        if name(cell) in {"td", "th"}:
            inner = Blocks()
            lay_out_inside(cell, inner)
            rows, columns = (number_of(cell.get(span)) for span in ("rowspan", "colspan"))
            yield Cell(
                inner[:], 1 if rows is None else rows, columns or 1, name(cell) == "th", is_head or is_bold(cell)
            )
