"""The document model: every loader turns its file into blocks, and `text_of` alone turns those into an article's text.

The marks that structure the text are those of footnote/structure.py, which tells sentences and headings apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class BlockKind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()
    CODE = auto()
    QUOTE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is one line, except for code. The `level` of a heading counts from 1; that of a list item is how many
    other lists it is nested in, and `mark` is what it begins with. `is_close`: on the line right below the previous
    block. `begins`: the first row of a table.
    """

    kind: BlockKind
    text: str
    level: int = 0
    mark: str = "-"
    is_close: bool = False
    begins: bool = False

    @property
    def written(self) -> str:
        match self.kind:
            case BlockKind.HEADING:
                return f"{'#' * min(max(self.level, 1), 6)} {self.text}"
            case BlockKind.ITEM:
                return f"{'  ' * self.level}{self.mark} {self.text}"
            case BlockKind.CODE:
                fence = "`" * max(3, 1 + max((len(run) for run in _FENCES.findall(self.text)), default=0))
                return f"{fence}\n{self.text}\n{fence}"
        return self.text


class Blocks:
    """Collects the blocks of an article in reading order, without blank ones."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, place: slice) -> Sequence[Block]:
        return self._blocks[place]

    @property
    def text(self) -> str:
        return text_of(self._blocks)

    def heading(self, text: str, level: int, *, is_close: bool = False) -> None:
        self._add(BlockKind.HEADING, text, level=level, is_close=is_close)

    def paragraph(self, text: str, *, is_close: bool = False) -> None:
        self._add(BlockKind.PARAGRAPH, text, is_close=is_close)

    def quote(self, text: str) -> None:
        self._add(BlockKind.QUOTE, text)

    def item(self, text: str, mark: str = "-", level: int = 0) -> None:
        self._add(BlockKind.ITEM, text, mark=mark, level=level)

    def row(self, cells: Iterable[str], *, begins: bool = False) -> None:
        """A bar inside a cell is written as `\\|`. Only an empty row that begins a table says something: its columns
        have no names.
        """
        folded = [on_one_line(cell).replace("|", "\\|") for cell in cells]
        if any(folded):
            self._blocks.append(Block(BlockKind.ROW, f"| {' | '.join(folded)} |", begins=begins))
        elif begins:
            self._blocks.append(Block(BlockKind.ROW, empty_row(len(folded)), begins=True))

    def code(self, text: str) -> None:
        """White space at the beginning of lines is kept."""
        lines = [line.rstrip() for line in text.replace("\xad", "").splitlines()]
        while lines and not lines[0]:
            del lines[0]
        while lines and not lines[-1]:
            del lines[-1]
        if lines:
            self._blocks.append(Block(BlockKind.CODE, "\n".join(lines)))

    def add(self, blocks: Iterable[Block]) -> None:
        self._blocks.extend(blocks)

    def _add(self, kind: BlockKind, text: str, *, level: int = 0, mark: str = "-", is_close: bool = False) -> None:
        if folded := on_one_line(text):
            self._blocks.append(Block(kind, folded, level, mark, is_close))


def text_of(blocks: Iterable[Block]) -> str:
    """Blocks with a blank line between them; items of a list and rows of a table on lines of their own."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before:
            is_other_table = block.begins and not before.begins  # one row alone is the head of the table below it
            is_next = before.kind is block.kind and block.kind in _TOGETHER and not is_other_table
            parts.append("\n" if is_next or block.is_close else "\n\n")
        parts.append(block.written)
        before = block
    return "".join(parts)


def on_one_line(text: str) -> str:
    """With white space collapsed and soft hyphens removed."""
    return " ".join(text.replace("\xad", "").split())


_TOGETHER = {BlockKind.ITEM, BlockKind.ROW}
_FENCES = re.compile(r"^`{3,}", re.MULTILINE)


def empty_row(columns: int) -> str:
    """What stands above the rows of a table whose columns have no names."""
    return f"|{'  |' * columns}"
