"""Word documents and books, with what their files only hint at."""

# ruff: noqa: E501 - documents read better on one line
from __future__ import annotations

from datetime import date

import pytest
from sample_files import chapter, docx, epub, paragraph

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.text.sentences import split_sentences
from footnote_index.loaders import epub as epub_loader
from footnote_index.loaders.docx import loader as docx_loader

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def sentences(article: Article) -> list[str]:
    return [article.text[one.start : one.end] for one in split_sentences(article.text)]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def formula(inner: str) -> str:
    return f'<m:oMath xmlns:m="{M}">{inner}</m:oMath>'


def said(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (word(run("It costs "), run("3", "<w:strike/>"), run(" 4 francs."), run("No.", "<w:dstrike/>")), ["It costs 4 francs."]),
        (word(run("It costs "), run("3", '<w:strike w:val="0"/>'), run(" francs.")), ["It costs 3 francs."]),
        (word(run("It has 10"), run("4", '<w:vertAlign w:val="superscript"/>'), run(" m and CO"),
              run("2", '<w:vertAlign w:val="subscript"/>'), run(".")), ["It has 10⁴ m and CO₂."]),
        (word(run("It is "), '<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>', run("4 or "),
              '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("5.")), ["It is −4 or ≥5."]),
        (word(run("It is 2"), formula(f"<m:f><m:num>{said('1')}</m:num><m:den>{said('2')}</m:den></m:f>"), run(" long.")),
         ["It is 2 1/2 long."]),
        (word(formula(f"<m:sSup><m:e>{said('x')}</m:e><m:sup>{said('2')}</m:sup></m:sSup>{said('=')}{said('4')}")), ["x² = 4"]),
        (word(formula("<m:nary><m:naryPr/><m:sub>" + said("0") + "</m:sub><m:sup>" + said("1") + "</m:sup><m:e>" + said("x") + "</m:e></m:nary>")),
         ["∫_0^1 x"]),
        (word(formula("<m:m><m:mr><m:e>" + said("1") + "</m:e></m:mr></m:m>")), ["[formula]"]),
        (word(run("The cabin has "), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + word(run("two beds.")), ["The cabin has two beds."]),
        ("".join(word(run(text), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>') for text in ("Open.", "Close.")),
         ["1. Open.", "2. Close."]),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>みなと</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>港</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
         ["港"]),
        ("<w:p><w:r><w:t>The light</w:t><w:softHyphen/><w:t>house.</w:t></w:r></w:p>", ["The lighthouse."]),
        ("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("Old") + "</w:tc></w:tr>"
         + "".join(f"<w:tr><w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc><w:tc>{paragraph(rent)}{paragraph('Paid late')}</w:tc></w:tr>"
                   for merge, text, rent in (('<w:vMerge w:val="restart"/>', "North", "3."), ("<w:vMerge/>", "", "4"))) + "</w:tbl>",
         ["| North | 3. Paid late |", "| North | 4; Paid late |"]),
        ("<w:tbl><w:tr>" + cell("Norvik", '<w:gridSpan w:val="2"/>') + cell("5 m", '<w:vMerge w:val="restart"/>') + "</w:tr>"
         + "<w:tr>" + cell("Lund") + cell("old") + cell("", "<w:vMerge/>") + "</w:tr>"
         + '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("new") + cell("", "<w:vMerge/>") + "</w:tr></w:tbl>",
         ["| Norvik |  | 5 m |", "| Lund | old | 5 m |", "|  | new | 5 m |"]),
    ],
)  # fmt: skip
def test_a_word_document_is_read_as_a_person_reads_it(body: str, expected: list[str]) -> None:
    assert sentences(docx_loader.parse("a.docx", docx(body))) == expected


@pytest.mark.parametrize(
    ("first", "is_headless"),
    [
        (f"<w:tr>{cell('Berth')}{cell('Keeper')}</w:tr>", True),
        (f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Berth')}{cell('Keeper')}</w:tr>", False),
        (
            f"<w:tr><w:tc>{word(run('Berth', '<w:b/>'))}</w:tc><w:tc>{word(run('Keeper', '<w:b/>'))}</w:tc></w:tr>",
            False,
        ),
        (f"<w:tr><w:tc>{word(run('Berth', '<w:b/>'))}</w:tc>{cell('Anna')}</w:tr>", True),
    ],
)
def test_word_says_whether_the_first_row_names_the_columns(first: str, is_headless: bool) -> None:
    text = docx_loader.parse("a.docx", docx(f"<w:tbl>{first}<w:tr>{cell('North')}{cell('Nils')}</w:tr></w:tbl>")).text
    assert text.startswith("|  |  |\n") is is_headless


def test_footnotes_and_endnotes_of_word_are_sentences_of_their_own() -> None:
    body = word(run("It is 9 m long."), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" It is free."),
                '<w:r><w:endnoteReference w:id="2"/></w:r>')  # fmt: skip
    notes = {
        f"word/{kind}s.xml": f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:id="0">{paragraph("separator")}</w:{kind}>'
        f'<w:{kind} w:id="2">{paragraph(text)}</w:{kind}></w:{kind}s>'
        for kind, text in (("footnote", "Dug by Halvard."), ("endnote", "Since 1914."))
    }
    assert sentences(docx_loader.parse("a.docx", docx(body, more=notes))) == [
        *("It is 9 m long.¹", "It is free.²", "¹ Dug by Halvard.", "² Since 1914."),
    ]


STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="High"><w:name w:val="High"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Higher"><w:name w:val="Higher"/><w:basedOn w:val="High"/></w:style>'
    '<w:style w:styleId="Step"><w:name w:val="Step"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="C"><w:name w:val="Source Code"/></w:style>'
)
NUMBERS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def listed(text: str, number: int, style: str = "") -> str:
    return word(run(text), properties=f'<w:pStyle w:val="{style}"/><w:numPr><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (word(run("It costs "), run("3", '<w:rStyle w:val="Gone"/>'), run("4 francs.")), ["It costs 4 francs."]),
        (word(run("It has 10"), run("4", '<w:rStyle w:val="Higher"/>'), run(" m.")), ["It has 10⁴ m."]),
        (word(run("It has 10"), run("4", '<w:position w:val="6"/>'), run(" m.")), ["It has 10⁴ m."]),
        (word(run("It is "), run("\uf02d", '<w:rFonts w:ascii="Symbol"/>'), run("4.")), ["It is −4."]),
        (listed("Open.", 1) + listed("Close.", 1) + listed("Begin.", 2), ["3) Open.", "4) Close.", "1) Begin."]),
        (word(run("Open."), properties='<w:pStyle w:val="Step"/>'), ["3) Open."]),
        (listed("Scope", 1, "H1") + word(run("It is wide.")), ["# 3) Scope", "It is wide."]),
        (word(run("if a:"), properties='<w:pStyle w:val="C"/>') + word(run("  go"), properties='<w:pStyle w:val="C"/>') + word(run("Done.")),
         ["if a:\n  go", "Done."]),
        (word(run("The mill"), "<w:r><w:br/></w:r>", run("is old."), "<w:r><w:br/></w:r>", run("Rent: 5")), ["The mill is old.", "Rent: 5"]),
        (word(formula(f"<m:f><m:fPr><m:type m:val='noBar'/></m:fPr><m:num>{said('5')}</m:num><m:den>{said('2')}</m:den></m:f>")),
         ["[formula]"]),
        (f"<m:oMathPara xmlns:m='{M}'>{formula(said('x=4'))}</m:oMathPara>", ["x = 4"]),
    ],
)  # fmt: skip
def test_styles_and_lists_of_word_count(body: str, expected: list[str]) -> None:
    more = {
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{NUMBERS}</w:numbering>',
    }
    assert sentences(docx_loader.parse("a.docx", docx(body, more=more))) == expected


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
def test_hidden_text_of_word_is_left_out_and_named(properties: str) -> None:
    body = word(run("It is red.")) + word(run("It is really blue.", properties))
    article = docx_loader.parse("a.docx", docx(body))
    assert (article.text, article.remarks) == ("It is red.", ("hidden text, which is left out (“It is really blue.”)",))


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    shaded = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'
    assert docx_loader.parse("a.docx", docx(word(run("It is red.", shaded)))).text == "It is red."


def test_the_name_of_a_file_is_no_title_of_a_word_document() -> None:
    body = word(run("The mill"), properties='<w:pStyle w:val="berschrift1"/>') + paragraph("It is old.")
    article = docx_loader.parse("a.docx", docx(body, properties="<dc:title>Microsoft Word - mill.doc</dc:title>"))
    assert article.title == "The mill"


def test_a_title_in_a_table_is_the_title_of_a_word_document() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('The mill', 'Titel')}</w:tc>{cell('Tarn')}</w:tr></w:tbl>"
    article = docx_loader.parse("a.docx", docx(table + paragraph("It is old.")))
    assert (article.title, article.text) == ("The mill", "|  | Tarn |\n\nIt is old.")


