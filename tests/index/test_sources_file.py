"""sources.yaml, and the addresses in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_files import write_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from footnote.errors import BuildError
from footnote_index.web.addresses import article_id, checked, is_public
from footnote_index.web.fetch_errors import Unfetched
from footnote_index.web.sources_file import LIMIT, SourceKind, WebSource, read_sources


def test_it_names_feeds_urls_and_sitemaps(tmp_path: Path) -> None:
    text = """
feeds: [https://example.org/rss.xml]
urls:
  - https://example.org/2021/09/06/report.html?utm_source=x&id=7#part
sitemaps: [{url: https://bücher.example/sitemap.xml, only: /news/, limit: 200}]
"""
    assert read_sources(write_articles(tmp_path, {"sources.yaml": text})) == (
        WebSource(SourceKind.FEED, "https://example.org/rss.xml", "", LIMIT),
        WebSource(SourceKind.URL, "https://example.org/2021/09/06/report.html?id=7"),
        WebSource(SourceKind.SITEMAP, "https://xn--bcher-kva.example/sitemap.xml", "/news/", 200),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "feeds:\nurls: []\n"])
def test_it_may_name_nothing(tmp_path: Path, text: str) -> None:
    assert read_sources(tmp_path) == ()
    assert read_sources(write_articles(tmp_path, {"sources.yaml": text})) == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("feeds: [https://example.org\nurls: []", 2, "expected"),
        ("urls:\n  - ftp://example.org/a", 2, "does not begin with http://"),
        ("urls:\n  - file:///etc/passwd", 2, "does not begin with http://"),
        ("urls:\n  - https://me:secret@example.org/", 2, "user name or a password"),
        ("urls:\n  - https://\n", 2, "does not begin with"),
        ("urls:\n  - http://[::1\n", 2, "is not an address"),
        ("urls:\n\n  - {url: https://example.org}", 3, "is not an address"),
        ("urls: https://example.org", 1, "there is no list of addresses"),
        ("pages:\n  - https://example.org", 1, "only feeds:, urls: and sitemaps: are known"),
        ("- https://example.org", 1, "begins with none of"),
        ("feeds:\n  - {url: https://example.org, limit: 0}", 2, "limit is not a number"),
        ("feeds:\n  - {only: /news/}", 2, "it is not of the form"),
        ("feeds:\n  - {url: https://example.org, every: 5}", 2, "it is not of the form"),
    ],
)
def test_a_broken_file_is_one_line_with_its_number(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(BuildError) as error:
        read_sources(write_articles(tmp_path, {"sources.yaml": text}))
    assert f"sources.yaml, line {line}: " in str(error.value)
    assert reason in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:0a00:0001::1", "2002:7f00:1::"),
    ],
)
def test_these_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_these_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/2021/09/06/report.html", "web/example.org/2021/09/06/report.html"),
        ("http://example.org/2021/story/", "web/example.org/2021/story"),
        ("https://example.org", "web/example.org/index"),
        ("http://example.org:8080/a", "web/example.org_8080/a"),
        ("https://example.org/%C3%A9t%C3%A9", "web/example.org/été"),
    ],
)
def test_an_article_from_the_web_has_a_readable_id(url: str, name: str) -> None:
    assert article_id(checked(url)) == name


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=20))
def test_an_id_is_safe_whatever_the_address(path: str, query: str) -> None:
    try:
        url = checked(URL.build(scheme="https", host="example.org", path=f"/{path}", query_string=query))
    except (Unfetched, ValueError):
        return
    name = article_id(url)
    assert name.startswith("web/example.org/")
    assert len(name) <= 170
    assert not {"", ".", ".."} & set(name.split("/"))
    assert name.isprintable()


def test_addresses_that_differ_have_ids_that_differ() -> None:
    paths = ["/a", "/a?b", "/a?c", "/a:b", "/a;b", "/a-b", "/A", "/../a", "/x/..%2fa", "/" + "a" * 300, "/" + "a" * 301]
    names = {article_id(checked(f"https://example.org{path}")) for path in paths}
    assert len(names) == len(paths) - 1, "/../a is /a"
