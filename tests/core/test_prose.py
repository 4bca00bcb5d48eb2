"""Source sentences as they read in an answer."""

from __future__ import annotations

import pytest

from footnote.text.prose import as_prose


@pytest.mark.parametrize(
    ("quote", "prose"),
    [
        ("It  is\r\nso.", "It is so."),
        ("- 27 Humvees", "27 Humvees"),
        ("2) Knead it.", "Knead it."),
        ("> A line.", "A line."),
        ("It is **very** `long` and __high__.", "It is very long and high."),
        ("See [the map](https://example.org/map).", "See the map."),
        ("![beacon](https://evil.example/x.png) It fell.", "beacon It fell."),
        ("-5 degrees.", "-5 degrees."),
        ("- 5 degrees.", "- 5 degrees."),
        ("> 50 people may use the hall.", "> 50 people may use the hall."),
        ("12. Mai 1990 wurde die Brücke eröffnet.", "12. Mai 1990 wurde die Brücke eröffnet."),
        ("12. Die Brücke ist offen.", "Die Brücke ist offen."),
        ("2 * 3 ** 4 is 162.", "2 * 3 ** 4 is 162."),
        ("snake_case__name stays", "snake_case__name stays"),
        ("It is *very* _high_ and ~~short~~ ***long***.", "It is very high and short long."),
        ("(*see* below)", "(see below)"),
        (
            "2*3*4 and a_b_c stay, as do * this *, *.py and 5 * 6 * 7",
            "2*3*4 and a_b_c stay, as do * this *, *.py and 5 * 6 * 7",
        ),
        ("*.txt and *.md are read", "*.txt and *.md are read"),
    ],
)
def test_layout_goes_and_words_stay(quote: str, prose: str) -> None:
    assert as_prose(quote) == prose
