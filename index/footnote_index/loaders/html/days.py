"""The day of publication, as a web page states it: in its data, next to its title, or in its address."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.dates import day_in, day_of
from footnote_index.loaders.html.linked_data import Fact
from footnote_index.loaders.html.meta_elements import values_of
from footnote_index.loaders.trees import Element

_PUBLISHED = (
    *(
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date.issued",
        "dc.date.issued",
        "dcterms.issued",
    ),
    *("dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "citation_publication_date", "citation_date"),
    *(
        "parsely-pub-date",
        "sailthru.date",
        "publish-date",
        "publishdate",
        "published_time",
        "publication_date",
        "pubdate",
    ),
    *("pub_date", "article.published", "bt:pubdate", "date", "created", "datecreated"),
)

_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|published|pubdate|publish-date|posted|entry-date|timestamp|byline|datum|fecha)(?:$|[\s_-])",
    re.IGNORECASE,
)

_NOT_THE_PAGE_S = re.compile(r"comment|related|sidebar|footer|updated|modified|copyright|teaser|event", re.IGNORECASE)

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")

_SAYS_ITS_DAY = re.compile(
    r"^(?:(?:first|originally|date) )?(?:published|posted|issued|released|date|veröffentlicht|erschienen|datum|publié"
    r"|publicado|fecha|pubblicato|gepubliceerd|опубликовано)\b(?: (?:on|am|le|el|il|op))?:?\s+\S.{4,40}$",
    re.IGNORECASE,
)


def published_day(page: Element, meta: list[tuple[str, str]], linked: Fact, url: str | None) -> date | None:
    """The day that the page states: in its data, next to its title, or in its address."""
    for value in [*values_of(meta, *_PUBLISHED), linked.published or ""]:
        if day := day_of(value):
            return day
    if day := _shown(page):
        return day
    in_address = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    return day_in("-".join(in_address.groups())) if in_address else None


def _shown(page: Element) -> date | None:
    for each in page.iter("time"):
        if not _is_elsewhere(each) and (day := day_of(each.get("datetime") or "") or day_in("".join(each.itertext()))):
            return day
    for each in page.iter("p", "span", "div", "li", "dd", "em", "small", "b", "strong", "td", "abbr", "a"):
        if not _is_elsewhere(each) and (day := _day_at(each)):
            return day
    return None


def _day_at(element: Element) -> date | None:
    """The text of an element that is meant to show the day."""
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    text = on_one_line("".join(element.itertext())[:200])
    if not _DATED.search(named):
        return day_in(text) if _SAYS_ITS_DAY.match(text) else None
    return day_of(element.get("title") or "") or (day_in(text) if 5 < len(text) < 120 else None)


def _is_elsewhere(element: Element) -> bool:
    around = (element, *element.iterancestors())
    return any(
        each.tag in {"footer", "aside", "nav"}
        or _NOT_THE_PAGE_S.search(f"{each.get('class') or ''} {each.get('id') or ''}")
        for each in around
        if each.tag not in {"body", "html"}
    )
