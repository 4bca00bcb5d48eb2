"""The same text under two ids is indexed once; an article with text of its own stays."""

from __future__ import annotations

from datetime import date

import pytest

from footnote.models import Article
from footnote_index.building.duplicates import find_duplicates
from footnote_index.building.reports import Duplicate

TEXT = (
    "The dam above the valley opened on 6 May 2019, after nine years of work. “It holds 5,000 tonnes,” the mayor said. "
    "He did not say what it cost.\n\nFarmers below the dam have asked for water since April. The council will answer "
    "them in June, a speaker told this newspaper on Monday."
)


def article(name: str, text: str = TEXT, published: str | None = None) -> Article:
    return Article(name, "A title", text, published=date.fromisoformat(published) if published else None)


def left_out(*articles: Article) -> tuple[Duplicate, ...]:
    return find_duplicates({article.id: article for article in articles})


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("“", '"').replace("”", '"').upper(),
        TEXT.replace(" ", "\n").replace("\n\n", "\n\n\n"),
        TEXT.partition("\n\n")[2] + " " + TEXT.partition("\n\n")[0],
        TEXT.removesuffix(" on Monday."),
    ],
    ids=["exactly", "typography", "line breaks", "order", "the last words cut off"],
)
def test_the_same_text_is_kept_once(text: str) -> None:
    assert left_out(article("b.md", text), article("a.md")) == (Duplicate("b.md", "a.md"),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("5,000", "8,000"),
        ("5,000 tonnes", "5.000 tonnes"),
        ("6 May", "7 May"),
        ("did not say", "did say"),
        ("opened", "closed"),
        ("council", "Council of State"),
        ("on Monday.", "on Monday. Nobody was hurt."),
    ],
)
def test_a_text_that_says_anything_else_stays(before: str, after: str) -> None:
    assert before in TEXT
    assert left_out(article("a.md"), article("b.md", TEXT.replace(before, after))) == ()


def test_a_short_report_inside_a_long_one_stays() -> None:
    long = f"{TEXT}\n\nThe old dam broke in 1987 and took two bridges and a mill with it, and a road as well."
    assert left_out(article("long.md", long), article("short.md")) == ()


def test_short_texts_may_be_the_same_by_chance() -> None:
    assert left_out(article("a.md", "Nothing happened."), article("b.md", "Nothing happened.")) == ()


def test_kept_is_what_has_a_date_then_the_earliest_then_the_shortest_id() -> None:
    copies = [article("a"), article("bbb", published="2021-09-02"), article("cc", published="2021-09-01")]
    copies.append(article("ddd", published="2021-09-01"))
    for order in (copies, copies[::-1]):
        assert {duplicate.original_id for duplicate in left_out(*order)} == {"cc"}


def test_thirty_copies_are_one() -> None:
    assert len(left_out(*(article(f"{number:02}.md") for number in range(30)))) == 29


RUSSIAN = "Дамба над долиной была открыта шестого мая после девяти лет работы, и мэр не сказал, сколько она стоила."
NOTE = "Read this article in another language."


def test_an_article_stays_together_with_one_that_says_more_in_another_paragraph() -> None:
    long = "\n\n".join([TEXT] + [f"The council met {number} times in spring and spoke of it." for number in "abcdefg"])
    assert left_out(article("ru.html", f"{long}\n\n{RUSSIAN}"), article("en.html", long)) == ()
    assert left_out(article("a.html", f"{long}\n\n{NOTE}"), article("b.html", long)) == (Duplicate("b.html", "a.html"),)


def test_of_two_the_one_in_the_language_of_its_name_is_kept() -> None:
    names = ("web/x/ar/dam.html", "web/x/en/dam.html")
    assert left_out(*map(article, names)) == (Duplicate(names[0], names[1]),)


def test_of_two_the_one_of_which_more_is_known_is_kept() -> None:
    known = Article("long-name.md", "A title", TEXT, author="A. Writer", url="https://example.org/dam")
    assert left_out(article("a.md"), known) == (Duplicate("a.md", "long-name.md"),)
