"""Keys of sentences, in all the ways that models write them, and what only looks like one."""

from __future__ import annotations

from collections.abc import Iterable

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
    ("line", "text", "keys"),
    [
        ("The Storage Service (S3) stores objects.", "The Storage Service (S3) stores objects.", []),
        ("It has two subunits (S1 and S2).", "It has two subunits (S1 and S2).", []),
        ("The Storage Service (S3) stores objects (S1).", "The Storage Service (S3) stores objects.", ["S1"]),
        (
            "The Storage Service (S3) stores objects. (S1) [S4]",
            "The Storage Service (S3) stores objects.",
            ["S1", "S4"],
        ),
        ("S3: Storage for objects.", "S3: Storage for objects.", []),
        ("Kabul fell [S4].", "Kabul fell.", ["S4"]),
    ],
)
def test_beside_sources_other_keys_in_round_brackets_are_part_of_the_text(
    line: str, text: str, keys: list[str]
) -> None:
    assert without_keys(line, ["S1"]) == (text, keys)


@pytest.mark.parametrize(
    ("line", "sources", "text", "keys"),
    [
        ("Kabul fell [1].", ["S1"], "Kabul fell.", ["S1"]),
        ("Kabul fell [1][2], they say.", ["S1", "S2"], "Kabul fell, they say.", ["S1", "S2"]),
        ("Kabul fell [1, 2].", ["S2", "S1"], "Kabul fell.", ["S1", "S2"]),
        ("Kabul fell [2].", ["S1"], "Kabul fell [2].", []),
        ("Kabul fell (1).", ["S1"], "Kabul fell (1).", []),
        ("Kabul fell [1](a.html).", ["S1"], "Kabul fell [1](a.html).", []),
        ("Kabul fell. [1]", [], "Kabul fell.", ["S1"]),
        ("Kabul fell. 【1】", [], "Kabul fell.", ["S1"]),
        ("Kabul fell. [1] [2]", [], "Kabul fell.", ["S1", "S2"]),
        ("Kabul fell [3]. [S1]", [], "Kabul fell [3].", ["S1"]),
        ("Kabul fell [3] in [2021] or so [1].", [], "Kabul fell [3] in [2021] or so [1].", []),
    ],
)
def test_a_number_in_brackets_is_a_key_of_a_named_source_or_at_the_end_of_a_line(
    line: str, sources: list[str], text: str, keys: list[str]
) -> None:
    assert without_keys(line, sources) == (text, keys)


@pytest.mark.parametrize(
    ("line", "text", "keys"),
    [
        ("The Storage Service (S3) is old [S1].", "The Storage Service (S3) is old.", ["S1"]),
        ("The Storage Service (S3) is old [S2].", "The Storage Service is old.", ["S3", "S2"]),
        ("S3: storage. (S1)", "S3: storage.", ["S1"]),
    ],
)
def test_what_stands_in_a_named_sentence_is_part_of_the_text(line: str, text: str, keys: list[str]) -> None:
    def says(words: str, named: Iterable[str]) -> bool:
        return words in "S3: the Storage Service (S3)." and "S1" in named

    assert without_keys(line, says=says) == (text, keys)


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
