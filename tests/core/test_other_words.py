"""Right claims in their own words, and wrong ones in the words of their sources: which pass the checks."""

from __future__ import annotations

from datetime import date

import pytest

from footnote.checks import QuotedSource, first_failed
from footnote.checks.dates.resolved_dates import resolved

FRIDAY = date(2023, 3, 10)


def told(*quotes: str, before: str = "", published: date | None = FRIDAY) -> list[QuotedSource]:
    return [QuotedSource(quote, "The harbour of Brackwick", published, before) for quote in quotes]


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        # an answer to yes or no
        ("No, the ferry was closed in winter.", ["The ferry was closed in winter."]),
        ("Yes, the ferry runs on Sundays.", ["The ferry runs on Sundays."]),
        # days and years from the day of publication
        ("On Wednesday, 8 March 2023, the pier burned.", ["The pier burned on Wednesday."]),
        ("The pier burned on Wednesday, March 8, 2023.", ["On Wednesday the pier burned."]),
        ("The pier burned on 9 March 2023.", ["The pier burned yesterday."]),
        ("The pier burned on 4 January 2023.", ["The pier burned on 4 January."]),
        ("The pier burned in December 2022.", ["The pier burned in December."]),
        ("The pier burned in 2022.", ["Last year the pier burned."]),
        ("The pier will open on Monday, 13 March 2023.", ["The pier will open on Monday."]),
        ("The pier burned on 30 April 2019 and was open on 2 May.",
         ["The pier burned on 30 April 2019 and was open two days later."]),
        ("The ferry will open on Friday, 17 March 2023.", ["The ferry will open next Friday."]),
        ("The pier burned on Friday, 3 March 2023.", ["The pier burned last Friday."]),
        ("The hall opened in December 2022.", ["The hall, which opened in December, will close in May."]),
        ("The pier burned on 8 March 2023.", ["The pier burned two days ago."]),
        ("The pier burned in 2021.", ["The pier burned two years ago."]),
        # denials
        ("The port denied the report.", ["The port rejected the report."]),
        ("The port disputed that the strike was over.", ["The port rejected the claim that the strike was over."]),
        ("The port denied that the strike was over.", ["The port dismissed the claim that the strike was over."]),
        ("Reed said the mayor had not always been honest.", ["Reed said the mayor was not consistently honest."]),
        ("The port did not say how Alan Reed died.", ["The port gave no details of how Alan Reed died."]),
        ("The crane had at most 40 workers.", ["The crane never had more than 40 workers."]),
        # names of countries, and abbreviations
        ("U.S. ships left Brackwick.", ["American ships left Brackwick."]),
        ("The United States bought the pier.", ["The U.S. bought the pier."]),
        ("British and Dutch ships came.", ["Ships from Britain and the Netherlands came."]),
        ("The Mexican captain spoke.", ["The captain from Mexico spoke."]),
        ("MPs voted for the pier.", ["The MP and another MP voted for the pier."]),
        ("The FDA allowed it.", ["The U.S. Food and Drug Administration allowed it."]),
        ("It was 21 degrees Celsius.", ["It was 21C."]),
        ("It was 70°F in Brackwick.", ["It was 70 degrees Fahrenheit in Brackwick."]),
        ("Jose Garcia led the port.", ["Mr José García led the port."]),
        # simple arithmetic
        ("Mary Shaw led the port for six years, from 2004 to 2010.", ["Mary Shaw led the port from 2004 to 2010."]),
        ("It was the 20th anniversary of the fire.", ["The fire was twenty years ago."]),
        ("Three piers burned: North, Middle and South.", ["North, Middle and South piers burned."]),
        ("Four piers burned.", ["Three piers burned on Monday, and a fourth on Tuesday."]),
        ("The rules apply after two years.", ["The rules apply after 24 months."]),
        ("Two papers put the number at between 50 and 80.", ["The Echo put it at 50.", "The Mail put it at 80."]),
        # a merge, and what is left out
        (
            "Mary Shaw, born in 1961, was 30 when her mother, Mary Ann Shaw, sold the pier in 1991.",
            ["Mary Shaw was born in 1961, and she was thirty when her mother sold the pier in 1991.",
             "Mary Shaw is the daughter of Mary Ann Shaw."],
        ),
        ("Reed sold 40 boats in May and 20 in June.", ["Reed sold 40 boats in May, Reed said, and 20 in June."]),
        # figures with what they count
        ("Reed sold 33 boats in 45 weeks.", ["Reed sold 33 old boats to people of Alderness in 45 weeks."]),
        ("Reed sold 45 boats.", ["Shaw sold 33 boats, and Reed sold 45 fishing boats."]),
        # a year that stands in another part of the sentence, and somebody that a sentence does not name
        ("The ferry was opened in May 2019.",
         ["Within two months of its debut in May 2019, the ferry opened and grew to 100,000 passengers."]),
        ("Alan Reed sold 84 boats in Thornby and later rowed for Alderness at the Games.",
         ["Alan Reed sold 84 boats in Thornby.", "He later rowed for Alderness at the Games."]),
        # turned round without turning the sense
        ("The pier was bought by Alan Reed from Mary Shaw.", ["Alan Reed bought the pier from Mary Shaw."]),
        ("Reed left before Shaw arrived.", ["Shaw arrived after Reed left."]),
        ("Alan Reed met Mary Shaw.", ["Mary Shaw met Alan Reed."]),
        ("The pier is 40 metres long.", ["The mayor said that the pier was 40 metres long."]),
        # a hedge that stays, in another word
        ("The port could sell the pier.", ["The port may sell the pier."]),
        ("The port is believed to have sold the pier.", ["The port reportedly sold the pier."]),
        ("The pier burned because of a lamp.", ["A lamp was the reason why the pier burned."]),
    ],
)  # fmt: skip
def test_what_says_the_same_in_other_words_passes(claim: str, quotes: list[str]) -> None:
    assert first_failed(claim, told(*quotes)) is None


