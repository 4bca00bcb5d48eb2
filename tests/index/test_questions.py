"""Questions above their answers: in all formats, they become headings, and their labels are left out."""

from __future__ import annotations

import pytest
from sample_files import docx, paragraph

from footnote_index.loaders import plain_text
from footnote_index.loaders.blocks import Block, BlockKind, text_of
from footnote_index.loaders.docx import loader as word
from footnote_index.loaders.html import loader as html
from footnote_index.loaders.markdown import loader as markdown

WIFI, YES = "Is there Wi-Fi?", "Yes, in all rooms."


def read(*lines: str) -> list[str]:
    return text_of(Block(BlockKind.PARAGRAPH, line) for line in lines).split("\n\n")


def in_markdown(text: str) -> list[str]:
    return [line for line in markdown.parse("a.md", f"# FAQ\n\n{text}".encode()).text.splitlines() if line]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (f"Q: {WIFI}", f"A: {YES}"),
        (f"Q. {WIFI}", f"A. {YES}"),
        (f"Q1: {WIFI}", f"A1: {YES}"),
        (f"Q 12) {WIFI}", f"A 12) {YES}"),
        (f"Question: {WIFI}", f"Answer: {YES}"),
        (f"Question 3: {WIFI}", f"Answer 3: {YES}"),
        (f"Frage: {WIFI}", f"Antwort: {YES}"),
        (f"F: {WIFI}", f"A: {YES}"),
        (f"**Q: {WIFI}**", f"A: {YES}"),
        (f"**Q:** {WIFI}", f"**A:** {YES}"),
        (f"**{WIFI}**", YES),
        (f"Q: {WIFI}", YES),
    ],
)
def test_a_question_is_the_heading_of_its_answer(asked: str, answer: str) -> None:
    assert read(asked, answer) == [f"## {WIFI}", YES]


def test_a_labelled_question_needs_no_question_mark() -> None:
    assert read("Q: How to get in", "A: By the gate.") == ["## How to get in", "By the gate."]


def test_question_and_answer_may_stand_on_one_line() -> None:
    assert read(f"Q: {WIFI} A: {YES}") == [f"## {WIFI}", YES]


def test_a_label_alone_on_its_line_is_left_out() -> None:
    assert read(f"Q: {WIFI}", "A:", YES) == [f"## {WIFI}", YES]


def test_a_question_is_one_level_below_its_section() -> None:
    blocks = [Block(BlockKind.HEADING, "Visitors", 2)]
    blocks += [Block(BlockKind.PARAGRAPH, one) for one in (f"Q: {WIFI}", f"A: {YES}", "Q: Free?", "A: No.")]
    assert text_of(blocks) == f"## Visitors\n\n### {WIFI}\n\n{YES}\n\n### Free?\n\nNo."


def test_a_heading_and_its_answer_lose_their_labels_too() -> None:
    blocks = [Block(BlockKind.HEADING, f"Q: {WIFI}", 3), Block(BlockKind.PARAGRAPH, f"A: {YES}")]
    assert text_of(blocks) == f"### {WIFI}\n\n{YES}"
    assert text_of([Block(BlockKind.HEADING, "Q4: results", 2)]) == "## Q4: results"


def test_items_of_a_list_may_ask_and_answer() -> None:
    blocks = [Block(BlockKind.ITEM, one) for one in (f"Q: {WIFI}", f"A: {YES}", f"Q: {WIFI} A: {YES}")]
    assert text_of(blocks) == f"## {WIFI}\n\n{YES}\n\n## {WIFI}\n\n{YES}"


@pytest.mark.parametrize(
    "lines",
    [
        ("Q1: What is 2 and 2?", "Q2: What is 3 and 3?", "The answers are on page 9."),
        ("**Why so?**", "**And why not?**", "Nobody knows."),
        ("Q4: sales rose.", "They fell later."),
        ("Why so?", "Nobody knows."),
        ("Why so? **Because it is so?** Yes.", "Nobody knows."),
        ("A: The first hall", "B: The second hall"),
        (f"Q: {WIFI}",),
        ("Q: Is it so?" + " Is it so?" * 40, "It is."),
        ("P: I like it here.", "R: Come in."),
    ],
)
def test_what_is_no_question_with_an_answer_stays(lines: tuple[str, ...]) -> None:
    assert read(*lines) == [*lines]


def test_the_choices_of_a_quiz_keep_their_letters() -> None:
    assert read("Q. Which one?", "A. Red", "B. Blue") == ["## Which one?", "A. Red", "B. Blue"]


