"""How Footnote behaves towards servers."""

from __future__ import annotations

from dataclasses import dataclass

PRODUCT = "Footnote"
"""The name that robots.txt may address."""

USER_AGENT = f"{PRODUCT}/0.1 (reads articles to answer questions about them, and links to each source)"


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """Times are in seconds, sizes in bytes, after decompression too.

    `delay` is the pause between two requests to one host; its robots.txt can ask for more, up to `longest_delay`. A
    host that takes more than `host_time` in one build, or fails `patience` times in a row, is left alone until the
    next. `longest_wait` is the longest Retry-After that is waited for in the same build.
    """

    delay: float = 1.0
    longest_delay: float = 60.0
    longest_wait: float = 30.0
    host_time: float = 900.0
    patience: int = 3
    connect_time: float = 10.0
    read_time: float = 15.0
    whole_time: float = 60.0
    redirects: int = 5
    hosts_at_once: int = 8
    page_size: int = 20_000_000
    feed_size: int = 5_000_000
    sitemap_size: int = 20_000_000
    robots_size: int = 2_000_000