SHIPS = ["By the count of the Echo, about 80 ships lay in the harbour.", "By the Mail's estimate, 50 ships lay there."]
SALE = "Reed bought 30 boats for 5 million and sold 12 boats for 9 million."


@pytest.mark.parametrize(
    ("failed", "claim", "quotes"),
    [
        # figures that stand with something else
        ("parts together", "By the count of the Echo, about 50 ships lay in the harbour.", SHIPS),
        ("parts together", "Mary Shaw ran the Brackwick port authority from 2010 to 2019.",
         ["Mary Shaw ran the Brackwick port authority from 2004 to 2010.", "Mary Shaw was mayor until 2019."]),
        ("parts together", "Reed bought 12 boats for 9 million and sold 30 boats for 5 million.", [SALE]),
        ("same counts", "Reed won 45 races in 33 years.", ["Reed won 33 races in 45 years."]),
        ("parts together", "The ferry has 40 cabins and 12 decks.", ["The ferry has 12 cabins and 40 decks."]),
        ("same units", "The pier is 115 miles long.", ["The pier is 115 kilometres or 70 miles long."]),
        # people and places that stand with something else
        ("parts together", "Alan Reed, a captain of the harbour, had edited the Brackwick Echo for years.",
         ["Alan Reed was a captain of the harbour.", "Shaw had edited the Brackwick Echo for years."]),
        ("parts together", "Mary Ann Shaw studied law in Sweden.",
         ["Mary Shaw studied law in Sweden.", "Mary Ann Shaw owned the pier."]),
        ("parts together", "In 2004 the port was separated from the district of Alderness.",
         ["In 2004 the port was separated from the district of Thornby.", "A road leads to Alderness."]),
        ("parts together", "The port closed the old lighthouse in Alderness.",
         ["The port closed the old lighthouse.", "A road leads over the hills to Alderness."]),
        # comparisons
        ("parts together", "Ice is the greater danger in winter.",
         ["Ice is the smaller danger in winter.", "Fog is the greater danger."]),
        ("parts together", "Prices rose.", ["Prices fell."]),
        ("parts together", "The number of ships was up by 36 %.", ["The number of ships was down by 36 %."]),
        ("parts together", "Alan Reed is the eldest of the brothers.", ["Alan Reed is the youngest of the brothers."]),
        ("parts together", "The price of bread halved.", ["The price of bread doubled."]),
        ("parts together", "The port fired 40 men.", ["The port hired 40 men."]),
        ("parts together", "The office is upstairs.", ["The office is downstairs."]),
        ("parts together", "Alder is an enemy of Thornby.", ["Alder is an ally of Thornby."]),
        ("same limits", "Children under 12 may row.", ["Children over 12 may row."]),
        # subject and object
        ("same roles", "Alan Reed is suing Mary Shaw.", ["Mary Shaw is suing Alan Reed."]),
        ("same roles", "Mary Shaw was sued by Alan Reed.", ["Mary Shaw sued Alan Reed."]),
        # what came first
        ("same order", "The harbour froze two days before the storm reached the pier.",
         ["The harbour froze two days after the storm reached the pier."]),
        ("same order", "The fire came two days before the flood.", ["The flood came two days before the fire."]),
        ("same order", "The strike at the port came two days before the flood.",
         ["There was a flood.", "The strike at the port followed two days later."]),
        # stronger than the sentence
        ("same strength", "The port sold the old pier.", ["The port may have sold the old pier."]),
        ("same strength", "The port has stopped the ferry.", ["The port was ready to stop the ferry."]),
        ("same strength", "The port stopped the ferry.", ["Reed is ready for talks if the port stopped the ferry."]),
        ("same strength", "The ferry has carried 50,000 people.",
         ["The ferry is on track to carry 50,000 people by the end of the year."]),
        ("same strength", "Alan Reed set fire to the pier.", ["The fire at the pier is attributed to Alan Reed."]),
        ("same strength", "The mayor knew of the fire.", ["Some speculated that the mayor knew of the fire."]),
        ("same strength", "All sailors in the harbour voted.", ["Most sailors in the harbour voted."]),
        ("same time", "Brackwick is a safe port of call.", ["For ten years Brackwick was a safe port of call."]),
        ("known cause", "The pier burned because the port sold its ferry.",
         ["The pier burned.", "The port had sold its ferry."]),
        # another day than the one that is meant
        ("numbers", "On Wednesday, 15 March 2023, the pier burned.", ["The pier burned on Wednesday."]),
        ("numbers", "The pier burned in 2021.", ["The pier burned last year."]),
        ("numbers", "The pier burned on Friday, 10 March 2023.", ["The pier burned last Friday."]),
        ("numbers", "The pier burned on 7 March 2023.", ["The pier burned two days ago."]),
        ("numbers", "The hall opened in December 2021.", ["The hall, which opened in December, will close in May."]),
    ],
)  # fmt: skip
def test_the_same_words_with_another_meaning_do_not_pass(failed: str, claim: str, quotes: list[str]) -> None:
    assert first_failed(claim, told(*quotes)) == failed


