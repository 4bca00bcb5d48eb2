"""Word's formulas on one line."""

from __future__ import annotations

import pytest

from footnote_index.loaders.docx.formulas import of_omml
from footnote_index.loaders.markup.formulas import UNSAID
from footnote_index.loaders.trees import parsed


def said(markup: str) -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    return of_omml(parsed(f'<oMath xmlns="{space}" xmlns:m="{space}">{markup}</oMath>'.encode()))


def t(text: str) -> str:
    return f"<r><t>{text}</t></r>"


def part(kind: str, text: str) -> str:
    return f"<{kind}>{t(text)}</{kind}>"


HALF = f"<f>{part('num', '1')}{part('den', '2')}</f>"


@pytest.mark.parametrize(
    ("markup", "formula"),
    [
        (t("a=b"), "a = b"),
        (HALF, "1/2"),
        (t("2") + HALF, "2 1/2"),
        (f"<f>{part('num', 'a+b')}{part('den', '2')}</f>", "(a + b)/2"),
        (f"<f><fPr><type m:val='lin'/></fPr>{part('num', '1')}{part('den', '2')}</f>", "1/2"),
        (f"<sSup>{part('e', '10')}{part('sup', '6')}</sSup>", "10⁶"),
        (f"<sSub>{part('e', 'x')}{part('sub', '2')}</sSub>", "x₂"),
        (f"<sSubSup>{part('e', 'x')}{part('sub', '1')}{part('sup', '2')}</sSubSup>", "x_1^2"),
        (f"<rad><deg/>{part('e', 'x')}</rad>", "√x"),
        (f"<rad>{part('deg', '3')}{part('e', 'a+b')}</rad>", "³√(a + b)"),
        (f"<func>{part('fName', 'sin')}{part('e', 'x')}</func>", "sin x"),
        (f"<limLow>{part('e', 'lim')}{part('lim', 'n→∞')}</limLow>", "lim_(n → ∞)"),
        (f"<limUpp>{part('e', 'a')}{part('lim', 'n')}</limUpp>", "a^n"),
        (f"<sSup><e><sSup>{part('e', 'x')}{part('sup', '2')}</sSup></e>{part('sup', '3')}</sSup>", "(x²)³"),
        (f"<sSup>{part('e', 'x')}{part('sup', 'y')}</sSup>{t('z')}", "x^y z"),
        (t("if ") + t("x"), "if x"),
    ],
)
def test_formulas_on_one_line(markup: str, formula: str) -> None:
    assert said(markup) == formula


def test_a_sum_has_its_sign_and_its_limits() -> None:
    parts = f"{part('sub', 'i=1')}{part('sup', 'n')}{part('e', 'x')}"
    assert said(f"<nary><naryPr><chr m:val='∑'/></naryPr>{parts}</nary>") == "∑_(i = 1)^n x"
    assert said(f"<nary>{part('e', 'x')}</nary>") == "∫ x"


@pytest.mark.parametrize(
    ("properties", "formula"),
    [
        ("", "(a|b)"),
        ("<begChr m:val='['/><endChr m:val=']'/><sepChr m:val=';'/>", "[a;b]"),
        ("<begChr m:val='{'/><endChr m:val=''/>", "{a|b"),
        ("<begChr/><endChr/>", "a|b"),
    ],
)
def test_brackets_are_as_the_formula_says(properties: str, formula: str) -> None:
    assert said(f"<d><dPr>{properties}</dPr>{part('e', 'a')}{part('e', 'b')}</d>") == formula


def test_an_accent_comes_after_its_letter() -> None:
    assert said(f"<acc><accPr><chr m:val='\u0303'/></accPr>{part('e', 'x')}</acc>") == "x\u0303"
    assert said(f"<acc>{part('e', 'x')}</acc>") == "x\u0302"


@pytest.mark.parametrize(
    "markup",
    [
        "<m><mr><e/></mr></m>",
        "<eqArr><e/></eqArr>",
        f"<f><fPr><type m:val='noBar'/></fPr>{part('num', '5')}{part('den', '2')}</f>",
        "<sSup><e><m/></e><sup/></sSup>",
        f"<d><e><eqArr/></e>{part('e', 'a')}</d>",
        "<nary><sub><m/></sub></nary>",
        "<acc><e><m/></e></acc>",
        f"{t('a')}<borderBox>{part('e', 'b')}</borderBox>",
    ],
)
def test_what_does_not_fit_on_a_line_is_marked_as_a_whole(markup: str) -> None:
    assert said(markup) == UNSAID


def test_properties_are_not_said() -> None:
    assert said("<r><rPr><sty m:val='p'/><t>bold</t></rPr><t>x</t></r>") == "x"
