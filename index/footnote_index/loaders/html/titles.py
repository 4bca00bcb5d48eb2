"""The title of a web page, without the name of its site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.html.linked_data import Fact
from footnote_index.loaders.html.meta_elements import values_of
from footnote_index.loaders.junk_titles import is_slug
from footnote_index.loaders.markup.elements import PERMALINKS
from footnote_index.loaders.trees import Element, name

_SEPARATORS = re.compile(r"(?<!\s)\s++(?:(?:[»«·•:–—‹›>/-]|::)\s++|\|\s*+)|\|\s*+")

_PARTED = r"(?:\s(?:[»«·•:–—‹›>/-]|::)\s|\s?[|—]\s?|:\s)"
_BEGINS_PARTED, _ENDS_PARTED = re.compile(_PARTED), re.compile(rf"\S{_PARTED}\Z")
"""What parts a heading from the name of the site."""

_LONGEST_MARK = 6

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

_MENUS = {"nav", "footer", "aside"}
_OF_THE_ARTICLE = {"article", "main"}
_TOP = re.compile(r"(?<!\S)(?:(?:site-?)?header|banner)(?!\S)", re.IGNORECASE)
_HOME = re.compile(r"(?:(?:https?:)?//[^/]+)?(?:\.{0,2}/|/?(?:index|default|home)\.\w{2,5})?", re.IGNORECASE)
"""Addresses of front pages."""

_HOST = re.compile(r"^www\.|\.(?:co\.uk|com|org|net|info|eu|de|at|ch|es|fr|it|nl)$")


def title_of(page: Element, meta: list[tuple[str, str]], linked: Fact, site: str | None) -> str | None:
    """The first one that is a title and not the name of the site or of a file."""
    headings = [line for each in page.iter("h1", "h2") if (line := _line_of(each))]
    given = [*values_of(meta, "og:title"), *values_of(meta, "twitter:title"), linked.headline or ""]
    written = next((each.text or "" for each in page.iter("title")), "")
    own = _own_headings(page, site)
    others = [
        line for each in page.iter("h2") if not _is_in_menus([*each.iterancestors()]) and (line := _line_of(each))
    ]
    for candidate in [*given, written]:
        whole = on_one_line(candidate)
        part = None if whole in headings else _part_that_is_a_heading(whole, own, others)
        title = metadata.line(part or _without_site(whole, site, headings))
        if title and _is_title(title, site):
            return title
    firsts = [line for each in page.iter("h1") if (line := _line_of(each))]
    for heading in [*firsts, *headings[:_FIRST_HEADINGS]]:
        if _is_title(heading, site):
            return heading
    return metadata.line(written)


def _line_of(heading: Element) -> str | None:
    """Without the link to itself that programs add to a heading."""
    text = "".join(heading.itertext()).strip()
    links = [link for link in heading.iter("a") if (link.get("href") or "").startswith("#")]
    mark = "".join(links[-1].itertext()).strip() if links else ""
    return metadata.line(text.removesuffix(mark) if mark in PERMALINKS else text)


def _own_headings(page: Element, site: str | None) -> list[tuple[str, bool]]:
    """The first headings that are not the name of the site, and whether each is at the top of the page, where that
    name may stand as well.
    """
    found = []
    for each in page.iter("h1"):
        line, around = _line_of(each), [*each.iterancestors()]
        if line and not (_is_of_the_site(each, around) or line.casefold() in _GENERIC or _is_same(line, site)):
            found.append((line, _is_at_the_top(around)))
    return found


def _is_of_the_site(heading: Element, around: Sequence[Element]) -> bool:
    """Whether it stands in the menus, leads to the front page, or has the menu right below it."""
    after = heading.getnext()
    links = (link.get("href") for link in [*heading.iter("a"), *(each for each in around if name(each) == "a")])
    is_home = any(link and _HOME.fullmatch(link.strip()) for link in links)
    return is_home or _is_in_menus(around) or (after is not None and name(after) == "nav")


def _is_in_menus(around: Sequence[Element]) -> bool:
    return not _MENUS.isdisjoint(map(name, around))


def _is_at_the_top(around: Sequence[Element]) -> bool:
    if not _OF_THE_ARTICLE.isdisjoint(map(name, around)):
        return False
    return any(name(each) == "header" or _TOP.search(f"{each.get('class')} {each.get('id')}") for each in around)


def _part_that_is_a_heading(title: str, own: Sequence[tuple[str, bool]], others: Sequence[str]) -> str | None:
    """The part before or after a separator that is also a first heading: the rest is the name of the site, or where the
    page stands in it. Of two, the later one, as the first may be that name. Nobody can tell if the rest is another
    heading, of the second level.
    """
    for heading, is_at_the_top in reversed(own):
        length = len(heading)
        first, last, after, before = title[:length], title[-length:], title[length:], title[:-length]
        if first.casefold() == heading.casefold() and _BEGINS_PARTED.match(after):
            part, rest = first, after
        elif last.casefold() == heading.casefold() and _ENDS_PARTED.search(before[-_LONGEST_MARK:]):
            part, rest = last, before
        else:
            continue
        if not (any(one in others for one in _SEPARATORS.split(rest)) or (is_at_the_top and part is last)):
            return part
    return None


def _is_title(title: str, site: str | None) -> bool:
    return not _is_same(title, site) and title.casefold() not in _GENERIC and not is_slug(title.replace("_", "-"))


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
    is_site = [_is_same(part, site) for part in (parts[0], parts[-1])]
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


def _is_same(text: str, site: str | None) -> bool:
    return site is not None and is_same_name(text, site)


def is_same_name(one: str, other: str) -> bool:
    """Whether both name the same site, one perhaps as an address: Norvik News, www.norvik-news.com."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]++", "", _HOST.sub("", text.strip().casefold()))
