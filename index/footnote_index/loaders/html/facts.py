"""What a web page says about itself: title, author, day, address, site. What is only about its site is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.html.days import published_day
from footnote_index.loaders.html.linked_data import Fact, facts_of
from footnote_index.loaders.html.meta_elements import meta_of, values_of
from footnote_index.loaders.junk_titles import is_slug
from footnote_index.loaders.trees import Element

_SEPARATORS = re.compile(r"(?<!\s)\s++(?:(?:[»«·•:–—‹›>/-]|::)\s++|\|\s*+)|\|\s*+")

_GENERIC = {
    "home",
    "homepage",
    "startseite",
    "index",
    "untitled",
    "untitled document",
    "document",
    "news",
    "accueil",
    "inicio",
    "blog",
    "page",
}

_FIRST_HEADINGS = 2

_LONG, _BRIEF = 4, 3  # words of a title, and of a site's name

_AUTHOR_NOISE = re.compile(
    r"^(?:view all (?:posts|articles) by|posts by|written by|by|von|par|por|autor:?)\s+", re.IGNORECASE
)

_LOGO = re.compile(r"(?:^|[\s_-])(?:logo|site-?(?:title|name)|brand(?:ing)?|masthead)(?:$|[\s_-])", re.IGNORECASE)

_FRONT_PAGES = re.compile(r"(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?)?/?", re.IGNORECASE)

_NO_HOSTS = re.compile(r"\A(?:localhost|127\.|10\.|192\.168\.|.*\.(?:local|test|invalid|localdomain)$)")

_HOST = re.compile(r"^www\.|\.(?:co\.uk|com|org|net|info|eu|de|at|ch|es|fr|it|nl)$")

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
        _title(page, meta, linked, named),
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
            if text and len(text.split()) <= _LONG:
                return text
    return None


def _title(page: Element, meta: list[tuple[str, str]], linked: Fact, site: str | None) -> str | None:
    """The first one that is a title and not the name of the site or of a file."""
    headings = [line for each in page.iter("h1", "h2") if (line := metadata.line("".join(each.itertext())))]
    given = [*values_of(meta, "og:title"), *values_of(meta, "twitter:title"), linked.headline or ""]
    written = next((each.text or "" for each in page.iter("title")), "")
    for candidate in [*given, written]:
        title = metadata.line(_without_site(on_one_line(candidate), site, headings))
        if title and _is_title(title, site):
            return title
    firsts = [line for each in page.iter("h1") if (line := metadata.line("".join(each.itertext())))]
    for heading in [*firsts, *headings[:_FIRST_HEADINGS]]:
        if _is_title(heading, site):
            return heading
    return metadata.line(written)


def _is_title(title: str, site: str | None) -> bool:
    is_site = site is not None and _plain(title) == _plain(site)
    return not is_site and title.casefold() not in _GENERIC and not is_slug(title.replace("_", "-"))


def _without_site(title: str, site: str | None, headings: list[str]) -> str:
    """Without the name of the site before or after it."""
    if title in headings:
        return title
    if site and (found := _around(site).fullmatch(title)):
        left = str(found[1] or found[2])
        return next((part for part in _SEPARATORS.split(left) if part in headings), left)
    parts = [part for part in _SEPARATORS.split(title) if part]
    if len(parts) < 2:
        return title
    is_site = [site is not None and _plain(part) == _plain(site) for part in (parts[0], parts[-1])]
    if any(is_site):
        rest = parts[:-1] if is_site[1] else parts[1:]
        return next((part for part in rest if part in headings), _cut(title, parts, last=is_site[1]))
    for part in parts:
        if part in headings and len(part.split()) >= _LONG:
            return part
    words = [len(part.split()) for part in parts]
    longest = words.index(max(words))
    others = words[:longest] + words[longest + 1 :]
    is_at_an_end = longest == 0 or len(parts) == 2
    return parts[longest] if is_at_an_end and words[longest] >= _LONG and max(others) <= _BRIEF else title


def _around(site: str) -> re.Pattern[str]:
    """A title with the name of its site before or after it, whatever separates them."""
    name = re.escape(site)
    return re.compile(rf"{name}\s*[:|~,•·»–—-]+\s+(\S.*)|(\S.*?)\s*[|~,•·«–—:]+\s*{name}", re.IGNORECASE)


def _cut(title: str, parts: list[str], *, last: bool) -> str:
    place = title.rindex(parts[-1]) if last else len(parts[0])
    left = title[:place] if last else title[place:]
    return left.strip(" \t|»«·•:–—‹›>/-")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]++", "", _HOST.sub("", text.strip().casefold()))


def _author(meta: list[tuple[str, str]], linked: Fact, found: str | None, site: str | None) -> str | None:
    """A person's name, not that of the site or its software."""
    candidates = [
        *values_of(meta, "author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl")
    ]
    for candidate in [*candidates, linked.author or "", found or ""]:
        name = metadata.author(_AUTHOR_NOISE.sub("", candidate.strip()))
        if not name or "authority control" in name.lower() or name.lower() in _NO_AUTHORS | _PROGRAMS:
            continue
        if site is None or _plain(name) != _plain(site):
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
