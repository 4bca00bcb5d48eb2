"""The text of a Markdown file becomes blocks, line by line."""

from __future__ import annotations

import pytest

from footnote_index.loaders.blocks import Blocks
from footnote_index.loaders.markdown.blocks import add_markdown, unwrapped_item
from footnote_index.loaders.markdown.inline import Inline


def read(text: str) -> str:
    blocks = Blocks()
    add_markdown(blocks, text, Inline())
    return blocks.text


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# The dam", "# The dam"),
        ("   ###   The dam  ##  ", "### The dam"),
        ("## C#", "## C#"),
        ("####### seven", "####### seven"),
        ("#tag", "#tag"),
        ("# The dam {#dam .old}", "# The dam"),
        ("The dam\n===", "# The dam"),
        ("The dam\nin Norvik\n---", "## The dam in Norvik"),
        ("---\nThe dam", "---\nThe dam"),
        ("# The dam\nIt holds.\n\nWater falls.", "# The dam\nIt holds.\n\nWater falls."),
    ],
)
def test_headings(text: str, blocks: str) -> None:
    assert read(text) == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("- tea\n* rice\n+ bread", "- tea\n- rice\n- bread"),
        ("1. tea\n2) rice", "1. tea\n2) rice"),
        ("- tea\n  - green\n    - hot\n- rice", "- tea\n  - green\n    - hot\n- rice"),
        ("- tea\n - rice", "- tea\n- rice"),
        ("- tea\n\n\n- rice", "- tea\n- rice"),
        ("- [x] tea\n- [ ] rice", "- tea\n- rice"),
        ("- tea\n  is green", "- tea is green"),
        ("- tea\nis green", "- tea is green"),
        ("We have\n- tea", "We have\n\n- tea"),
        ("-tea", "-tea"),
        ("It was founded in\n1998. It moved.", "It was founded in 1998. It moved."),
        ("Sie wurde am\n12. Mai 1932 eröffnet.", "Sie wurde am 12. Mai 1932 eröffnet."),
        ("- It was founded in\n  1998. It moved.\n- Tea", "- It was founded in 1998. It moved.\n- Tea"),
        ("> It was founded in\n> 1998. It moved.", "It was founded in 1998. It moved."),
        ("We have 4 or\n-\n5 of them", "We have 4 or\n-\n5 of them"),
        ("We have\n1. tea\n2. rice", "We have\n\n1. tea\n2. rice"),
        ("We have\n1) tea\n   - green\n   7. hot\n2) rice", "We have\n\n1) tea\n  - green\n  7. hot\n2) rice"),
        ("3. tea\n4. rice\n\n1998. bread", "3. tea\n4. rice\n1998. bread"),
        ("- tea\n  1. green\n  2. red", "- tea\n  1. green\n  2. red"),
        ("# The firm\n1998. It was founded.", "# The firm\n\n1998. It was founded."),
        ("- [The dam](#dam)\n- [The lock](#lock)\n\nIt holds.", "It holds."),
    ],
)
def test_lists(text: str, blocks: str) -> None:
    assert read(text) == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("| a | b |\n|---|:-:|\n| 1 | **2** |\n| 3 |", "| a | b |\n| 1 | 2 |\n| 3 |"),
        ("a | b\n--- | ---\n1 | 2\n\nIt holds.", "| a | b |\n| 1 | 2 |\n\nIt holds."),
        ("| a \\| b | c |\n|---|---|\n| 1 | 2 |", "| a \\| b | c |\n| 1 | 2 |"),
        ("a | b\nc | d", "a | b c | d"),
        ("a | b\n--- | ---\n1 | 2\n\n| c | d |\n|---|---|\n| 3 | 4 |", "| a | b |\n| 1 | 2 |\n\n| c | d |\n| 3 | 4 |"),
        ("| | |\n|---|---|\n| Monday | 9 to 17 |", "|  |  |\n| Monday | 9 to 17 |"),
        ("| a | b |\n|---|---|\n| ![Red](r.png) | ![](s.png) hot |", "| a | b |\n| Red | hot |"),
    ],
)
def test_tables(text: str, blocks: str) -> None:
    assert read(text) == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("```python\nx = *1*\n```\nend", "```\nx = *1*\n```\n\nend"),
        ("~~~\n```\n~~~", "````\n```\n````"),
        ("````\n```\n````", "````\n```\n````"),
        ("```\nx\n`````", "```\nx\n```"),
        ("```\nx", "```\nx\n```"),
        ("  ```\n  x\n    y\n z\n  ```", "```\nx\n  y\n z\n```"),
        ("    x\n\n      y\nend", "```\nx\n\n  y\n```\n\nend"),
        ("one\n    two", "one two"),
    ],
)
def test_code(text: str, blocks: str) -> None:
    assert read(text) == blocks


