"""How a text is divided into parts, and what each is about."""

from __future__ import annotations

import pytest

from footnote.checks.sense.parts import parts_of

MASSOUD, DASHTY = ("massoud",), ("dashty",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("It rained.", ["It rained."]),
        ("Kabul fell and Herat burned.", ["Kabul fell", "and Herat burned."]),
        ("Kabul fell, Herat burned.", ["Kabul fell", "Herat burned."]),
        ("Kabul fell. Herat burned.", ["Kabul fell.", "Herat burned."]),
        ("It costs 1,000 euros.", ["It costs 1000 euros."]),
        ("He met Zara and Dashty.", ["He met Zara and Dashty."]),
        ("It has 5 and 8 boats.", ["It has 5 and 8 boats."]),
        ("Kabul fell, in a week.", ["Kabul fell, in a week."]),
        ("In August, Kabul fell.", ["In August, Kabul fell."]),
        ("Kabul (the capital) fell.", ["Kabul fell.", "the capital"]),
        ("Kabul fell — Herat burned.", ["Kabul fell", "Herat burned."]),
        ("Kabul fell, and.", ["Kabul fell and."]),
    ],
)
def test_a_text_is_cut_at_its_joints(text: str, parts: list[str]) -> None:
    assert [part.text for part in parts_of(text)] == parts


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Massoud fled.", [()]),  # a first word alone may be any word
        ("In May Massoud fled.", [()]),
        ("It rained, and Massoud fled.", [(), (MASSOUD,)]),
        ("It rained, and Massoud fled but came back.", [(), (MASSOUD,), (MASSOUD,)]),
        ("It rained, and Massoud fled while the army stayed.", [(), (MASSOUD,), ()]),
        ("It rained, and Massoud fled while he was ill.", [(), (MASSOUD,), (MASSOUD,)]),
        ("It rained, and former minister Massoud fled.", [(), (MASSOUD,)]),
        ("The army met Dashty, who fled.", [(), (DASHTY,)]),
        ("It rained, and Massoud in Kabul.", [(), ()]),
    ],
)
def test_a_part_has_the_name_that_it_begins_with_as_subject(
    text: str, subjects: list[tuple[tuple[str, ...], ...]]
) -> None:
    assert [part.subject for part in parts_of(text)] == subjects


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("", ()),
        ("Ahmad Massoud was ill.", (("ahmad", "massoud"),)),
        ("The army met Ahmad Massoud.", (("ahmad", "massoud"),)),
        ("It rained.", ()),
    ],
)
def test_a_first_pronoun_points_to_the_text_before(before: str, subject: tuple[tuple[str, ...], ...]) -> None:
    [part] = parts_of("He fled.", before)
    assert part.subject == subject


def test_a_known_name_counts_at_the_start_of_a_sentence() -> None:
    [part] = parts_of("Massoud fled.", "", frozenset({"massoud"}))
    assert (part.names, part.subject) == ((MASSOUD,), (MASSOUD,))
    assert part.holds(("ahmad", "massoud"))
    assert not part.holds(DASHTY)


def test_a_part_has_its_words_and_numbers() -> None:
    [part] = parts_of("The army took five towns.")
    assert (part.numbers, part.names) == (((5.0, ""),), ())
    assert {"armi", "take", "town"} <= part.words
    assert "the" in part.all_words - part.words
