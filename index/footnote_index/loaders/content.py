"""The main content of a web page: its article, without menus, advertisements and the like.

trafilatura says what the article is, but its output loses text and structure. So its words are looked up in the page,
and the part of the page that holds them is read as it stands, less what trafilatura left out beside the article. Of a
page that a program for documentation made, all is read but the ways to other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from footnote_index.loaders.trees import Element, name

_NEVER = ("nav", "dialog", "script", "style", "noscript", "template", "iframe", "object", "svg", "button", "select")
_BESIDE = {"aside", "footer", "form", "menu", "figure", "figcaption"}
_SENTENCE_ENDS = tuple('.!?。！？”"')
_PROSE = 8  # words
_PUNCT = re.compile(r"[.!?:。]")
_FLOW = {*("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "blockquote", "dt", "dd"), "li"}
_BOXES = {"div", "section", "aside", "ul", "ol", "footer", "form", "figure", "p", "header"}
_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
    ),
    *("label", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
    *("time", "tt", "u", "var", "wbr"),
}
_MANUALS = re.compile(
    r"docbook|publican|sphinx|docutils|asciidoc|pandoc|mkdocs|doxygen|javadoc|makeinfo|latex2html|hevea|rustdoc|docusaurus"
    r"|groff|mandoc|txt2tags|pdoc|yard|epydoc|ford|naturaldocs|gitbook|antora|hugo book",
    re.IGNORECASE,
)
_WAYS = {
    *("navheader", "navfooter", "docnav", "sphinxsidebar", "sphinxsidebarwrapper", "related", "footer", "footer-text"),
    *(
        "breadcrumb",
        "breadcrumbs",
        "mobile-nav",
        "menu-wrapper",
        "prev-next-area",
        "sidebar-tree",
        "navigation",
        "search",
    ),
}
_UNCOUNTED = {"math", "rt", "rp"}
_WORD = re.compile(r"\w+")
_GRAM = 4
_LINKED = 0.6
_BOX = re.compile(
    r"(?:^|[\s_-])(?:related\w*|newsletter\w*|comment-?list|more-about|bread-?crumbs?|footer|intext-links|share\w*|social\w*"
    r"|promo\w*|advert\w*|subscri\w*|disclosure|recommend\w*|teaser\w*|signup|paywall)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FULLY_LINKED = 0.9
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_WHOLE = {"table", "ul", "ol", "dl", "blockquote", "pre", "p", "li", "dd"}
_FEW = 3
_MOST, _MUCH = 0.6, 0.3
_MOST_BOXES = 0.2


def main_content(page: Element) -> Element:
    """The element that holds the article; the page's tree is pruned on the way."""
    body = page.find("body") if page.tag == "html" else page
    body = page if body is None else body
    if _is_manual(page):
        return _manual(body)
    found = _extracted(page)
    _drop([element for element in body.iter(*_NEVER) if element is not body])
    if found is None:
        return body
    known, suspects = _Known.of(found), _suspects(body)
    first = _Count.of(body, known)
    if not first.kept[body]:
        return body
    few = _MOST_BOXES * first.kept[body]
    _drop([each for each in first.all if first.kept[each] < few and _is_beside(each, suspects, first)])
    count = _Count.of(body, known)
    content = _smallest(body, count.kept)
    count.whole = count.all[content]
    _prune(content, count, suspects)
    _trim(content, count)
    return content


def seen_text(page: Element) -> str:
    """All text of a page on one line, menus included, and what it says where JavaScript does not run."""
    unseen = {"script", "style", "template", "head", "title"}
    parts = [page.text or ""]
    for element in page.iter():
        if name(element) and name(element) not in unseen:
            parts.append(element.text or "")
        parts.append(element.tail or "")
    return " ".join(" ".join(parts).split())


def _is_manual(page: Element) -> bool:
    """Whether a program for documentation made the page: then all of it is text, but for the ways to other pages."""
    return any(
        _MANUALS.search(meta.get("content") or "") for meta in page.iter("meta") if meta.get("name") == "generator"
    )


def _manual(body: Element) -> Element:
    main = next((each for each in body.iter("main", "div") if name(each) == "main" or each.get("role") == "main"), body)
    _drop([each for each in main.iter() if each is not main and _leads_elsewhere(each)])
    return main


def _leads_elsewhere(element: Element) -> bool:
    if name(element) in _NEVER or element.get("role") in {"navigation", "search", "contentinfo"}:
        return True
    named = {*(element.get("class") or "").split(), element.get("id") or ""}
    return name(element) in _BOXES and not named.isdisjoint(_WAYS)


def _extracted(page: Element) -> Element | None:
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(page), include_comments=False)
    return None if found is None or isinstance(found, dict) else found.body


@dataclass(frozen=True, slots=True)
class _Known:
    """What trafilatura kept: runs of four words, and shorter texts as a whole."""

    grams: frozenset[tuple[str, ...]]
    texts: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, body: Element) -> _Known:
        texts = [tuple(_WORD.findall(text)) for element in body.iter() for text in (element.text, element.tail) if text]
        words = [word for text in texts for word in text]
        return cls(frozenset(_grams(words)), frozenset(texts))

    def count(self, words: Sequence[str]) -> int:
        """How many of the words were kept."""
        if len(words) < _GRAM:
            return len(words) if tuple(words) in self.texts else 0
        found = {
            place + step for place, gram in enumerate(_grams(words)) if gram in self.grams for step in range(_GRAM)
        }
        return len(found)


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_GRAM)), strict=False)


