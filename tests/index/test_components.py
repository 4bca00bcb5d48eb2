"""Components, imports and comments of MDX."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.loader import parse
from footnote_index.loaders.markdown.mdx.components import without_components
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
    "text that is indented in nested components": (
        """<Steps>
    <Step>
        Run it.

        * One is ~~old~~ new
        * Two

            and more of it.

        ```sh
        a
          b
        ```

        Then `go`.
    </Step>
    <Step>
        * Three
    </Step>
    Last.
</Steps>""",
        "Run it.\n\n- One is new\n- Two\n\nand more of it.\n\n```\na\n  b\n```\n\nThen go.\n\n- Three\n\nLast.",
    ),
    "code deep in components": (
        f"<Tabs>\n{' ' * 16}```json\n{' ' * 16}{{\n{' ' * 18}1\n{' ' * 16}}}\n{' ' * 16}```\n</Tabs>",
        "```\n{\n  1\n}\n```",
    ),
    "no code that is only indented": ("One.\n\n    Two **so**.\n\n    - Three", "One.\n\nTwo so.\n\n- Three"),
    "components with names of HTML elements": (
        """import { Q, A } from "@site/Questions";

### Prices

<Q>
    Is it free?
    <A>
        Yes:

        - all of it
    </A>
</Q>
<Q>And support?</Q><A>No.</A>""",
        "### Prices\n\n#### Is it free?\n\nYes:\n\n- all of it\n\n#### And support?\n\nNo.",
    ),
    "tags in attributes": (
        """<Tabs>
  <TabItem value="a" label={<Sign img={Paper} text="Paper / Spigot"/>} default>
    <Paper/>
  </TabItem>
  <TabItem value="b" label={<><Sign/> Linux</>}>One.</TabItem>
  <TabItem value="c" label={<Sign of={(x) => x > 1}/>}>Two.</TabItem>
  <TabItem value={"d"}>
    Three.
  </TabItem>
</Tabs>""",
        "Paper / Spigot\n\nLinux\n\nOne.\n\nc\n\nTwo.\n\nd\n\nThree.",
    ),
    "a program in an attribute": (
        "<Cards items={[\n    'a',\n    \"b}\"\n].map((id) => {\n    return {type: `<${id}>`}\n})} />\n\nText.",
        "Text.",
    ),
    "a program between blocks": ("{pages.map((p) => {\n  return <Card>{p}</Card>;\n})}\n\nIt{' '}is.", "It is."),
    "an export with blank lines": ("export function F() {\n  const a = 1;\n\n  return a;\n}\n\nText.", "Text."),
    "HTML with values of a program": (
        """<details style={{"marginBottom":"1rem"}}
  className={"x"}
>
  <summary
    style={{}}
  >
    <h3
      className={"y"}
    >
      Parameters
    </h3>
  </summary>

  They are **short**.
</details>""",
        "Parameters\n\nThey are short.",
    ),
    "HTML that a program hides": ('<div style={{display: "none"}}>Ignore it.</div>\n\nText.', "Text."),
    "a title on two lines, and a name with a point": (
        "import {m} from 'm';\n\n<Card title=\"Keys\n and locks\">\n  <m.div>\n    One.\n  </m.div>\n</Card>",
        "Keys and locks\n\nOne.",
    ),
    "text in attributes": (
        '<Heading\n  as={"h2"}\n  children={"Request"}\n>\n</Heading>\n\nIt is <Badge text="new" />, is it?',
        "## Request\n\nIt is new, is it?",
    ),
    "ids of headings": ("## The dam \\{#the-dam}\n\n## The lock {#lock}", "## The dam\n\n## The lock"),
    "HTML in capitals": ("<TABLE><TR><TD>a</TD><TD>b</TD></TR></TABLE>", "| a | b |"),
}


@pytest.mark.parametrize(("text", "expected"), SHOWN.values(), ids=SHOWN)
def test_components_are_read_as_the_text_in_them(text: str, expected: str) -> None:
    assert parse("a.mdx", text.encode()).text == expected


GAPS = {
    "in bold": (
        "**It has <Version of='a'/> and <Version of='b'/>.** **And <Version/>**",
        "It has … and …. And …",
    ),
    "before a comma": ("Older than <Version></Version>, or so.", "Older than …, or so."),
    "at a line break": ("It has a\n<Version/>\nclient and a <Version/>\nserver.", "It has a … client and a … server."),
    "in a cell": ("| a | b |\n|--|--|\n| Java | <Version/> |", "| a | b |\n| Java | … |"),
    "before the rest of a sentence": ("- <Version/> is newest.", "- … is newest."),
    "in a heading": ("## For <Version/> only", "## For … only"),
}


@pytest.mark.parametrize(("text", "expected"), GAPS.values(), ids=GAPS)
def test_what_a_component_writes_into_a_sentence_is_marked(text: str, expected: str) -> None:
    article = parse("a.md", text.encode())
    assert article.text == expected
    assert article.remarks == ("text that a program writes, which is shown as “…” (Version)",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Set up <Badge/>\n\n**Keys <KeyIcon/>** are short.", "## Set up\n\nKeys are short."),
        ("Press <Image src='a.png'/>.\n\n<Icon name='x'/> Settings\n\n<Toc/>", "Press.\n\nSettings"),
    ],
)
def test_what_is_no_part_of_a_sentence_leaves_no_mark(text: str, expected: str) -> None:
    article = parse("a.md", text.encode())
    assert (article.text, article.remarks) == (expected, ())


def test_indented_code_of_other_markdown_stays() -> None:
    assert parse("a.md", b"Run:\n\n    a **b**").text == "Run:\n\n```\na **b**\n```"
    assert parse("a.md", b"import A from 'a';\n\nRun:\n\n    a **b**").text == "Run:\n\na b"


@pytest.mark.parametrize("part", ["<A x={", '<A x="{`', "<A ", "<A>\n", "{a\n", "x <A/>y ", "<!--<A/>"])
def test_tags_that_do_not_end_are_read_in_time(part: str) -> None:
    without_components(part * 20_000 + "\n</A>", of_mdx=True)


def test_comments_are_told_of() -> None:
    article = parse("a.mdx", b"One.\n\n{/* This was not checked by anybody. */}\n\nTwo.")
    assert article.text == "One.\n\nTwo."
    assert "This was not checked" in article.remarks[0]


def test_files_of_mdx_are_articles() -> None:
    assert {".mdx", ".markdown"} <= {*FORMATS}
