"""Web pages, PDFs, Word documents and books -> articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sample_files import chapter, docx, epub, page, paragraph, pdf, zipped

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.text.sentences import split_sentences
from footnote_index.loaders import epub as epub_reader
from footnote_index.loaders.docx import loader as docx_reader
from footnote_index.loaders.folder import find_articles, read_articles
from footnote_index.loaders.html import loader as html_reader
from footnote_index.loaders.pdf import loader as pdf_reader

PROSE = "The valley fell on Monday after a week of fighting, and nobody had been told of it before."
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>The fall - Kabul Dispatch</title>
<link rel="canonical" href="https://example.org/fall"><meta name="author" content="Anna Writer">
<meta property="og:title" content="The fall"><meta property="og:site_name" content="Kabul Dispatch">
<meta property="article:published_time" content="2021-09-06T10:00:00+04:30"></head>
<body><nav><a href="/">Home</a> <a href="/w">World menu</a></nav><article><h1>The fall</h1><p>{PROSE}</p>
<h2>What happened</h2><p>The governor's house was
taken at noon, said two witnesses who had been there.</p><ul><li>First item.</li><li>Second item.</li></ul>
<table><tr><th>Year</th><th>Fighters</th></tr><tr><td>2021</td><td>5,000</td></tr></table></article>
<footer>Copyright 2021 menu</footer></body></html>"""


def sentences(article: Article) -> list[str]:
    return [article.text[sentence.start : sentence.end] for sentence in split_sentences(article.text)]


# --- web pages


def test_a_web_page_is_its_article_without_menus() -> None:
    assert html_reader.parse("a.html", PAGE.encode()) == Article(
        "a.html",
        "The fall",
        f"{PROSE}\n\n## What happened\n\nThe governor's house was taken at noon, said two witnesses who had been there."
        "\n\n- First item.\n- Second item.\n\n| Year | Fighters |\n| 2021 | 5,000 |",
        source="Kabul Dispatch",
        author="Anna Writer",
        published=date(2021, 9, 6),
        url="https://example.org/fall",
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "/fall"])
def test_a_canonical_url_that_is_no_web_address_is_left_out(url: str) -> None:
    assert html_reader.parse("a.html", PAGE.replace("https://example.org/fall", url).encode()).url is None


def test_what_a_page_hides_or_runs_is_not_its_text() -> None:
    more = (
        "<script>var scripted</script><style>.styled{}</style><p style='display: none'>Concealed sentence here.</p>"
        "<meta http-equiv='refresh' content='0;url=https://evil.example/'></article>"
    )
    article = html_reader.parse("a.html", PAGE.replace("</article>", more).encode())
    assert article == html_reader.parse("a.html", PAGE.encode())


@pytest.mark.parametrize(
    ("encoding", "declared"), [("cp1251", "windows-1251"), ("cp932", "Shift_JIS"), ("cp1250", "cp1250")]
)
def test_a_page_may_declare_its_encoding(encoding: str, declared: str) -> None:
    words = {"cp1251": "Долина пала.", "cp932": "谷は陥落した。", "cp1250": "Żołnierze odeszli."}[encoding]
    page = PAGE.replace('"utf-8"', f'"{declared}"').replace(PROSE, f"{words} {PROSE}")
    assert words in html_reader.parse("a.html", page.encode(encoding)).text


# --- PDFs


def test_lines_of_a_pdf_become_paragraphs_with_whole_sentences() -> None:
    article = pdf_reader.parse(
        "a.pdf",
        pdf(
            [
                [
                    (72, 800, 18, "What happened"),
                    *page(
                        "The Panjshir Valley fell on 6 September 2021, after a week of fight-",
                        "ing near the north-eastern border. Well-known people from many dis-",
                        "tricts were there, and the governor's house was taken. It was noon in a",
                        "valley that knows fighting.",
                        "",
                        "A second paragraph begins here; it tells of the road, which was closed",
                        "for eleven days, and of a well-",
                        "known driver.",
                    ),
                ]
            ],
            info="/Title (The fall) /Author (A. Writer) /CreationDate (D:20210906100000Z)",
        ),
    )
    assert article == Article(
        "a.pdf",
        "The fall",
        "# What happened\n\nThe Panjshir Valley fell on 6 September 2021, after a week of fighting near the "
        "north-eastern border. Well-known people from many districts were there, and the governor's house was taken. "
        "It was noon in a valley that knows fighting.\n\nA second paragraph begins here; it tells of the road, which "
        "was closed for eleven days, and of a well-known driver.",
        author="A. Writer",
        published=date(2021, 9, 6),
        pages=(0,),
    )


def test_a_sentence_that_goes_over_the_page_is_whole_and_stands_on_the_page_it_begins_on() -> None:
    pages = [
        page("Page one ends with a sentence that is about to be continued over", "the end of this page, and does not"),
        [],
        page("end before this line. A sentence of page three stands here, all by itself."),
    ]
    article = pdf_reader.parse("a.pdf", pdf(pages))
    first, second = sentences(article)
    assert first.endswith("and does not end before this line.")
    assert second == "A sentence of page three stands here, all by itself."
    assert [article.page_of(article.text.index(text)) for text in ("Page one", "does not", "end before", second)] == [
        *(1, 1, 3, 3)
    ]


