"""How much of each part of a page trafilatura kept, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from footnote_index.loaders.trees import Element, name

_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
    ),
    *("label", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
    *("time", "tt", "u", "var", "wbr"),
}

_KEPT_INLINE = {"hi", "ref"}  # trafilatura's names
_BREAKS = {"br", "lb"}
_BLOCK_END = "\0"
_UNCOUNTED = {"math", "rt", "rp"}
_WORD = re.compile(r"\w+")
_GRAM = 4


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What trafilatura kept: runs of four words, and shorter texts as a whole."""

    grams: frozenset[tuple[str, ...]]
    texts: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, body: Element) -> KeptWords:
        blocks = "".join(_pieces(body)).split(_BLOCK_END)
        words = [word for block in blocks for word in _WORD.findall(block)]
        lines = [line for text in (*blocks, "\n".join(body.itertext())) for line in text.splitlines()]
        texts = [text for element in body.iter() for text in (element.text, element.tail) if text]
        shorter = (tuple(_WORD.findall(text)) for text in (*blocks, *lines, *texts))
        return cls(frozenset(_grams(words)), frozenset(shorter))

    def count(self, words: Sequence[str]) -> int:
        """How many of the words were kept."""
        if len(words) < _GRAM:
            return len(words) if tuple(words) in self.texts else 0
        found = {
            place + step for place, gram in enumerate(_grams(words)) if gram in self.grams for step in range(_GRAM)
        }
        return len(found)


def _pieces(element: Element) -> Iterator[str]:
    """The texts in an element, with marks where blocks begin and end and line breaks where lines do."""
    yield element.text or ""
    for child in element:
        kind = name(child)
        end = "\n" if kind in _BREAKS else "" if not kind or kind in _INLINE or kind in _KEPT_INLINE else _BLOCK_END
        yield end
        if kind:
            yield from _pieces(child)
        yield end
        yield child.tail or ""


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_GRAM)), strict=False)


@dataclass
class WordCount:
    """For each element of a tree: how many words it has, how many of them were kept, and how many are links."""

    known: KeptWords
    all: dict[Element, int] = field(default_factory=dict)
    kept: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    whole: int = 0
    flowing: set[Element] = field(default_factory=set)
    _run: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, root: Element, known: KeptWords) -> WordCount:
        count = cls(known)
        count.take(root)
        return count

    def take(self, element: Element, *, in_link: bool = False) -> None:
        """Counts a block-level element with everything in it."""
        self.all[element] = self.kept[element] = self.linked[element] = 0
        self._walk(element, element, in_link=in_link)
        self._end(element)

    def _walk(self, block: Element, element: Element, *, in_link: bool) -> None:
        self._text(block, element.text, in_link=in_link)
        for child in element:
            kind = name(child)
            inside = in_link or kind == "a"
            if kind in _BREAKS:
                self._run.append("\n")
            elif not kind or kind in _UNCOUNTED:
                pass
            elif kind in _INLINE and not any(name(inner) not in _INLINE for inner in child.iterdescendants()):
                self._walk(block, child, in_link=inside)
            else:
                self._end(block)
                self.take(child, in_link=inside)
                for counts in (self.all, self.kept, self.linked):
                    counts[block] += counts[child]
            self._text(block, child.tail, in_link=in_link)

    def _text(self, block: Element, text: str | None, *, in_link: bool) -> None:
        if text:
            self._run.append(text)
            self.linked[block] += len(_WORD.findall(text)) if in_link else 0

    def _end(self, block: Element) -> None:
        words = _WORD.findall("".join(self._run))
        kept = self.known.count(words)
        self.all[block] += len(words)
        self.kept[block] += kept
        if kept:
            self.flowing.add(block)
        self._run = []
