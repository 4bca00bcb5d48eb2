"""Footnotes that stand inside a sentence, `^[as this one]`, as those that are written elsewhere, `[^1]`."""

from __future__ import annotations

import re

from footnote_index.loaders.markdown.templates.tags import CODE

_PARTS = re.compile(
    rf"(?P<skipped>{CODE}|<!--.*?(?:-->|\Z)|%%.*?(?:%%|\Z))|(?<![\\/^\"'])\^\[(?=[^\s\]]{{1,40}}[ \t\n])"
    r"(?P<note>(?:[^\[\]`\n]|`[^`\n]{1,200}`"
    r"|\[(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,300}+\]|\n(?![ \t]*\n)){1,1000}+)\](?![*+?{$^])",
    re.DOTALL | re.MULTILINE,
)


def with_notes_below(text: str) -> str:
    """Each note gets a mark in its place, and stands at the end of the text. Code stays as it is."""
    if "^[" not in text:
        return text
    notes: list[str] = []

    def marked(found: re.Match[str]) -> str:
        if found["skipped"] is not None:
            return found[0]
        notes.append(" ".join(found["note"].split()))
        return f"[^inline-note-{len(notes)}]"

    shown = _PARTS.sub(marked, text)
    below = "".join(f"\n\n[^inline-note-{number}]: {note}" for number, note in enumerate(notes, 1))
    return f"{shown.rstrip()}{below}\n" if notes else text
