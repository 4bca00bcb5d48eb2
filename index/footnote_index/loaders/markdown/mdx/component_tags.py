"""Which tags of a Markdown file are those of components, and what HTML the others are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import defs

from footnote_index.loaders.markdown.mdx.jsx import Tag, tags_in
from footnote_index.loaders.markdown.mdx.page_code import imported_names

TOKEN = re.compile("\ue010(\\d+)\ue011")
"""What stands for a component's tag, by its number."""

TAB = re.compile(r"(?:\A|[a-z.])Tab(?:Item|Panel)?\Z")
_QUESTION_OR_ANSWER = re.compile(r"(?:Q|A|Question|Answer)\Z")
_LINE_ABOVE = re.compile(r"^[ \t]*+(?![#|>])[^\n]*[\w,;)*_`](?P<space>[ \t]*+(?:\n[ \t]*+)?)\Z", re.MULTILINE)
_LONGEST_LINE = 500
_GOES_ON = re.compile(r"(?<![ \t])[ \t]*+\n[ \t]*+(?=[a-z])")
_MARKS = str.maketrans("", "", "\ue010\ue011")
_STYLE = re.compile(r"([A-Za-z-]{1,40})[\"']?\s*:\s*(?:\"([^\"]{0,100})\"|'([^']{0,100})'|([^,{}\"']{1,100}))")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")


def with_tokens(text: str, *, of_mdx: bool) -> tuple[str, Sequence[Tag]]:
    """The text with tokens for its components' tags, each on one line; others with values of JavaScript become HTML.

    A name in angle brackets is one of a component if it is imported, or closed somewhere: `<NAME>` alone is text, and
    `<TABLE>` is HTML.
    """
    text = text.translate(_MARKS)
    found = [*tags_in(text)] if "<" in text else []
    closed = {tag.name for tag in found if tag.is_end or tag.is_empty}
    imported = imported_names(text)
    names = {name for name in closed if _may_be_a_component(name, of_mdx=of_mdx)} | imported
    names |= {name for name in closed if name.partition(".")[0] in imported}
    kept: list[Tag] = []
    parts, place = [], 0
    for tag in found:
        start, end = tag.start, tag.end
        if tag.name in names and ("." in tag.name or not tag.name.islower()):
            shown = f"\ue010{len(kept)}\ue011"
            kept.append(tag)
            if tag.is_end and text.startswith("<", end) and _is_block(tag):
                shown += "\n"
            elif tag.is_empty and (around := _in_sentence(text, tag)):
                start, end = around
                shown = f" {shown} "
        elif any(value.startswith("{") for value in tag.attributes.values()):
            shown = _as_html(tag)
        else:
            continue
        parts += [text[place:start], shown]
        place = end
    return "".join([*parts, text[place:]]), kept


def _is_block(tag: Tag) -> bool:
    """Tabs, questions and answers are never parts of sentences."""
    return bool(TAB.search(tag.name) or _QUESTION_OR_ANSWER.match(tag.name))


def _in_sentence(text: str, tag: Tag) -> tuple[int, int] | None:
    """Where a component with the line breaks around it begins and ends, if a sentence goes on in the next line."""
    goes_on = _GOES_ON.match(text, tag.end)
    begins = _LINE_ABOVE.search(text, max(0, tag.start - _LONGEST_LINE), tag.start) if goes_on else None
    return (begins.start("space"), goes_on.end()) if goes_on and begins else None


def _may_be_a_component(name: str, *, of_mdx: bool) -> bool:
    return name[0].isupper() and (not name.isupper() or (of_mdx and name.lower() not in defs.tags))


def _as_html(tag: Tag) -> str:
    """Without the values that only a program knows. A style stays, as it may hide the element."""
    if tag.is_end:
        return f"</{tag.name}>"
    written = [f' {name}="{said}"' for name in tag.attributes if (said := tag.said(name).replace('"', "&quot;"))]
    style = ";".join(
        f"{_INNER_CAPITAL.sub(lambda letter: f'-{letter[0].lower()}', name)}:{one or other or bare.strip()}"
        for name, one, other, bare in _STYLE.findall(tag.attributes.get("style", "").removeprefix('"'))
        if tag.attributes["style"].startswith("{")
    )
    attributes = "".join(written) + (f' style="{style}"' if style else "")
    return f"<{tag.name}{attributes}{'/' * tag.is_empty}>{tag.said('children')}"