def test_a_name_is_no_label() -> None:
    assert read("**Who founded it?**", "A. Smith founded it.")[1] == "A. Smith founded it."


@pytest.mark.parametrize(
    "text",
    [
        f"**Q: {WIFI}**\nA: {YES}",
        f"**Q: {WIFI}**\n\nA: {YES}",
        f"**{WIFI}**\n{YES}",
        f"**{WIFI}**\n\n{YES}",
        f"__{WIFI}__\\\n{YES}",
        f"- **Q: {WIFI}**\n  A: {YES}",
        f"<p><b>{WIFI}</b></p>\n<p>{YES}</p>",
    ],
)
def test_markdown(text: str) -> None:
    assert in_markdown(text) == [f"## {WIFI}", YES]


@pytest.mark.parametrize(
    "text",
    [
        f"- **{WIFI}** <br />\n{YES}",
        f"- **{WIFI}**<br>{YES}",
        f"* **{WIFI[:-1]}**? <br/>\n  {YES}",
        f"1. **{WIFI}**\n   {YES}",
        f"**{WIFI}** <br>\n{YES}",
        f"**{WIFI[:-1]}**?\n{YES}",
    ],
)
def test_a_bold_question_at_the_start_of_an_item_or_paragraph_is_the_heading_of_what_follows(text: str) -> None:
    assert in_markdown(text) == [f"## {WIFI}", YES]


@pytest.mark.parametrize("text", [f"- **{WIFI}**", f"- **{WIFI}** {YES}", f"- One\n  - **{WIFI}** <br>\n    {YES}"])
def test_a_bold_question_without_its_answer_below_stays_an_item(text: str) -> None:
    assert not [line for line in in_markdown(text) if line.startswith("#")]


def test_a_bold_question_inside_a_paragraph_is_no_heading() -> None:
    text = "It is old. **Who would have thought?** Nobody did."
    assert in_markdown(text) == ["It is old. Who would have thought? Nobody did."]
    assert in_markdown("**Who would?** Nobody did.") == ["Who would? Nobody did."]


def test_plain_text() -> None:
    text = f"Q: {WIFI}\nA: {YES}\n\nQ: May guests bring a\ndog?\n\nA: It is.\n"
    article = plain_text.parse("faq.txt", text.encode())
    assert article.title == "faq"
    assert article.text == f"## {WIFI}\n{YES}\n\n## May guests bring a dog?\n\nIt is."


def test_lines_of_one_length_are_not_joined_across_a_label() -> None:
    lines = (
        "Q: Is there a network in the rooms that guests can use?",
        "A: Yes, there is a network in all of the rooms, and",
    )
    article = plain_text.parse(
        "a.txt", "\n".join([*lines, "guests can use it as much as they like, at no charge."]).encode()
    )
    assert article.text.splitlines()[0] == "## Is there a network in the rooms that guests can use?"


@pytest.mark.parametrize(
    "body",
    [
        f"<p><strong>Q: {WIFI}</strong></p><p>A: {YES}</p>",
        f"<p><strong>Q: {WIFI}</strong><br>A: {YES}</p>",
        f"<p><b>{WIFI}</b></p><p>{YES}</p>",
        f"<p><b>Is there </b><strong>Wi-Fi?</strong><br>{YES}</p>",
        f"<div><div><b>Q:</b> {WIFI}</div><div><b>A:</b> {YES}</div></div>",
        f"<dl><dt>{WIFI}</dt><dd>{YES}</dd></dl>",
    ],
)
def test_web_pages(body: str) -> None:
    page = f"<html><body><main><h1>FAQ</h1><p>What many guests of the house ask us.</p>{body}</main></body></html>"
    lines = [line for line in html.parse("a.html", page.encode()).text.splitlines() if line]
    assert lines[-2:] == [f"## {WIFI}", YES]


def test_a_bold_question_before_other_words_is_no_heading_on_a_page() -> None:
    page = f"<html><body><main><p><b>{WIFI}</b> {YES}</p><p><b>Why?</b><i>!</i><br>{YES}</p></main></body></html>"
    assert "#" not in html.parse("a.html", page.encode()).text


def test_word() -> None:
    bold = f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{WIFI}</w:t></w:r></w:p>"
    body = paragraph("FAQ", "Titel") + bold + paragraph(YES) + paragraph("Q: Is it free?") + paragraph("A: It is.")
    plain = paragraph("Is it plain?") + paragraph("It is.")
    text = word.parse("a.docx", docx(body + plain)).text
    assert text.split("\n\n") == [f"## {WIFI}", YES, "## Is it free?", "It is.", "Is it plain?", "It is."]
