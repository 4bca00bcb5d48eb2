"""Blocks of a document, and the text that they become."""

from __future__ import annotations

import pytest

from footnote.models.structure import cells
from footnote_index.loaders.blocks import Block, BlockKind, Blocks, on_one_line, text_of


@pytest.mark.parametrize(
    ("block", "written"),
    [
        (Block(BlockKind.HEADING, "The dam", 2), "## The dam"),
        (Block(BlockKind.HEADING, "The dam", 0), "# The dam"),
        (Block(BlockKind.HEADING, "The dam", 9), "###### The dam"),
        (Block(BlockKind.ITEM, "tea"), "- tea"),
        (Block(BlockKind.ITEM, "tea", 2, "3."), "    3. tea"),
        (Block(BlockKind.QUOTE, "It holds."), "It holds."),
        (Block(BlockKind.CODE, "x = 1"), "```\nx = 1\n```"),
        (Block(BlockKind.CODE, "```\nx\n`````"), "``````\n```\nx\n`````\n``````"),
        (Block(BlockKind.CODE, "a ``` b"), "```\na ``` b\n```"),
    ],
)
def test_each_kind_has_its_marks(block: Block, written: str) -> None:
    assert block.written == written


def test_blocks_are_parted_by_a_blank_line_but_items_and_rows_are_together() -> None:
    blocks = Blocks()
    blocks.heading("The dam", 1)
    blocks.paragraph("It holds.")
    blocks.item("tea")
    blocks.item("rice", "1.", 1)
    blocks.row(["a", "b"])
    blocks.row(["c", "d"])
    blocks.code("x")
    blocks.code("y")
    assert blocks.text == (
        "# The dam\n\nIt holds.\n\n- tea\n  1. rice\n\n| a | b |\n| c | d |\n\n```\nx\n```\n\n```\ny\n```"
    )


def test_a_close_block_is_on_the_next_line() -> None:
    blocks = Blocks()
    blocks.paragraph("Marta Quill", is_close=True)
    blocks.paragraph("12 Harbour Street", is_close=True)
    blocks.heading("Norvik", 2, is_close=True)
    assert blocks.text == "Marta Quill\n12 Harbour Street\n## Norvik"


@pytest.mark.parametrize("blank", ["", " \n\t", "\xad", "\u2003"])
def test_blank_blocks_are_left_out(blank: str) -> None:
    blocks = Blocks()
    blocks.heading(blank, 1)
    blocks.paragraph(blank)
    blocks.quote(blank)
    blocks.item(blank)
    blocks.code(blank)
    blocks.row([blank, blank])
    assert len(blocks) == 0
    assert blocks.text == ""


def test_a_row_keeps_its_blank_cells_and_has_one_line() -> None:
    blocks = Blocks()
    blocks.row(["a\nb", "", "c\xadd"])
    assert blocks.text == "| a b |  | cd |"


def test_a_bar_inside_a_cell_does_not_part_it() -> None:
    blocks = Blocks()
    blocks.row(["5 | 6", "c", "|"])
    assert blocks.text == r"| 5 \| 6 | c | \| |"
    assert [cell.replace(r"\|", "|") for cell in cells(blocks.text)] == ["5 | 6", "c", "|"]


def test_code_keeps_its_indentation_and_its_inner_blank_lines() -> None:
    blocks = Blocks()
    blocks.code("\n  \n    if x:\n\n        y()   \n\n")
    assert blocks[:][0].text == "    if x:\n\n        y()"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \n b\tc ", "a b c"),
        ("Donau\xaddampf\xadschiff", "Donaudampfschiff"),
        ("10\xa0000", "10 000"),
        ("\xad", ""),
        ("a \xad b", "a b"),
    ],
)
def test_white_space_collapses_and_soft_hyphens_go(text: str, line: str) -> None:
    assert on_one_line(text) == line


def test_blocks_of_another_document_can_be_added() -> None:
    inner, outer = Blocks(), Blocks()
    inner.item("tea")
    outer.item("rice")
    outer.add(inner[:])
    assert outer.text == "- rice\n- tea"
    assert len(outer) == 2


def test_nothing_is_no_text() -> None:
    assert text_of([]) == ""
