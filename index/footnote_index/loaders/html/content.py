"""The main content of a web page: its article, without menus, advertisements and the like.

trafilatura finds the article, but its output loses text and structure. So its words are looked up in the page, and the
part of the page that has them is read as it is, without what trafilatura left out around the article. A page that a
documentation generator made is read in full, except the links to other pages.
"""

from __future__ import annotations

from copy import deepcopy

from footnote_index.loaders.html.kept_words import KeptWords, WordCount
from footnote_index.loaders.html.manuals import is_manual, prune_manual
from footnote_index.loaders.html.pruning import FLOW, NEVER, drop, is_beside, prune, trim
from footnote_index.loaders.trees import Element, name

_MOST_BOXES = 0.2
_FEW_WORDS = 60
_MOST, _LARGE = 0.8, 1_000  # characters
_UNREADABLE = {"script", "style", "template", "svg"}


def main_content(page: Element) -> Element:
    """The element that contains the article; the page's tree is pruned on the way."""
    body = page.find("body") if page.tag == "html" else page
    body = page if body is None else body
    if is_manual(page):
        return prune_manual(body)
    found = _extracted(page)
    _drop_unread(body)
    if found is None:
        return body
    known, suspects = KeptWords.of(found), _suspects(body)
    first = WordCount.of(body, known)
    if not first.kept[body]:
        return body
    few = _MOST_BOXES * first.kept[body]
    drop([each for each in first.all if first.kept[each] < few and is_beside(each, suspects, first)])
    count = WordCount.of(body, known)
    content = _smallest(body, count.kept)
    count.whole = count.all[content]
    prune(content, count, suspects)
    trim(content, count)
    return content


def _drop_unread(body: Element) -> None:
    """Removes elements that are never text. One that contains nearly the whole page was just not closed."""
    most = max(_MOST * sum(map(len, body.itertext())), _LARGE)
    for element in [*body.iter(*NEVER)]:
        if element is body or element.getparent() is None:
            continue
        if name(element) not in _UNREADABLE and sum(map(len, element.itertext())) > most:
            element.tag = "div"
        else:
            drop([element])


def seen_text(page: Element) -> str:
    """All text of a page on one line, menus included, and what it says where JavaScript does not run."""
    unseen = {"script", "style", "template", "head", "title"}
    parts = [page.text or ""]
    for element in page.iter():
        if name(element) and name(element) not in unseen:
            parts.append(element.text or "")
        parts.append(element.tail or "")
    return " ".join(" ".join(parts).split())


def _extracted(page: Element) -> Element | None:
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(page), include_comments=False)
    return None if found is None or isinstance(found, dict) else found.body


def _smallest(element: Element, kept: dict[Element, int]) -> Element:
    """The innermost element that contains everything that was kept."""
    whole = kept[element]
    while (inner := next((child for child in element if kept.get(child) == whole), None)) is not None:
        element = inner
    if whole < _FEW_WORDS:
        several = [each for each in (element, *element.iterancestors()) if each in kept and _is_one_of_several(each)]
        element = several[-1].getparent() if several else element
    while name(element) in FLOW and element.getparent() is not None:
        element = element.getparent()
    return element


def _is_one_of_several(element: Element) -> bool:
    """Whether it has siblings of its kind, as one of a few parts of a page: a question with its answer, for example."""
    kind = name(element), element.get("class")
    around = element.getparent() if kind[1] else None
    return around is not None and sum((name(each), each.get("class")) == kind for each in around) > 1


def _suspects(body: Element) -> set[Element]:
    """Elements that trafilatura takes for boilerplate because of their names."""
    from trafilatura import xpaths

    expressions = [*xpaths.RAW_TREE_PRUNE_XPATH, *xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH, *xpaths.OVERALL_DISCARD_XPATH]
    return {element for expression in expressions for element in expression(body)}
