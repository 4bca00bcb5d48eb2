"""Boxes, tabs and directives of documentation generators in Markdown."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.loader import parse


def read(text: str) -> str:
    return parse("a.md", text.encode()).text


BOXES = {
    "code in a line of a box": (
        "!!! note\n    Set `a` to 1.\n\n    Then start `b`.\n\nAfter it.",
        "Set a to 1.\n\nThen start b.\n\nAfter it.",
    ),
    "several names": ('!!! note inline end "Keys"\n    They are short.', "Keys\n\nThey are short."),
    "tabs": (
        'Install it:\n\n=== "Linux"\n\n    Run:\n\n    ```sh\n    apt install x\n    ```\n\n=== "Mac"\n    Use `brew`.',
        "Install it:\n\nLinux\n\nRun:\n\n```\napt install x\n```\n\nMac\n\nUse brew.",
    ),
    "a box in a tab": (
        '=== "A"\n\n    !!! tip\n\n        It is `so`.\n\n    Well.\n\nEnd.',
        "A\n\nIt is so.\n\nWell.\n\nEnd.",
    ),
    "a box in an item": (
        "- One.\n\n    !!! note\n        Two.\n\n    Three.\n\n- Four.",
        "- One.\n\nTwo.\n\nThree.\n\n- Four.",
    ),
    "a title in brackets": (":::note[The `k` size]\n\nIt is 3.\n\n:::", "The k size\n\nIt is 3."),
    "a directive with prose": (
        "````{note}\n:class: wide\nIt is `so`. It stays.\n\n```\ncode\n```\n````\n\nEnd.",
        "It is so. It stays.\n\n```\ncode\n```\n\nEnd.",
    ),
    "a directive with code": ("```{code-block} py\n:linenos:\nprint(1)\n```", "```\nprint(1)\n```"),
    "a directive of files": ("Begin.\n\n```{toctree}\n:maxdepth: 2\nintro\n```\n\nEnd.", "Begin.\n\nEnd."),
    "options of colons": (":::{tip}\n:name: x\nUse it.\n:::", "Use it."),
    "text that is indented as a whole": (
        ":::info\n    It *is* so.\n\n    - One\n:::\nEnd.",
        "It is so.\n\n- One\n\nEnd.",
    ),
    "code that is indented below text": (":::info\nRun:\n\n    a *b*\n:::", "Run:\n\n```\na *b*\n```"),
    "what is generated": ("Begin.\n\n::: lib.core.Reader\n    options:\n        show: true\n\nEnd.", "Begin.\n\nEnd."),
    "code is left alone": (
        '```\n!!! note\n    Set it.\n\n=== "A"\n:::\n```',
        '```\n!!! note\n    Set it.\n\n=== "A"\n:::\n```',
    ),
    "an underline": ("Title here\n===\n\nText.", "Text."),
}


@pytest.mark.parametrize(("text", "expected"), BOXES.values(), ids=BOXES)
def test_boxes_are_read_as_the_text_in_them(text: str, expected: str) -> None:
    assert read(text) == expected


def test_boxes_in_boxes_without_end_are_read() -> None:
    lines = [f"{' ' * 4 * depth}!!! note" for depth in range(1500)]
    assert "!!!" in read("\n".join([*lines, f"{' ' * 4 * 1500}The end."]))
