"""Notes as Obsidian and its plugins write them."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.loader import parse


def text(note: str) -> str:
    return parse("notes/mera.md", note.encode()).text


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("status:: retired", "status: retired"),
        ("- **Home port**:: Vel Asta", "- Home port: Vel Asta"),
        ("She is a captain [age:: 41] of the guard.", "She is a captain (age: 41) of the guard."),
        ("She joined the fleet in 1204. ^joined", "She joined the fleet in 1204."),
        ("- Paid the ransom ^37066d", "- Paid the ransom"),
        ("The area is 10 ^2", "The area is 10 ^2"),
        ("The type is std::vector", "The type is std::vector"),
        ("map :: (a -> b)", "map :: (a -> b)"),
        ("`status:: retired` is a field.", "status:: retired is a field."),
    ],
)
def test_marks_for_programs_are_not_seen(line: str, seen: str) -> None:
    assert text(f"{line}\n") == seen


def test_code_keeps_its_marks() -> None:
    assert "a:: b ^name" in text("```\na:: b ^name\n```\n")


@pytest.mark.parametrize("kind", ["dataview", "dataviewjs", "tasks", "button"])
def test_a_query_is_not_text(kind: str) -> None:
    assert text(f"The guard.\n\n```{kind}\nTABLE status FROM #npc\n```\n\nIts captain.") == "The guard.\n\nIts captain."
    assert "TABLE" in text("The guard.\n\n```sql\nTABLE status\n```\n")