@pytest.mark.parametrize(
    ("title", "text"), [("The mill", "It is old."), ("Letter of 2011", "# The mill\n\nIt is old.")]
)
def test_a_title_paragraph_is_a_heading_if_the_document_has_another_title(title: str, text: str) -> None:
    body = paragraph("The mill", "Titel") + paragraph("It is old.")
    article = docx_loader.parse("a.docx", docx(body, properties=f"<dc:title>{title}</dc:title>"))
    assert (article.title, article.text) == (title, text)
    in_table = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert docx_loader.parse("a.docx", docx(in_table, properties=f"<dc:title>{title}</dc:title>")).text == text


def test_a_second_title_paragraph_is_a_heading() -> None:
    body = paragraph("The mill", "Titel") + paragraph("It is old.") + paragraph("The lock", "Titel")
    assert (
        docx_loader.parse("a.docx", docx(body + paragraph("It is new."))).text
        == "It is old.\n\n# The lock\n\nIt is new."
    )


FIRM = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Firm"><w:name w:val="Firm Heading"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Out"><w:name w:val="Chapter"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("Scope", "Firm"), "# Scope"),
        (paragraph("What does it cost?", "Out"), "## What does it cost?"),
        (paragraph("The rent is 5 francs.", "Firm"), "The rent is 5 francs."),
        (paragraph("It is 5 francs.", "H1"), "# It is 5 francs."),
        (paragraph("Contents", "Toc"), ""),
        (f"<w:tbl><w:tr><w:tc>{paragraph('Rent', 'Firm')}</w:tc>{cell('5')}</w:tr></w:tbl>", "| Rent | 5 |"),
    ],
)
def test_what_looks_like_a_heading_is_one_unless_it_is_a_sentence_or_a_cell(body: str, expected: str) -> None:
    document = docx(body + paragraph("Done."), more={"word/styles.xml": FIRM})
    assert docx_loader.parse("a.docx", document).text == f"{expected}\n\nDone.".strip()


