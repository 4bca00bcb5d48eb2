"""What is usual in a PDF document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from footnote_index.loaders.pdf.lines import Line
from footnote_index.loaders.pdf.measures import Measures

TEXT = "The dam holds back the water of the valley."


def lines(texts: Sequence[str], *, size: float = 10, leading: float = 12, top: float = 700) -> list[Line]:
    return [Line(text, 72, top - number * leading, 300, size) for number, text in enumerate(texts)]


def heading(text: str, size: float, top: float = 750) -> Line:
    return Line(text, 72, top, 200, size)


def test_without_lines_nothing_is_known() -> None:
    assert Measures.of([]) == Measures.of([[], []]) == Measures({}, {}, frozenset(), 0, {})


def test_the_body_has_most_letters_and_not_most_lines() -> None:
    page = [*lines(["a"] * 5, size=20, top=900), *lines([TEXT])]
    assert Measures.of([page]).body == 10


def test_the_distance_of_lines_is_the_smallest_usual_one() -> None:
    close, far = lines([TEXT] * 6), lines([TEXT] * 4, leading=18, top=600)
    assert Measures.of([[*close, *far]]).leading == {10: 12.0}
    once = [*lines([TEXT] * 6, leading=14), *lines([TEXT], top=618)]  # 12 below the last one
    assert Measures.of([once]).leading == {10: 14.0}


def test_with_few_lines_the_distance_is_at_most_that_of_lines_set_close() -> None:
    assert Measures.of([lines([TEXT] * 3, leading=18)]).leading == {10: 12.5}
    assert Measures.of([lines([TEXT] * 4, leading=18)]).leading == {10: 18.0}


@pytest.mark.parametrize("leading", [3.0, 40.0, -12.0])
def test_distances_that_are_none_of_lines_do_not_count(leading: float) -> None:
    assert Measures.of([lines([TEXT] * 4, leading=leading)]).leading == {}


def test_distances_between_different_sizes_do_not_count() -> None:
    assert Measures.of([[*lines([TEXT]), *lines([TEXT], size=14, top=688)]]).leading == {}


def test_one_line_in_ten_may_be_longer_than_a_full_one() -> None:
    assert Measures.of([lines(["a" * 30] * 9 + ["a" * 99])]).widest == {10: 99}
    assert Measures.of([lines(["a" * 30] * 10 + ["a" * 99])]).widest == {10: 30}


def test_words_leave_out_those_that_lines_cut() -> None:
    page = lines(["The long-standing dam re-", "opened IN the val\xad", "ley of Norvik"])
    assert Measures.of([page]).words == {"the", "long-standing", "dam", "in", "of", "norvik"}


def test_rows_of_tables_are_not_measured() -> None:
    page = [replace(line, cells=("a", "b")) for line in lines([TEXT] * 4, size=20)]
    assert Measures.of([[*page, *lines(["Tea"])]]).body == 10


def test_larger_sizes_are_headings_the_largest_of_the_first_level() -> None:
    page = [heading("A", 20), heading("B", 14, 730), heading("C", 12, 715), *lines([TEXT] * 5)]
    assert Measures.of([page]).levels == {20: 1, 14: 2, 12: 3}
    assert Measures.of([[heading("A", 11, 730), *lines([TEXT] * 5)]]).levels == {}  # hardly larger


def test_there_are_four_levels_at_most() -> None:
    page = [*(heading("A", size, 700 + 20 * size) for size in (30, 26, 22, 18, 14)), *lines([TEXT] * 9)]
    assert Measures.of([page]).levels == {30: 1, 26: 2, 22: 3, 18: 4, 14: 4}


def test_a_size_with_four_lines_together_is_text() -> None:
    body = lines([TEXT] * 20)
    for count, levels in ((3, {14: 1}), (4, {})):
        assert Measures.of([[*lines(["Large"] * count, size=14, top=780), *body]]).levels == levels


@pytest.mark.parametrize(
    ("line", "level"),
    [
        (heading("The dam", 20), 1),
        (heading("The dam", 19.6), 1),
        (heading("1932", 20), 0),
        (heading("The dam", 10), 0),
        (replace(heading("The dam", 20), cells=("The", "dam")), 0),
    ],
)
def test_a_heading_has_letters_and_no_cells(line: Line, level: int) -> None:
    assert Measures.of([[heading("The dam", 20), *lines([TEXT] * 5)]]).level(line) == level
