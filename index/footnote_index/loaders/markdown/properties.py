"""The properties of a note, which Obsidian shows above its text: `species: Elf` in its front matter is often the only
place of a fact.

The front matter of web sites looks the same, but is for their programs. So only what is surely a note has properties,
and only short plain values count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from footnote_index.loaders.markdown.front_matter import DAYS, METADATA, FrontMatter
from footnote_index.loaders.markdown.templates.tags import ANY_CODE
from footnote_index.loaders.markdown.wiki_links import words_of_links

_STYLES = frozenset({"cssclass", "cssclasses"})
_OF_NOTES = _STYLES | {"tags", "tag", "aliases", "alias", "name"}
_OF_SITES = frozenset(
    [
        *("layout", "menus", "nav_order", "nav_exclude", "has_children", "has_toc", "grand_parent", "page_sidebar"),
        *("sidebar_position", "sidebar_label", "sidebar_class_name", "pagination_label", "pagination_next"),
        *("pagination_prev", "custom_edit_url", "hide_title", "hide_table_of_contents", "hide_summary", "linktitle"),
        *("toc_min_heading_level", "toc_max_heading_level", "content_type", "contenttype", "cascade", "headless"),
        *("translationkey", "redirect_from", "redirect_to", "navtitle", "nav_title", "edit_link", "editlink"),
        *("marp", "paginate", "bibliography", "jupyter", "documentclass", "geometry", "header-includes", "vignette"),
        *("pipeline_tag", "library_name", "base_model", "allowed-tools", "globs", "alwaysapply", "applyto", "sitemap"),
        *("assignees", "reviewers", "robots", "i18n", "seo", "opengraph"),
    ]
)
"""What only generators of web sites and slides, catalogues of models, and programs for prompts have."""

_OF_BOTH = frozenset(
    [
        *("menu", "sidebar", "hide", "home", "hero", "features", "head", "outputs", "resources", "kind", "markup"),
        *("redirects", "excerpt", "summary", "nav", "navigation", "navbar", "outline", "theme", "transition", "output"),
        *("format", "editor", "license", "datasets", "tools", "labels", "about", "topic", "product", "products"),
        *("versions", "version", "intro", "shorttitle", "short_title", "lang", "language", "locale", "meta", "plugin"),
        *("plugins", "model", "mode", "parent", "group", "subtitle"),
    ]
)
"""What web sites have as well as notes."""

_ORDERS = frozenset(["weight", "order", "position", "rank", "priority", "sort", "index", "height", "width", "level"])
"""For programs if they are numbers: `weight: 30`, but not `weight: 30 kg`."""

_TECHNICAL = frozenset(
    [
        *("aliases", "alias", "tags", "tag", "keywords", "cssclass", "cssclasses", "permalink", "publish", "id", "uid"),
        *("uuid", "guid", "zettel", "slug", "draft", "template", "templates", "image", "images", "icon", "sticker"),
        *("toc", "description", "cover", "coverimage", "thumbnail", "thumb", "featured", "featured_image", "avatar"),
        *("featuredimage", "logo", "photo", "portrait", "picture", "background", "comments", "comment", "share"),
        *("pin", "pinned", "mathjax", "math", "katex", "mermaid", "search", "lastmodby", "expirydate", "expires"),
        *("unlisted", "hidden", "private", "mobile", "prev", "next", "previous", "up", "down", "same", "style", "js"),
        *("scripts", "statblock", "mapmarker", "mapzoom", "share_link", "share_updated", "cards-deck", "zoom", "lock"),
        *("password", "fileclass", "file", "path", "filename", "feed", "socialimage", "social_image", "noindex"),
        *("translations", "view", "viewport", "date created", "date modified", "date_created", "creation date"),
        *("modification date", "last modified", "timestamp", "hash", "checksum", "ctime", "mtime"),
    ]
)
_PREFIXES = (
    *("dg-", "sr-", "fc-", "banner", "obsidian", "linter-", "excalidraw", "kanban", "bc-", "breadcrumb", "og:", "og_"),
    *("twitter", "css", "hide_", "show_", "enable", "disable", "is_", "has_", "no_", "toc_", "nav_", "sidebar_", "ms."),
)
_LINK = re.compile(r"\[\[(?![\s_])(?!toc\])[^\[\]\n]{1,300}(?<!\s)\]\](?![(\[])", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_](?:[\w ()'’/&-]{0,38}[\w)])?")
_NO_PROSE = re.compile(
    r"\A(?:(?:true|false|yes|no|on|off|null|none|~|n/?a|tbd|todo)"  # switches, and what is not filled in
    r"|[#@./\\!&*].*|.*(?:[{}<>`\\]|://|::).*"  # tags, paths, addresses, templates, code
    r"|(?=\S*[^\W\d])\S*[^\W_]/\S*[^\W_]\S*"  # a path, but not 1/4
    r"|\S+\.[a-z][a-z\d]{1,4}"  # the name of a file
    r"|(?-i:[a-z]{2}(?:[-_][A-Z]{2})?)"  # a language
    r"|(?-i:(?=[a-z\d_-]*[a-z])(?:[a-z\d]+(?:_[a-z\d]+)+|[a-z\d]+(?:-[a-z\d]+){2,}))"  # a slug
    r"|(?=\S*\d)[\da-f-]{16,}|\S{41,}|[\W_]+)",  # a checksum, a key, no word at all
    re.IGNORECASE,
)
_MOST = 40
_MOST_VALUES = 20
_LONGEST = 160


def properties_of(matter: FrontMatter, body: str, title: str) -> list[str]:
    """A line for each property, as in `Species: Elf`. The title is not said again."""
    if not matter.names or not _is_note(matter, body):
        return []
    names = (name for name in matter.names if not (_is_technical(name) or _is_order(name, matter.fields[name])))
    found = ((name, _shown(matter.fields[name])) for name in names)
    said = ((name, value) for name, value in found if value and value.casefold() != title.casefold())
    return [f"{_label(matter.names[name])}: {value}" for name, value in said][:_MOST]


def _is_note(matter: FrontMatter, body: str) -> bool:
    """Whether it has links between notes or a style of Obsidian, or only names that no web site is known to have."""
    names = matter.names.keys()
    if names & _OF_SITES or any("." in name for name in names) or _is_order("weight", matter.fields.get("weight")):
        return False
    if (
        names & _STYLES
        or ("[[" in body and _LINK.search(ANY_CODE.sub("", body)))
        or any(map(_has_link, matter.fields.values()))
    ):
        return True
    others = names - _OF_NOTES - DAYS
    is_nested = any(isinstance(part, dict) for value in matter.fields.values() for part in _parts(value))
    return not is_nested and not any(name in _OF_BOTH or _is_technical(name) for name in others)


def _has_link(value: Any) -> bool:  # noqa: ANN401 - whatever YAML contains
    return any(isinstance(part, str) and _LINK.search(part) for part in _parts(value))


def _is_technical(name: str) -> bool:
    is_known = name in _TECHNICAL or name in METADATA or name.startswith(_PREFIXES)
    return is_known or not _NAME.fullmatch(name)


def _is_order(name: str, value: Any) -> bool:  # noqa: ANN401
    return name in _ORDERS and isinstance(value, str) and value.strip().isdecimal()


def _shown(value: Any) -> str:  # noqa: ANN401
    """A short plain value; empty for others."""
    parts = [part for part in _parts(value) if part not in (None, "")]
    if len(parts) > _MOST_VALUES or not all(isinstance(part, str) for part in parts):
        return ""
    words = [" ".join(words_of_links(part).split()) for part in parts if len(part) <= _LONGEST]
    shown = ", ".join(words)
    is_prose = len(words) == len(parts) and not any(map(_NO_PROSE.fullmatch, words))
    return shown if is_prose and len(shown) <= 2 * _LONGEST else ""


def _parts(value: Any) -> Iterator[Any]:  # noqa: ANN401
    """The values of a list. `[[Note]]` without quotes is a list in a list for YAML."""
    for part in value if isinstance(value, list) else [value]:
        is_link = isinstance(part, list) and len(part) == 1 and isinstance(part[0], str)
        yield f"[[{part[0]}]]" if is_link else part


def _label(name: str) -> str:
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]
