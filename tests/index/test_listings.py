"""Sitemaps and feeds as found in the wild, and what they list."""

from __future__ import annotations

from datetime import date

import pytest

from footnote_index.loaders.parser_process import Unreadable
from footnote_index.web.feeds import read_feed
from footnote_index.web.listed_page import ListedPage
from footnote_index.web.sitemaps import read_sitemap

BASE = "https://example.org/"
A, B = f"{BASE}a", f"{BASE}b?c=1&d=2"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def urlset(inside: str, before: str = "") -> bytes:
    return f"{before}<urlset {NAMESPACES}><url>{inside}</url></urlset>".encode()


def pages(content: bytes) -> tuple[ListedPage, ...]:
    return read_sitemap(content, BASE, size=10_000).pages


@pytest.mark.parametrize(
    "media",
    [
        "<image:image><image:loc>/a.jpg</image:loc><image:title>A gull</image:title></image:image>",
        (
            "<video:video><video:title>A clip</video:title><video:publication_date>2015-01-01</video:publication_date>"
            "<video:player_loc>/v</video:player_loc></video:video>"
        ),
        "<image:loc>/a.jpg</image:loc><video:title>A clip</video:title>",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_pictures_and_videos_of_a_page_are_not_the_page(media: str, is_first: bool) -> None:
    inside = f"{media}<loc>{A}</loc>" if is_first else f"<loc>{A}</loc>{media}"
    assert pages(urlset(inside)) == (ListedPage(A),)


def test_a_prefix_that_nothing_declares_is_that_of_a_picture() -> None:
    content = f"<urlset><url><loc>{A}</loc><image:image><image:loc>/a.jpg</image:loc></image:image></url></urlset>"
    assert pages(content.encode()) == (ListedPage(A),)


def test_a_news_sitemap_tells_title_and_date() -> None:
    news = (
        "<news:news><news:title>Gulls</news:title><news:publication_date>2021-09-06</news:publication_date></news:news>"
    )
    assert pages(urlset(f"<loc>{A}</loc>{news}")) == (ListedPage(A, "Gulls", date(2021, 9, 6)),)


@pytest.mark.parametrize(
    "before",
    [
        '\n\n<?xml version="1.0" encoding="UTF-8"?>\n',
        '\ufeff \n<?xml version="1.0"?>',
        '<?xml version="1.0"?><!DOCTYPE urlset>',
        '<!DOCTYPE urlset PUBLIC "-//X//DTD" "http://example.org/sitemap.dtd">',
        "<!DOCTYPE urlset SYSTEM 'sitemap.dtd'>",
        '<!-- made by a plugin -->\n<?xml version="1.0"?>',
        '<br />Notice: something is old\n<?xml version="1.0"?>\n',
    ],
)
def test_what_stands_before_a_sitemap_does_no_harm(before: str) -> None:
    assert pages(urlset(f"<loc>{A}</loc>", before)) == (ListedPage(A),)


@pytest.mark.parametrize("written", [B, B.replace("&", "&amp;"), f"<![CDATA[{B}]]>", B.replace("&", "&#38;")])
def test_ampersands_of_an_address_need_not_be_escaped(written: str) -> None:
    assert pages(urlset(f"<loc>{written}</loc>")) == (ListedPage(B),)


@pytest.mark.parametrize("text", [f"{A}\n{B}\n", f"\ufeff{A}\r\n\r\n {B} "])
def test_a_sitemap_may_be_a_list_of_addresses(text: str) -> None:
    assert pages(text.encode()) == (ListedPage(A), ListedPage(B))


@pytest.mark.parametrize("text", ["Please log in.", f"{A}\nand more", "{}"])
def test_other_text_is_no_sitemap(text: str) -> None:
    with pytest.raises(Unreadable, match="it is not a sitemap"):
        pages(text.encode())


def test_a_doctype_that_declares_something_is_refused() -> None:
    with pytest.raises(Unreadable, match="broken or not allowed"):
        pages(urlset(f"<loc>{A}</loc>", '<!DOCTYPE urlset [<!ENTITY a "b">]>'))


FEEDS = [
    f"<rss version='2.0'><channel><title>F</title><item><title>One</title><link>{A}</link></item></channel></rss>",
    f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title><link href='{A}'/></entry></feed>",
    (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        f"<item><title>One</title><link>{A}</link></item></rdf:RDF>"
    ),
]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_that_is_cut_short_is_a_problem_and_not_an_empty_feed(feed: str) -> None:
    assert read_feed(feed.encode() + b"\n<!-- made by a generator -->\n", BASE) == (ListedPage(A, "One"),)
    for length in (len(feed) - 8, feed.index(A) + 5, feed.index("One")):
        with pytest.raises(Unreadable, match="it is cut short"):
            read_feed(feed[:length].encode(), BASE)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Mon, 06 Sep 2021 10:00:00 GMT", date(2021, 9, 6)),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T00:00:00Z", None),
    ],
)
def test_a_feed_gives_a_day_only_if_something_may_be_published_on_it(given: str, read: date | None) -> None:
    feed = FEEDS[0].replace("</link></item>", f"</link><pubDate>{given}</pubDate></item>")
    assert read_feed(feed.encode(), BASE) == (ListedPage(A, "One", read),)


def test_nothing_at_all_is_no_feed() -> None:
    with pytest.raises(Unreadable, match="it is neither RSS nor Atom"):
        read_feed(b"", BASE)


def test_a_feed_without_entries_is_empty() -> None:
    assert read_feed(b"<rss version='2.0'><channel><title>F</title></channel></rss>", BASE) == ()
