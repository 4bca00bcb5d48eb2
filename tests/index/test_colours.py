"""Colours of style sheets, as far as they decide whether text can be seen."""

from __future__ import annotations

import pytest

from footnote_index.loaders.css.colours import Colour, are_alike, colour_of, has_picture, is_transparent

BLACK, WHITE, ORANGE = (0, 0, 0), (255, 255, 255), (255, 170, 0)


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("white", WHITE),
        ("grey", (128, 128, 128)),
        ("#fa0", ORANGE),
        ("#fa08", ORANGE),
        ("#ffaa00", ORANGE),
        ("#ffaa0080", ORANGE),
        ("#ffaa0", None),
        ("rgb(255,170,0)", ORANGE),
        ("rgb(255 170 0 / 50%)", ORANGE),
        ("rgba( 255, 170, 0, .5 )", ORANGE),
        ("hsl(120, 50%, 100%)", WHITE),
        ("hsl(120deg 50% 0%)", BLACK),
        ("hsl(120, 50%, 50%)", None),
        ("inherit", None),
        ("var(--text)", None),
        ("", None),
    ],
)
def test_a_colour_has_many_spellings(written: str, colour: Colour | None) -> None:
    assert colour_of(written) == colour


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("transparent", True),
        ("#fff0", True),
        ("#ffffff0a", True),
        ("#ffffff20", False),
        ("#ffffff", False),
        ("#000", False),
        ("rgba(0, 0, 0, 0)", True),
        ("rgba(0, 0, 0, 0.04)", True),
        ("rgba(0, 0, 0, 4%)", True),
        ("rgba(0, 0, 0, 5%)", False),
        ("rgb(0, 0, 0)", False),
    ],
)
def test_text_is_transparent_below_a_twentieth(written: str, expected: bool) -> None:
    assert is_transparent(written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("#000", False), ("url(a.png) #fff", True), ("linear-gradient(#fff, #fff)", True), ("none", False)],
)
def test_a_background_may_have_a_picture(written: str, expected: bool) -> None:
    assert has_picture(written) is expected


def test_colours_are_alike_when_all_their_parts_are() -> None:
    assert are_alike(WHITE, (245, 250, 255))
    assert not are_alike(WHITE, (244, 255, 255))
