"""Pages from documentation generators: everything is text, except the links to other pages."""

from __future__ import annotations

import re

from footnote_index.loaders.html.pruning import BOXES, NEVER, drop
from footnote_index.loaders.trees import Element, name

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


def is_manual(page: Element) -> bool:
    """Whether a documentation generator made the page: then everything is text, except the links to other pages."""
    return any(
        _MANUALS.search(meta.get("content") or "") for meta in page.iter("meta") if meta.get("name") == "generator"
    )


def prune_manual(body: Element) -> Element:
    main = next((each for each in body.iter("main", "div") if name(each) == "main" or each.get("role") == "main"), body)
    drop([each for each in main.iter() if each is not main and _leads_elsewhere(each)])
    return main


def _leads_elsewhere(element: Element) -> bool:
    if name(element) in NEVER or element.get("role") in {"navigation", "search", "contentinfo"}:
        return True
    named = {*(element.get("class") or "").split(), element.get("id") or ""}
    return name(element) in BOXES and not named.isdisjoint(_WAYS)
