"""Numbers in digits, as each language writes them."""

from __future__ import annotations

import pytest

from footnote.text.local_numbers import local_numbers


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "1.250,5 Euro", {"1250.5"}),
        ("de", "3,50 Euro", {"3.5"}),
        ("de", "am 6. September 1902", {"6", "1902"}),
        ("de", "1.000.000 Einwohner", {"1000000"}),
        ("en", "1,250.50 euros", {"1250.5"}),
        ("fr", "1 250,5 euros", {"1250.5"}),
        ("ru", "1 250,5 рубля", {"1250.5"}),
        ("es", "el 12,5 % de 4.000", {"12.5", "4000"}),
        ("zh", "2021年9月6日", {"2021", "9", "6"}),
        ("zh", "３０８分，共1,250.5元", {"308", "1250.5"}),
        ("hi", "१२ लोग", {"12"}),
        ("ar", "١٢٬٥٠٠ و ٣٫٥", {"12500", "3.5"}),
        ("de", "Version 1.2.3 um 8.15 Uhr", {"1.2.3", "8.15"}),
        ("de", "07 und 0", {"7", "0"}),
        ("de", "keine", set()),
    ],
)
def test_a_number_has_one_form(language: str, text: str, expected: set[str]) -> None:
    assert local_numbers(text, language) == expected


def test_the_same_amount_is_the_same_in_two_languages() -> None:
    assert local_numbers("1.250,5", "de") == local_numbers("1,250.5", "en") == local_numbers("1 250,5", "ru")
