"""Which words are names, and which names may be one."""

from __future__ import annotations

import time

import pytest

from footnote.checks import QuotedSource, has_names
from footnote.checks.names.name_forms import is_form_of
from footnote.checks.names.names import is_same_name, long_forms, names_in, names_inside, runs_of_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kabul fell.", []),
        ("Ahmad Massoud fled.", [("ahmad", "massoud")]),
        ("He met Massoud in Kabul.", [("massoud",), ("kabul",)]),
        ("He met Massoud, Zara.", [("massoud",), ("zara",)]),
        ("He met Massoud's men.", [("massoud",)]),
        ("It was in May, on a Monday.", []),
        ("It was The End.", [("end",)]),
        ("", []),
    ],
)
def test_names_are_runs_of_capitalised_words(text: str, names: list[tuple[str, ...]]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("Kabul fell.", {"kabul"}, [("kabul",)]),
        ("Kabul fell.", {"herat"}, []),
        ("Meanwhile Massoud fled.", {"massoud"}, [("massoud",)]),
        ("Attacking Kabul failed.", {"kabul"}, [("kabul",)]),
        ("Attacking Kabul failed.", set(), [("attacking", "kabul")]),
    ],
)
def test_a_known_name_counts_as_first_word(text: str, known: set[str], names: list[tuple[str, ...]]) -> None:
    assert runs_of_names(text, frozenset(known)) == names


def test_the_first_word_of_any_sentence_is_not_inside_one() -> None:
    assert names_inside("Kabul fell. Herat, Farah and (Ghor) fell. “Zaranj” too") == {"farah", "ghor"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("massoud", "massoud", True),
        ("massoud", "ahmad massoud", True),
        ("ahmad massoud", "general ahmad massoud", True),
        ("ahmad massoud", "ahmad shah massoud", False),
        ("john smith", "john f smith", True),
        ("ahmad massoud", "ahmad zia", False),
        ("dashty", "massoud", False),
        ("afghan army", "afghanistan army", True),
        ("shah", "ahmad shah massoud", True),
        ("ahmad shah", "general ahmad shah massoud", False),
    ],
)
def test_a_shorter_name_may_be_the_same_one(one: str, other: str, is_same: bool) -> None:
    assert is_same_name(tuple(one.split()), tuple(other.split())) is is_same
    assert is_same_name(tuple(other.split()), tuple(one.split())) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_form"),
    [
        ("afghan", "afghanistan", True),
        ("mexico", "mexican", True),
        ("iraq", "iraqi", True),
        ("italy", "italian", True),
        ("cuba", "cuban", True),
        ("cuba", "cubic", False),
        ("iran", "iraq", False),
        ("mali", "malibu", False),
        ("austria", "australia", False),
        ("oman", "omani", True),
        ("chad", "chadian", True),
    ],
)
def test_a_country_and_its_people_are_forms_of_one_name(one: str, other: str, is_form: bool) -> None:
    assert is_form_of(one, other) is is_form
    assert is_form_of(other, one) is is_form


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("The National Resistance Front fights.", "NRF"),
        ("It is the Bank of England.", "BE"),
        ("It is the Bank of England.", "BOE"),
        ("It is the World-Wide Web.", "WWW"),
    ],
)
def test_long_forms_are_found_by_their_initials(text: str, initials: str) -> None:
    assert initials in long_forms(text)


@pytest.mark.parametrize(
    ("claim", "quote", "header", "has"),
    [
        ("Zara fled to Kabul.", "She fled to Kabul.", "", True),  # a first word alone
        ("Then Zara fled.", "She fled.", "", False),
        ("Then Zara fled.", "She fled.", "Zara in exile", True),
        ("Ahmad Massoud fled.", "Massoud fled.", "", False),
        ("The NRF fled.", "The National Resistance Front fled.", "", True),
        ("The NRF fled.", "The National Front fled.", "", False),
        ("The BoE raised rates.", "The Bank of England raised rates.", "", True),
        ("The Bank of England raised rates.", "The BoE raised rates.", "", True),
        ("They fought in WWI.", "They fought in World War II.", "", False),
        ("They fought in the First World War.", "They fought in WW2.", "", False),
        ("The First Lady fled.", "First Lady Ann Reed fled.", "", True),
        ("The First Lady fled.", "Ann Reed fled first.", "", False),
        ("The Afghan army fled.", "The army of Afghanistan fled.", "", True),
        ("Then Trump fled.", "They played trump cards.", "", True),
        ("He fled on 3 Jan 1990.", "He fled on 3 January 1990.", "", True),
        ("He fled in December 1990.", "He fled in Dec 1990.", "", True),
        ("It runs Mon-Fri.", "It runs Monday to Friday.", "", True),
        ("It runs Mon-Fri.", "It runs Monday to Thursday.", "", False),
        ("Charles I fled.", "Charles II fled.", "", False),
        ("Charles I fled.", "Charles I fled, and Charles II came.", "", True),
        ("Louis I fled.", "Louis XIV fled.", "", False),
        ("World War I began.", "The First World War led to World War II.", "", True),
        ("Charles I fled.", "Charles the First fled.", "", True),
    ],
)
def test_a_name_of_a_claim_is_in_a_source_or_its_title(claim: str, quote: str, header: str, has: bool) -> None:
    assert has_names(claim, [QuotedSource(quote, header)]) is has


def test_a_name_turned_around_is_another_name() -> None:
    assert not is_same_name(("ahmad", "massoud"), ("massoud", "ahmad"))


@pytest.mark.parametrize("word", ["Name II ", "AB ", "Ab Cd ", "Ab of Cd ", "St. "])
def test_many_capitalised_words_in_a_row_are_read_at_once(word: str) -> None:
    text = word * 2_000
    start = time.process_time()
    has_names(text[:400], [QuotedSource(text)])
    assert time.process_time() - start < 1


def test_capitals_of_common_words_alone_stand_for_nothing() -> None:
    assert long_forms("And The Of It.").keys() <= {""}


def test_a_long_run_of_capitalised_words_ends_with_a_long_form() -> None:
    assert "NRF" in long_forms("Word " * 50 + "National Resistance Front fights.")
