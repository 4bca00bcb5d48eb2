"""PDFs: layout, page furniture, and pages that are only pictures."""

from __future__ import annotations

import base64
import zlib
from datetime import date

import pytest
from sample_files import Drawn, page, pdf, pdf_of

from footnote_index.loaders.junk_titles import is_junk
from footnote_index.loaders.pdf import loader as pdf_reader
from footnote_index.loaders.pdf.lines import Line
from footnote_index.loaders.pdf.prose import joined_lines
from footnote_index.loaders.suspicion import warnings_for

LEFT = [
    "The harbour of the town was opened",
    "in 1902 and has three lighthouses on",
    "its northern pier. The largest one is",
    "forty metres high.",
]
RIGHT = [
    "Fishing boats pay a toll of twelve",
    "euros a day. Sailing boats pay four",
    "euros, and rowing boats pay nothing",
    "at all in winter.",
]
AES_256 = (
    "eNqNVD1sHEUUVhqKbUBCRJRDYVGRnffmX5wsOfadiCCy5YOksCJlfp1F9q6ztxfiyFUQDRWRKBAdPT2pKECkiSwKioQOQU8TmiAiMXv+uROXgt"
    "0t3nzz5vu+ffv2rWxtjN6BS6xY+f2Pn38pgFDSuI+LwaAoPzw8iKRct53da3aLcsvuxgnBnLBdrK4WsQ59Ii4dmOUV5ftVmJAdwvp8cqMo15tp"
    "3RFYOMpeerQXamNOPVEqr8ZQ2cvN3cxF8y2MIJpjz7gdJ8209dlUzzBq8plZAISfmcxPFq67zDch4j/W+ZJ+z1GU46nrZssehKK8bCdxxl6+F/"
    "fuxK7ytiiHtW9CVe+S8npVr9WT6gxYEBALAh/Eere7RTTt9yddG+1+8cXNnYdvXfrn1/sXXxyVXz378tGDb543j/SPDwYXX//k5osnb75dscev"
    "vPv0z+PjZ89/ID99GnY+v/Dt0WdfHz5++PS7o9e+N2/Aq/fT7b9/O/7ryfXphV73lPrUgZw7mNtSC7auEZELSeS5QRQ53iIcDTdSocFc0Gqviy"
    "0px52tg21DUW6SAfdaSc2FAe81dY5GFDYKi4gpeJGYiZgSCApeOKSYmIwamNaeKsfA2WiDQmFccNGZTAHKa4DIKTAZgsgf7iMyiBAzsXcQnWAc"
    "wEoErUAq6TnIhF6ji0gtUkYhMaaUURgSGIw0KBZU8JZZL3ygASPnLAXlLDpALSLIXmV9NOuacRdOo7Vpd2t4p+/AcqPxmwex7pOuknJtOL7Gzg"
    "vF8KzBxt3+iJwQ9It2vtgckkGw1kngUVEdKLPGaEltSphL42VyLqTkqRWRMyai1QmcjBSEUEElZ9SsEJnGGZ7ryqXXDiVK5SmLQSd02sj89sxD"
    "MtrqGKjRXiVrveLOKaFZFkLFM81WbPfzv+KC0IFpVMEa4NyhMsJYy5l2HBzF1YVWudvGVFCiC3p+ESkEEySRcwxyn8926jkm+RIGyJYwFLCEMa"
    "6XMK5eghkzx7rWVnuxnfX0uLoXs+Vyu2nywDmZIlfq1BB5Gm/kWTLwHEVyqJ3QKejcQzp3jECpfbAOPF/9Pyk3ZoOgPTzoiDqbLpPOtt2scEAF"
    "L1ZWhpuj4l9K6oHV"
)
"""A page in AES-256 with an empty password, in base64 of zlib."""


def text_of(*pages: list[Drawn]) -> str:
    return pdf_reader.parse("a.pdf", pdf(pages)).text


