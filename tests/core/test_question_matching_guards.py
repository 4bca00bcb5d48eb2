"""Each guard against a question that only looks the same: what it stops, and what it lets through."""

from __future__ import annotations

import pytest

from footnote.review.question_matching.guards import asks_the_same

SAME = [
    ("When did Kabul fall?", "hi, when did Kabul fall please?"),
    ("Who leads the N.R.F. today?", "Who leads the NRF today?"),
    ("Who was the first king of Nepal?", "Who was the 1st king of Nepal?"),
    ("Who won World War II?", "Who won World War 2?"),
    ("Which country lost two thirds of its army?", "Which country lost 2/3 of its army?"),
    ("Who leads the Afghan army?", "Who leads the Afghans' army?"),
    ("Where was Ahmad Massoud born?", "where was massoud born"),
    ("Who will purchase the bank?", "Who will buy the bank?"),
    ("Who has never signed the treaty?", "Who never signed the treaty?"),
    ("Did Kabul fall before Herat?", "Did Kabul fall before Herat did?"),
    ("Which team played between Arsenal and Chelsea?", "Which team played between Chelsea and Arsenal?"),
    ("Wie lang ist das Tal der Panjshir genau?", "Wie lang ist das Tal der Panjshir genau"),
]
OTHER = [
    ("who acts", "Who did the army defeat?", "Who defeated the army?"),
    ("now and then", "Who is the king of Nepal?", "Who was the king of Nepal?"),
    ("a place of another kind", "In what city was he born?", "In what country was he born?"),
    ("a number", "Which of the 12 left?", "Which of the 13 left?"),
    ("an ordinal in words", "Who was the second king of Nepal?", "Who was the third king of Nepal?"),
    ("a fraction", "Who lost one half of it?", "Who lost one third of it?"),
    ("a date", "Who spoke on 6 May?", "Who spoke on 7 May?"),
    ("a month elsewhere", "Which shops opened in Kabul in June?", "What stores started trading in Kabul in July?"),
    ("half of a name", "Where was Ahmad Massoud born?", "Where was Ahmad Zia born?"),
    ("a longer name", "Where was Ahmad Massoud born?", "Where was Ahmad Shah Massoud born?"),
    ("a name that begins alike", "Who leads Niger?", "Who leads Nigeria?"),
    ("a negation", "Who signed the treaty?", "Who did not sign the treaty?"),
    ("a negation elsewhere", "Which shops in Kabul have not opened?", "What stores started trading in Kabul?"),
    ("an opposite", "What was the highest price?", "What was the lowest price?"),
    ("an opposite elsewhere", "Which shops are open now in Kabul?", "What shops in Kabul are closed at present?"),
    ("an opposite with a prefix", "Which of the laws are legal?", "Which of the laws are illegal?"),
    ("from and to", "How far is it from Kabul to Herat?", "How far is it from Herat to Kabul?"),
    ("before", "Did Kabul fall before Herat?", "Did Herat fall before Kabul?"),
    ("the winner and the loser", "Did Arsenal beat Chelsea?", "Did Chelsea beat Arsenal?"),
    ("one word", "Who built the bridge in Ripon?", "Who built the church in Ripon?"),
    ("two words in one place", "Who built the stone bridge in Ripon?", "Who built the brick church in Ripon?"),
    ("one word more", "Who leads the army?", "Who leads the secret army?"),
    ("the order in another language", "Wer hat den Hund gebissen?", "Den Hund hat wer gebissen?"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_guards_let_the_same_question_through(one: str, other: str) -> None:
    assert asks_the_same(one, other)
    assert asks_the_same(other, one)


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in OTHER], ids=[case[0] for case in OTHER])
def test_the_guards_stop_another_question(one: str, other: str) -> None:
    assert not asks_the_same(one, other)
    assert not asks_the_same(other, one)
