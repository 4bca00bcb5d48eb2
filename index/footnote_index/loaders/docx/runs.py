"""The text of Word's paragraphs: with superscripts, formulas and footnote marks, without hidden text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from footnote_index.loaders.docx.formulas import of_omml
from footnote_index.loaders.docx.styles import WordStyles
from footnote_index.loaders.docx.symbols import as_shown, symbol
from footnote_index.loaders.docx.xml import attribute, child, inside, kind_of, value
from footnote_index.loaders.markup.raised import subscript, superscript
from footnote_index.loaders.markup.text import LINE_BREAK
from footnote_index.loaders.trees import Element

LEFT_OUT = {"del", "moveFrom", "Fallback", "pPr", "rPr", "txbxContent", "instrText", "delText", "rt", "annotationRef"}
_WRITTEN = {"tab": "\t", "br": LINE_BREAK, "cr": LINE_BREAK, "noBreakHyphen": "-", "ptab": " "}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_APART = "\u2063"  # an invisible separator, so that two numbers do not become one
_OFF = {"0", "false", "off", "none"}
_TINY = 4  # half points
_SHIFTED = 4  # half points
_FEWEST_WORDS = 3
_AROUND = {"tbl", "txbxContent"}


class Runs:
    """Reads paragraphs, and remembers which footnotes they refer to and what they hide."""

    def __init__(self, styles: WordStyles) -> None:
        self._styles = styles
        self._paragraph_style = ""
        self._notes: dict[tuple[str, str], str] = {}
        self._hidden: list[list[str]] = []

    @property
    def hidden(self) -> list[str]:
        """The hidden text."""
        found = (" ".join("".join(parts).split()) for parts in self._hidden)
        return [text for text in found if len(text.split()) >= _FEWEST_WORDS]

    def text(self, paragraph: Element) -> str:
        self._paragraph_style = value(child(paragraph, "pPr"), "pStyle")
        self._hidden.append([])
        text = ""
        for part in self._texts(paragraph):
            is_glued = part.startswith(_APART) and text[-1:].isalnum() and part[1:2].isalnum()
            text += (" " if is_glued else "") + part.lstrip(_APART)
        return text

    def are_bold(self, parent: Element) -> bool:
        """Whether all text in a cell or paragraph is bold."""
        runs = [run for run in inside(parent, "r", LEFT_OUT) if any((one.text or "").strip() for one in run.iter())]
        return bool(runs) and all(self._is_on(child(run, "rPr"), "b") for run in runs)

    def mark_of(self, kind: str, note: str) -> str | None:
        """The mark of a footnote that the text refers to."""
        return self._notes.get((kind, note))

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
                note = _NOTES[kind], attribute(each, "id")
                yield self._notes.setdefault(note, superscript(str(len(self._notes) + 1)))
            elif kind == "oMath":
                yield f"{_APART}{of_omml(each)}"
            elif kind == "r":
                yield from self._run(each)
            elif kind not in LEFT_OUT:
                yield from self._texts(each)

    def _run(self, run: Element) -> Iterator[str]:
        properties = child(run, "rPr")
        if self._is_on(properties, "strike") or self._is_on(properties, "dstrike"):
            return
        if self._is_hidden(run, properties):
            self._hidden[-1] += self._texts(run)
            return
        font = attribute(fonts, "ascii") if (fonts := child(properties, "rFonts")) is not None else ""
        parts = (as_shown(font, part) for part in self._texts(run)) if font else self._texts(run)
        write = self._raising(properties)
        if write:
            yield write("".join(parts))
        else:
            yield from parts

    def _is_on(self, properties: Element | None, kind: str) -> bool:
        found = self._styles.of_run(properties, kind, self._paragraph_style)
        return found is not None and attribute(found, "val") not in _OFF

    def _raising(self, properties: Element | None) -> Callable[[str], str] | None:
        place = self._styles.of_run(properties, "vertAlign")
        raised = attribute(place, "val") if place is not None else ""
        shift = value(properties, "position")
        half_points = int(shift) if shift.lstrip("-").isdecimal() and len(shift) < 5 else 0
        if raised == "superscript" or half_points >= _SHIFTED:
            return superscript
        return subscript if raised == "subscript" or half_points <= -_SHIFTED else None

    def _is_hidden(self, run: Element, properties: Element | None) -> bool:
        """Marked as hidden, too small to see, or white on the white page."""
        if self._is_on(properties, "vanish"):
            return True
        size = value(properties, "sz")
        if size.isdecimal() and len(size) < 5 and int(size) <= _TINY:
            return True
        if value(properties, "color").upper() != "FFFFFF" or not _AROUND.isdisjoint(map(kind_of, run.iterancestors())):
            return False
        paragraph = next((each for each in run.iterancestors() if kind_of(each) == "p"), None)
        grounds = [child(properties, "highlight"), self._styles.of_run(properties, "shd", self._paragraph_style)]
        grounds.append(self._styles.of_paragraph(child(paragraph, "pPr"), "shd"))
        return all(ground is None for ground in grounds)
