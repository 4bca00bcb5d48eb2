"""sources.yaml, and the addresses in it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network
from pathlib import Path

import pytest
from article_files import write_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from footnote.errors import BuildError
from footnote_index.web import addresses
from footnote_index.web.addresses import article_id, checked, is_of_this_machine, is_public
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
        ("urls:\n\n  - {url: https://example.org, only: /a/}", 3, "of the form {url: ADDRESS, collection: NAME}"),
        ("urls:\n  - [https://example.org]", 2, "is not an address"),
        ("feeds:\n  - {url: https://example.org, collection: ../x}", 2, "collection is not the name of a folder"),
        ("feeds:\n  - {url: https://example.org, collection: web}", 2, "collection is not the name of a folder"),
        ("urls: https://example.org", 1, "urls: must be a list of addresses"),
        ("pages:\n  - https://example.org", 1, "only feeds:, urls:, sitemaps:, readers: and folders: are allowed"),
        ("- https://example.org", 1, "has none of"),
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


NOT_PUBLIC = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
    *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    *("::/128", "::1/128", "::/96", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:db8::/32", "3fff::/20"),
    *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
]
IN_IPV6 = ["::ffff:{}", "64:ff9b::{}"]


@pytest.mark.parametrize("block", NOT_PUBLIC)
def test_no_address_of_these_ranges_is_public(block: str) -> None:
    network = ip_network(block)
    for address in {network[0], network[network.num_addresses // 2], network[-1]}:
        assert not is_public(str(address))
        if address.version == 4:
            assert not any(is_public(form.format(address)) for form in IN_IPV6)
            assert not is_public(str(IPv6Address((0x2002 << 112) | (int(address) << 80))))


@pytest.mark.parametrize(
    "address", ["192.0.0.192", "168.63.129.16", "169.254.169.254", "100.100.100.200", "fd00:ec2::254", "fe80::1%eth0"]
)
def test_the_metadata_of_a_cloud_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_what_python_calls_global_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (IPv4Address, IPv6Address):
        monkeypatch.setattr(kind, "is_global", property(lambda _: True))
        monkeypatch.setattr(kind, "is_reserved", property(lambda _: False))
    assert not is_public("192.0.0.192")
    assert not is_public("fec0::1")
    monkeypatch.setattr(IPv4Address, "is_global", property(lambda _: False))
    assert is_public("8.8.8.8")


def test_an_address_of_this_machine_is_not_public(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_of_this_machine("127.0.0.1")
    assert not is_of_this_machine("8.8.8.8")
    assert is_public("8.8.8.8")
    monkeypatch.setattr(addresses, "is_of_this_machine", lambda address: address == "8.8.8.8")
    assert not is_public("8.8.8.8")
    assert not is_public("::ffff:8.8.8.8")


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
