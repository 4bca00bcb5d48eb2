"""What a web page says about itself: title, author, day, address, site. What is only about its site is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from footnote_index.loaders import metadata
from footnote_index.loaders.html.days import published_day
from footnote_index.loaders.html.linked_data import Fact, facts_of
from footnote_index.loaders.html.meta_elements import meta_of, values_of
from footnote_index.loaders.html.titles import is_same_name, title_of
from footnote_index.loaders.trees import Element

_LONGEST_NAME = 4  # words of a site's name

_AUTHOR_NOISE = re.compile(
    r"^(?:view all (?:posts|articles) by|posts by|written by|by|von|par|por|autor:?)\s+", re.IGNORECASE
)

_LOGO = re.compile(r"(?:^|[\s_-])(?:logo|site-?(?:title|name)|brand(?:ing)?|masthead)(?:$|[\s_-])", re.IGNORECASE)

_FRONT_PAGES = re.compile(r"(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?)?/?", re.IGNORECASE)

_NO_HOSTS = re.compile(r"\A(?:localhost|127\.|10\.|192\.168\.|.*\.(?:local|test|invalid|localdomain)$)")

_PROGRAMS = {"wordpress", "joomla", "drupal", "typo3", "hugo", "jekyll", "blogger", "wix", "squarespace", "mediawiki"}

_NO_AUTHORS = {
    "admin",
    "administrator",
    "root",
    "user",
    "webmaster",
    "editor",
    "author",
    "unknown",
    "anonymous",
    "guest",
    "owner",
}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """None if the page does not say."""

    title: str | None
    author: str | None
    published: date | None
    url: str | None
    site: str | None


def facts(page: Element) -> PageFacts:
    """Reads the whole page, before anything is removed from it."""
    from trafilatura.metadata import extract_metadata

    meta = meta_of(page)
    linked = facts_of(page)
    known: Any = extract_metadata(page, None, {"original_date": True, "extensive_search": False}, True)
    site = metadata.line(
        next(values_of(meta, "og:site_name", "application-name"), None) or linked.publisher or known.sitename
    )
    named = site or _logo(page)
    url = _address(page, meta)
    return PageFacts(
        title_of(page, meta, linked, named),
        _author(meta, linked, known.author, named),
        published_day(page, meta, linked, url),
        url,
        site,
    )


def _logo(page: Element) -> str | None:
    """The name of the site as its pages show it."""
    for each in page.iter("h1", "h2", "a", "div", "span", "p"):
        if _LOGO.search(f"{each.get('class') or ''} {each.get('id') or ''}"):
            text = metadata.line("".join(each.itertext())[:100])
            if text and len(text.split()) <= _LONGEST_NAME:
                return text
    return None


def _author(meta: list[tuple[str, str]], linked: Fact, found: str | None, site: str | None) -> str | None:
    """A person's name, not that of the site or its software."""
    candidates = [
        *values_of(meta, "author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl")
    ]
    for candidate in [*candidates, linked.author or "", found or ""]:
        name = metadata.author(_AUTHOR_NOISE.sub("", candidate.strip()))
        if not name or "authority control" in name.lower() or name.lower() in _NO_AUTHORS | _PROGRAMS:
            continue
        if site is None or not is_same_name(name, site):
            return name
    return None


def _address(page: Element, meta: list[tuple[str, str]]) -> str | None:
    """The address that the page states; a link to the front page of its site is a mistake."""
    links = [
        each.get("href") or "" for each in page.iter("link") if "canonical" in (each.get("rel") or "").lower().split()
    ]
    return next((url for url in map(str.strip, [*links, *values_of(meta, "og:url")]) if _leads_here(url)), None)


def _leads_here(url: str) -> bool:
    if not metadata.is_web_address(url):
        return False
    parts = urlsplit(url)
    is_front_page = _FRONT_PAGES.fullmatch(parts.path.strip("/")) and not parts.query
    return not is_front_page and not _NO_HOSTS.match(parts.hostname or "")
