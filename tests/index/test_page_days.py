"""The day of publication that a web page states, and the days on it that are of something else."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from footnote_index.loaders.html.days import published_day
from footnote_index.loaders.html.linked_data import Fact
from footnote_index.loaders.html.meta_elements import meta_of

SIXTH = date(2021, 9, 6)


def day(body: str, *, head: str = "", linked: str | None = None, url: str | None = None) -> date | None:
    page = html.fromstring(f"<html><head>{head}<title>The bridge</title></head><body>{body}</body></html>")
    return published_day(page, meta_of(page), Fact(published=linked), url)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-09-06T10:00:00Z">',
        '<meta name="DC.date" content="2021-09-06">',
        '<meta itemprop="datePublished" content="2021-09-06">',
        '<meta name="date" content="never"><meta name="pubdate" content="2021-09-06">',
    ],
)
def test_the_data_of_a_page_say_it(head: str) -> None:
    assert day('<time datetime="2020-01-01">then</time>', head=head) == SIXTH


def test_data_of_the_page_come_before_linked_data_and_those_before_what_is_shown() -> None:
    shown, meta = '<time datetime="2020-01-01">then</time>', '<meta name="date" content="2021-09-06">'
    assert day(shown, linked="2021-09-07", head=meta) == SIXTH
    assert day(shown, linked="2021-09-06") == SIXTH
    assert day(shown) == date(2020, 1, 1)


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="2021-09-06">Monday</time>',
        "<time>6 September 2021</time>",
        '<span class="dateline">6 September 2021</span>',
        '<div id="posted">Posted by Marta on 6 September 2021</div>',
        '<abbr class="published" title="2021-09-06">a while ago</abbr>',
        "<p>Published on 6 September 2021</p>",
        "<p>Veröffentlicht am 6. September 2021</p>",
    ],
)
def test_a_day_is_shown_in_many_ways(body: str) -> None:
    assert day(body) == SIXTH


@pytest.mark.parametrize(
    "body",
    [
        "<p>The bridge opened on 6 September 2021.</p>",
        '<footer><time datetime="2021-09-06">Monday</time></footer>',
        '<div class="comments"><time datetime="2021-09-06">Monday</time></div>',
        '<p class="date updated">6 September 2021</p>',
        '<li class="related"><span class="date">6 September 2021</span></li>',
        '<span class="update">6 September 2021</span>',
    ],
)
def test_days_of_other_things_do_not_count(body: str) -> None:
    assert day(body) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2021/09/06/bridge", SIXTH),
        ("https://news.example/2021/9/6", SIXTH),
        ("https://news.example/2021/13/06/bridge", None),
        ("https://news.example/bridge?of=/2021/09/06/", None),
        (None, None),
    ],
)
def test_an_address_says_it_last(url: str | None, expected: date | None) -> None:
    assert day("<p>The bridge.</p>", url=url) == expected
    assert day('<time datetime="2020-01-01">then</time>', url=url) == date(2020, 1, 1)
