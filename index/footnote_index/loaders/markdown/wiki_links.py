"""Links between notes, `[[Note#Heading|words]]`, and notes shown inside others, `![[Note]]`: the words for them."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[\[([^\[\]|]{1,300})(?:\|([^\[\]|]{1,300}))?\]\]")
_EMBED = re.compile(
    r"(?P<alone>^[ \t>]{0,20}+(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?)?(?<!\\)!\[\[(?P<target>[^\[\]|\\\n]{1,300})"
    r"(?:\\?\|(?P<words>[^\[\]\n]{1,300}))?\]\](?P<rest>[ \t]{0,20}$)?",
    re.MULTILINE,
)
_MEDIA = re.compile(
    r"\.(?:png|jpe?g|jfif|svg|webp|gif|bmp|avif|tiff?|heic|ico|mp[34]|m4[av]|mov|mkv|webm|og[gva]|opus|wav|flac|3gp|aac"
    r"|pdf|canvas|base|excalidraw|drawio|csv|tsv|json|zip|docx?|xlsx?|pptx?|epub|html?)(?:\.md)?\s*+$",
    re.IGNORECASE,
)


def words_of_links(text: str) -> str:
    """Each link as its reader sees it."""
    return _LINK.sub(lambda link: link[2] or words_of(link[1]), text) if "[[" in text else text


def words_of(target: str) -> str:
    """`Canvas#Add cards` -> `Canvas > Add cards`; blocks have names for programs only."""
    note, *headings = (part.strip() for part in target.split("#"))
    if not all(headings):
        return target
    shown = [part for part in (note, *headings) if part and not part.startswith("^")]
    return " > ".join(shown) or target


def with_pointers_for_notes(text: str) -> str:
    """The words for each note that is shown inside this one. Its text is in an article of its own. Pictures and other
    files stay as they are.
    """
    return _EMBED.sub(_pointer, text) if "![[" in text else text


def _pointer(embed: re.Match[str]) -> str:
    note, sign, place = embed["target"].partition("#")
    if _MEDIA.search(note) or not f"{note}{place}".strip():
        return embed[0]
    if not note.strip() and place.startswith("^"):
        return embed[0]  # a paragraph of this note, which has no words
    name = note.rsplit("/", 1)[-1].strip().removesuffix(".md")
    words = (embed["words"] or words_of(f"{name}{sign}{place}")).strip()
    before, after = embed["alone"], embed["rest"]
    if before is None or after is None:
        return f"{before or ''}{words}{after or ''}"
    return f"{before}See {words}{'' if words.endswith(('.', '?', '!')) else '.'}{after}"
