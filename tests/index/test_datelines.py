"""The day of publication that one of an article's first lines states."""

from __future__ import annotations

from datetime import date

import pytest

from footnote_index.loaders.dates import dateline
from footnote_index.loaders.markdown.loader import parse as parse_markdown
from footnote_index.loaders.plain_text import parse as parse_text

DAY = date(2031, 5, 14)


@pytest.mark.parametrize(
    "line",
    [
        "Published 14 May 2031",
        "Published on 14 May 2031",
        "*Published 14 May 2031*",
        "Posted: May 14, 2031",
        "Date: 2031-05-14",
        "Published: Wed, 14 May 2031, 10:30 GMT",
        "14 May 2031",
        "Wednesday, 14 May 2031",
        "Wednesday 14 May 2031.",
        "**May 14, 2031**",
        "2031-05-14",
    ],
)
def test_a_line_of_its_own_states_the_day(line: str) -> None:
    assert dateline(["By Ann Ost", line]) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "The bridge was closed on 14 May 2031.",
        "14 May 2031 was a Wednesday",
        "Published in Oslo",
        "May 2031",
        "Updated 14 May 2031",
        "From 14 May 2031 to 20 June 2031",
        "Meeting on 14 May 2031",
        "32 May 2031",
        "Date of birth: 3 March 1970",
        "Date of next meeting: 3 June 2031",
        "Released from prison on 3 June 1998.",
        "Published accounts to 31 March 2031",
        "Posted speed limits change on 14 May 2031.",
    ],
)
def test_a_line_that_says_something_else_states_none(line: str) -> None:
    assert dateline([line]) is None


def test_a_day_further_down_is_not_that_of_publication() -> None:
    assert dateline(["One.", "Two.", "Three.", "14 May 2031"]) is None


def test_markdown_and_text_files_have_the_day_below_their_title() -> None:
    assert parse_markdown("a.md", b"# Headline\n\n*Published 14 May 2031*\n\nIt rained on Monday.\n").published == DAY
    assert parse_text("a.txt", b"Headline\n\nPublished 14 May 2031\n\nIt rained on Monday.\n").published == DAY


def test_a_line_without_a_day_is_passed_over() -> None:
    assert dateline(["Published in Oslo", "14 May 2031"]) == DAY


@pytest.mark.parametrize("line", ["## 14 May 1944", "- 1 May 2031"])
def test_headings_and_items_of_lists_are_no_datelines(line: str) -> None:
    assert parse_markdown("a.md", f"# Diary\n\n{line}\n\nIt rained.\n".encode()).published is None


def test_front_matter_wins_over_a_dateline() -> None:
    content = b"---\npublished: 2031-05-13\n---\n# Headline\n\nPublished 14 May 2031\n\nIt rained.\n"
    assert parse_markdown("a.md", content).published == date(2031, 5, 13)
