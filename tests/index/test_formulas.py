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
from footnote_index.loaders.trees import parsed


def said(markup: str, attributes: str = "") -> str:
    return of_mathml(parsed(f"<math {attributes}>{markup}</math>".encode()))


X, TWO, N = "<mi>x</mi>", "<mn>2</mn>", "<mi>n</mi>"
UPRIGHT = "<mi mathvariant='normal'>k</mi><mi mathvariant='normal'>m</mi>"
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
        (f"<mover>{X}{N}</mover>", "x^n"),
        (f"<mover>{X}<mo>^</mo></mover>{N}", "x\u0302n"),
        (f"<mover><mrow>{X}{N}</mrow><mo>^</mo></mover>", "(xn)\u0302"),
        (f"<msup>{X}<mo>′</mo></msup>{N}", "x′n"),
        ("<msup><mrow/><mn>3</mn></msup><mi>He</mi>", "³He"),
    ],
)
def test_formulas_on_one_line(markup: str, formula: str) -> None:
    assert said(markup) == formula


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        (f"<msup><msup>{X}{TWO}</msup><mn>3</mn></msup>", "(x²)³"),
        (f"<msub><msub>{X}<mn>1</mn></msub>{TWO}</msub>", "(x₁)₂"),
        (f"<msub>{SUM}{TWO}</msub>", "(x + 2)₂"),
        (f"<msubsup>{SUM}<mn>1</mn>{TWO}</msubsup>", "(x + 2)_1^2"),
        (f"<msup><mrow>{X}{N}</mrow>{TWO}</msup>", "(xn)²"),
        (f"<msup>{X}<msup><mi>y</mi>{TWO}</msup></msup>", "x^(y²)"),
        (f"<msqrt><msup>{X}{TWO}</msup></msqrt>", "√(x²)"),
        (f"<mfrac><mn>1</mn><mrow>{X}{N}</mrow></mfrac>", "1/(xn)"),
        (f"<mfrac><msup>{X}{TWO}</msup>{TWO}</mfrac>", "x²/2"),
        (f"<mfrac><mrow><mi>d</mi><mi>y</mi></mrow><mrow><mi>d</mi>{X}</mrow></mfrac>", "dy/dx"),
        (f"<msup><mrow>{UPRIGHT}</mrow>{TWO}</msup>", "km²"),
    ],
)
def test_what_is_raised_is_in_brackets_unless_it_is_one(markup: str, formula: str) -> None:
    assert said(markup) == formula


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        (f"<msup>{X}<mi>y</mi></msup><mi>z</mi>", "x^y z"),
        (f"<mrow><mi>a</mi><msup>{X}<mi>y</mi></msup></mrow><mo>&#x2062;</mo><mi>z</mi>", "ax^y z"),
        (f"<msub>{X}<mi>y</mi></msub><mi>z</mi>", "x_y z"),
        (f"<munderover><mo>∑</mo>{X}{N}</munderover><mi>z</mi>", "∑_x^n z"),
        (f"<munder><mo>∑</mo><mrow>{X}<mo>&lt;</mo>{N}</mrow></munder>{X}", "∑_(x < n) x"),
        (f"<mfrac><mn>1</mn>{TWO}</mfrac>{X}", "1/2 x"),
        (f"<mfrac><mn>1</mn>{TWO}</mfrac><mo>(</mo>{SUM}<mo>)</mo>", "1/2 (x + 2)"),
        (f"<mfrac><mn>1</mn>{SUM}</mfrac>{X}", "1/(x + 2) x"),
        (f"{X}<mfrac><mn>1</mn>{TWO}</mfrac>", "x 1/2"),
        (f"<msqrt>{X}</msqrt><mi>y</mi>", "√x y"),
        (f"{TWO}<mo>&#x2062;</mo><mfrac><mn>1</mn>{TWO}</mfrac>", "2 1/2"),
        (f"{TWO}<mo>&#x2064;</mo><mn>3</mn>", "2 3"),
        (f"<msup>{X}{TWO}</msup>{N}", "x²n"),
        (f"<msub>{X}{N}</msub><mo>(</mo><mi>t</mi><mo>)</mo>", "x_n(t)"),
        (f"<mtext>if </mtext>{X}", "if x"),
        (f"{X}<mtext>&#xa0;and&#xa0;</mtext>{N}", "x and n"),
        (f"<mtext>if</mtext><mspace width='1em'/>{X}", "if x"),
        (f"<mo>(</mo><mspace width='1em'/>{X}", "(x"),
        (f"<mi>sin</mi><mo>&#x2061;</mo>{X}", "sin x"),
        (f"<mi>sin</mi>{X}", "sin x"),
        (f"<msup><mi>sin</mi>{TWO}</msup>{X}", "sin²x"),
        ("<mtext>Na</mtext><mtext>Cl</mtext>", "NaCl"),
    ],
)
def test_parts_stay_apart_where_they_would_say_something_else(markup: str, formula: str) -> None:
    assert said(markup) == formula


@pytest.mark.parametrize("thickness", ["0", "0px", "0.0em", " 0 "])
def test_one_above_the_other_is_no_fraction(thickness: str) -> None:
    numbers = "<mn>5</mn><mn>2</mn></mfrac>"
    assert said(f"<mfrac linethickness='{thickness}'>{numbers}") == UNSAID
    assert said(f"<mfrac linethickness='0.5px'>{numbers}") == "5/2"


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
        ("x²", "(x²)"),
        ("x₁", "(x₁)"),
        ("xⁿ", "(xⁿ)"),
        ("½x", "(½x)"),
        ("f′", "f′"),
        ("x\u0302", "x\u0302"),
        ("|x|", "|x|"),
        ("|x| + |y|", "(|x| + |y|)"),
        ("[x]", "[x]"),
        ("", ""),
    ],
)
def test_parts_are_in_brackets_unless_they_are_one(part: str, shown: str) -> None:
    assert grouped(part) == shown


def test_powers_indices_limits_and_roots() -> None:
    assert [power("x", "n"), power("2x", "3"), power("x²", "3"), power("x", "a+b")] == [
        "xⁿ",
        "(2x)³",
        "(x²)³",
        "x^(a+b)",
    ]
    assert [index("x", "12"), index("x₁", "2"), index("x", "i,j")] == ["x₁₂", "(x₁)₂", "x_(i,j)"]
    assert [limits("∑", "", ""), limits("∑", "i", ""), limits("∑", "", "a+b")] == ["∑", "∑_i", "∑^(a+b)"]
    assert [root("x"), root("x", "n"), root("a+b", "3")] == ["√x", "ⁿ√x", "³√(a+b)"]


def test_two_numbers_never_become_one() -> None:
    assert joined(["2", "1/2", "x", "3"]) == "2 1/2 x3"
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
