"""What stands beside an item of a list: the paragraphs over and below the list, and the item that it is inside of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from footnote.models import Sentence
from footnote.text.items import ITEM
from footnote.text.sentences import split_sentences

_NO_PROSE = ("#", "|", "```")

Line = tuple[int, int]


@lru_cache(maxsize=1000)
def introduction(text: str, start: int) -> tuple[Sentence, ...]:
    """The sentences of the paragraph right over the list that has an item at `start`; none below a heading, a table or
    code.
    """
    paragraph: list[Line] = []
    for line in _lines_above(text, start):
        said = text[slice(*line)]
        if _is_in_list(said) or not said.strip():
            if paragraph and _goes_on_with_item(text, paragraph, said):
                paragraph = []  # a line of an item that is wrapped
            elif paragraph:
                break
        elif said.startswith(_NO_PROSE):
            break
        else:
            paragraph.append(line)
    return _sentences(text, paragraph[-1][0], paragraph[0][1]) if paragraph else ()


@lru_cache(maxsize=1000)
def item_around(text: str, start: int) -> Sentence | None:
    """The first sentence of the item that the one at `start` is inside of: of the next line above it that is less
    indented, if that begins an item.
    """
    indent = _indent(text[text.rfind("\n", 0, start) + 1 : start] + "-")
    for begin, end in _lines_above(text, start) if indent else ():
        line = text[begin:end]
        if line.strip() and _indent(line) < indent:
            return _sentences(text, begin, end)[0] if ITEM.match(line.lstrip()) else None
    return None


def is_followed_by_list(text: str, end: int) -> bool:
    """Whether a list, a table or code stands right behind the paragraph that ends there or goes on."""
    is_over = False
    for begin, line_end in _lines_below(text, end):
        line = text[begin:line_end]
        if line.strip() and (ITEM.match(line.lstrip()) or line.startswith(("|", "```"))):
            return True
        if line.strip() and (is_over or line.startswith("#")):
            return False
        is_over = is_over or not line.strip()
    return False


def below_list(text: str, start: int) -> Sentence | None:
    """The first sentence of the paragraph right below the list that has an item at `start`."""
    for begin, end in _lines_below(text, start):
        line = text[begin:end]
        if line.strip() and not _is_in_list(line):
            return None if line.startswith(_NO_PROSE) else _sentences(text, begin, end)[0]
    return None


def _lines_above(text: str, start: int) -> Iterator[Line]:
    """From the nearest one up."""
    end = text.rfind("\n", 0, start)
    while end >= 0:
        begin = text.rfind("\n", 0, end) + 1
        yield begin, end
        end = begin - 1


def _lines_below(text: str, position: int) -> Iterator[Line]:
    """From the next one down."""
    begin = text.find("\n", position) + 1
    while begin:
        end = text.find("\n", begin)
        yield begin, end if end >= 0 else len(text)
        begin = end + 1


def _is_in_list(line: str) -> bool:
    return bool(ITEM.match(line.lstrip())) or line[:1].isspace()


def _goes_on_with_item(text: str, paragraph: list[Line], above: str) -> bool:
    return bool(above.strip()) and not text[slice(*paragraph[0])].rstrip("*_ \r").endswith((":", "："))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _sentences(text: str, begin: int, end: int) -> tuple[Sentence, ...]:
    return tuple(Sentence(begin + one.start, begin + one.end) for one in split_sentences(text[begin:end]))
