"""Keys of sentences, in all the ways that models write them, and what only looks like one."""

from __future__ import annotations

import pytest

from footnote.adapters.openai.keys import keys_in, names_keys, without_keys


@pytest.mark.parametrize(
    ("sources", "keys"),
    [
        (["S3", "S7"], ["S3", "S7"]),
        (["s3", "S 7"], ["S3", "S7"]),
        ([3, 7.0], ["S3", "S7"]),
        ("S3", ["S3"]),
        ("3, 7", ["S3", "S7"]),
        ("[S3-S5]", ["S3", "S4", "S5"]),
        ("【S3】", ["S3"]),
        ("S1 & S2", ["S1", "S2"]),
        ("as S3 says in 2021", ["S3"]),
        ([{"key": "S3"}, {"id": 4}], ["S3", "S4"]),
        ({"source": ["S3"]}, ["S3"]),
        ([[["S3"]]], ["S3"]),
        (0, ["S0"]),
        (9_999, ["S9999"]),
        ("S1-S24", [f"S{number}" for number in range(1, 25)]),
        ("S1-S25", ["S1", "S25"]),
        ("S5-S3", ["S5", "S3"]),
    ],
)
def test_keys_are_read_in_any_form(sources: object, keys: list[str]) -> None:
    assert keys_in(sources) == keys


@pytest.mark.parametrize(
    "sources",
    [
        None,
        True,
        -1,
        10_000,
        3.5,
        float("nan"),
        float("inf"),
        "",
        "in 2021",
        "S12345",
        [],
        {},
        {"quote": "S3"},
        [[[["S3"]]]],
        "USS3",
    ],
)
def test_other_values_are_no_keys(sources: object) -> None:
    assert keys_in(sources) == []


@pytest.mark.parametrize(
    ("line", "text", "keys"),
    [
        ("Kabul fell [S3].", "Kabul fell.", ["S3"]),
        ("Kabul fell. [S3]", "Kabul fell.", ["S3"]),
        ("Kabul fell (S3, S7).", "Kabul fell.", ["S3", "S7"]),
        ("Kabul fell [S3][S7].", "Kabul fell.", ["S3", "S7"]),
        ("Kabul fell **[S3]**.", "Kabul fell.", ["S3"]),
        ("Kabul fell 【S3】.", "Kabul fell.", ["S3"]),
        ("Kabul fell (see S3).", "Kabul fell.", ["S3"]),
        ("Kabul fell [S3", "Kabul fell", ["S3"]),
        ("S3: Kabul fell.", "Kabul fell.", ["S3"]),
        ("- **S3:** Kabul fell.", "Kabul fell.", ["S3"]),
        ("Kabul fell. S3", "Kabul fell.", ["S3"]),
        ("Kabul fell. Sources: S3 and S7.", "Kabul fell.", ["S3", "S7"]),
        ("[S3]", "", ["S3"]),
        ("S3, S4", "", []),
    ],
)
def test_keys_are_taken_out_of_a_line(line: str, text: str, keys: list[str]) -> None:
    assert without_keys(line) == (text, keys)


@pytest.mark.parametrize(
    "line",
    [
        "Kabul fell (2021).",
        "Kabul fell [3].",
        "The S3 line runs to Ripon.",
        "Take the S3",
        "The Samsung (S30000) is new.",
        "Kabul fell (Saturday).",
    ],
)
def test_other_brackets_and_words_stay(line: str) -> None:
    assert without_keys(line) == (line, [])
    assert not names_keys(line)
