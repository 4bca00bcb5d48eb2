"""Trees of elements: XML parsed without side effects, also where it is HTML by mistake."""

from __future__ import annotations

import html
from typing import Any, TypeAlias

from lxml import etree

from footnote.errors import ArticleError
from footnote_index.loaders.encodings import decoded_markup

Element: TypeAlias = Any  # lxml ships no types

_FATAL = etree.ErrorLevels.FATAL
_UNDECLARED = "ERR_UNDECLARED_ENTITY"  # its name stays in the tree


def parsed(content: bytes) -> Element:
    """The root of an XML document. No entity is resolved, no file or address is opened; errors are repaired where
    possible. Raises ArticleError when nothing is left.
    """
    return _repaired(content, _xml_parser())


def parsed_page(content: bytes) -> Element:
    """The root of an XHTML document. Repairs can cost text, so one that is not well-formed is read as HTML, as
    browsers would, unless that costs more. Raises ArticleError when nothing is left.
    """
    parser = _xml_parser()
    root = _repaired(content, parser)
    if not any(each.level == _FATAL and each.type_name != _UNDECLARED for each in parser.error_log):
        return root
    try:
        page = _as_html(decoded_markup(content))
    except (ArticleError, etree.XMLSyntaxError):
        return root
    return page if page is not None and _letters(page) >= _letters(root) else root


def _xml_parser() -> Element:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )


def _repaired(content: bytes, parser: Element) -> Element:
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("its XML is broken") from error
    if root is None:
        raise ArticleError("its XML is broken")
    return root


def _as_html(source: str) -> Element | None:
    """Without the prefixes of namespaces, which HTML does not know."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    page = etree.fromstring(source.encode(errors="replace"), parser)
    for element in page.iter(etree.Element) if page is not None else ():
        element.tag = element.tag.rpartition(":")[2] or element.tag
    return page


def _letters(root: Element) -> int:
    return len("".join(html.unescape("".join(root.itertext())).split()))


def name(element: Element) -> str:
    """Without its namespace, in lower case; empty if it is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
