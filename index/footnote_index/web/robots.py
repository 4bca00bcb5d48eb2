"""robots.txt: whether an address may be requested, and how often its host."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

from footnote_index.web.crawl_limits import PRODUCT


@dataclass(frozen=True, slots=True)
class Permission:
    """`delay` is in seconds between two requests; None when the file does not say."""

    is_given: bool
    delay: float | None


def permission(content: bytes, *, url: str) -> Permission:
    """What a robots.txt says about an address. For the parser process: matching can take as long as parsing."""
    rules = _rules(content)
    return Permission(rules.can_fetch(url, PRODUCT), rules.crawl_delay(PRODUCT))


@lru_cache(maxsize=16)
def _rules(content: bytes) -> Protego:
    return Protego.parse(content.decode(errors="replace"))
