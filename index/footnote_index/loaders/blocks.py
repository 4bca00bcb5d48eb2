"""The document model: every loader turns its file into blocks, and `text_of` alone turns those into an article's text.

The marks that structure the text are those of footnote/structure.py, which tells sentences and headings apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from footnote_index.loaders.questions import Asked, answer_in, asked_in, asked_in_bold


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
    block. `begins`: the first row of a table. `is_bold`: set off from other text, as a question above its answer is.
    """

    kind: BlockKind
    text: str
    level: int = 0
    mark: str = "-"
    is_close: bool = False
    begins: bool = False
    is_bold: bool = False

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

    def paragraph(self, text: str, *, is_close: bool = False, is_bold: bool = False) -> None:
        if folded := on_one_line(text):
            self._blocks.append(Block(BlockKind.PARAGRAPH, folded, is_close=is_close, is_bold=is_bold))

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
    """Blocks with a blank line between them; items of a list and rows of a table on lines of their own. Questions with
    their answers below become headings.
    """
    parts: list[str] = []
    before: Block | None = None
    for block in _below_questions([*blocks]):
        if before:
            is_other_table = block.begins and not before.begins  # one row alone is the head of the table below it
            is_next = before.kind is block.kind and block.kind in _TOGETHER and not is_other_table
            parts.append("\n" if is_next or block.is_close else "\n\n")
        parts.append(block.written)
        before = block
    return "".join(parts)


def _below_questions(blocks: Sequence[Block]) -> Iterator[Block]:
    """Each question as the heading of its answer, both without their labels."""
    level, place = 1, 0
    is_list = False  # the block before is a question without an answer: this one belongs to a list of them
    while place < len(blocks):
        block, after = blocks[place], blocks[place + 1 : place + 3]
        place += 1
        is_heading = block.kind is BlockKind.HEADING
        level = block.level if is_heading else level
        asked = _asked(block)
        if asked is None or not (asked.answer or _is_answered(asked, after, is_list=is_list, is_heading=is_heading)):
            is_list = asked is not None and asked.is_sure
            yield block
            continue
        is_list = False
        depth = block.level if is_heading else min(level + 1, 6)
        yield Block(BlockKind.HEADING, asked.text, depth, is_close=block.is_close and block.kind is not BlockKind.ITEM)
        if asked.answer:
            yield Block(BlockKind.PARAGRAPH, asked.answer)
        elif after and (said := _answer(asked, after)) is not None:
            place += 1
            if said:
                kind = BlockKind.PARAGRAPH if after[0].kind is BlockKind.ITEM else after[0].kind
                yield replace(after[0], text=said, kind=kind, is_bold=False)


def _asked(block: Block) -> Asked | None:
    if block.kind not in _MAY_ASK:
        return None
    found = asked_in(block.text)
    if found or block.kind is BlockKind.ITEM:
        return found
    return asked_in_bold(block.text, is_bold=block.is_bold or block.kind is BlockKind.HEADING)


def _is_answered(asked: Asked, after: Sequence[Block], *, is_list: bool, is_heading: bool) -> bool:
    """Whether its answer is below it, or it is a heading anyway."""
    if after and _answer(asked, after) is not None:
        return True
    if is_heading or not asked.is_sure or is_list:
        return is_heading and asked.is_sure
    return bool(after) and after[0].kind is not BlockKind.HEADING and _asked(after[0]) is None


def _answer(asked: Asked, after: Sequence[Block]) -> str | None:
    """What the block below says, if it is labelled as the answer."""
    if after[0].kind not in _MAY_ASK or after[0].kind is BlockKind.HEADING:
        return None
    return answer_in(after[0].text, asked.mark, after[1].text if len(after) > 1 else "")


def on_one_line(text: str) -> str:
    """With white space collapsed and soft hyphens removed."""
    return " ".join(text.replace("\xad", "").split())


_MAY_ASK = {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM}
_TOGETHER = {BlockKind.ITEM, BlockKind.ROW}
_FENCES = re.compile(r"^`{3,}", re.MULTILINE)


def empty_row(columns: int) -> str:
    """What stands above the rows of a table whose columns have no names."""
    return f"|{'  |' * columns}"