def column(lines: list[str], x: float, top: float = 760) -> list[Drawn]:
    return [(x, top - 13 * number, 11, line) for number, line in enumerate(lines)]


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other() -> None:
    left, right = column(LEFT, 60), column(RIGHT, 310)
    by_row = [line for row in zip(left, right, strict=True) for line in row]
    assert text_of(by_row) == text_of(left + right) == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_a_headline_over_both_columns_stands_above_them() -> None:
    by_row = [line for row in zip(column(LEFT, 60), column(RIGHT, 310), strict=True) for line in row]
    headline: Drawn = (60, 800, 20, "The harbour of the town and what it costs")
    assert text_of([headline, *by_row]).startswith(f"# {headline[3]}\n\n{' '.join(LEFT)}\n\n")


def test_rows_of_a_table_keep_their_cells() -> None:
    rows = [("Berth", "Depth", "Fee"), ("North", "12.5 m", "300 euros"), ("South", "9 m", "-200 euros")]
    drawn: list[Drawn] = [
        (x, 760 - 24 * number, 11, cell)
        for number, row in enumerate(rows)
        for x, cell in zip((60, 160, 260), row, strict=True)
    ]
    drawn.insert(6, (260, 724, 11, "a month"))
    assert text_of([*page("The fees of this year:", top=790), *drawn]) == (
        "The fees of this year:\n\n| Berth | Depth | Fee |\n| North | 12.5 m | 300 euros a month |\n"
        "| South | 9 m | -200 euros |"
    )


def test_a_table_of_hours_has_no_names_of_columns() -> None:
    rows = [("Monday", "9 to 17"), ("Tuesday", "10 to 18"), ("Friday", "9 to 12")]
    drawn: list[Drawn] = [
        (x, 760 - 24 * number, 11, cell)
        for number, row in enumerate(rows)
        for x, cell in zip((60, 160), row, strict=True)
    ]
    assert text_of([*page("The hours of this year:", top=790), *drawn]) == (
        "The hours of this year:\n\n|  |  |\n| Monday | 9 to 17 |\n| Tuesday | 10 to 18 |\n| Friday | 9 to 12 |"
    )


def test_what_is_drawn_twice_to_look_bold_is_read_once() -> None:
    twice: list[Drawn] = [(60 + shift, 760, 11, "The toll is 12 euros.") for shift in (0, 0.4, 0.8)]
    assert text_of(twice) == "The toll is 12 euros."


@pytest.mark.parametrize("matrix", ["0 1 -1 0 300 100", "0 -1 1 0 300 700", "-1 0 0 -1 500 700"])
def test_a_page_that_lies_on_its_side_is_still_read(matrix: str) -> None:
    lines = ["The crane of the port lifts sixty", "tons and is new."]
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    askew = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET"
    page_of = pdf_of([f"BT /F1 11 Tf {matrix} Tm {drawn} ET {askew}".encode()])
    assert pdf_reader.parse("a.pdf", page_of).text == "The crane of the port lifts sixty tons and is new."


def raised(rise: int, before: str, figure: str, after: str) -> str:
    drawn = f"BT /F1 11 Tf 60 760 Td ({before}) Tj {rise} Ts /F1 7 Tf ({figure}) Tj 0 Ts /F1 11 Tf ({after}) Tj ET"
    return pdf_reader.parse("a.pdf", pdf_of([drawn.encode()])).text


def test_raised_and_lowered_figures_are_distinguished() -> None:
    assert raised(4, "The reef has 10", "6", " corals.") == "The reef has 10⁶ corals."
    assert raised(4, "They counted 5,000", "3", " seals.") == "They counted 5,000³ seals."
    assert raised(-2, "It is H", "2", "O.") == "It is H₂O."


BODY = ["This is what the page has to say about", "the year, and it goes on over its end to"]


@pytest.mark.parametrize("count", [2, 5])
def test_heads_and_feet_of_left_and_right_pages_are_left_out(count: int) -> None:
    heads = ["Annual report", "The port of Norvik"]
    pages = [
        [(60.0, 810.0, 9.0, f"{heads[number % 2]} {12 + number}"), *page(*BODY, f"page {'abcde'[number]}.", top=770)]
        for number in range(count)
    ]
    text = text_of(*pages)
    assert not any(head in text for head in heads)
    assert text.count("it goes on over its end to page") == count


