"""What a question names, and whether a text has it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.reading.asked_for import asked_for, covered, lacks_label, without_name


@pytest.mark.parametrize(
    ("question", "text", "is_there"),
    [
        ("How long is quay 5?", "Quay 5 is 105 metres long.", True),
        ("How long is quay 5?", "The quays 4, 5 and 14 were built in 1902.", True),
        ("How long is quay 5?", "Quay no. 5 is long.", True),
        ("How long is quay 6?", "Quay 4 is 104 metres long.", False),
        ("How long is quay 114?", "Quay 14 is 114 metres long.", False),
        ("What does berth 12C cost?", "Berth 12A costs 30 euros.", False),
        ("When was version 2.2 released?", "Version 2.1 was released in March.", False),
        ("When was Debian 14 released?", "Debian 8 and 11 were released.", False),
        ("What was signed in August 2019?", "It was signed in August 2021.", False),
        ("What was signed in 2021?", "It was signed on 4 September 2021.", True),
        ("What was signed on September 4, 2021?", "It was signed on 4 September 2021.", True),
        ("Which boats sank in the storm of 12 December 2025?", "The storm of 12 November 2025 sank three.", False),
        ("Which boats sank in December?", "Three sank on 12 Dec. 2025.", True),
        ("When is it open on Sundays?", "It opens at 10 on weekdays.", False),
        ("When is it open on Sundays?", "It is closed on Sunday.", True),
        ("What may they march for?", "They go for bread.", True),
        ("Who paid 1,500 euros?", "She paid 1500 euros.", True),
        ("How many boats are there?", "There are 5 boats.", True),
        ("What is the email address of the office?", "Its phone number is 555-0142.", False),
        ("What is the email of the office?", "Write to office@norvik.example.", True),
        ("Did she send an email?", "She wrote a letter.", True),
        ("What is the phone number?", "The office is in Dock Street 7.", False),
        ("Can you tell me the phone number?", "The office is in Dock Street 7.", False),
        ("Can I have the phone number?", "The office is in Dock Street 7.", False),
        ("Where can I find the phone number of my branch?", "The office is in Dock Street 7.", False),
        ("Can I change my phone number?", "You can change it under Settings.", True),
        ("How do I change an email address?", "You can change it under Settings.", True),
        ("What is the phone number?", "Call (0551) 20 30.", True),
        ("What is the website of the museum?", "Its phone number is 555-0142.", False),
        ("What does error E203 mean?", "Errors: E101: no network. E203: the disk is full.", True),
        ("What does error E204 mean?", "Errors: E101: no network. E203: the disk is full.", False),
        ("Can children under 12 use the sauna?", "Children under twelve may not use the sauna.", True),
        ("Why did the two sides meet?", "They wanted peace.", True),
        ("Is the boathouse open in July?", "It is open daily between April and October.", True),
        ("Is the boathouse open in July?", "It is open in April and October.", False),
        ("Is the shop open on Tuesday?", "It is open on Monday and Wednesday.", False),
        ("Do I need a vest in December?", "Vests are worn from November to the end of March.", True),
        ("Is the hotline open on Wednesday?", "It is open on weekdays from 9:00 to 17:00.", True),
        ("Is the shop open on Tuesday?", "Monday to Thursday: 9:00 to 17:00.", True),
        ("Can a 10 tonne lorry cross the bridge?", "Lorries over 7.5 tonnes may not cross.", True),
        ("What do 25 servers cost?", "From 20 servers on, each costs 8 euros.", True),
        ("What do 25 servers cost?", "20 servers cost 160 euros.", False),
        ("Who are the 11 members?", "Its members have been chosen by lot from 2019 on.", False),
        ("How long is quay 25?", "Quay 20 is over 300 metres long.", False),
        ("When is the spring regatta?", "The autumn regatta is on 4 October.", False),
        ("When is the spring regatta?", "The regatta is on 4 May.", True),
        ("When did Kabul fall?", "Kabul was taken in the summer of 2021.", True),
        ("When was Marrick Bridge built?", "Skell Bridge was built in 1783.", False),
        ("When was Marrick Bridge built?", "The bridge was built in 1783.", True),
        ("When was Marrick Bridge built?", "Skell Bridge is older than Marrick Bridge, built in 1901.", True),
        ("Does the web page have a dark theme?", "The web page has a dark theme.", True),
        ("What is the phone number of the hall?", "The hall will open on 28 April 2025.", False),
        ("What is the website of the museum?", "See museum.example.org for tickets.", True),
    ],
)
def test_numbers_have_to_stand_with_their_thing(question: str, text: str, is_there: bool) -> None:
    assert lacks_label(asked_for(question), text) is not is_there


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("Where is the Bamiyan Valley?", "The Panjshir Valley lies north.", 1.0),
        ("Who leads the NRF?", "The National Resistance Front is led by Massoud.", 0.0),
        ("Is it an Afghan law?", "It is a law of Afghanistan.", 0.0),
        ("Who lives in São Paulo?", "They live in Sao Paulo.", 0.0),
        ("Who is Bjorn Odegard?", "Bjørn Ødegård is a pilot.", 0.0),
        ("who is bjorn?", "Nobody is here.", 0.0),
    ],
)
def test_names_are_found_in_their_forms(question: str, text: str, share: float) -> None:
    assert without_name(asked_for(question), text) == share


def test_words_count_by_their_stems() -> None:
    assert covered(asked_for("Which boats sank?"), "A boat was sinking; two boats sank.") == 1.0
    assert covered(asked_for("Which boats sank?"), "Nothing happened.") == 0.0
    assert covered(asked_for("Who?"), "Nothing happened.") == 0.0


_SCRIPTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "谁在2021年领导阵线？",
        "كم عدد السفن في الميناء ٦؟",
        "घाट 6 कितना लंबा है?",
        "ท่าเรือ 6 ยาวเท่าไร",
        "Сколько кораблей?",
    ]
)


@given(_SCRIPTS, _SCRIPTS)
@settings(deadline=None, max_examples=100)
def test_questions_and_texts_can_be_in_any_script(question: str, text: str) -> None:
    asked = asked_for(question)
    assert 0 <= covered(asked, text) <= 1
    assert 0 <= without_name(asked, text) <= 1
    assert not lacks_label(asked, question)
