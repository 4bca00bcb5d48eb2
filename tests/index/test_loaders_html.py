"""Web pages read whole, with their structure, and without what nobody sees."""

# ruff: noqa: E501, ISC004 - pages read better on one line
from __future__ import annotations

from datetime import date

import pytest

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.text.sentences import split_sentences
from footnote_index.loaders.html import loader as html

PROSE = (
    "<p>The old mill of Tarn stands by the river and has ground corn for the villages around it since the monks built "
    "it, long before there was a road.</p><p>Its wheel was renewed in oak after the flood, and most of the sheds that "
    "stand there today were put up by the millers of the valley in the years that followed.</p>"
)


def page(body: str, head: str = "<title>The mill</title>") -> bytes:
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def parsed(body: str, head: str = "<title>The mill</title>") -> Article:
    return html.parse("a.html", page(f"<article><h1>The mill</h1>{PROSE}{body}</article>", head))


def sentences(body: str) -> list[str]:
    """Of what follows the two paragraphs."""
    article = parsed(body)
    spans = split_sentences(article.text)
    assert all(article.text[one.start : one.end].strip() for one in spans)
    return [article.text[one.start : one.end] for one in spans][2:]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<div>The bus costs 9 francs and leaves from <code>stop 4</code> at ten. It is <b>red</b>.</div><p>It is new.</p>",
            ["The bus costs 9 francs and leaves from stop 4 at ten.", "It is red.", "It is new."],
        ),
        ("<div>Loose text at first.<p>A paragraph.</p>And text behind it.</div>",
         ["Loose text at first.", "A paragraph.", "And text behind it."]),
        ("<p>The fare is <del>3</del> <ins>4</ins> francs, not <s>5</s> 6.</p>", ["The fare is 4 francs, not 6."]),
        ("<p>It has 10<sup>4</sup> m<sup>2</sup> and 7,000<sup>5</sup> bats, CO<sub>2</sub> and the 19<sup>th</sup> wheel.</p>",
         ["It has 10⁴ m² and 7,000⁵ bats, CO₂ and the 19th wheel."]),
        ("<p>The mil&shy;ler is Eva. The wheel<wbr>house is new.</p>", ["The miller is Eva.", "The wheelhouse is new."]),
        ("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>は古い。</p>", ["港は古い。"]),
        ("<p>He said <q>no</q> twice.</p>", ["He said “no” twice."]),
        ("<p>The mill<br>is old.<br>It is dry.</p>", ["The mill is old.", "It is dry."]),
        ("<ol start=3><li>Open the gate.</li><li><p>Wait.</p><p>Then go.</p></li><li value=9>Stop.</li></ol>",
         ["3. Open the gate.", "4. Wait.", "Then go.", "9. Stop."]),
        ("<ul><li>Wheels<ul><li>of oak. Old.</li></ul></li></ul>", ["- Wheels", "- of oak.", "Old."]),
        ("<dl><dt>Depth</dt><dd>It is 2 m.</dd><dt>Why?</dt><dd>For boats.</dd></dl>",
         ["Depth: It is 2 m.", "## Why?", "For boats."]),
        ("<pre><code>wheel = 2\n  # turn. Now\nrun(wheel)</code></pre><p>It turns.</p>",
         ["wheel = 2\n  # turn. Now\nrun(wheel)", "It turns."]),
        ("<details><summary>May I swim?</summary><p>No, it is deep.</p></details>", ["## May I swim?", "No, it is deep."]),
        ("<h2>Rent <a href='#rent'>¶</a></h2><p>It is 5 francs.</p>", ["## Rent", "It is 5 francs."]),
        ("<style>.old {text-decoration: line-through} td .up {vertical-align: super}</style><p>It is <span class=old>shut</span> open.</p>"
         "<table><tr><td>Area</td><td>10<span class=up>4</span> m</td></tr><tr><td>Rent</td><td>5</td></tr></table>",
         ["It is open.", "| Area | 10⁴ m |", "| Rent | 5 |"]),
        ("<p>It has 10<span style='position:relative;top:-.5em;font-size:70%'>4</span> wheels.</p>", ["It has 10⁴ wheels."]),
        ("<p>It is left open all of the night.</p><pre class=code><code>open gate<br>wait</code></pre>",
         ["It is left open all of the night.", "open gate\nwait"]),
        ("<h3><button aria-expanded=false>May I swim?</button></h3><div>No.</div><h3><button>May I fish?</button></h3><div>Yes.</div>",
         ["### May I swim?", "No.", "### May I fish?", "Yes."]),
    ],
)  # fmt: skip
def test_text_is_read_as_a_person_reads_it(body: str, expected: list[str]) -> None:
    assert sentences(body) == expected