def test_heads_that_change_with_the_chapter_are_left_out() -> None:
    heads = ["Ferries 1", "2 Ferries", "Seals 3", "4 Seals", "Storms 5"]
    pages = [[(60.0, 810.0, 11.0, head), *page(*BODY, f"{head[:3]}x.", top=770)] for head in heads]
    text = text_of(*pages)
    assert not any(word in text for word in ("Ferries", "Seals", "Storms"))


def test_a_paragraph_goes_on_behind_the_footnote_of_its_page() -> None:
    first = page("The port has an introduction.", "", "The harbour was closed in the cold winter of")
    first.append((60, 50, 8, "1 By the king."))
    article = pdf_reader.parse("a.pdf", pdf([first, page("1917, when ice broke the pier. Nobody was hurt.")]))
    assert article.text == (
        "The port has an introduction.\n\n1 By the king.\n\n"
        "The harbour was closed in the cold winter of 1917, when ice broke the pier. Nobody was hurt."
    )
    assert article.page_of(article.text.index("1917")) == 2
    assert article.page_of(article.text.index("1 By")) == 1


def test_lines_of_japanese_are_joined_without_a_blank() -> None:
    lines = [Line("港は一九〇二年に開かれ、三つの灯台が", 60, 760, 300, 11), Line("ある。", 60, 746, 93, 11)]
    assert joined_lines([lines])[0] == "港は一九〇二年に開かれ、三つの灯台がある。"


def test_a_file_encrypted_with_an_empty_password_is_read() -> None:
    assert pdf_reader.parse("a.pdf", zlib.decompress(base64.b64decode(AES_256))).text == "The tug costs 50 euros."


@pytest.mark.parametrize(
    "title",
    [
        *["Microsoft Word - report_final_v3.docx", "untitled", "Untitled document", "PowerPoint Presentation"],
        *["Document1", "report_2019.doc", "C:/Users/me/a.indd", "Layout 1", "Slide 1", "thesis.dvi", "2019-05-06", "-"],
        *["norvik-report-v3", "D:20210906", "LaTeX Article", "Author template"],
    ],
)
def test_the_name_of_a_file_or_template_is_no_title(title: str) -> None:
    drawn: list[Drawn] = [(60, 780, 16, "The cranes of Norvik"), *page("The new crane lifts sixty tons.", top=740)]
    assert pdf_reader.parse("a.pdf", pdf([drawn], info=f"/Title ({title})")).title == "The cranes of Norvik"


@pytest.mark.parametrize(
    ("created", "day"),
    [
        ("D:20210906100000Z", date(2021, 9, 6)),
        ("D:00010101000000Z", None),
        ("D:99991231", None),
        ("D:20211306", None),
    ],
)
def test_a_file_is_of_the_day_it_was_made_if_anything_may_be_published_then(created: str, day: date | None) -> None:
    content = pdf([page("The new crane lifts sixty tons.", top=740)], info=f"/CreationDate ({created})")
    assert pdf_reader.parse("a.pdf", content).published == day


@pytest.mark.parametrize(
    "title", ["Annual report 2021", "Word order in German", "The Crazy Ones", "Draft laws of 1990"]
)
def test_a_title_that_says_something_is_kept(title: str) -> None:
    assert not is_junk(title)


def test_headings_of_a_pdf_are_recognised_by_their_font_size() -> None:
    first = [(60.0, 780.0, 18.0, "The port"), (60.0, 750.0, 18.0, "Fees"), *page(*BODY, "it.", top=720)]
    second = [(60.0, 660.0, 14.0, "Boats in"), (60.0, 643.0, 14.0, "winter"), *page("They pay nothing then.", top=610)]
    article = pdf_reader.parse("a.pdf", pdf([[*first, *second]]))
    assert article.title == "The port"
    assert [line for line in article.text.split("\n") if line.startswith("#")] == [
        "# The port",
        "# Fees",
        "## Boats in winter",
    ]
    assert article.headings_at(article.text.index("They pay")) == ("Fees", "Boats in winter")
    assert article.characters_in >= len(article.text) - 10