def test_what_a_template_says_is_not_what_a_document_says() -> None:
    properties = "<dc:title>Word Document</dc:title><dc:creator>python-docx</dc:creator><dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    article = docx_loader.parse("a.docx", docx(paragraph("Text."), properties=properties))
    assert (article.title, article.author, article.published) == ("a", None, None)


def test_a_book_is_read_without_the_chapter_that_is_missing_and_says_so() -> None:
    book = epub({"a.xhtml": chapter("<p>It has four gates.</p>")}, spine=["a.xhtml", "b.xhtml"])
    article = epub_loader.parse("a.epub", book)
    assert article.text == "It has four gates."
    assert article.remarks == ("a chapter that is missing in the file (OEBPS/b.xhtml)",)
    with pytest.raises(ArticleError, match="is missing, and it has no other"):
        epub_loader.parse("a.epub", epub({}, spine=["b.xhtml"]))


def test_a_book_is_read_without_the_chapter_that_is_damaged_and_says_so() -> None:
    article = epub_loader.parse("a.epub", epub({"a.xhtml": chapter("<p>It has four gates.</p>"), "b.xhtml": ""}))
    assert article.text == "It has four gates."
    assert article.remarks == ("a chapter that is damaged in the file (OEBPS/b.xhtml)",)


def test_the_style_sheets_of_a_book_count() -> None:
    page = chapter("<p>It has 10<span class='up'>4</span> m.</p>").replace(
        "<title>", "<link rel='stylesheet' href='css/a.css'/><title>"
    )
    book = epub({"a.xhtml": page}, more={"OEBPS/css/a.css": ".up { vertical-align: super }"})
    assert epub_loader.parse("a.epub", book).text == "It has 10⁴ m."