@dataclass
class _Count:
    """For each element of a tree, how many words stand in it, how many of them were kept, and how many are links."""

    known: _Known
    all: dict[Element, int] = field(default_factory=dict)
    kept: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    whole: int = 0
    flowing: set[Element] = field(default_factory=set)
    _run: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, root: Element, known: _Known) -> _Count:
        count = cls(known)
        count.take(root)
        return count

    def take(self, element: Element, *, in_link: bool = False) -> None:
        """Counts an element of block level with all that is in it."""
        self.all[element] = self.kept[element] = self.linked[element] = 0
        self._walk(element, element, in_link=in_link)
        self._end(element)

    def _walk(self, block: Element, element: Element, *, in_link: bool) -> None:
        self._text(block, element.text, in_link=in_link)
        for child in element:
            kind = name(child)
            inside = in_link or kind == "a"
            if not kind or kind in _UNCOUNTED:
                pass
            elif kind in _INLINE and not any(name(inner) not in _INLINE for inner in child.iterdescendants()):
                self._walk(block, child, in_link=inside)
            else:
                self._end(block)
                self.take(child, in_link=inside)
                for counts in (self.all, self.kept, self.linked):
                    counts[block] += counts[child]
            self._text(block, child.tail, in_link=in_link)

    def _text(self, block: Element, text: str | None, *, in_link: bool) -> None:
        if text:
            self._run.append(text)
            self.linked[block] += len(_WORD.findall(text)) if in_link else 0

    def _end(self, block: Element) -> None:
        words = _WORD.findall("".join(self._run))
        kept = self.known.count(words)
        self.all[block] += len(words)
        self.kept[block] += kept
        if kept:
            self.flowing.add(block)
        self._run = []


def _smallest(element: Element, kept: dict[Element, int]) -> Element:
    """The innermost element in which all stands that was kept."""
    whole = kept[element]
    while (inner := next((child for child in element if kept.get(child) == whole), None)) is not None:
        element = inner
    while name(element) in _FLOW and element.getparent() is not None:
        element = element.getparent()
    return element


def _suspects(body: Element) -> set[Element]:
    """Elements that trafilatura takes for boilerplate by their names."""
    from trafilatura import xpaths

    expressions = [*xpaths.RAW_TREE_PRUNE_XPATH, *xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH, *xpaths.OVERALL_DISCARD_XPATH]
    return {element for expression in expressions for element in expression(body)}


def _prune(element: Element, count: _Count, suspects: set[Element]) -> None:
    children = [child for child in element if count.all.get(child)]
    is_flow = element in count.flowing or any(child in count.flowing and name(child) in _FLOW for child in children)
    for place, child in enumerate(children):
        if count.kept[child]:
            if not _is_one_thing(child, count):
                _prune(child, count, suspects)
            continue
        after = children[place + 1] if place + 1 < len(children) else None
        leads = name(child) in _HEADINGS and after in count.flowing
        if not leads and not (is_flow and _may_stay(child, count, suspects)):
            _drop([child])


def _is_one_thing(element: Element, count: _Count) -> bool:
    """Whether it is a table, a list or the like that is read as a whole, and no frame of the page."""
    is_most = count.all[element] > _MOST * count.whole
    return name(element) in _WHOLE and not is_most and count.kept[element] > _MUCH * count.all[element]


def _trim(content: Element, count: _Count) -> None:
    """Takes away paragraphs that are links to other pages, and what only announces something at the end."""
    leaves = [
        each
        for each in content.iter()
        if each in count.flowing and each is not content and not _has_blocks(each, count)
    ]
    for leaf in leaves if len(leaves) > _FEW else ():
        if name(leaf) in {"p", "div"} and count.linked[leaf] >= max(_FULLY_LINKED * count.all[leaf], 3):
            _drop([leaf])
    for leaf in reversed([leaf for leaf in leaves if leaf.getroottree().getroot() is content.getroottree().getroot()]):
        text = "".join(leaf.itertext()).strip()
        if not (name(leaf) in _HEADINGS or text.endswith(":") or count.linked[leaf] >= _FULLY_LINKED * count.all[leaf]):
            break
        _drop([leaf])


def _has_blocks(element: Element, count: _Count) -> bool:
    return any(count.all.get(child) for child in element.iterdescendants())


def _is_beside(element: Element, suspects: set[Element], count: _Count) -> bool:
    """Whether its kind or its names say that it belongs to the site, not to the article."""
    if name(element) in _BOXES and _BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return True
    is_suspect = element in suspects or name(element) in _BESIDE
    return is_suspect and count.kept[element] < 0.5 * count.all[element]


def _may_stay(element: Element, count: _Count, suspects: set[Element]) -> bool:
    """Whether something that trafilatura left out, between what it kept, is text like that."""
    if _is_beside(element, suspects, count) or count.linked[element] > _LINKED * count.all[element]:
        return False
    text = "".join(element.itertext()).strip()
    if name(element) == "p" and text.endswith(_SENTENCE_ENDS):
        return True
    return name(element) in _FLOW and count.all[element] >= _PROSE and bool(_PUNCT.search(text))


def _drop(elements: Iterable[Element]) -> None:
    """Takes elements out of their tree, and leaves the text behind them."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()
