"""Plain text and Markdown: whole sentences, and only what a reader sees."""

# ruff: noqa: E501, ISC004 - texts read better on one line
from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from footnote.models import Article
from footnote.text.sentences import split_sentences
from footnote_index.loaders import metadata, plain_text
from footnote_index.loaders.dates import day_of
from footnote_index.loaders.markdown import loader as markdown
from footnote_index.loaders.markdown.front_matter import split


def sentences(article: Article) -> list[str]:
    return [article.text[one.start : one.end] for one in split_sentences(article.text)]


@pytest.mark.parametrize(
    ("content", "title", "expected"),
    [
        ("The mill\n\nIt is old.", "The mill", ["It is old."]),
        ("The mill was closed in 2020.\nIt opens soon.", "notes", ["The mill was closed in 2020.", "It opens soon."]),
        ("The mill lifts forty tons of corn", "notes", ["The mill lifts forty tons of corn"]),
        ("It was closed in May, which was a long time ago for\nall of the people. They went.", "notes",
         ["It was closed in May, which was a long time ago for all of the people.", "They went."]),
        ("Mill\n\nThe old mill was built by the monks of the valley in the\nyear 1902 and has been used ever since by the mil-\nler and"
         " his sons. It is well known, and the well-\nknown wheel turns.", "Mill",
         ["The old mill was built by the monks of the valley in the year 1902 and has been used ever since by the miller and his sons.",
          "It is well known, and the well-known wheel turns."]),
        ("Mills\n\n- Tarn has a wheel of oak, and\n  it turns left. Still.\n- Lund\n    1. Built in 1990. Rebuilt.", "Mills",
         ["- Tarn has a wheel of oak, and it turns left.", "Still.", "- Lund", "1. Built in 1990.", "Rebuilt."]),
        ("Mill\n\nPhone: 555\nHours: 9 to 17", "Mill", ["Phone: 555", "Hours: 9 to 17"]),
        ("Rent\n\nOne room for a month ..................... 50 francs\nTwo rooms for a month .................... 90 francs\n"
         "The whole mill for a day ................ 120 francs\n", "Rent",
         ["One room for a month ..................... 50 francs", "Two rooms for a month .................... 90 francs",
          "The whole mill for a day ................ 120 francs"]),
        ("The mill\n========\n\nRent\n----\nIt is 5 francs.\n\n-----\nNo dogs.", "The mill", ["## Rent", "It is 5 francs.", "No dogs."]),
    ],
)  # fmt: skip
def test_plain_text_is_whole_sentences(content: str, title: str, expected: list[str]) -> None:
    article = plain_text.parse("notes.txt", content.encode())
    assert (article.title, sentences(article)) == (title, expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("The fare is ~~3~~ 4 francs, **now** and _then_.", ["The fare is 4 francs, now and then."]),
        ("See [the mill](https://example.org/a_(b)), [[Gates|the gates]] ![x](y.png) and `a_b_c`.", ["See the mill, the gates and a_b_c."]),
        ("It has 10<sup>4</sup> m^2^ and H~2~O.<br>Fine \\*star\\* &amp; co.", ["It has 10⁴ m² and H₂O.", "Fine *star* & co."]),
        ("The depth[^deep] is low.[^2]\n\n[^deep]: Measured in 2019.\n[^2]: By Eva.",
         ["The depth¹ is low.²", "¹ Measured in 2019.", "² By Eva."]),
        ("A mill.\n\n[mill]: https://example.org/a\n[TOC]\n- [One](#one)\n- [Two](#two)", ["A mill."]),
        ("> [!note] Mind\n> The gate is open.", ["Mind", "The gate is open."]),
        ("1. Open the gate,\n   then wait. Go.\n2. Close it.\n   - Slowly.", ["1. Open the gate, then wait.", "Go.", "2. Close it.", "- Slowly."]),
        ("| Room | Rent |\n|:--|--:|\n| North | 3 francs. Free in May. |\n| South \\| East | **4** |",
         ["| Room | Rent |", "| North | 3 francs. Free in May. |", "| South \\| East | 4 |"]),
        ("Run:\n\n```sh\n# no heading\nmill --turn\n```\n\nDone.", ["Run:", "# no heading\nmill --turn", "Done."]),
        ("<details><summary>More</summary>\nThe gate is <b>8 m</b> wide.\n</details>", ["More", "The gate is 8 m wide."]),
        ("<div align=center>\n\nThe *gate* is red.\n\n</div>", ["The gate is red."]),
        ("Depth <n> of the mill.", ["Depth <n> of the mill."]),
        ("> The mill is\n> old. It was built by the monks of\n> Tarn.", ["The mill is old.", "It was built by the monks of Tarn."]),
        ("Depth\n: It is 2 m.\n\nWhy?\n:   For boats.", ["Depth: It is 2 m.", "Why?", "For boats."]),
        ("See [the map] and [x].\n\n[the map]: https://example.org", ["See the map and [x]."]),
        ("!!! note \"Mind\"\n    The gate is open.\n\n::: warning\nIt is *deep*.\n:::", ["Mind", "The gate is open.", "It is deep."]),
        ("The {% include x.html %}gate is {{< icon >}}red.\n\n```\n{% kept %}\n```", ["The gate is red.", "{% kept %}"]),
        ("One[^a].\n\n<table><tr><td>A</td><td>B</td></tr></table>\n\nTwo[^b].", ["One¹.", "| A | B |", "Two²."]),
        ("---\n\nClosed in May.\n\n---\n\nOpen in June.", ["---", "Closed in May.", "---", "Open in June."]),
    ],
)  # fmt: skip
def test_markdown_is_read_as_a_person_reads_it(content: str, expected: list[str]) -> None:
    assert sentences(markdown.parse("a.md", content.encode())) == expected


