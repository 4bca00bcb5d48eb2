"""Trees of elements: XML parsed without side effects."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree

from footnote.errors import ArticleError

Element: TypeAlias = Any  # lxml ships no types


def parsed(content: bytes) -> Element:
    """The root of an XML document. No entity is resolved, no file or address is opened; errors are repaired where
    possible. Raises ArticleError when nothing is left.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("its XML is broken") from error
    if root is None:
        raise ArticleError("its XML is broken")
    return root


def name(element: Element) -> str:
    """Without its namespace, in lower case; empty if it is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
