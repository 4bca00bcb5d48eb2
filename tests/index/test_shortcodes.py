"""Tabs, boxes and code that are written with shortcodes of Hugo or tags of Liquid and GitBook."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.loader import parse

HEADERS = """{{% tab header="Docker" %}}
Run `a`.
{{% /tab %}}
{{< tab "Mac OS" >}}
Run `b`.
{{< /tab >}}
{{% tab name='C' %}}
Run it.
{{% /tab %}}"""
LISTED = """{{< tabs items="A,B" >}}

  {{< tab >}}**One**.{{< /tab >}}
  {{< tab >}}Two.{{< /tab >}}

{{< /tabs >}}

End."""
GITBOOK = """{% tabs %}
{% tab title="Docker" %}
Run it.

```sh
{% kept %}
```
{% endtab %}
{% endtabs %}

End."""
BOXES = r"""{{% alert title="Mind \"it\"" color="warning" %}}
It is hot.
{{% /alert %}}

{{< admonition tip "Use it" >}}
A.
{{< /admonition >}}
{{< alert "info" >}}
B.
{{</alert>}}"""
IN_AN_ITEM = """1. Do.

   {{% alert title="Careful" %}}
   It is hot.
   {{% /alert %}}
2. End."""
FOLDED = """{{< details "Ask us" open >}}
B.
{{< /details >}}

{% details Click here %}
C.
{% enddetails %}"""
ON_SEVERAL_LINES = """{{< card
  title="Keys"
  link="/k"
>}}

{{< figure
  src="a.png" >}}

Text."""
UNTITLED = """A {{< tip "x" >}} b.

{{< figure title="No" >}}

{% if title == "x" %}
C.
{% endif %}"""
IN_CODE = """```
{{< tab "x" >}}
```

`{{< tab "x" >}}`
{{</* tab "y" */>}}"""
OF_TABPANE = r"""{{< tabpane lang="toml">}}
{{< tab header="**Example**:" disabled=true />}}
{{< tab header="Windows" lang="a" >}}

# Where it is

Depth = 'C:\> a'
Width = `3

{{< /tab >}}
{{< tab "Unix" >}}
import "fmt"
=== "A"
<Mark> *so*
{{< /tab >}}
{{< /tabpane >}}

End."""
SHOWN_OF_TABPANE = r"""Example:

Windows

```
# Where it is

Depth = 'C:\> a'
Width = `3
```

Unix

```
import "fmt"
=== "A"
<Mark> *so*
```

End."""
OF_TEXT = """{{< tabpane text=true >}}
{{< tab header="A" >}}
Text *b*.
{{< /tab >}}
{{< /tabpane >}}
{{< tabpane >}}
{{< tab "C" text=true >}}
*c*
{{< /tab >}}
{{% tab "D" %}}
*d*
{{% /tab %}}
{{< tab "E" >}}
```
e
```
*e*
{{< /tab >}}
{{< /tabpane >}}

End."""
WITH_LANGUAGE = """{{< tabs name="id" >}}
{{< tab name="A" codelang="sh" >}}
# b
{{< /tab >}}
{{< /tabs >}}

End."""
HIGHLIGHTED = """1. Do:
   {{< highlight bash >}}
   # a
     b
   {{< /highlight >}}

{% highlight ruby %}
# c
d ``` e
{% endhighlight %}"""

SHOWN = {
    "tabs with headers": (HEADERS, "Docker\n\nRun a.\n\nMac OS\n\nRun b.\n\nC\n\nRun it."),
    "tabs named before them": (LISTED, "A\n\nOne.\n\nB\n\nTwo.\n\nEnd."),
    "GitBook": (GITBOOK, "Docker\n\nRun it.\n\n```\n{% kept %}\n```\n\nEnd."),
    "Markdoc": ('{% tab label="A B" %}\nText.\n{% /tab %}', "A B\n\nText."),
    "Jekyll": ("{% tabs log %}\n{% tab log PHP %}\nText.\n{% endtab %}\n{% endtabs %}", "PHP\n\nText."),
    "boxes": (BOXES, 'Mind "it"\n\nIt is hot.\n\nUse it\n\nA.\n\nB.'),
    "a box in an item": (IN_AN_ITEM, "1. Do.\n\nCareful\n\nIt is hot.\n\n2. End."),
    "folded": (FOLDED, "Ask us\n\nB.\n\nClick here\n\nC."),
    "tags on several lines": (ON_SEVERAL_LINES, "Keys\n\nText."),
    "what shows no title": (UNTITLED, "A b.\n\nC."),
    "a tab in code": (IN_CODE, '```\n{{< tab "x" >}}\n```\n\n{{< tab "x" >}}'),
    "code in a box of MkDocs": ("!!! note\n\n    ```\n    {% kept %}\n    ```", "```\n{% kept %}\n```"),
    "code in tabs": (OF_TABPANE, SHOWN_OF_TABPANE),
    "text in tabs": (OF_TEXT, "A\n\nText b.\n\nC\n\nc\n\nD\n\nd\n\nE\n\n```\ne\n```\n\ne\n\nEnd."),
    "tabs with a language": (WITH_LANGUAGE, "A\n\n```\n# b\n```\n\nEnd."),
    "highlighted": (HIGHLIGHTED, "1. Do:\n\n```\n# a\n  b\n```\n\n```\n# c\nd ``` e\n```"),
}


@pytest.mark.parametrize(("text", "expected"), SHOWN.values(), ids=SHOWN)
def test_what_readers_see_of_shortcodes_is_read(text: str, expected: str) -> None:
    assert parse("a.md", text.encode()).text == expected


TABS = '{{< tabs >}}\n{{% tab "A" %}}\n- One.\n{{% /tab %}}\n{{% tab "B" %}}\n- Two.\n{{% /tab %}}\n{{< /tabs >}}\n'


@pytest.mark.parametrize(
    "after", ["", "\n---\n", "\n[a]: https://example.org\n", "\n## Next\n\nText.", "\n### Next\n\nText."]
)
def test_tabs_at_the_end_of_a_section_are_sections(after: str) -> None:
    article = parse("tabs.md", f"Text.\n\n## Start it\n\nText.\n\n{TABS}{after}".encode())
    assert article.sections_at(article.text.index("- One.")) == ("Start it", "A")
    assert article.sections_at(article.text.index("- Two.")) == ("Start it", "B")
    if after.endswith("Text."):
        assert article.sections_at(article.text.rindex("Text.")) in {("Next",), ("Start it", "Next")}


@pytest.mark.parametrize("after", ["\nText.", "\n#### Next\n\nText.", "\n```\ncode\n```"])
def test_tabs_above_other_text_of_their_section_are_not(after: str) -> None:
    article = parse("tabs.md", f"Text.\n\n## Start it\n\nText.\n\n{TABS}{after}".encode())
    assert "\n\nB\n\n- Two." in article.text
    assert article.sections_at(len(article.text) - 1)[:1] == ("Start it",)
    assert "B" not in article.sections_at(len(article.text) - 1)


def test_headings_in_tabs_stay_below_the_section() -> None:
    article = parse(
        "tabs.md", b'## Start it\n\n{{< tabs >}}\n{{< tab "A" >}}\n### Deep\n\nOne.\n{{< /tab >}}\n{{< /tabs >}}'
    )
    assert article.text == "## Start it\n\nA\n\n### Deep\n\nOne."


def test_shortcodes_without_end_are_read() -> None:
    text = '{{< tabpane >}}\n{{< highlight sh >}}\n{{< tab "B" >}}\nText.\n' * 2000
    assert parse("tabs.md", text.encode()).text.startswith("B\n\nText.")
