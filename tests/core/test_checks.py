"""The checks of a claim against its sources, each with a table of cases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.checks import (
    CHECKS,
    QuotedSource,
    first_failed,
    has_dates,
    has_known_addresses,
    has_known_ending,
    has_names,
    has_numbers,
    has_quoted_words,
    has_same_sense,
    has_supported_clauses,
    support,
)

MONDAY = date(2021, 9, 6)


def sources(*quotes: str, header: str = "", published: date | None = None) -> list[QuotedSource]:
    return [QuotedSource(quote, header, published) for quote in quotes]


# --- numbers


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("It fell.", ["It was taken."]),
        ("It fell in 2021", ["It fell (2021)."]),
        ("It cost 3.5 million.", ["The price: 3,500,000"]),
        ("It cost $3.5 million.", ["It cost $3.50m."]),
        ("1500 men came.", ["There were 1,500 of them."]),
        ("At 14:30 it began.", ["It began at 14:30."]),
        ("COVID-19 spread.", ["COVID-19 was there."]),
        ("It fell in 2021 after 20 years.", ["It fell in 2021.", "It had lasted twenty years."]),
        ("Five men came.", ["5 men came."]),
        ("One of them left.", ["A man left."]),
        ("87 % agreed.", ["87 per cent agreed."]),
        ("About 90 % agreed.", ["87 % agreed."]),
        ("Nearly 3,000 came.", ["2,960 came."]),
        ("It lasted from 1996 to 2001.", ["They ruled in 1996-2001."]),
        ("In the 1980s it fell.", ["Prices fell in the 1980s."]),
        ("It was -5 degrees.", ["The night brought −5 degrees."]),
        ("It rose by 5, from 20 to 25.", ["It was 20 first, and 25 at the end."]),
        ("They led by 5, with 25 points against 20.", ["They had 25 points, the others 20."]),
        ("With 25 ships it has 5 more than the other, which has 20.", ["One has 25 ships, the other has 20."]),
    ],
)
def test_numbers_that_a_source_gives_pass(claim: str, quotes: list[str]) -> None:
    assert has_numbers(claim, sources(*quotes))


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It fell in 2021.", "It fell."),
        ("It fell in 2021.", "It fell in 1996."),
        ("87 % agreed.", "85 % agreed."),
        ("87 % agreed.", "87 agreed."),
        ("About 85 % agreed.", "87 % agreed."),
        ("90 % agreed.", "87 % agreed."),
        ("It cost 3 million.", "It cost 3.5 million."),
        ("It cost 3.5 million.", "It cost 3.5 billion."),
        ("It cost 3.5 million.", "It cost 3 or 5 million."),
        ("20 men came.", "20,000 men came."),
        ("They met on 6 September.", "They met on 16 September."),
        ("Five men died.", "Nine men died."),
        ("It was -5 degrees.", "It was 5 degrees."),
        ("Two trains run on a gauge of 4 ft 6 in.", "Two trains run on a gauge of 2 ft 6 in."),
        ("In Los Angeles two trains run at 4 and at 6.", "In Los Angeles two trains run at 3 and at 6."),
        ("It fell in 1980.", "It fell in the 1980s."),
        ("Begun in 1975, done in 1978, praised in 1978.", "Begun in 1975, done in 1977, praised in 1978."),
    ],
)
def test_a_number_that_no_source_gives_does_not_pass(claim: str, quote: str) -> None:
    assert not has_numbers(claim, sources(quote))


# --- dates


@pytest.mark.parametrize(
    ("claim", "quote", "published"),
    [
        ("It began on 6 September 2021.", "It began on September 6, 2021.", None),
        ("It began on the 6th of September.", "On 6 Sept. it began.", None),
        ("It began in September.", "It began on 6 September.", None),
        ("It began on Monday.", "On Monday it began.", None),
        ("It began on 6 September.", "It began on Monday.", MONDAY),
        ("It began on Monday.", "It began on 6 September.", MONDAY),
        ("It may march on.", "It goes on.", None),
        ("Up to 20 may attend.", "Up to twenty may attend.", None),
        ("It began on 6 September.", "It began on the sixth of September.", None),
        ("It ran on 1 May and 3 May.", "It ran on 1 and 3 May.", None),
        ("It ran from 6 May to 8 May.", "It ran from May 6 to 8.", None),
        ("It opens every Monday.", "It opens on Mondays.", None),
        ("It began on Mondays.", "It began on Mon.", None),
        ("It began in September.", "It began in Sept.", None),
        ("It began in December 2020.", "It began in Dec. 2020.", None),
        ("It began on 2021-09-06.", "It began on 6 September 2021.", None),
        ("It began on Monday, 6 September 2021.", "It began on 2021-09-06.", None),
        ("It began on Mon, 6 September.", "It began on Monday.", MONDAY),
        ("It began on 6 September.", "It began on Mon.", MONDAY),
        ("Jan met the Sun.", "She met him.", None),
    ],
)
def test_dates_that_a_source_gives_pass(claim: str, quote: str, published: date | None) -> None:
    assert has_dates(claim, sources(quote, published=published))


@pytest.mark.parametrize(
    ("claim", "quote", "published"),
    [
        ("It began on 6 September.", "It began on 6 October.", None),
        ("It began on 6 September.", "It began on 5 September and ended on 6 October.", None),
        ("It began in October.", "It began on 6 September.", None),
        ("It began on Tuesday.", "It began on Monday.", None),
        ("It began on 6 September.", "It began on Monday.", None),
        ("It began on 7 September.", "It began on Monday.", MONDAY),
        ("It began on 6 September.", "It began.", MONDAY),
        ("It began on 7 September.", "It began on the sixth of September.", None),
        ("It ran on 2 May.", "It ran on 1 and 3 May.", None),
        ("It ran on 8 June.", "It ran from 6 to 8 May.", None),
        ("It opens on Tuesdays.", "It opens on Mondays.", None),
        ("It began in Oct.", "It began in September.", None),
        ("It began on Sun, 6 May.", "It began on Saturday, 6 May.", None),
        ("It began on 2021-09-07.", "It began on 6 September 2021.", None),
        ("It began on 6 May.", "Up to 6 may attend.", None),
    ],
)
def test_a_date_that_no_source_gives_does_not_pass(claim: str, quote: str, published: date | None) -> None:
    assert not has_dates(claim, sources(quote, published=published))


# --- names


@pytest.mark.parametrize(
    ("claim", "quote", "header"),
    [
        ("Ahmad Massoud leads it.", "It is led by Ahmad Massoud.", ""),
        ("Massoud's men hold it.", "The men of Massoud hold it.", ""),
        ("The NRF fights on.", "The National Resistance Front fights on.", ""),
        ("The National Resistance Front fights on.", "The National Resistance Front (NRF) fights on.", ""),
        ("The Afghan army fled.", "The army of Afghanistan fled.", ""),
        ("Fighters hold it.", "The fighters hold it.", ""),
        ("Officials left.", "The government left.", ""),
        ("Kabul Dispatch reports that it fell.", "It fell.", "The fall Kabul Dispatch"),
        ("nobody has a name", "There is none.", ""),
    ],
)
def test_names_that_a_source_gives_pass(claim: str, quote: str, header: str) -> None:
    assert has_names(claim, sources(quote, header=header))


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It is led by Ahmad Massoud.", "It is led by Amrullah Saleh."),
        ("Ahmad Massoud leads it.", "He leads it."),
        ("They fled to Tajikistan.", "They fled to Pakistan."),
        ("The NATO left.", "The United States left."),
        ("Bob Smith won.", "Alice won."),
    ],
)
def test_a_name_that_no_source_gives_does_not_pass(claim: str, quote: str) -> None:
    assert not has_names(claim, sources(quote))


# --- quotations


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("He refused.", "He said no."),
        ('He said "never surrender".', 'His answer was: "Never surrender!"'),
        ("He said “never surrender”.", 'His answer was: "Never surrender!"'),
        ("He said «never surrender».", "never surrender"),
        ("He said „never surrender“.", "never surrender"),
        ("He said ``never surrender''.", "`` never surrender '' , he said ."),
        ("Use the option `--all`.", "The option --all shows everything."),
        ("He said 「降参しない」。", "降参しない"),
        ("He said 'never surrender'.", "His answer: never surrender."),
        ("They sang rock 'n' roll and got 'em from the members' shop.", "They sang."),
        ("The officers' union and the ships' crews met in the '90s.", "They met."),
        ('They "hold the high ground".', "They hold\nthe  high\u00a0ground."),
        ('He said "no" and "never".', "No. Never."),
        ("It's the men's valley.", "The valley is theirs."),
        ('He said "it\'s over".', "He said “it’s over”."),
        ("He said ‘it’s over’ twice.", "He said it's over."),
        ('He said "São Bento".', "He went to Sao Bento."),
        ('A 27" mast broke.', "A mast of 27 inches broke."),
    ],
)
def test_words_in_quotation_marks_that_stand_in_the_quote_pass(claim: str, quote: str) -> None:
    assert has_quoted_words(claim, sources(quote))


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ('He said "never".', ["He said no."]),
        ("He said “never”.", ["He said no."]),
        ("He said «never».", ["He said no."]),
        ("He said „never“.", ["He said no."]),
        ("He said ‘never’.", ["He said no."]),
        ("The critic called it 'a masterpiece'.", ["The critic called it 'a mess'."]),
        ("They are called `` Ernie en Ernie ''.", ["They are called `` Ernie und Bert ''."]),
        ("He said ‹never›.", ["He said no."]),
        ("He said 「降参しない」。", ["He said 降参する。"]),
        ('He said "no" and "never".', ["He said no."]),
        ('He said "never surrender".', ["He said: never give up or surrender."]),
        ('He said "never surrender".', ["He said never.", "They did surrender."]),
        ('He spoke of "war".', ["They warned him."]),
        ('He said "surrender now.', ["He said nothing."]),
        ('«They "lied" to him»', ["They spoke to him."]),
        ("He said ‘it’s over’.", ["He said it’s fine."]),
        ('A 27" mast, he said, "broke".', ["A mast of 27 inches fell."]),
    ],
)
def test_words_put_into_a_mouth_do_not_pass(claim: str, quotes: list[str]) -> None:
    assert not has_quoted_words(claim, sources(*quotes))


# --- negations and opposites


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The valley fell.", "The valley fell on Monday."),
        ("The valley did not fall.", "The valley didn't fall."),
        ("Reed cannot swim.", "Reed can't swim."),
        ("Reed will not resign.", "Reed won’t resign."),
        ("Reed won the race.", "Reed won the race."),
        ("The troops left.", "The troops left, but they did not destroy the weapons in the depots."),
        ("Prices rose.", "Prices rose, then fell."),
        # limits say the same with and without a negation
        ("At most 5 people may ride.", "Up to 5 people may ride."),
        ("No more than five people may ride.", "Up to five people may ride."),
        ("No more than thirty people may ride.", "Up to thirty people may ride."),
        ("It isn't more than 5 metres high.", "It is up to 5 metres high."),
        ("The paper must be in no later than 5 May.", "The paper must be in by 5 May."),
        ("The crane never had more than 40 workers.", "The crane had at most 40 workers."),
    ],
)
def test_what_says_the_same_passes(claim: str, quote: str) -> None:
    assert has_same_sense(claim, sources(quote))


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The valley did not fall.", "The valley fell."),
        ("The valley fell to the army.", "The valley never fell to the army."),
        ("The troops destroyed the weapons.", "The troops did not destroy the weapons."),
        ("Reed can swim.", "Reed can't swim."),
        ("He can swim.", "He can’t swim."),
        ("He will resign.", "He won't resign."),
        ("He will resign.", "He won’t resign."),
        ("He isn't here.", "He is here."),
        ("The usage is not one in which it is not used.", "The usage is not one in which it is used."),
        ("The crane had more than 40 workers.", "The crane never had more than 40 workers."),
        ("It is higher than the church.", "It is no higher than the church."),
    ],
)
def test_what_says_the_opposite_does_not_pass(claim: str, quote: str) -> None:
    assert not has_same_sense(claim, sources(quote))


# --- addresses


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It fell at 8 p.m. in the U.S. valley.", "It fell."),
        ("More stands on example.org.", "More stands on example.org."),
        ("It grew by 3.5 to 4.5.", "It grew."),
        ("Read example.org/map, it says.", "The map is at example.org/map."),
        ("Read example․org.", "Read ex­ample.org."),
        ("它倒塌了。他说", "它倒塌了。他说"),
    ],
)
def test_claims_without_an_address_of_their_own_pass(claim: str, quote: str) -> None:
    assert has_known_addresses(claim, sources(quote))


@pytest.mark.parametrize(
    "claim",
    [
        *("It fell (evil.example).", "It fell, see https://evil.example/x.", "It fell, @everyone.", "It fell, <@123>."),
        *("It fell [here](x).", "It fell, www.evil.example.", "It fell, discord://x.", "It fell, <a:b:1>."),
        *("It fell, evil。example.", "It fell, evil．example.", "It fell, evil․example.", "It fell, почта.рф."),
        *(
            "It fell, evil[.]example.",
            "It fell, evil(dot)example.",
            "It fell, hxxp://evil.",
            "It fell, evil\u200b.example.",
        ),
        *(
            "It fell, javascript:evil.",
            "It fell, data:text/html.",
            "It fell, mailto:evil.",
            "It fell, @\u200beveryone.",
        ),
        *("It fell, safe.example/evil.", "It fell, safe.example:evil.test.", "It fell, hxxp://evil."),
        "It fell, @\u200beveryone.",
    ],
)
def test_an_address_or_mention_that_no_source_has_does_not_pass(claim: str) -> None:
    assert not has_known_addresses(claim, sources("It fell near safe.example."))


# --- endings


@pytest.mark.parametrize(
    ("claim", "quote", "header"),
    [
        ("The tower is high.", "High is the tower.", ""),
        ("The tower is high in Alderness.", "The tower is high.", "Alderness today"),
        (
            "The tower by the sea, built in stone, is high and shining.",
            "By the sea a high tower of stone was built.",
            "",
        ),
        ("Of the", "It is.", ""),
        ("它倒塌了", "它倒塌了", ""),
    ],
)
def test_claims_that_end_in_words_of_a_source_pass(claim: str, quote: str, header: str) -> None:
    assert has_known_ending(claim, sources(quote, header=header))


@pytest.mark.parametrize(
    ("claim", "quote", "header"),
    [
        ("The tower is fake.", "The tower is high.", ""),
        ("The tower is fake.", "The tower is high.", "What is fake"),
        ("The tower is high in Brackwick.", "The tower is high.", "Alderness today"),
        (
            "The tower by the sea, built in stone, is high and infects tourists.",
            "By the sea a high tower was built.",
            "",
        ),
    ],
)
def test_a_claim_that_is_continued_with_something_else_does_not_pass(claim: str, quote: str, header: str) -> None:
    assert not has_known_ending(claim, sources(quote, header=header))


# --- clauses

BRIDGE = "The Zarkon bridge is 115 metres long."


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        (BRIDGE, [BRIDGE]),
        (
            "The Zarkon bridge is 115 metres long and was opened in 1932.",
            [BRIDGE, "It was opened in 1932 by the king."],
        ),
        ("Opened in 1932, the Zarkon bridge is 115 metres long.", [BRIDGE, "It was opened in 1932 by the king."]),
        ("The bridge is 115 metres long; a king opened it.", [BRIDGE, "It was opened in 1932 by the king."]),
        ("The bridge is long and you need a ticket to cross it.", [BRIDGE, "To cross it, you need a ticket."]),
        ("The bridge, which is long, is in Zarkon.", [BRIDGE]),
        ("On Friday, 3 September 2021, the bridge of Zarkon was opened.", ["The bridge of Zarkon was opened."]),
    ],
)
def test_a_claim_made_of_what_several_sources_say_passes(claim: str, quotes: list[str]) -> None:
    assert has_supported_clauses(claim, sources(*quotes))


@pytest.mark.parametrize("joint", [" and ", ", ", ", and ", "; ", ". ", " - ", ", so ", ": "])
@pytest.mark.parametrize(
    "other",
    [
        "Never share your password.",
        "Visitors enter a password.",
        "Enter through the gate now.",
        "The password is new now.",
    ],
)
def test_a_clause_that_no_source_says_does_not_pass(joint: str, other: str) -> None:
    quotes = sources(BRIDGE, other)
    assert not has_supported_clauses(f"The Zarkon bridge is 115 metres long{joint}enter your password now.", quotes)
    assert not has_supported_clauses(f"Enter your password now{joint}the Zarkon bridge is 115 metres long.", quotes)


def test_what_is_added_is_looked_at_closely_without_a_word_to_the_reader() -> None:
    claim = "The Zarkon bridge is 115 metres long and visitors pay four coins daily."
    assert not has_supported_clauses(claim, sources(BRIDGE, "Visitors came from the north."))


# --- support


@pytest.mark.parametrize(
    ("claim", "quotes", "share"),
    [
        ("The valley is long.", ["The valley is long."], 1.0),
        ("LONG valleys!", ["the valley, is long"], 1.0),
        ("The valley is long.", ["The valley.", "It is long."], 1.0),
        ("Long valleys rise steeply.", ["It is long."], 0.25),
        ("In 2021 it fell.", ["It fell in 1996."], 0.25),
        ("Nothing alike.", ["It is long."], 0.0),
        ("…", ["It is long."], 0.0),
        ("Of the", ["Of the"], 0.0),
    ],
)
def test_support_is_the_share_of_content_words_and_less_without_the_numbers(
    claim: str, quotes: list[str], share: float
) -> None:
    assert support(claim, sources(*quotes)) == pytest.approx(share)


def test_a_title_carries_nothing_by_itself() -> None:
    assert support("The bank is closed.", sources("The tower is high.", header="The bank is closed")) == 0
    assert support("The bank is high.", sources("The tower is high.", header="The bank is closed")) == 1


@given(st.text(), st.lists(st.text(), max_size=3), st.none() | st.dates())
@settings(deadline=None)
def test_any_text_can_be_checked(claim: str, quotes: list[str], published: date | None) -> None:
    given_sources = sources(*quotes, published=published)
    assert 0 <= support(claim, given_sources) <= 1
    assert all(check(claim, given_sources) in {True, False} for check in CHECKS.values())


@given(st.lists(st.sampled_from("Kabul fell on 6 September 2021 not “a b” 5 % NRF twenty rose .".split()), min_size=1))  # noqa: SIM905
@settings(deadline=None)
def test_a_sentence_always_passes_against_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert first_failed(text, sources(text)) is None