def test_headings_of_markdown_are_recognised_and_the_first_is_the_title() -> None:
    article = markdown.parse("a.md", b"The mill\n========\n\nParts\n-----\n\n### Wheel ###\n\nIt turns.")
    assert (article.title, article.text) == ("The mill", "## Parts\n\n### Wheel\n\nIt turns.")
    assert article.headings_at(article.text.index("It turns")) == ("Parts", "Wheel")


def test_comments_in_markdown_are_left_out_and_named_but_those_in_code_stay() -> None:
    article = markdown.parse(
        "a.md", b"Rent: <!-- The secret rent is 90 francs. -->5.\n\n```\n<!-- kept -->\n```\n<!-- no\nend? -->End."
    )
    assert article.text == "Rent: 5.\n\n```\n<!-- kept -->\n```\n\nEnd."
    assert article.remarks == ("hidden text, which is left out (“The secret rent is 90 francs.”)",)


def test_notes_that_only_the_writer_sees_are_left_out_and_named() -> None:
    article = markdown.parse(
        "a.md", b"Rent: 5. %%The secret rent is 90.%% It is 5 %% of 100.\n\n[//]: # (The secret key is nine.)"
    )
    assert article.text == "Rent: 5. It is 5 %% of 100."
    assert article.remarks == ("hidden text, which is left out (“The secret key is nine.” and 1 more)",)


def test_code_within_a_line_hides_no_notes() -> None:
    article = markdown.parse("a.md", b"```a``` is code.\n\nRent: 5. %%The rent is 90.%% It rose.")
    assert article.text == "a is code.\n\nRent: 5. It rose."


def test_links_that_lead_astray_are_still_named() -> None:
    article = markdown.parse("a.md", b"[https://bank.example/login](https://evil.example/login) is safe.")
    assert article.text == "https://bank.example/login is safe."
    assert article.remarks == ("a link that shows a different address",)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("---\ntitle: Quay 9: the end\ndate: 2021-09-06 10:00:00 +0200\n---\nText.", ("Quay 9: the end", None, date(2021, 9, 6), None)),
        ('+++\ntitle = "Rent"\ndate = 2021-09-06\nauthors = ["A. Writer", "B. Writer"]\n+++\nText.',
         ("Rent", "A. Writer, B. Writer", date(2021, 9, 6), None)),
        ("---\ntitle: Rent\nauthor: {name: A. Writer, email: a@example.org}\nlink: www.example.org/a\n---\nText.",
         ("Rent", "A. Writer", None, "https://www.example.org/a")),
        ("---\nheadline: Rent\nwriter: A. Writer <a@example.org>\ncreated_at: [2021-09-06]\ncanonicalURL: example.org/a\npermalink: /a\n---\nText.",
         ("Rent", "A. Writer", date(2021, 9, 6), "https://example.org/a")),
    ],
)  # fmt: skip
def test_front_matter_of_other_programs_is_understood(content: str, expected: tuple[object, ...]) -> None:
    article = markdown.parse("a.md", content.encode())
    assert (article.title, article.author, article.published, article.url) == expected
    assert (article.text, article.remarks) == ("Text.", ())


