"""MathML on one line, so that no formula becomes another number."""

from __future__ import annotations

import pytest
from lxml import html

from footnote_index.loaders.markup.formulas import (
    UNSAID,
    grouped,
    index,
    joined,
    limits,
    of_mathml,
    of_picture,
    power,
    root,
    spaced,
    written_once,
)
from footnote_index.loaders.markup.trees import parsed


def said(markup: str, attributes: str = "") -> str:
    return of_mathml(parsed(f"<math {attributes}>{markup}</math>".encode()))


X, TWO, N = "<mi>x</mi>", "<mn>2</mn>", "<mi>n</mi>"
SUM = f"<mrow>{X}<mo>+</mo>{TWO}</mrow>"


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        (f"<mfrac><mn>1</mn>{TWO}</mfrac>", "1/2"),
        (f"<mfrac>{SUM}{X}</mfrac>", "(x + 2)/x"),
        (f"{TWO}<mfrac><mn>1</mn>{TWO}</mfrac>", "2 1/2"),
        (f"<msup>{X}{TWO}</msup>", "x²"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>", "10⁻⁶"),
        (f"<msup>{X}<mi>y</mi></msup>", "x^y"),
        (f"<msup>{SUM}{TWO}</msup>", "(x + 2)²"),
        (f"<msub>{X}{TWO}</msub>", "x₂"),
        (f"<msub>{X}{N}</msub>", "x_n"),
        (f"<msubsup>{X}<mn>1</mn>{TWO}</msubsup>", "x_1^2"),
        (f"<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow>{N}</munderover>", "∑_(i = 1)^n"),
        (f"<msqrt>{X}</msqrt>", "√x"),
        (f"<msqrt>{X}<mo>+</mo>{TWO}</msqrt>", "√(x + 2)"),
        (f"<mroot>{X}<mn>3</mn></mroot>", "³√x"),
        (f"<mfenced open='[' close=']'>{X}{TWO}</mfenced>", "[x, 2]"),
        (f"<mover>{X}<mo>¯</mo></mover>", "x¯"),
        (f"{X}<mo>&#x2062;</mo>{N}<mspace/>", "xn"),
        ("<mtext> the\n dam </mtext>", "the dam"),
        (f"<semantics>{X}<annotation>\\alpha</annotation></semantics>", "x"),
        (f"{X}<mo>≤</mo>{TWO}", "x ≤ 2"),
    ],
)
def test_formulas_on_one_line(markup: str, formula: str) -> None:
    assert said(markup) == formula


@pytest.mark.parametrize(
    "markup", ["<mtable/>", "<mrow><mtable/></mrow>", "<mmultiscripts/>", f"<mfrac>{X}</mfrac>", "<merror/>"]
)
def test_what_does_not_fit_on_a_line_is_described_or_marked(markup: str) -> None:
    assert said(markup) == UNSAID
    assert said(f"{markup}<annotation>a table</annotation>") == "a table"
    assert said(f"{markup}<annotation>a table</annotation>", "alttext='a matrix'") == "a matrix"


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("12.5", "12.5"),
        ("-12", "-12"),
        ("abc", "abc"),
        ("∞", "∞"),
        (" x ", "x"),
        ("(a + b)", "(a + b)"),
        ("a + b", "(a + b)"),
        ("(a)(b)", "((a)(b))"),
        ("(a) + b", "((a) + b)"),
        ("2x", "(2x)"),
    ],
)
def test_parts_are_in_brackets_unless_they_are_one(part: str, shown: str) -> None:
    assert grouped(part) == shown


def test_powers_indices_limits_and_roots() -> None:
    assert [power("x", "n"), power("2x", "3"), power("x", "a+b")] == ["xⁿ", "(2x)³", "x^(a+b)"]
    assert [index("x", "12"), index("x", "i,j")] == ["x₁₂", "x_(i,j)"]
    assert [limits("∑", "", ""), limits("∑", "i", ""), limits("∑", "", "a+b")] == ["∑", "∑_i", "∑^(a+b)"]
    assert [root("x"), root("x", "n"), root("a+b", "3")] == ["√x", "ⁿ√x", "³√(a+b)"]


def test_two_numbers_never_become_one() -> None:
    assert joined(["2", "1/2", "x", "3"]) == "2 1/2x3"
    assert joined([]) == ""


def test_signs_get_spaces_around_them() -> None:
    assert spaced("a=b+c  ×d\u2062e") == "a = b + c × de"


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ("<img class='tex' alt='a = b'/>", "a = b"),
        ("<img class='tex' alt='\\\\frac{1}{2}'/>", UNSAID),
        ("<img class='wp-math-fallback' alt=''/>", UNSAID),
        ("<img role='math' alt='x'/>", "x"),
        ("<img class='latex-image' alt=' a\n b '/>", "a b"),
        ("<img class='texture' alt='x'/>", ""),
        ("<img alt='x'/>", ""),
    ],
)
def test_a_picture_of_a_formula_is_its_description(picture: str, shown: str) -> None:
    assert of_picture(parsed(picture.encode())) == shown


def test_a_formula_that_is_shown_twice_is_written_once() -> None:
    page = html.document_fromstring(
        "<div><p>If <span><span><span><math><mi>x</mi></math></span></span><i aria-hidden='true'>x</i></span> holds "
        "<b aria-hidden='true'>y</b></p><p aria-hidden='true'>z</p></div>"
    )
    written_once(page)
    assert page.text_content() == "If x holds yz"