def test_headers_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (72, 810, 9, "Annual report"),
            *page(f"This is what page {word} has to say about the year.", f"And this stands on page {word} as well."),
            (290, 30, 9, f"Page {number} of 4"),
        ]
        for number, word in enumerate(["one", "two", "three", "four"], 1)
    ]
    article = pdf_reader.parse("a.pdf", pdf(pages))
    assert "Annual report" not in article.text
    assert "of 4" not in article.text
    assert len(sentences(article)) == 8


def test_pages_that_are_all_alike_keep_their_text() -> None:
    article = pdf_reader.parse("a.pdf", pdf([page("This certifies that the driver passed.")] * 4))
    assert article.text.count("This certifies that the driver passed.") == 4


def test_list_items_of_a_pdf_stand_on_lines_of_their_own() -> None:
    lines = page(
        "There are two reasons for this:", "\x95 The road was closed for eleven days in a row.", "\x95 Nobody knew it."
    )
    drawn = [(x, y, size, text.encode("latin-1").decode("cp1252")) for x, y, size, text in lines]
    assert pdf_reader.parse("a.pdf", pdf([drawn])).text == (
        "There are two reasons for this:\n\n• The road was closed for eleven days in a row.\n• Nobody knew it."
    )


# --- Word


def test_a_word_document_is_read_with_its_structure() -> None:
    body = (
        paragraph("The fall", "Titel")
        + paragraph("What happened 1", "Verzeichnis1")
        + paragraph("What happened", "berschrift1")
        + "<w:p><w:r><w:t>The valley </w:t></w:r><w:r><w:t>fell</w:t><w:tab/><w:t>on Monday.</w:t></w:r>"
        + "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
        + paragraph("First item.", "Liste")
        + paragraph("Second item.", "Liste")
        + "<w:tbl>"
        + "".join(
            f"<w:tr><w:tc>{paragraph(one)}</w:tc><w:tc>{paragraph(other)}</w:tc></w:tr>"
            for one, other in [("Year", "Fighters"), ("2021", "5,000")]
        )
        + "</w:tbl>"
    )
    properties = "<dc:creator>A. Writer</dc:creator><dcterms:created>2021-09-06T10:00:00Z</dcterms:created>"
    assert docx_reader.parse("a.docx", docx(body, properties=properties)) == Article(
        "a.docx",
        "The fall",
        "# What happened\n\nThe valley fell on Monday.\n\n- First item.\n- Second item.\n\n"
        "| Year | Fighters |\n| 2021 | 5,000 |",
        author="A. Writer",
        published=date(2021, 9, 6),
    )


# --- books


def test_a_book_is_one_article_with_its_chapters_in_reading_order() -> None:
    book = epub(
        {
            "b.xhtml": chapter("<h2>Second</h2><p>It ended&nbsp;on <i>Monday</i>.<br/>So it did.</p>"),
            "a%20b.xhtml": chapter("<h1>First</h1><div><p>It began\non Sunday.</p></div><ul><li>An item.</li></ul>"),
        },
        spine=["a%20b.xhtml", "b.xhtml"],
        metadata="<dc:title>The fall</dc:title><dc:creator>One</dc:creator><dc:creator>Two</dc:creator>"
        "<dc:publisher>A press</dc:publisher><dc:date>2021-09-06</dc:date>",
        more={"OEBPS/a b.xhtml": chapter("<h1>First</h1><p>It began\non Sunday.</p><ul><li>An item.</li></ul>")},
    )
    assert epub_reader.parse("a.epub", book) == Article(
        "a.epub",
        "The fall",
        "# First\n\nIt began on Sunday.\n\n- An item.\n\n## Second\n\nIt ended on Monday.\n\nSo it did.",
        source="A press",
        author="One, Two",
        published=date(2021, 9, 6),
    )


def test_a_locked_book_says_so() -> None:
    lock = '<encryption><CipherReference URI="OEBPS/a.xhtml"/></encryption>'
    book = epub({"a.xhtml": chapter("<p>Text.</p>")}, more={"META-INF/encryption.xml": lock})
    with pytest.raises(ArticleError, match="protected by DRM"):
        epub_reader.parse("a.epub", book)


# --- a folder of all of them


def test_a_folder_may_hold_all_formats(tmp_path: Path) -> None:
    files = {
        "a.txt": b"Title\nText.",
        "b.md": b"# Title\n\nText.",
        "c.HTML": PAGE.encode(),
        "c.htm": PAGE.encode(),
        "d.pdf": pdf([page("Text of a page.")]),
        "e.docx": docx(paragraph("Text.")),
        "f.epub": epub({"a.xhtml": chapter("<p>Text.</p>")}),
        "g.zip": zipped({}),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    read = [*read_articles(find_articles(tmp_path), tmp_path)]
    assert [one.id for one in read if isinstance(one, Article)] == [name for name in sorted(files) if name != "g.zip"]
    assert [one.pages for one in read if isinstance(one, Article) and one.pages] == [(0,)]
