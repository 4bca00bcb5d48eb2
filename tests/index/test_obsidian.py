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


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("These harbours are open:\n\n![[Harbours/Vel Asta#^list]]", "These harbours are open:\n\nSee Vel Asta."),
        ("- ![[Tides#In spring]]", "- See Tides > In spring."),
        ("> ![[Tides|the tides]]", "See the tides."),
        ("![[#Tolls]]", "See Tolls."),
        ("![[Who pays?.md]]", "See Who pays?"),
        ("The tides ![[Tides]] decide.", "The tides Tides decide."),
        ("| a | b |\n|---|---|\n| x | ![[Tides\\|tides]] |", "| a | b |\n| x | tides |"),
        ("`![[Tides]]` shows a note.", "![[Tides]] shows a note."),
        ("```\n![[Tides]]\n```", "```\n![[Tides]]\n```"),
        ("Before.\n\n![[Map.png]] ![[a/Song.MP3#t=3]]\n\nAfter.", "Before.\n\nAfter."),
        ("| a | b |\n|---|---|\n| x | ![[Map.jpg\\|200]] |", "| a | b |\n| x |  |"),
        ("Open ![[gear.svg#icon]] Settings, ![[Plan.canvas]] or ![[Crew.base|x]].", "Open Settings, or ."),
    ],
)
def test_a_note_inside_another_is_pointed_to(line: str, seen: str) -> None:
    assert text(f"{line}\n") == seen


@pytest.mark.parametrize(
    ("link", "seen"),
    [
        ("[[#Open harbours]]", "Open harbours"),
        ("[[Tides#In spring]]", "Tides > In spring"),
        ("[[Tides#In spring#At night]]", "Tides > In spring > At night"),
        ("[[Tides#^a1b2]]", "Tides"),
        ("[[Tides#In spring|the tides]]", "the tides"),
        ("[[C#]]", "C#"),
        ("`[[#Open harbours]]`", "[[#Open harbours]]"),
    ],
)
def test_a_link_to_a_heading_is_shown_without_its_sign(link: str, seen: str) -> None:
    assert text(f"She read {link} first.\n") == f"She read {seen} first."


def test_a_note_inside_a_sentence_is_a_footnote() -> None:
    note = "The toll rose.^[By a tenth, says `toll` in [[Ledgers#1204|the ledger]].] It fell [^a] later. ^[In 1206.]\n"
    assert text(f"{note}\n[^a]: By half.\n") == (
        "The toll rose.¹ It fell ² later. ³\n\n² By half.\n\n¹ By a tenth, says toll in the ledger.\n\n³ In 1206."
    )


@pytest.mark.parametrize(
    "line",
    ["The pattern ^[a-z ]+$ is short.", "`^[In a note.]` is code.", "```\n^[In a note.]\n```", "The size is 2^[n]."],
)
def test_what_only_looks_like_a_note_stays(line: str) -> None:
    assert text(f"{line}\n") == line.replace("`^", "^").replace("]`", "]")


def test_a_hidden_note_stays_hidden() -> None:
    assert text("Seen.\n\n<!-- a comment ^[with a note.] -->\n\n%%mine ^[with a note.]%%\n") == "Seen."


@pytest.mark.parametrize("mark", ["x", " ", "?", "-", ">", "!", "/", "*"])
def test_boxes_of_tasks_are_not_seen(mark: str) -> None:
    assert text(f"- [{mark}] Ropes\n- press [x] twice\n- [A] Sails\n") == "- Ropes\n- press [x] twice\n- [A] Sails"


def test_a_break_inside_a_line_parts_its_words() -> None:
    assert text("line four<br>line five<br/>line six\n") == "line four line five line six"
