"""Links whose words only point are read with their addresses."""

from __future__ import annotations

import pytest
from lxml import html

from footnote.checks.addresses import has_known_addresses
from footnote.checks.source import QuotedSource
from footnote.text.sentences import split_sentences
from footnote_index.loaders.blocks import Blocks
from footnote_index.loaders.markdown import loader
from footnote_index.loaders.markdown.inline import Inline, references_in
from footnote_index.loaders.markup.pointing import LONGEST_ADDRESS, with_address
from footnote_index.loaders.markup.tree_to_blocks import lay_out

DAM = "https://norvik.example/dam"


@pytest.mark.parametrize(
    "words",
    [
        *["here", "Here", "click here", "Click here for details", "this page", "this link", "this official guide"],
        *["this", "link", "hier", "Hier klicken", "diese Seite", "ici", "aquí", "здесь", "こちら", "这里", "여기"],
    ],
)
def test_what_only_points_is_followed_by_the_address(words: str) -> None:
    assert with_address(words, DAM) == f"{words} ({DAM})"
    assert Inline().seen(f"You find it [{words}]({DAM}).") == f"You find it {words} ({DAM})."


@pytest.mark.parametrize(
    "words", ["the dam", "releases page", "there is", "hereby", "Where to go from here", "Norvik", "", "thistle"]
)
def test_words_that_say_what_a_link_leads_to_stand_alone(words: str) -> None:
    assert with_address(words, DAM) is None


@pytest.mark.parametrize(
    "address",
    [
        *["/dam", "dam.md", "#dam", "mailto:ann@norvik.example", "javascript:alert(1)", "ftp://norvik.example"],
        *["https://norvik.example@evil.example/", "https://", "https://norvik.example/\u202e", "https://a b"],
        f"https://norvik.example/{'a' * LONGEST_ADDRESS}",
    ],
)
def test_other_addresses_are_not_shown(address: str) -> None:
    assert with_address("here", address) is None
    assert "(" not in Inline().seen(f"See [here](<{address}>).")


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("Use [this page.](https://norvik.example) If not", "Use this page (https://norvik.example). If not"),
        ("See [**here**](https://norvik.example)", "See here (https://norvik.example)"),
        ("See **[here](https://norvik.example)**.", "See here (https://norvik.example)."),
        ("See [here](https://norvik.example/a_(b)_c 'the dam')", "See here (https://norvik.example/a_(b)_c)"),
        ("See [here](<https://norvik.example/a*b*c>)", "See here (https://norvik.example/a*b*c)"),
        ("See [here](https://norvik.example){:target=_blank}", "See here (https://norvik.example)"),
        ("See [here](https://norvik.example?a=1&amp;b=2)", "See here (https://norvik.example?a=1&b=2)"),
        ('See <a href="https://norvik.example?a&amp;b">here</a>.', "See here (https://norvik.example?a&b)."),
        (
            "See [here](https://a.example) or [here](https://b.example)",
            "See here (https://a.example) or here (https://b.example)",
        ),
        ("See [here](https://norvik.example): <https://norvik.example>", "See here: https://norvik.example"),
        ("`[here](https://norvik.example)`", "[here](https://norvik.example)"),
    ],
)
def test_the_address_is_the_one_of_the_link(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


@pytest.mark.parametrize("line", ["See [here][dam].", "See [here][].", "See [here]."])
def test_an_address_may_stand_elsewhere(line: str) -> None:
    references = references_in(f"[dam]: {DAM}\n[here]: <{DAM}>\n[here]: https://other.example")
    assert Inline(references).seen(line) == f"See here ({DAM})."


def test_a_sentence_with_an_address_is_whole_and_passes_the_check_of_addresses() -> None:
    plan = f"The plan can be found [here]({DAM}/a.b_(c)?d=e.f). It is old."
    text = loader.parse("dam.md", f"# Dam\n\n{plan}\n\n| [Click here for more]({DAM}) |\n|-|\n".encode()).text
    quotes = [text[one.start : one.end] for one in split_sentences(text)]
    said = f"The plan can be found here ({DAM}/a.b_(c)?d=e.f)."
    assert quotes == [said, "It is old.", f"| Click here for more ({DAM}) |"]
    assert has_known_addresses(said, [QuotedSource(said)])
    assert not has_known_addresses(said.replace("/dam/", "/dim/"), [QuotedSource(said)])


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (f"<p>The plan is <a href='{DAM}'>here</a>.</p>", f"The plan is here ({DAM})."),
        (f"<p>Read <em><a href='{DAM}'>this page</a></em> first.</p>", f"Read this page ({DAM}) first."),
        (f"<p>Read <a href='{DAM}'><b>this</b> page.</a></p>", f"Read this page ({DAM})."),
        (f"<table><tr><td>Dam</td><td><a href='{DAM}'>Link</a></td></tr></table>", f"| Dam | Link ({DAM}) |"),
        (f"<ul><li><a href='{DAM}'>Here</a></li></ul>", "- Here"),
        ("<p>The plan is <a href='/dam'>here</a>.</p>", "The plan is here."),
        (f"<p>The plan of <a href='{DAM}'>the dam</a>.</p>", "The plan of the dam."),
    ],
)
def test_on_web_pages_it_is_one_inside_a_sentence_or_a_cell(page: str, text: str) -> None:
    blocks = Blocks()
    lay_out(html.fromstring(f"<div>{page}</div>"), blocks)
    assert blocks.text.removeprefix("|  |  |\n") == text