@pytest.mark.parametrize(
    "fields",
    [
        *("date: 2017-01-06\nlastmod: 2021-09-06", "last_modified_at: 2021-09-06 10:00\ndate: 2017-01-06"),
        *(
            "created: 2017-01-06\nupdated: 2021-09-06",
            "date: 2017-01-06\nlast_update: {date: 2021-09-06, author: A. Writer}",
        ),
        *("published: 2021-09-06\nupdated: 2023-01-06", "date: 2021-09-06\nlastmod: ''"),
    ],
)
def test_the_day_of_the_last_change_comes_before_all_but_published(fields: str) -> None:
    article = markdown.parse("a.md", f"---\n{fields}\n---\nText.".encode())
    assert (article.published, article.remarks) == (date(2021, 9, 6), ())


@pytest.mark.parametrize(
    "value",
    [
        *("2021-09-06", "2021/09/06", "2021-9-6", "06.09.2021", "6.9.2021", "20210906", "1630922400", "1630922400000"),
        *(
            "2021-09-06T10:00:00Z",
            "2021-09-06 10:00 AM",
            "Mon, 06 Sep 2021 10:00:00 GMT",
            "6 Sep 2021",
            "Sept. 6, 2021",
        ),
        *("September 6th, 2021", "6. September 2021", "6 septembre 2021", "6 de septiembre de 2021", "2021年9月6日"),
        *("2021-W36-1", "2021-249", "2021. 9. 6.", "2021-Sep-06", "2021 September 6", "Mon Sep  6 10:00:00 UTC 2021"),
    ],
)
def test_a_day_is_understood_in_every_form_that_means_one_day(value: str) -> None:
    assert day_of(value) == date(2021, 9, 6)


@pytest.mark.parametrize("value", ["", "2021", "2021-09", "06/09/2021", "2021-13-45", "yesterday", "version 3"])
def test_what_is_no_day_or_may_be_two_is_none(value: str) -> None:
    assert day_of(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("0001-01-01", "0001-01-01T00:00:00Z", "1499-12-31", "2101-01-01", "9999-12-31", "1 January 2101"),
        *("00010101", "0001-W01-1", "9999-365", "9999999999"),
    ],
)
def test_a_day_on_which_nothing_is_published_is_none(value: str) -> None:
    assert day_of(value) is None
    assert metadata.day(value) is None
    assert markdown.parse("a.md", f"---\ndate: '{value}'\n---\nText.".encode()).published is None


@pytest.mark.parametrize("day", [date(1500, 1, 1), date(2100, 12, 31)])
def test_the_first_and_the_last_day_of_publication_are_taken(day: date) -> None:
    assert day_of(day.isoformat()) == metadata.day(day.isoformat()) == day_of(f"{day:%Y%m%d}") == day


@pytest.mark.parametrize(
    "url", ['"https://x.example/\\0"', '"https://x.example/\\ud800"', '"https://x.example/a\\u0007b"']
)
def test_a_bad_url_costs_the_url_and_not_the_article(url: str) -> None:
    matter, text = split(f'---\ntitle: "The\\0 bridge"\nurl: {url}\n---\nIt opened in 1932.\n')
    assert matter.url is None
    assert Article("a.md", str(matter.line("title")), text, url=matter.url).title == "The bridge"


@pytest.mark.parametrize(
    "blank",
    [*"\t\x0b\x0c\x1c\x1d\x1e\x85", *"\u00a0\u1680\u2000\u2007\u2009\u2028\u2029\u202f\u205f\u3000", "\r", "\r\n"],
)
@pytest.mark.parametrize("parse", [plain_text.parse, markdown.parse])
def test_white_space_of_any_kind_costs_no_letter(parse: Callable[[str, bytes], Article], blank: str) -> None:
    article = parse("a.md", f"The mill\n\nIt{blank}is 5{blank}000 years old.{blank}It{blank}turns.\n".encode())
    found = sentences(article)
    letters = "".join("".join(found).split())
    assert letters.endswith("Itis5000yearsold.Itturns.")
    assert all(one == one.strip() and "\r" not in one for one in found)