@pytest.mark.parametrize(
    ("row", "is_headless"),
    [
        ("<td>Berth</td><td>Keeper</td>", True),
        ("<td><p><b>Berth</b></p></td><td><strong>Keeper</strong></td>", False),
        ("<th>Berth</th><th>Keeper</th>", False),
        ("<thead><tr><td>Berth</td><td>Keeper</td></tr></thead>", False),
    ],
)
def test_bold_cells_name_the_columns_of_a_table(row: str, is_headless: bool) -> None:
    body = (
        f"<p>{'The harbour has two berths. ' * 9}</p>"
        f"<table>{row if row.startswith('<thead>') else f'<tr>{row}</tr>'}<tr><td>North</td><td>Nils</td></tr></table>"
    )
    assert ("|  |  |" in html.parse("a.html", page(body)).text) is is_headless


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mn>3</mn><mfrac><mn>1</mn><mn>4</mn></mfrac>", "3 1/4"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>4</mn>", "x² = 4"),
        ("<msup><mi>x</mi><mi>y</mi></msup>", "x^y"),
        ("<msqrt><mi>x</mi><mo>−</mo><mn>1</mn></msqrt>", "√(x − 1)"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
            "∑_(i = 1)^n i",
        ),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable>", "[formula]"),
    ],
)
def test_a_formula_never_becomes_another_number(formula: str, said: str) -> None:
    assert sentences(f"<p>It is <math>{formula}</math> here.</p>") == [f"It is {said} here."]


def test_each_row_of_a_table_is_one_sentence_with_all_that_stands_in_it() -> None:
    table = (
        "<table><thead><tr><th rowspan=2>Room</th><th colspan=2>Rent</th></tr><tr><th>Summer</th><th>Winter</th></tr></thead>"
        "<tr><td>North</td><td>3 francs. Free in May.</td><td>2<br>paid late</td></tr>"
        "<tr><td rowspan=2>South</td><td><ul><li>5 by day</li><li>4 by night</li></ul></td><td>-</td></tr>"
        "<tr><td>1</td><td><table><tr><td>old</td><td>2</td></tr><tr><td>new</td><td>3</td></tr></table></td></tr></table>"
    )
    assert sentences(table) == [
        "| Room | Rent Summer | Rent Winter |",
        "| North | 3 francs. Free in May. | 2 paid late |",
        "| South | 5 by day; 4 by night | - |",
        "| South | 1 | old: 2; new: 3 |",
    ]
    article = parsed(table)
    assert article.headings_at(article.text.index("| North")) == ("Room | Rent Summer | Rent Winter",)


def test_pictures_alone_in_a_cell_are_described() -> None:
    table = '<tr><td><img src="r.png" alt="Red lamp"><img src="s.png"></td><td><img src="b.png" alt="Bell">It rings.</td></tr>'
    assert sentences(f"<table><tr><th>Lamp</th><th>Meaning</th></tr>{table}</table>") == [
        "| Lamp | Meaning |",
        "| Red lamp | It rings. |",
    ]


def test_a_table_in_a_figure_is_read() -> None:
    table = "<tr><td>Depth</td><td>9 m</td></tr><tr><td>Width</td><td>3 m</td></tr>"
    assert "| Depth | 9 m |\n| Width | 3 m |" in parsed(f"<figure><table>{table}</table></figure>").text