def test_a_rule_parts_cells_that_stand_close_together() -> None:
    words = "".join(
        f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET "
        for y, row in ((760, ("Berth", "Depth", "Fee")), (745, ("North", "12.5 m", "300 euros")))
        for x, text in zip((60, 92, 127), row, strict=True)
    )
    rules = "".join(f"{x} 740 m {x} 775 l S " for x in (57, 89, 124, 175))
    text = pdf_reader.parse("a.pdf", pdf_of([(words + rules).encode()])).text
    assert text == "| Berth | Depth | Fee |\n| North | 12.5 m | 300 euros |"


@pytest.mark.parametrize(
    "drawing",
    [
        "1 1 1 rg BT /F1 11 Tf 60 700 Td (%s) Tj ET",
        "BT 3 Tr /F1 11 Tf 60 700 Td (%s) Tj ET",
        "BT /F1 0.5 Tf 60 700 Td (%s) Tj ET",
        "BT /F1 11 Tf -900 700 Td (%s) Tj ET",
    ],
)
def test_hidden_text_of_a_pdf_is_left_out_and_named(drawing: str) -> None:
    content = f"BT /F1 11 Tf 60 760 Td (The toll is 12 euros.) Tj ET {drawing % 'The toll is 90 euros.'}"
    article = pdf_reader.parse("a.pdf", pdf_of([content.encode()]))
    assert article.text == "The toll is 12 euros."
    assert article.remarks == ("hidden text, which is left out (“The toll is 90 euros.”)",)


def test_white_letters_on_a_dark_ground_and_what_a_scanner_read_are_text() -> None:
    dark = b"0 0 0.4 rg 50 690 300 30 re f 1 1 1 rg BT /F1 11 Tf 60 700 Td (The toll is 12 euros.) Tj ET"
    scan = (
        b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q "
        b"BT 3 Tr /F1 11 Tf 60 700 Td (The toll is 12 euros.) Tj ET"
    )
    for content in (dark, scan):
        article = pdf_reader.parse("a.pdf", pdf_of([content]))
        assert (article.text, article.remarks) == ("The toll is 12 euros.", ())


def test_a_bullet_in_larger_letters_leaves_its_item_whole() -> None:
    drawn: list[Drawn] = [
        *((60, 750, 12, "\x95"), (78, 752, 10, "Boats must show a green light at night, whatever the weather is like")),
        *((78, 740, 10, "on that day."), (60, 722, 12, "\x95"), (78, 724, 10, "Anchors are marked.")),
    ]
    stream = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in drawn).encode("latin-1")
    assert pdf_reader.parse("a.pdf", pdf_of([stream])).text.split("\n\n") == [
        "• Boats must show a green light at night, whatever the weather is like on that day.",
        "• Anchors are marked.",
    ]


def test_page_numbers_in_roman_numerals_are_left_out() -> None:
    pages = [
        [*page(*BODY, f"{'abcde'[number]}.", top=770), (290.0, 40.0, 9.0, roman)]
        for number, roman in enumerate(("i", "ii", "iii", "iv"))
    ]
    assert text_of(*pages).count("to ") == 8
    assert "ii" not in text_of(*pages)


def test_a_file_whose_end_is_missing_is_read_as_far_as_it_goes() -> None:
    whole = pdf([page("The toll is 12 euros."), page("The crane lifts 60 tons.")])
    for cut in (whole.rindex(b"xref\n0"), whole.index(b"60 tons") + 3):
        article = pdf_reader.parse("a.pdf", whole[:cut])
        assert article.text.startswith("The toll is 12 euros.")
        assert article.remarks[0] == "a file whose end is missing; what is left of it is read"


def test_pages_that_are_only_pictures_are_named() -> None:
    text = b"BT /F1 11 Tf 60 760 Td (A page with words.) Tj ET"
    picture = b"q 100 0 0 100 60 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    article = pdf_reader.parse("a.pdf", pdf_of([text, picture, picture, text, picture]))
    assert [warned.found for warned in warnings_for([article])] == [
        "pages without text (picture only, page 2 to 3 and 5)"
    ]
