"""Lists in the reports of builds: what is named, and that they fit into a message."""

from __future__ import annotations

import discord
import pytest

from footnote_bot.render.build_lists import (
    AHEAD,
    DONE,
    NAMED,
    article_lines,
    count_lines,
    kinds,
    sizes,
    with_lists,
)
from footnote_bot.render.markdown import width
from footnote_bot.translations.language import speaking
from footnote_index.building.difference import FolderDifference

LONGEST_FIELD, LONGEST_DESCRIPTION, LONGEST_EMBED = 1024, 4096, 6000
MANY = [f"article-{number}.md" for number in range(1500)]


def listed(*names: str, title: str = "Added") -> str:
    [field] = with_lists(discord.Embed(), {title: names}).fields
    assert field.value
    return field.value


def test_a_short_list_is_shown_as_a_whole() -> None:
    assert listed("a.md", "b_c.md") == "a.md\nb\\_c.md"


@pytest.mark.parametrize(("number", "last"), [(NAMED, "article-9.md"), (NAMED + 1, "and 1 more")])
def test_of_a_long_list_the_first_names_and_the_number_of_others_are_shown(number: int, last: str) -> None:
    lines = listed(*MANY[:number]).split("\n")
    assert lines[:NAMED] == MANY[:NAMED]
    assert lines[-1] == last


def test_numbers_are_written_as_the_language_does() -> None:
    assert listed(*MANY).endswith("and 1,490 more")
    with speaking("de"):
        assert sizes(1234, 5000, 20000).startswith("**1.234 ")


def test_what_does_not_fit_is_counted_too() -> None:
    names = ["😀" * 90 + str(number) for number in range(10)]
    embed = with_lists(discord.Embed(description="x" * 4000), {"Added": names, "Changed": names, "Removed": names})
    for field in embed.fields:
        lines = (field.value or "").split("\n")
        assert 1 < len(lines) < NAMED
        assert lines[-1] == f"and {len(names) - len(lines) + 1} more"
    assert len(embed) <= LONGEST_EMBED


def test_a_name_that_cannot_be_shown_is_an_ellipsis() -> None:
    assert listed("\n", "b.md") == "…\nb.md"


def test_empty_lists_are_left_out() -> None:
    embed = with_lists(discord.Embed(), {"Added": (), "Removed": ("a.md",)})
    assert [field.name for field in embed.fields] == ["Removed"]


def test_a_full_report_is_within_discords_limits_and_ends_with_a_whole_line() -> None:
    lines = [f"line {number} " + "😀" * 40 for number in range(80)]
    names = tuple("x" * 99 + str(number) for number in range(20))
    embed = discord.Embed(title="t" * 256, description="\n".join(lines))
    with_lists(embed, dict.fromkeys(DONE, names))
    assert embed.description
    assert embed.description.split("\n")[-1] in lines
    assert width(embed.description) <= LONGEST_DESCRIPTION
    assert all(width(field.value or "") <= LONGEST_FIELD for field in embed.fields)
    assert len(embed) <= LONGEST_EMBED
    assert [field.name for field in embed.fields] == [*DONE]


def test_articles_are_listed_by_what_becomes_of_them() -> None:
    difference = FolderDifference(added=("a",), changed=("b",), removed=("c",), unreadable=("d",), unchanged=("e",))
    assert [*kinds(difference, AHEAD).items()] == list(zip(AHEAD, (("a",), ("b",), ("c",), ("d",)), strict=True))


def test_a_count_of_nothing_has_no_line() -> None:
    assert count_lines(0, "{n} articles") == []
    assert count_lines(1500, "{n} articles") == ["\n1,500 articles"]


@pytest.mark.parametrize(("most", "last"), [(2, "b.md: empty"), (1, "and 1 more")])
def test_articles_have_a_remark_each(most: int, last: str) -> None:
    articles = [("a_.md", "broken"), ("b.md", "empty")]
    lines = article_lines("{n} skipped", articles, most)
    assert lines[:2] == ["\n2 skipped", "a\\_.md: broken"]
    assert lines[-1] == last
    assert article_lines("{n} skipped", [], most) == []