def test_a_table_that_only_arranges_texts_is_no_table() -> None:
    boxes = (
        "<table><tr><td>Note</td><td><p>The mill is closed on all Mondays. Ring the bell twice, and wait for a while "
    )
    assert sentences(f"{boxes}until the miller comes down.</p></td></tr></table>")[:2] == [
        "Note",
        "The mill is closed on all Mondays.",
    ]


def test_questions_and_answers_are_kept_however_short() -> None:
    article = html.parse("a.html", page("<h1>Help</h1><div><h3>What is the rent?</h3><p>5 francs.</p></div>"))
    assert article.text.endswith("### What is the rent?\n\n5 francs.")
    assert article.headings_at(article.text.index("5 francs"))[-1] == "What is the rent?"


@pytest.mark.parametrize("box", ["body", "div", "section"])
def test_short_lists_are_kept_with_the_headings_above_them(box: str) -> None:
    lists = "<h2>Corn</h2><ul><li>5 francs per sack</li></ul><h2>Oats</h2><ul><li>4 francs per sack</li></ul>"
    text = html.parse("a.html", page(f"<{box}><h1>The mill</h1>{PROSE}{lists}{PROSE}</{box}>")).text
    assert "## Corn\n\n- 5 francs per sack\n\n## Oats\n\n- 4 francs per sack\n\nThe old mill" in text


def test_menus_boxes_and_footers_are_left_out() -> None:
    around = (
        "<nav><ul><li><a href=/a>Home</a></li></ul></nav><main><h1>The mill</h1>{}<aside><a href=/b>Ten mills to see</a></aside>"
        "<div class=newsletter>Sign up to our letter and never miss a mill!</div></main><footer>Imprint</footer>"
    )
    article = html.parse("a.html", page(around.format(f"{PROSE}<p>The rent is 5 francs.</p>")))
    assert article.text.endswith("The rent is 5 francs.")
    assert not any(word in article.text for word in ("Home", "Ten mills", "Sign up", "Imprint"))


def test_a_manual_is_read_whole() -> None:
    body = (
        "<div class=navheader><a href=x>Next</a></div><div class=chapter><div class=sidebar><p>A short aside.</p></div>"
        "<div class=para>The wheel <em>turns</em> left.</div><div class=toc><a href=a>Gates</a></div></div>"
    )
    article = html.parse("a.html", page(body, '<title>Manual</title><meta name="generator" content="DocBook XSL">'))
    assert article.text == "A short aside.\n\nThe wheel turns left.\n\nGates"


@pytest.mark.parametrize(
    "style",
    [
        *("display: none", "visibility:hidden", "opacity:0", "opacity: 0.0", "font-size:0", "font-size:1px"),
        *(
            "position:absolute; left:-9999px",
            "text-indent:-10000px",
            "color:#fff;background:#ffffff",
            "color: transparent",
        ),
        *("color:white;background-color:rgb(255, 255, 255)", "height:0;overflow:hidden", "transform: scale(0)"),
        *("opacity:.01", "filter: opacity(0)", "font-size:.01em", "clip-path: inset(100%)", "mso-hide:all"),
        *("position:absolute;clip:rect(1px, 1px, 1px, 1px)", "width:1px;height:1px;overflow:hidden"),
        *("transform:translateX(-9999px)", "color:#ffffff00", "color:rgba(0, 0, 0, 0)", "color:#fefefe", "color:white"),
    ],
)
def test_hidden_text_is_left_out_and_named(style: str) -> None:
    for hidden in (
        f'<p style="{style}">The rent is 90 francs.</p>',
        f"<p class=x>The rent is 90 francs.</p><style>.x {{{style}}}</style>",
    ):
        article = parsed(f"{hidden}<p>The rent is 5 francs.</p>")
        assert "90" not in article.text
        assert article.text.endswith("The rent is 5 francs.")
        assert article.remarks == ("hidden text, which is left out (“The rent is 90 francs.”)",)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<div class="box"><p>The rent is 90 francs.</p></div>', "<style>.box > p {display: none}</style>"),
        ('<p><font color="#ffffff">The rent is 90 francs.</font></p>', ""),
        ('<div style="background:navy"><p style="color:#000080">The rent is 90 francs.</p></div>', ""),
    ],
)
def test_what_is_around_text_may_hide_it(body: str, head: str) -> None:
    article = parsed(f"{body}<p>The rent is 5 francs.</p>", f"<title>The mill</title>{head}")
    assert article.remarks == ("hidden text, which is left out (“The rent is 90 francs.”)",)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<div style="background:#000"><p style="color:#fff">The rent is 5 francs.</p></div>', ""),
        ('<div style="background:url(a.png)"><p style="color:#fff">The rent is 5 francs.</p></div>', ""),
        ('<p style="color:#fff">The rent is 5 francs.</p>', '<link rel="stylesheet" href="a.css">'),
        ('<p class="a b">The rent is 5 francs.</p>', "<style>.a {display: none} .a.b {display: block}</style>"),
        ('<p style="opacity:.5;font-size:.9em;text-indent:-2em">The rent is 5 francs.</p>', ""),
    ],
)
def test_what_can_be_seen_is_no_hidden_text(body: str, head: str) -> None:
    article = parsed(body, f"<title>The mill</title>{head}")
    assert article.text.endswith("The rent is 5 francs.")
    assert article.remarks == ()


