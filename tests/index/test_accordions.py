"""Buttons that open a part of a page become headings, and others stay buttons."""

from __future__ import annotations

import pytest
from lxml import etree, html

from footnote_index.loaders.html.accordions import with_headings


def seen(body: str) -> str:
    page = html.document_fromstring(f"<body>{body}</body>").find("body")
    with_headings(page)
    return "".join([page.text or "", *(etree.tostring(each, encoding="unicode") for each in page)])


@pytest.mark.parametrize(
    "button",
    [
        "<button>Is it open?</button>",
        "<button>Really?</button>",
        '<button aria-expanded="false">Opening hours</button>',
        '<button aria-controls="part">Opening hours</button>',
        '<button data-bs-toggle="collapse">Opening hours</button>',
        '<button data-toggle="collapse"><span>Opening</span> hours</button>',
    ],
)
def test_a_button_that_opens_a_part_is_a_heading(button: str) -> None:
    assert seen(button).startswith("<h3")
    assert seen(button).endswith("</h3>")


@pytest.mark.parametrize(
    "button",
    [
        "<button>Opening hours</button>",
        '<button aria-expanded="false">Menu</button>',
        '<button aria-expanded="false">  </button>',
        "<button>??</button>",
        '<button aria-expanded="false"><svg/></button>',
        f"<button>{'Is it ' * 50}?</button>",
    ],
)
def test_other_buttons_stay(button: str) -> None:
    assert seen(button) == button


def test_a_text_of_300_characters_is_still_a_heading() -> None:
    text = f"{'a' * 299}?"
    assert seen(f"<button>{text}</button>") == f"<h3>{text}</h3>"


@pytest.mark.parametrize("tag", ["nav", "header", "footer", "form", "dialog", "aside"])
def test_buttons_of_the_site_stay(tag: str) -> None:
    body = f"<{tag}><div><button>Is it open?</button></div></{tag}>"
    assert seen(body) == body


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2><button>Opening hours</button></h2>", "<h2>Opening hours</h2>"),
        ("<h2><span><b><button>Is it?</button></b></span></h2>", "<h2><span><b>Is it?</b></span></h2>"),
        ("<dl><dt><button>Opening</button></dt></dl>", "<dl><dt>Opening</dt></dl>"),
        (
            "<details><summary><button>Opening</button></summary></details>",
            "<details><summary>Opening</summary></details>",
        ),
    ],
)
def test_inside_a_heading_only_its_text_stays(body: str, expected: str) -> None:
    assert seen(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Press the <button>Deploy</button> button.</p>", "<p>Press the Deploy button.</p>"),
        ("<li>Press <b>now</b> on <button>OK</button>.</li>", "<li>Press <b>now</b> on OK.</li>"),
        ("<p>pip install quay <button>Copy</button></p>", "<p>pip install quay <button>Copy</button></p>"),
        ("<div>Quay <button>Buy</button> 5 euros</div>", "<div>Quay <button>Buy</button> 5 euros</div>"),
    ],
)
def test_a_button_inside_a_sentence_is_a_word_of_it(body: str, expected: str) -> None:
    assert seen(body) == expected


def test_the_text_after_a_button_stays() -> None:
    assert seen("<p><button>Is it open?</button> From nine.</p>") == "<p><h3>Is it open?</h3> From nine.</p>"
