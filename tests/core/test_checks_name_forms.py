"""Ways to write a name: with accents, titles, initials and numerals, and its forms."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource, first_failed, has_names
from footnote.checks.names.name_forms import is_form_of
from footnote.checks.names.names import is_same_name


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        # accents
        ("Reed flew to Sao Bento.", "Reed flew to São Bento."),
        ("Reed lives in Zürnach.", "Reed lives in Zurnach."),
        ("Jose Garcia led the port of Thornby.", "José García led the port of Thornby."),
        ("Jose\u0301 Garcia led the port of Thornby.", "Jose Garcia led the port of Thornby."),
        # titles
        ("Dr. Ann Lee leads the port.", "Ann Lee leads the port."),
        ("Mr Lee leads the port of Thornby.", "Ann Lee leads the port of Thornby."),
        ("Reed met Lt. Gen. Lee there.", "Reed met Lee there."),
        ("Reed met General Lee there.", "Reed met Gen. Lee there."),
        ("Reed met Gen. Lee there.", "Reed met General Lee there."),
        # short and long
        ("Reed lives in St. Alder.", "Reed lives in Saint Alder."),
        ("Reed climbed Mount Thorn.", "Reed climbed Mt. Thorn."),
        ("It is by J.R.R. Shaw.", "It is by J. R. R. Shaw."),
        ("The Thornby Harbour Office agreed.", "The THO agreed."),
        ("The Thornby Harbour Office closed the old pier.", "The THO closed the old pier."),
        ("The pier opens at 6:30 PM.", "The pier opens at 6:30 p.m."),
        ("The pier opens at 6:30 p.m.", "The pier opens at 6:30PM."),
        # a word that its one form leaves out, or writes in full
        ("The pier belongs to Notre Dame.", "The pier belongs to Notre Dame Cathedral."),
        ("The fire broke out on Elm St.", "The fire broke out on Elm St. Monday night."),
        ("It broke out on Elm St. Monday night.", "On Monday night it broke out on Elm St."),
        ("It is by J. Shaw.", "It is by J. K. Shaw."),
        ("It was led by Alan H. Reed.", "It was led by Alan H. W. Reed."),
        ("The ferry leaves from Gate 4 C.", "The ferry leaves from Gate 4-C."),
        ("The ferry leaves from Gate 4-C.", "The ferry leaves from Gate 4 C."),
        # initials of a long name that has another form, or initials in it
        ("The European Harbour Bank agreed.", "The EHB agreed."),
        ("The Scottish Harbour Party agreed.", "The SHP agreed."),
        ("The American Civil Harbour Union agreed.", "The ACHU agreed."),
        ("The Chinese Harbour Party agreed.", "The CHP agreed."),
        ("The CHP agreed.", "The Chinese Harbour Party agreed."),
        ("The United Nations Harbour Programme agreed.", "The UNHP agreed."),
        ("The UNHP agreed.", "The United Nations Harbour Programme agreed."),
        ("The US Harbour Survey agreed.", "The USHS agreed."),
        ("The USHS agreed.", "The US Harbour Survey agreed."),
        ("The USHS agreed.", "The U.S. Harbour Survey agreed."),
        # numerals
        ("Reed met Xi Jinping there.", "Reed met King Alan III and Xi Jinping there."),
        ("Reed fought in Harbour War II.", "Reed fought in HWII."),
        ("Reed fought in HWII.", "Reed fought in Harbour War II."),
        ("Reed saw Queen Mary II’s ship.", "Reed saw the ship of Queen Mary the Second."),
        ("Reed fought in Harbour War II.", "Reed fought in Harbour War Two."),
        ("Queen Mary II opened the pier.", "Queen Mary the Second opened the pier."),
        ("Queen Mary II opened the pier.", "Queen Mary opened the pier."),
        # a label and an adverb are no names
        ("Note: Members may swim.", "Members may swim."),
        ("Locally, Reed is known.", "Reed is known in the place."),
    ],
)
def test_a_name_written_in_another_way_passes(claim: str, quote: str) -> None:
    assert first_failed(claim, [QuotedSource(quote)]) is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Queen Mary II opened the pier.", "Queen Mary I opened the pier."),
        ("Reed met Queen Mary II there.", "Reed met Queen Mary III there."),
        ("Reed met Alan Sen.", "Reed met Alan Lee."),
        ("Reed met Dr. Shaw.", "Reed met Dr. Lee."),
        ("Note: Reed may swim in Thornby.", "Note: Reed may swim in Alder."),
        ("The Thornby Fishing Office agreed.", "The THO agreed."),
        ("The European Harbour Bank agreed.", "The EFB agreed."),
        ("The US Harbour Survey agreed.", "The UKHS agreed."),
        ("The US Army agreed.", "The USA agreed."),
        ("It is by J. M. Shaw.", "It is by J. K. Shaw."),
        ("The First Lord visited Thornby.", "First Lady Ann Reed visited Thornby."),
        ("The ferry leaves from Gate 4 F.", "The ferry leaves from Gate 4-C."),
        ("Reed met Xi in Thornby.", "Reed met Lee in Thornby."),
        ("Reed met Xi in Thornby.", "Reed met Lee II in Thornby."),
        ("Reed fought in Harbour War II.", "Reed fought in HWI."),
        ("Reed wrote on X.", "Reed wrote on Y."),
        ("Reed flew to São Bento.", "Reed flew to São Paolo."),
    ],
)
def test_another_name_does_not_pass(claim: str, quote: str) -> None:
    assert not has_names(claim, [QuotedSource(quote)])


@pytest.mark.parametrize(
    ("claim", "quote", "before", "has"),
    [
        ("Paris is the capital.", "London is the capital.", "", False),
        ("Karzai resigned in May.", "Ghani resigned in May.", "", False),
        ("Karzai resigned in May.", "Ashraf Ghani resigned in May.", "", False),
        # known, no name, or not the same
        ("Ghani resigned in May.", "Ashraf Ghani resigned in May.", "", True),
        ("Karzai resigned in May.", "He resigned in May.", "", True),
        ("Karzai resigned in May.", "Hamid resigned in May.", "This is about Hamid Karzai.", True),
        ("Officials resigned in May.", "Ghani resigned in May.", "", True),
        ("Police arrested Reed in May.", "Ghani arrested Reed in May.", "", True),
        ("Music is her life.", "Zara is a musician.", "", True),
        ("Karzai resigned in spring.", "Ghani resigned in autumn.", "", True),
        ("France is larger.", "French is larger.", "", True),
    ],
)
def test_a_first_word_that_acts_in_place_of_another_name_does_not_pass(
    claim: str, quote: str, before: str, has: bool
) -> None:
    assert has_names(claim, [QuotedSource(quote, before=before)]) is has


@pytest.mark.parametrize(
    ("one", "other", "is_form"),
    [
        ("niger", "nigeria", False),
        ("niger", "nigerian", False),
        ("india", "indiana", False),
        ("martin", "martina", False),
        ("robert", "roberta", False),
        ("peter", "petersen", False),
        ("peter", "peterson", False),
        ("frank", "frankfurt", False),
        ("nigeria", "nigerian", True),
        ("india", "indian", True),
        ("slovak", "slovakia", True),
        ("slovaks", "slovakia", True),
        ("somali", "somalia", True),
        ("croats", "croatia", True),
        ("korea", "koreans", True),
        ("london", "londoners", True),
        ("uzbek", "uzbekistan", True),
        ("republic", "republicans", True),
        ("islam", "islamist", True),
        ("minister", "ministerial", True),
    ],
)
def test_a_longer_word_is_a_form_of_a_name_only_with_an_ending_of_peoples_and_adjectives(
    one: str, other: str, is_form: bool
) -> None:
    assert is_form_of(one, other) is is_form
    assert is_form_of(other, one) is is_form


def test_initials_are_the_same_name_as_its_words() -> None:
    assert is_same_name(("tho",), ("thornby", "harbour", "office"))
    assert not is_same_name(("tfo",), ("thornby", "harbour", "office"))