def test_what_comments_say_is_left_out_and_named() -> None:
    article = parsed("<!-- The secret rent is 90 francs. --><p>The rent is 5 francs.</p><!-- ad slot 3 -->")
    assert "90" not in article.text
    assert article.remarks == ("hidden text, which is left out (“The secret rent is 90 francs.”)",)


@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        ('<div id="root"></div><script src="app.js"></script>', "<title>App</title>", "JavaScript"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>", "<title>App</title>", "JavaScript"),
        ("<p>You are being <a href=/b>redirected</a>.</p>", "<title>Moved</title>", "redirects to another page"),
        ("", '<meta http-equiv="refresh" content="0; url=https://example.org/b">', "redirects to another page"),
        ("<h1>Page not found</h1><p>Try the search, or go back to our front page.</p>", "<title>Oops</title>", "no such page"),
        ("<h1>404</h1><p>Nothing here.</p>", "<title>Mill Post</title>", "no such page"),
        ("<h1>Seite nicht gefunden</h1><p>Leider gibt es das nicht.</p>", "<title>Mill Post</title>", "no such page"),
        (
            "<div><p>We and our partners store cookies on your device to show personalised advertising and content.</p>"
            "<button>Accept all</button></div><div id=app></div>",
            "<title>Mill Post</title>",
            "cookie notice",
        ),
        (
            "<div><h2>Wir verwenden Cookies</h2><p>Wir und unsere 90 Partner verwenden Cookies, um Inhalte zu zeigen. Stimmen Sie "
            "der Verarbeitung Ihrer Daten zu.</p><a href=#>Alle akzeptieren</a></div>",
            "<title>Mill Post</title>",
            "cookie notice",
        ),
        ("<p>Checking your browser before you go on.</p>", "<title>Just a moment...</title>", "bot check"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_named_and_left_out(body: str, head: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        html.parse("a.html", page(body, head))


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Mill Post | Mill of Tarn opens its gates</title>", "", "Mill of Tarn opens its gates"),
        ("<title>Mill of Tarn opens its gates - Mill Post</title>", "", "Mill of Tarn opens its gates"),
        ("<title>Mill Post » Mill of Tarn opens its gates</title>", "", "Mill of Tarn opens its gates"),
        ("<title>Mill Post | Mill of Tarn opens</title>", "<h1>Mill Post</h1><h2>Mill of Tarn opens</h2>", "Mill of Tarn opens"),
        ('<title>Tarn</title><meta property="og:title" content="Gates"><meta property="og:title" content="More">', "", "Gates"),
        ('<title>Gates open | Mill Post</title><meta property="og:title" content="gates-open-2021">', "", "Gates open | Mill Post"),
        ('<title>Mill Post</title><meta property="og:site_name" content="Mill Post">', "<h1>Gates open</h1>", "Gates open"),
        ('<title>Gates - Mill Post</title><meta property="og:site_name" content="Mill Post">', "", "Gates"),
        ("<title>Spider-Man - a review</title>", "", "Spider-Man - a review"),
        ("<title>Mill Post: Gates</title><meta property='og:site_name' content='Mill Post'>", "", "Gates"),
        ("<title>Gates, Mill Post</title><meta property='og:site_name' content='Mill Post'>", "", "Gates"),
        ("<title>Mill of Tarn opens its gates — Mill Post — News</title>", "", "Mill of Tarn opens its gates"),
        ("<title>Gates open | News | Mill Post</title><meta property='og:site_name' content='Mill Post'>", "<h1>Gates open</h1>", "Gates open"),
        ("<title>Mill Post</title>", "<div class=logo><h1>Mill Post</h1></div><h2>Gates open</h2>", "Gates open"),
    ],
)  # fmt: skip
def test_the_title_is_that_of_the_article_not_of_its_site(head: str, body: str, title: str) -> None:
    assert html.parse("a.html", page(f"{body}<div>{PROSE}</div>", head)).title == title


@pytest.mark.parametrize(
    ("body", "head", "day"),
    [
        ("<footer>© 2019-01-01 Mill Post</footer>", "", None),
        ("<p class=date>Date 10.06.2013</p><footer>Last updated 1 August 2019</footer>", "", date(2013, 6, 10)),
        ("<p class=date>Posted 06/10/2013</p>", "", None),
        ("<p>Published: 10 June 2013</p>", "", date(2013, 6, 10)),
        ("<p>Published work of 10 June 2013 tells that the mill was shut on that day for good.</p>", "", None),
        ("<p>By Eva, <abbr class=published title=2013-06-10T10:00>10 Jun</abbr></p>", "", date(2013, 6, 10)),
        ("<time datetime=2021-09-06>last week</time>", "", date(2021, 9, 6)),
        ("", '<meta name="dc.date" content="6 Sep 2021">', date(2021, 9, 6)),
        ("", '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-09-06T10:00Z"}]}</script>',
         date(2021, 9, 6)),
        ("", '<link rel="canonical" href="https://example.org/2021/09/06/mill">', date(2021, 9, 6)),
    ],
)  # fmt: skip
def test_a_day_is_taken_only_where_the_page_states_it(body: str, head: str, day: date | None) -> None:
    assert (
        html.parse("a.html", page(f"<h1>The mill</h1>{PROSE}{body}", f"<title>The mill</title>{head}")).published == day
    )


@pytest.mark.parametrize("path", ["/", "", "/index.html", "/en/", "/home", "/default.aspx"])
def test_the_front_page_is_not_the_address_of_an_article(path: str) -> None:
    assert parsed("", f'<title>A</title><link rel="canonical" href="https://example.org{path}">').url is None


@pytest.mark.parametrize("url", ["https://example.org/?p=12", "https://example.org/en/mill"])
def test_another_address_is_believed(url: str) -> None:
    assert parsed("", f'<title>A</title><link rel="canonical" href="{url}">').url == url


def test_the_address_of_the_machine_that_made_a_page_is_not_believed() -> None:
    assert parsed("", '<title>A</title><link rel="canonical" href="http://localhost:8000/mill">').url is None


@pytest.mark.parametrize(
    "author", ["https://example.org/a", "admin", "a@example.org", "@mill", "WordPress", "Mill Post"]
)
def test_what_is_no_name_is_no_author(author: str) -> None:
    head = f'<title>A</title><meta name="author" content="{author}"><meta property="og:site_name" content="Mill Post">'
    assert parsed("", head).author is None


def test_a_formula_that_is_there_twice_is_read_once() -> None:
    half = "<math><semantics><mfrac><mn>1</mn><mn>2</mn></mfrac></semantics></math>"
    shown = '<span aria-hidden="true"><span>1</span><span>2</span></span>'
    assert sentences(f"<p>It is <span class=katex><span>{half}</span>{shown}</span> long.</p>") == ["It is 1/2 long."]
    hidden = f'<span style="display:none">{half}</span> <img class="math" alt="\\frac{{1}}{{2}}">'
    assert sentences(f"<p>It is {hidden} long.</p>") == ["It is 1/2 [formula] long."]


LONG = "".join(
    f"<p>The mill has room number {number} for the corn of the valley, which is dry.</p>" for number in range(20)
)


@pytest.mark.parametrize(
    "body",
    [
        f'<p>Home</p><div style="opacity:0">{LONG}</div>',
        f"<nav>{LONG}",
        f"<h2>Rooms{LONG}",
        f"<button>{LONG}</button>",
    ],
)
def test_what_would_leave_nothing_of_a_page_is_not_taken_for_hidden_or_furniture(body: str) -> None:
    article = html.parse("a.html", page(body))
    assert "room number 0" in article.text
    assert article.text.rstrip().endswith("room number 19 for the corn of the valley, which is dry.")


def test_nul_bytes_in_a_page_are_passed_over() -> None:
    content = page(f"{PROSE}<p>The rent is 5\0 francs.</p>") + b"<!-- -->" * 200
    assert html.parse("a.html", content).text.endswith("The rent is 5 francs.")


@pytest.mark.parametrize(
    "label", ["Read more: The bridge of Tarn", "Lesen Sie auch", "Czytaj też:", "No comments yet", "Temas"]
)
def test_lines_in_which_a_site_speaks_are_left_out(label: str) -> None:
    article = parsed(f"<p>{label}</p><p>The rent is 5 francs.</p><p>Follow us on Twitter and never miss a story.</p>")
    assert label.partition(":")[0] not in article.text
    assert article.text.endswith("The rent is 5 francs.")


def test_cells_and_headings_that_say_the_same_are_kept() -> None:
    table = "<table><tr><th>Room</th><th>Comments</th></tr><tr><td>North</td><td>Tags</td></tr></table>"
    article = parsed(f"<h2>Topics</h2><p>The rent is 5 francs.</p>{table}<p>It is paid in May of each year.</p>")
    assert "## Topics" in article.text
    assert "| Room | Comments |\n| North | Tags |" in article.text


def test_all_parts_of_an_accordion_are_read() -> None:
    parts = "".join(
        f'<div class="part"><button class="head">{question}</button><div>{answer}</div></div>'
        for question, answer in (("Where do I park?", "Behind the mill hall."), ("When do you open?", "At nine."))
    )
    article = html.parse("a.html", page(f'<div class="all">{parts}</div>', "<title>Help</title>"))
    assert article.text == "### Where do I park?\n\nBehind the mill hall.\n\n### When do you open?\n\nAt nine."


def test_a_page_tells_how_much_of_it_was_read() -> None:
    article = parsed("<p>The end.</p>")
    assert article.characters_in >= len(article.text) > 0


@pytest.mark.parametrize(
    "content",
    [
        "<div class=body><div><p>The rent is 5 francs.</p></div></div>",
        "<article><p>The rent is 5 francs.</p></article>",
        "<p>The rent is 5 francs.</p>",
        "<body class=a><div><p>The rent is 5 francs.</p></div></body>",
        f"<!-- {'saved ' * 9} --><html><body><p>The rent is 5 francs.</p></body></html>",
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html><html><body><p>The rent is 5 francs.</p></body></html>',
    ],
)
def test_a_part_of_a_page_is_read_like_a_page(content: str) -> None:
    assert html.parse("a.html", content.encode()).text == "The rent is 5 francs."


@pytest.mark.parametrize("content", ["", " ", "<div></div>", "<!-- Nothing is here. -->"])
def test_a_part_of_a_page_without_text_is_no_article(content: str) -> None:
    with pytest.raises(ArticleError, match="it has no text"):
        html.parse("a.html", content.encode())


def test_a_title_is_neither_cited_with_its_site_nor_repeated_above_a_sentence() -> None:
    body = (
        f"<p>By Tom</p><h1>Parking and bicycles</h1><p>{PROSE}</p><h2>Deliveries</h2><p>The gate is 2 metres wide.</p>"
    )
    article = html.parse("a.html", page(body, "<title>Parking and bicycles | Larkfield Makers</title>"))
    assert article.title == "Parking and bicycles"
    assert article.sections_at(article.text.index("The gate")) == ("Deliveries",)
