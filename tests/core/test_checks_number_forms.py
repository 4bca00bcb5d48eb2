"""Numbers that a source has in another form, and those that only look alike."""

from __future__ import annotations

from datetime import date

import pytest

from footnote.checks import QuotedSource, has_numbers

FRIDAY = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        # m, k and spaces in figures
        ("The Tarn mast is 120 metres high.", "The Tarn mast is 120 m high."),
        ("The mast is 120 metres high.", "The mast is 120m high."),
        ("She won the 100 m race.", "She won the 100-metre race."),
        ("It cost 5 million dollars.", "It cost $5m."),
        ("It cost 5 million euros.", "It cost €5 M."),
        ("Five million people came.", "5m people came."),
        ("It cost 5,000 dollars.", "It cost $5K."),
        ("1,500 people came.", "1.5k people came."),
        ("1.2 million people came.", "1 200 000 people came."),
        ("Ten thousand people came.", "10 000 people came."),
        ("12,500 people came.", "12 500 people came."),
        ("On May 5 200 people came.", "On May 5, 200 people came."),
        # about, more than, nearly
        ("More than 90 people died.", "92 people died."),
        ("Under 50 came.", "49 came."),
        ("No fewer than 90 came.", "92 came."),
        ("Around 90 came.", "92 came."),
        ("More than half voted.", "52% voted."),
        # shares and lengths of time
        ("Half voted.", "50% voted."),
        ("50% voted.", "Half voted."),
        ("A quarter of them voted.", "25 percent voted."),
        ("25 percent voted.", "A quarter voted."),
        ("It took 90 minutes.", "It took an hour and a half."),
        ("It took an hour and a half.", "It took 90 minutes."),
        ("It took 1.5 hours.", "It took one and a half hours."),
        ("It took 30 minutes.", "It took half an hour."),
        ("It took half an hour.", "It took 30 minutes."),
        ("It took 15 minutes.", "It took a quarter of an hour."),
        ("It took 2 hours.", "It took 120 minutes."),
        ("It took six months.", "It took half a year."),
        ("It took 100 years.", "It took a century."),
        ("It took 200 years.", "It took two centuries."),
        # decades, ranges, pairs and Roman numerals
        ("It fell in the 1990s.", "It fell in the '90s."),
        ("It fell in the '90s.", "It fell in the nineties."),
        ("It lasted from 1990 to 1995.", "It lasted 1990-95."),
        ("It lasted from 1999 to 2000.", "It lasted 1999–00."),
        ("It was in the 2020/21 season.", "It was in the season 2020-21."),
        ("She won two times.", "She won twice."),
        ("Two wolves live there.", "A pair of wolves live there."),
        ("World War Two began.", "World War II began."),
        # shares of a sign, and decades
        ("Turnout was between 40 and 45%.", "Turnout was between 40% and 45%."),
        ("Turnout was between 40% and 45%.", "Turnout was between 40 and 45 percent."),
        ("Turnout was between 45.25 and 50%.", "Turnout was between 45.25% and 50%."),
        ("In 3 or 40% of cases it broke.", "It broke in 3, or 40%, of cases."),
        ("It fell from 9 to 5 per cent.", "It fell from 9% to 5%."),
        ("About 3-4% voted.", "About 3% to 4% voted."),
        ("She was born in the 1940s.", "She was born in 1948."),
        # hedges
        ("Over 500 people came.", "587 people came."),
        ("More than 1.2 million came.", "1.27 million came."),
        ("At least 1,600 came.", "1,680 came."),
        ("About 3.41 million came.", "3,412,654 came."),
        ("Nearly 90 came.", "85 came."),
        ("More than half voted.", "58% voted."),
        ("World War II began.", "The Second World War began."),
        ("World War Two began.", "The Second World War began."),
        ("WW2 began.", "World War II began."),
        ("The First World War began.", "World War 1 began."),
        ("Ado the Eighth died.", "Ado VIII died."),
        # labels
        ("It needs Python 3.10.", "Python 3.10 is needed."),
        ("It costs EUR 2.50.", "It costs 2.5 euros."),
        ("In Tarn 2.50 euros are paid.", "Tickets cost 2.5 euros."),
        ("Version 2 is out.", "Version 2.0 is out."),
        ("Tarn 3.10 is supported.", "Tarn versions 3.9, 3.10 and 3.11 are supported."),
        ("Version 3.10 corrects it.", "It is corrected in v3.10."),
        ("Adults pay 5.50.", "Adults 5.50, children 2.50."),
        ("Adults pay 5.5.", "Adults 5.50, children 2.50."),
        ("Adults 5.50, children 2.50.", "They take 5.5 from adults, and 2.5 from children."),
        ("Reed ran 9.80 seconds.", "Reed 9.80, Ford 9.81."),
        ("The fee is 1.5 euros.", "Fee 1.50 EUR."),
    ],
)
def test_a_number_in_another_form_passes(claim: str, source: str) -> None:
    assert has_numbers(claim, [QuotedSource(source)])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("120 million people came.", "The Tarn mast is 120 m high."),
        ("The mast is 120 metres high.", "The mast had 120m visitors."),
        ("10 people came.", "10 000 people came."),
        ("More than 90 people died.", "87 people died."),
        ("Under 50 came.", "52 came."),
        ("Nearly 90 came.", "92 came."),
        ("No more than 90 came.", "92 came."),
        ("More than half voted.", "48% voted."),
        ("Half voted.", "40% voted."),
        ("50% voted.", "It cost 0.5 euros."),
        ("It took 30 hours.", "It took half an hour."),
        ("It took 60 minutes.", "It took half an hour."),
        ("It fell in the 1980s.", "It fell in the nineties."),
        ("She was born in the 1940s.", "She was born in 1958."),
        ("More than 300 people came.", "587 people came."),
        ("Nearly 90 people came.", "81 people came."),
        ("Nearly a tenth voted.", "1% voted."),
        ("More than a tenth voted.", "20% voted."),
        ("Nearly a quarter of them voted.", "15% of them voted."),
        ("It was built in the 1500s.", "1,500 people came."),
        ("Over 500 people came.", "487 people came."),
        ("About 85% voted.", "87% voted."),
        ("Between 40 and 45% voted.", "Between 40 and 45 voted."),
        ("It lasted until 1996.", "It lasted 1990-95."),
        ("She won three times.", "She won twice."),
        ("2 ships sank.", "The ship sank twice."),
        ("2 ships sank.", "In World War II ships sank."),
        ("Two ships sank.", "In World War Two ships sank."),
        ("12 wolves live there.", "A pair of wolves live there."),
        ("It needs Python 3.1.", "It needs Python 3.10."),
        ("It breaks rule 2.10.", "It breaks rule 2.1."),
        ("Adults pay 5.05.", "Adults 5.50, children 2.50."),
    ],
)
def test_a_number_that_only_looks_alike_does_not_pass(claim: str, source: str) -> None:
    assert not has_numbers(claim, [QuotedSource(source)])


