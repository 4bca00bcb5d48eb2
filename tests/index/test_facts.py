"""What a web page says about itself, without what is only about its site."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from footnote_index.loaders.html.facts import PageFacts, facts


def told(head: str = "", body: str = "<p>The dam holds.</p>") -> PageFacts:
    return facts(html.fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def titled(title: str, *, site: str = "", body: str = "") -> str | None:
    named = f'<meta property="og:site_name" content="{site}">' if site else ""
    return told(f"<title>{title}</title>{named}", body or "<p>It holds.</p>").title


def test_a_page_may_say_everything() -> None:
    assert told(
        '<meta property="og:title" content="The dam above the valley">'
        '<meta property="og:site_name" content="Norvik News">'
        '<meta name="author" content="Marta Quill">'
        '<meta property="article:published_time" content="2021-09-06T10:00:00Z">'
        '<link rel="canonical" href="https://norvik.example/dam">'
    ) == PageFacts(
        "The dam above the valley", "Marta Quill", date(2021, 9, 6), "https://norvik.example/dam", "Norvik News"
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The dam | Norvik News", "The dam"),
        ("Norvik News: The dam", "The dam"),
        ("The dam – NORVIK NEWS", "The dam"),
        ("The dam | norviknews.com", "The dam"),
        ("www.norvik-news.co.uk - The dam", "The dam"),
        ("The dam – Local – Norvik News", "The dam – Local"),
        ("Why Norvik News closed", "Why Norvik News closed"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str, expected: str) -> None:
    assert titled(title, site="Norvik News") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The dam above the valley | Norvik", "The dam above the valley"),
        ("The dam | Norvik", "The dam | Norvik"),
        (
            "The dam above the valley | A paper for all of Norvik",
            "The dam above the valley | A paper for all of Norvik",
        ),
        ("The dam - which is old - holds", "The dam - which is old - holds"),
    ],
)
def test_without_a_name_only_a_brief_end_of_a_long_title_is_cut(title: str, expected: str) -> None:
    assert titled(title) == expected


def test_a_title_that_is_also_a_heading_stays_whole() -> None:
    title = "The dam above the valley | Norvik"
    assert titled(title, body=f"<h1>{title}</h1>") == title


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("The dam | Norvik News", "The dam", "The dam"),
        ("The dam - Norvik", "The dam", "The dam"),
        ("The dam – Local – Norvik News", "The dam", "The dam"),
        ("The dam—Norvik News", "The dam", "The dam"),
        ("The dam · Norvik News", "THE DAM", "The dam"),
        ("Norvik News: The dam", "The dam", "The dam"),
        ("Norvik » Local » The dam", "The dam", "The dam"),
        ("Norvik :: The dam", "The dam", "The dam"),
        ("The dam: a history | Norvik", "The dam: a history", "The dam: a history"),
        ("Install — Quay 1.0 documentation", 'Install<a href="#install">¶</a>', "Install"),
        ("The dam | Norvik", '<a name="top"></a>The dam', "The dam"),
        ("The dam | Norvik", "All about the dam", "The dam | Norvik"),
        ("The dam | Norvik", "The", "The dam | Norvik"),
        ("The well-known dam", "The well", "The well-known dam"),
        ("The dam in 2020-2021", "2021", "The dam in 2020-2021"),
        ("A dam breaks - News | Norvik", "News", "A dam breaks - News | Norvik"),
        ("News | Norvik", "News", "News | Norvik"),
    ],
)
def test_the_part_of_a_title_that_is_the_first_heading_is_the_title(title: str, heading: str, expected: str) -> None:
    assert titled(title, body=f"<h1>{heading}</h1><h2>Deliveries</h2><p>It holds.</p>") == expected


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Norvik</h1><h2>The dam</h2>",
        '<h1><a href="/">Norvik</a></h1>',
        '<a href="https://norvik.example/"><h1>Norvik</h1></a>',
        "<h1>Norvik</h1><nav>Home</nav>",
        "<header><h1>Norvik</h1></header>",
        '<div id="header"><h1>Norvik</h1></div>',
        "<footer><h1>Norvik</h1></footer>",
    ],
)
def test_a_first_heading_that_is_the_name_of_the_site_is_no_title(body: str) -> None:
    assert titled("The dam | Norvik", body=f"{body}<p>It holds.</p>") == "The dam | Norvik"
    with_own = f"{body}<main><h1>The dam</h1><p>It holds.</p></main>"
    assert titled("The dam | Norvik", body=with_own) == "The dam"


def test_a_heading_in_the_footer_does_not_keep_the_name_of_the_site() -> None:
    body = "<h1>The dam</h1><p>It holds.</p><footer><h2>Norvik</h2></footer>"
    assert titled("The dam | Norvik", body=body) == "The dam"


@pytest.mark.parametrize("title", ["Home", "Startseite", "the-dam-of-2021", "Norvik News", "norvik-news", ""])
def test_a_title_of_the_site_gives_way_to_the_first_heading(title: str) -> None:
    body = "<h2>Also new</h2><h1>The dam</h1><p>It holds.</p>"
    assert titled(title, site="Norvik News", body=body) == "The dam"


def test_the_logo_names_the_site_if_nothing_else_does() -> None:
    body = '<div class="site-logo">Norvik</div><p>It holds.</p>'
    assert titled("The dam | Norvik", body=body) == "The dam"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("By Marta Quill", "Marta Quill"),
        ("View all posts by Marta Quill", "Marta Quill"),
        ("von Marta Quill", "Marta Quill"),
        ("Byron Quill", "Byron Quill"),
        ("admin", None),
        ("WordPress", None),
        ("Norvik News", None),
        ("norvik-news", None),
        ("https://norvik.example/marta", None),
    ],
)
def test_an_author_is_a_person(author: str, expected: str | None) -> None:
    site = '<meta property="og:site_name" content="Norvik News">'
    assert told(f'{site}<meta name="author" content="{author}">').author == expected


@pytest.mark.parametrize(
    ("address", "is_shown"),
    [
        ("https://norvik.example/dam", True),
        ("https://norvik.example/?p=7", True),
        ("https://norvik.example/english", True),
        ("https://norvik.example/", False),
        ("https://norvik.example", False),
        ("https://norvik.example/en/", False),
        ("https://norvik.example/index.html", False),
        ("https://norvik.example/en-gb/home", False),
        ("/dam", False),
        ("ftp://norvik.example/dam", False),
        ("http://localhost/dam", False),
        ("http://127.0.0.1/dam", False),
        ("http://192.168.1.2/dam", False),
        ("http://build.local/dam", False),
    ],
)
def test_an_address_leads_to_this_page(address: str, is_shown: bool) -> None:
    assert told(f'<link rel="canonical" href="{address}">').url == (address if is_shown else None)


def test_of_two_addresses_the_first_one_that_leads_here_counts() -> None:
    head = (
        '<link rel="stylesheet" href="https://norvik.example/style">'
        '<link rel="canonical" href="https://norvik.example/">'
        '<meta property="og:url" content=" https://norvik.example/dam ">'
    )
    assert told(head).url == "https://norvik.example/dam"


def test_one_word_with_a_number_is_a_title() -> None:
    assert titled("covid-19", body="<h1>Norvik</h1>") == "covid-19"
