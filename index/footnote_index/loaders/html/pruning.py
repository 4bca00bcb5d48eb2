"""What is removed from a page: what belongs to the site, and what trafilatura left out around the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from footnote_index.loaders.html.announcements import is_appeal, is_label
from footnote_index.loaders.html.kept_words import WordCount
from footnote_index.loaders.trees import Element, name

NEVER = ("nav", "dialog", "script", "style", "noscript", "template", "iframe", "object", "svg", "button", "select")
_BESIDE = {"aside", "footer", "form", "menu", "figure", "figcaption"}
_SENTENCE_ENDS = tuple('.!?。！？”"')
_PROSE = 8  # words
_PUNCT = re.compile(r"[.!?:。]")
FLOW = {*("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "blockquote", "dt", "dd"), "li"}
BOXES = {"div", "section", "aside", "ul", "ol", "footer", "form", "figure", "p", "header"}
_LINKED = 0.6

_BOX = re.compile(
    r"(?:^|[\s_-])(?:related\w*|newsletter\w*|comment-?list|more-about|bread-?crumbs?|footer|intext-links|share\w*|social\w*"
    r"|promo\w*|advert\w*|subscri\w*|disclosure|recommend\w*|teaser\w*|signup|paywall)(?:$|[\s_-])",
    re.IGNORECASE,
)

_FULLY_LINKED = 0.9
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS = {"ul", "ol", "dl"}
_WHOLE = {"table", "ul", "ol", "dl", "blockquote", "pre", "p", "li", "dd"}
_FEW = 3
_AT_THE_END = 5  # paragraphs
_MOST, _MUCH = 0.6, 0.3


def prune(element: Element, count: WordCount, suspects: set[Element]) -> None:
    """Removes what trafilatura left out, unless it is text between what it kept."""
    children = [child for child in element if count.all.get(child)]
    is_flow = element in count.flowing or any(child in count.flowing and name(child) in FLOW for child in children)
    kept = [place for place, child in enumerate(children) if count.kept[child]]
    for place, child in enumerate(children):
        if count.kept[child]:
            if not _is_one_thing(child, count):
                prune(child, count, suspects)
            continue
        after = children[place + 1] if place + 1 < len(children) else None
        leads = name(child) in _HEADINGS and after is not None and count.kept[after] > 0
        is_alike = _is_like_a_kept_one(child, children, count) and not _leads_away(child, count, suspects)
        is_between = bool(kept) and kept[0] < place < kept[-1] and _is_part_of_it(child, after, count, suspects)
        if not leads and not is_alike and not (is_flow and (is_between or _may_stay(child, count, suspects))):
            drop([child])


def _is_part_of_it(element: Element, after: Element | None, count: WordCount, suspects: set[Element]) -> bool:
    """Whether it is a list or a heading that belongs to the text around it, however short: not one of links, nor
    their heading.
    """
    if name(element) in _HEADINGS and after is not None and _leads_away(after, count, suspects):
        return False
    return name(element) in _HEADINGS | _LISTS and not _leads_away(element, count, suspects)


def _is_one_thing(element: Element, count: WordCount) -> bool:
    """Whether it is a table, a list or the like that is read as a whole, and not a frame of the page."""
    is_most = count.all[element] > _MOST * count.whole
    return name(element) in _WHOLE and not is_most and count.kept[element] > _MUCH * count.all[element]


def trim(content: Element, count: WordCount) -> None:
    """Removes paragraphs that are links to other pages, and announcements at the end, unless that is most of the
    text.
    """
    leaves = [
        each
        for each in content.iter()
        if each in count.flowing and each is not content and not _has_blocks(each, count)
    ]
    is_way = [len(leaves) > _FEW and _is_way(leaf, count) for leaf in leaves]
    ways = [leaf for leaf, is_one in zip(leaves, is_way, strict=True) if is_one]
    others = [leaf for leaf, is_one in zip(leaves, is_way, strict=True) if not is_one]
    ways += takewhile(lambda leaf: _announces(leaf, count), reversed(others))
    if sum(count.all[leaf] for leaf in ways) < _MOST * sum(count.all[leaf] for leaf in leaves):
        drop(ways)
    _drop_announcements(content, count)


def _is_way(leaf: Element, count: WordCount) -> bool:
    return name(leaf) in {"p", "div"} and count.linked[leaf] >= max(_FULLY_LINKED * count.all[leaf], 3)


def _announces(leaf: Element, count: WordCount) -> bool:
    is_linked = count.linked[leaf] >= _FULLY_LINKED * count.all[leaf]
    return name(leaf) in _HEADINGS or is_linked or "".join(leaf.itertext()).strip().endswith(":")


def _drop_announcements(content: Element, count: WordCount) -> None:
    """Removes lines that name other articles, comments and the like, and appeals at the end."""
    leaves = [
        (leaf, " ".join("".join(leaf.itertext()).split()))
        for leaf in content.iter()
        if count.all.get(leaf) and leaf is not content and not _has_blocks(leaf, count) and not _is_in_table(leaf)
    ]
    drop([leaf for leaf, text in leaves if is_label(text, is_heading=name(leaf) in _HEADINGS)])
    drop([leaf for leaf, text in leaves[-_AT_THE_END:] if is_appeal(text)])


def _is_in_table(leaf: Element) -> bool:
    return any(name(each) in {"table", "dl", "summary"} for each in (leaf, *leaf.iterancestors()))


def _has_blocks(element: Element, count: WordCount) -> bool:
    return any(count.all.get(child) for child in element.iterdescendants())


def is_beside(element: Element, suspects: set[Element], count: WordCount) -> bool:
    """Whether its kind or its names show that it belongs to the site, not to the article."""
    if name(element) in BOXES and _BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return True
    if name(element) == "figure" and any(name(inner) in _WHOLE for inner in element.iterdescendants()):
        return False  # of a table, say
    is_suspect = element in suspects or name(element) in _BESIDE
    return is_suspect and count.kept[element] < 0.5 * count.all[element]


def _is_like_a_kept_one(element: Element, siblings: Sequence[Element], count: WordCount) -> bool:
    """Whether it is one of several parts of the same kind, of which another was kept: questions with answers, for
    example.
    """
    kind = name(element), element.get("class")
    return bool(kind[1]) and any((name(one), one.get("class")) == kind for one in siblings if count.kept[one])


def _leads_away(element: Element, count: WordCount, suspects: set[Element]) -> bool:
    return is_beside(element, suspects, count) or count.linked[element] > _LINKED * count.all[element]


def _may_stay(element: Element, count: WordCount, suspects: set[Element]) -> bool:
    """Whether something that trafilatura left out is text like what it kept around it."""
    if _leads_away(element, count, suspects):
        return False
    text = "".join(element.itertext()).strip()
    if name(element) == "pre" or (name(element) == "p" and text.endswith(_SENTENCE_ENDS)):
        return True
    return name(element) in FLOW and count.all[element] >= _PROSE and bool(_PUNCT.search(text))


def drop(elements: Iterable[Element]) -> None:
    """Removes elements from their tree, and keeps the text after them."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()