def test_a_pronoun_is_who_the_text_before_it_names() -> None:
    before = "Mary Shaw was born in Thornby."
    quote = "She ran the port from 2004 to 2010."
    assert first_failed("Mary Shaw ran the port from 2004 to 2010.", told(quote, before=before)) is None
    other = told(quote, "Alan Reed was the mayor.", before=before)
    assert first_failed("Alan Reed ran the port from 2004 to 2010.", other) == "parts together"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("It burned on Wednesday.", "Wednesday, 8 March 2023"),
        ("It burned on Friday.", "Friday, 10 March 2023"),
        ("It will open on Tuesday.", "Tuesday, 7 March 2023; Tuesday, 14 March 2023"),
        ("It burned last month.", "February 2023"),
        ("It opens next year.", "2024"),
        ("It burned on 12 April.", "2022"),
        ("It burned on 12 April 2019.", ""),
        ("It burned on 30 April 2019 and was open two days later.", "Thursday, 2 May 2019"),
        ("It burned on 30 April 2019 and, a week earlier, at Thornby.", "Tuesday, 23 April 2019"),
        ("It burned on 2 March and was open the next day.", "Friday, 3 March 2023; 2023"),
        ("It burned on 30 April 2019 for two days.", ""),
        ("It burned on 2 May and on 9 May 2019, and was open two days later.", ""),
        ("It burned.", ""),
        # the weekday of publication
        ("It opens next Friday.", "Friday, 10 March 2023; Friday, 17 March 2023"),
        ("It burned last Friday.", "Friday, 3 March 2023"),
        ("It burned last Thursday.", "Thursday, 9 March 2023"),
        ("It burned last Friday and will open on Monday.",
         "Monday, 6 March 2023; Monday, 13 March 2023; Friday, 3 March 2023"),
        ("It burned at last; Friday was cold.", "Friday, 10 March 2023"),
        # a month that may be past although something is to come
        ("The hall, which opened in December, will close in May.", "2022; 2023"),
        ("It burned on 30 December and is due to open two days later.",
         "Sunday, 1 January 2023; Monday, 1 January 2024; 2022; 2023"),
        ("The hall will open in March.", "2023"),
        # so long ago
        ("It burned two days ago.", "Wednesday, 8 March 2023"),
        ("It burned a day ago.", "Thursday, 9 March 2023"),
        ("It burned a week ago.", "Friday, 3 March 2023"),
        ("It burned three months ago.", "December 2022"),
        ("It burned two years ago.", "2021"),
        ("It burned a year ago.", "2022"),
        ("It burned one year ago.", "2022"),
        ("It burned a year earlier.", "2022"),
        ("It burned 2.5 years ago.", ""),
        ("It burned 1,200 years ago.", ""),
        ("It burned days ago.", ""),
        ("It burned last night.", "Thursday, 9 March 2023"),
    ],
)  # fmt: skip
def test_days_are_resolved_from_the_day_of_publication(text: str, meant: str) -> None:
    assert resolved(text, FRIDAY) == meant
    assert resolved(text, None) == ""


@pytest.mark.parametrize(
    ("text", "published", "meant"),
    [
        ("It burned on Friday.", date.min, ""),
        ("It burned yesterday.", date.min, ""),
        ("It burned last night, last month, last year and a week ago.", date.min, ""),
        ("It burned two years ago.", date.min, ""),
        ("It burned in December.", date.min, ""),
        ("It burned on 1 January, two days earlier than the mill.", date.min, "1"),
        ("It will burn tomorrow.", date.max, ""),
        ("It will burn on Friday.", date.max, "Friday, 31 December 9999"),
        ("It will burn next month, next year or in May.", date.max, "9999"),
        ("It will burn on 31 December, and the mill two days later.", date.max, "9999"),
    ],
)
def test_no_day_outside_the_calendar_is_meant(text: str, published: date, meant: str) -> None:
    assert resolved(text, published) == meant