def test_chapters_are_found_whatever_their_case_and_read_once_whatever_their_fragments() -> None:
    book = epub(
        {"Text/A.xhtml": chapter("<p>It has four gates.</p>")},
        spine=["text/a.xhtml#one", "text/a.xhtml#two"],
        metadata="<dc:title>T</dc:title>",
    )
    assert epub_loader.parse("a.epub", book).text == "It has four gates."


def test_a_book_is_by_who_wrote_it_and_from_the_day_it_was_published() -> None:
    opf = 'xmlns:opf="http://www.idpf.org/2007/opf"'
    book = epub(
        {"a.xhtml": chapter("<p>5,000<sup><a href='#n'>3</a></sup> bats on 10<sup>6</sup> m. <del>Old.</del></p>")},
        metadata=f'<dc:creator {opf} opf:role="aut">A. Writer</dc:creator><dc:creator {opf} opf:role="trl">T. Rans</dc:creator>'
        f'<dc:date {opf} opf:event="modification">2021-05-05</dc:date><dc:date {opf} opf:event="publication">1999-03-02</dc:date>',
    )
    article = epub_loader.parse("a.epub", book)
    assert (article.author, article.published) == ("A. Writer", date(1999, 3, 2))
    assert article.text == "5,000³ bats on 10⁶ m."


def test_hidden_text_in_a_book_is_left_out_and_named() -> None:
    book = epub({"a.xhtml": chapter("<p>It is red.</p><p style='opacity:0'>It is really blue.</p>")})
    article = epub_loader.parse("a.epub", book)
    assert article.text == "It is red."
    assert article.remarks == ("hidden text, which is left out (“It is really blue.”)",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>It is red.<br>It is new.</p><p>It is dry.</p>", "It is red.\n\nIt is new.\n\nIt is dry."),
        ("<p><img src='a.png'>It is red.</p><hr><p>It is new.</p>", "It is red.\n\nIt is new."),
        ("<p>AT&T is big. 5 < 6 and 7 > 3.</p>", "AT&T is big. 5 < 6 and 7 > 3."),
        ("<p>It is <a id='x'/>red & <a href='?a=1&b=2'>new</a>.</p><p>It is dry.", "It is red & new.\n\nIt is dry."),
        ("<p>Cafés & bars.</p>", "Cafés & bars."),
        ("<p>10<br><svg:svg><svg:text>no</svg:text></svg:svg><m:math><m:msup><m:mn>10</m:mn><m:mn>4</m:mn></m:msup></m:math></p>",
         "10\n\n10⁴"),
        ("<p><![CDATA[It is red.]]></p><p>A & B</p>", "It is red.\n\nA B"),
    ],
)  # fmt: skip
def test_a_chapter_that_is_not_well_formed_is_read_whole(body: str, expected: str) -> None:
    assert epub_loader.parse("a.epub", epub({"a.xhtml": chapter(body)})).text == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<pre>a&nbsp;=&nbsp;b &minus; c</pre>", "```\na = b − c\n```"),
        ("<p><math><mi>x</mi><mo>&minus;</mo><mn>4</mn></math></p>", "x − 4"),
        ("<p>A&nbsp;mill &mdash; &eacute;t&eacute;.</p>", "A mill — été."),
    ],
)
def test_entities_in_a_chapter_are_resolved_everywhere(body: str, expected: str) -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x">'
    for page in (chapter(body), chapter(body, doctype)):
        assert epub_loader.parse("a.epub", epub({"a.xhtml": page})).text.replace("\u00a0", " ") == expected
