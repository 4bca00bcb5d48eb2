"""Connections to web servers on the internet only.

The checked address is the one that the socket connects to, so a name that resolves to a public address now and to a
private one a moment later gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver

from footnote_index.web.crawl_limits import USER_AGENT, CrawlLimits


class PrivateAddress(OSError):
    """A connection that is not allowed."""

    def __init__(self) -> None:
        super().__init__("it leads to a private address; FOOTNOTE_ALLOW_PRIVATE_ADDRESSES=true allows that")


def open_session(
    crawl_limits: CrawlLimits, may_connect: Callable[[str], bool], *, resolver: AbstractResolver | None = None
) -> ClientSession:
    """`may_connect` checks IP addresses. It keeps no cookies and uses no proxy. The caller handles redirects and
    compression.
    """

    def make_socket(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = info
        if not may_connect(address[0]):
            raise PrivateAddress
        return socket.socket(family, kind, protocol)

    return ClientSession(
        connector=TCPConnector(socket_factory=make_socket, resolver=resolver, use_dns_cache=False, force_close=True),
        timeout=ClientTimeout(
            total=crawl_limits.whole_time,
            connect=crawl_limits.connect_time,
            sock_connect=crawl_limits.connect_time,
            sock_read=crawl_limits.read_time,
        ),
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
    )