@pytest.mark.parametrize(
    ("claim", "source", "is_given"),
    [
        ("15 people died in the storm.", "People died in the storm on Friday.", False),
        ("15 people died in the storm.", "15 people died in the storm on Friday.", True),
        ("15 people died on 15 March.", "15 people died on Friday.", True),
        ("The storm came on 15 March 2024.", "The storm came on Friday.", True),
        ("The storm came on March 15th, 2024.", "The storm came on Friday.", True),
        ("The storm came on Friday the 15th.", "The storm came on Friday.", True),
        ("The storm came on 14 and 15 March.", "The storm came on Thursday and Friday.", True),
        ("Membership costs 2024 euros.", "Membership costs are due in May.", False),
        ("Membership costs are due in May 2024.", "Membership costs are due in May.", True),
        ("Since 15 March 2024 people may swim there.", "Since Friday people may swim there.", True),
        ("In 2023 prices rose.", "Prices rose last year.", True),
        ("The 2023 games drew crowds.", "Last year the games drew crowds.", True),
        ("The harbour has 2023 berths.", "The harbour got berths last year.", False),
        ("In 2023 euros were paid.", "Last year money was paid.", False),
        ("From 2025 visitors must pay.", "From next year visitors must pay.", True),
        ("From 2026 visitors must pay.", "From next year visitors must pay.", False),
        ("By 2025 emissions will fall.", "Emissions will fall by next year.", True),
        ("Its 2024 sales rose.", "Its sales rose this year.", True),
        ("For 2023 profits fell.", "Profits fell last year.", True),
        ("Between 2023 and 2024 prices rose.", "Prices rose from last year to this year.", True),
        ("A 2024 census was held.", "A census was held this year.", True),
        ("It closed. 2024 sales fell.", "It closed, and sales fell this year.", True),
    ],
)
def test_the_day_of_publication_gives_only_numbers_of_dates(claim: str, source: str, *, is_given: bool) -> None:
    assert has_numbers(claim, [QuotedSource(source, "", FRIDAY)]) is is_given


@pytest.mark.parametrize(
    ("claim", "source", "is_given"),
    [
        ("The crossing costs 1 euro (single ticket).", "The crossing costs 7 euros (single ticket).", False),
        ("Three towns were flooded: Ark, Bel and Cor.", "Ark was flooded, as were Bel and Cor.", True),
        ("Three towns (Ark, Bel, Cor) were flooded.", "Floods hit Ark and Bel, and then Cor.", True),
        ("Four towns (Ark, Bel, Cor) were flooded.", "Floods hit Ark and Bel, and then Cor.", False),
        ("Three towns (Ark, Bel, Dov) were flooded.", "Floods hit Ark and Bel, and then Cor.", False),
        ("2 ships sank.", "Anna Lee and Ben Ford saw ships that sank.", False),
        ("Two men were held.", "The men, Anna Lee and Ben Ford, were held.", True),
        ("Two towns were hit.", "The towns of Ark and Bel were hit.", True),
        ("Two officials were held.", "Ann Lee and Bo Ray, both officials, were held.", True),
        ("Two captains were held.", "Ann Lee and Bo Ray were held.", True),
    ],
)
def test_a_list_gives_the_number_of_its_own_things(claim: str, source: str, *, is_given: bool) -> None:
    assert has_numbers(claim, [QuotedSource(source)]) is is_given
