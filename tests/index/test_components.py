"""Components, imports and comments of MDX."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.loader import parse
from footnote_index.loaders.parser_process import FORMATS

SHOWN = {
    "imports": (
        "import Tabs from '@theme/Tabs';\nimport {\n  Card,\n} from '@x/y';\nimport './a.css'\n\nText.",
        "Text.",
    ),
    "exports": ("export const a = (b) => (\n  <i>{b}</i>\n);\n\nText.", "Text."),
    "shell and Python": (
        "export KEY=1.\nimport os\n\n```js\nimport a from 'a';\n```",
        "export KEY=1.\nimport os\n\n```\nimport a from 'a';\n```",
    ),
    "tabs": (
        """<Tabs>
  <TabItem value="a" label="Linux" default>
    Run `a`:

    ```sh
    a --b
      c
    ```

    It runs.
  </TabItem>
  <TabItem value="b" label="Mac">

Use b.

  </TabItem>
</Tabs>

End.""",
        "Linux\n\nRun a:\n\n```\na --b\n  c\n```\n\nIt runs.\n\nMac\n\nUse b.\n\nEnd.",
    ),
    "a tag on several lines": (
        '<Card\n  title="Keys"\n  href="/k"\n>\n  They are short.\n</Card>',
        "Keys\n\nThey are short.",
    ),
    "in a line": ("<Tip>Use it.</Tip>\nIt is <Mark c='r'>red</Mark> with `<Mark>`.", "Use it.\nIt is red with <Mark>."),
    "empty": ('One.\n\n<Picture src="a.png" />\n\nTwo.', "One.\n\nTwo."),
    "comments": ("One.{/* never\nshown */}\n\nTwo `{/* so */}`.", "One.\n\nTwo {/* so */}."),
    "a placeholder": ("Set it to <NAME>.\n\n<Name>", "Set it to <NAME>.\n\n<Name>"),
    "HTML in capitals": ("<TABLE><TR><TD>a</TD><TD>b</TD></TR></TABLE>", "| a | b |"),
}


@pytest.mark.parametrize(("text", "expected"), SHOWN.values(), ids=SHOWN)
def test_components_are_read_as_the_text_in_them(text: str, expected: str) -> None:
    assert parse("a.mdx", text.encode()).text == expected


def test_comments_are_told_of() -> None:
    article = parse("a.mdx", b"One.\n\n{/* This was not checked by anybody. */}\n\nTwo.")
    assert article.text == "One.\n\nTwo."
    assert "This was not checked" in article.remarks[0]


def test_files_of_mdx_are_articles() -> None:
    assert {".mdx", ".markdown"} <= {*FORMATS}