def test_quotes_have_blocks_of_their_own() -> None:
    assert read("> # The dam\n> It **holds**.\n>\n> - tea\n\nend") == "# The dam\nIt holds.\n\n- tea\n\nend"
    assert read("> [!NOTE]\n> It holds.") == "It holds."
    assert read("> > It holds.") == "It holds."


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("[dam]: https://norvik.example\nIt holds.", "It holds."),
        ("[TOC]\n\nIt holds.", "It holds."),
        ("It holds[^a].\n\n[^a]: By *law*.", "It holds¹.\n\n¹ By law."),
        ("The dam\n: It holds.", "The dam: It holds."),
        ("What is it?\n: A dam.", "What is it? A dam."),
        ("It holds. {: .lead}", "It holds."),
        ("***", "***"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_lines_that_mean_something_else(text: str, blocks: str) -> None:
    assert read(text) == blocks


def test_lines_of_a_paragraph_are_joined_unless_a_sentence_ends() -> None:
    assert read("The dam above the valley\nholds back the water.\nIt is old.") == (
        "The dam above the valley holds back the water.\nIt is old."
    )


def test_a_hyphenated_word_is_one_in_a_list_too() -> None:
    assert read("- The dam is long-\n  standing.\n\nA long-standing lock.") == (
        "- The dam is long-standing.\n\nA long-standing lock."
    )
    assert unwrapped_item(["It re-", "opened."], frozenset()) == ["It reopened."]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("The dam holds.\\\nIt is old.", "The dam holds.\nIt is old."),
        ('One.\n\n--8<-- "a.md"\n\nTwo.', "One.\n\nTwo."),
        ("One.\n\n{{#include a.rs:3:5}}\n\nTwo.", "One.\n\nTwo."),
        ("The HTML of it.\n\n*[HTML]: Hyper Text Markup Language", "The HTML of it."),
        ("The keys of the dam are given to all who ask for them with\n--keys or -k.", None),
    ],
)
def test_what_is_only_for_programs_is_left_out(text: str, blocks: str | None) -> None:
    assert read(text) == (text.replace("\n", " ") if blocks is None else blocks)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Dam\n\n: A wall.\n\nLock\n\n:   A gate.", "Dam: A wall.\n\nLock: A gate."),
        ("- ```sh\n  a --b\n    c\n  ```\n- Two.", "```\na --b\n  c\n```\n\n- Two."),
        (
            "| k | s |\n|---|---|\n| **a**: One<br/>b: Two.<br>c `<br>` | <ul><li>d</li><li>e</li></ul> |",
            "| k | s |\n| a: One; b: Two. c <br> | d; e |",
        ),
    ],
)
def test_what_belongs_together_is_read_together(text: str, blocks: str) -> None:
    assert read(text) == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "> [!note] Bars in tables\n> If you want to use aliases, write two.",
            "Bars in tables\n\nIf you want to use aliases, write two.",
        ),
        ("> [!NOTE]\n> The port is open.", "The port is open."),
        ("> [!infobox|right n-th wikipedia]\n> # Mera\n> Captain", "# Mera\nCaptain"),
        ("> [!info|bg-plain no-i]- February", "February"),
        ("> [!tip]+ It holds all the water\n> of the valley.", "It holds all the water of the valley."),
        ("> [!note]", ""),
        ("> [!note] One\n>> [!tip] Two\n>> The text.", "One\n\nTwo\n\nThe text."),
        ("> He said so. [!note] it", "He said so. [!note] it"),
    ],
)
def test_the_title_of_a_callout_stands_above_its_text(text: str, blocks: str) -> None:
    assert read(text) == blocks


@pytest.mark.parametrize("above", ["", "> Calendar\n", "> [!info]+ March\n"])
def test_a_table_may_have_spaces_behind_its_rows(above: str) -> None:
    table = "> | Day | Who |  \n> |:---:|---|  \n> | 16 | Mera |  "
    assert read(above + table).endswith("| Day | Who |\n| 16 | Mera |")


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("*A rare item (Warlock)*\nReceived from Pipe.", "A rare item (Warlock)\nReceived from Pipe."),
        ("**Level 6**\nIt burns.", "Level 6\nIt burns."),
        ("*The whole line*\nis the start of a sentence.", "The whole line is the start of a sentence."),
    ],
)
def test_a_first_line_that_is_emphasised_stands_alone(text: str, blocks: str) -> None:
    assert read(text) == blocks
