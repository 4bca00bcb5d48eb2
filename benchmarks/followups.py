"""Follow-ups with and without the question before them: `python benchmarks/followups.py [ARTICLES ...]`.

Each is asked alone, with the conversation, and as a person would write it to stand alone. It counts whether a sentence
that answers it is cited, or among the first ten. Follow-ups that a folder cannot answer are left out.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from running_set import console

from footnote.models import Abstention, Answer
from footnote.ports import Turn
from footnote_bot.app import Footnote, opened
from footnote_bot.settings import Settings
from footnote_bot.terminal.builds import build


@dataclass(frozen=True, slots=True)
class Case:
    """`gold` is found in a sentence that answers the follow-up."""

    before: str
    follow_up: str
    alone: str
    gold: str


CASES = [
    Case(
        "Who leads the National Resistance Front?",
        "And his father?",
        "Who is Ahmad Massoud's father?",
        r"the son of Ahmad Shah",
    ),
    Case(
        "Who leads the National Resistance Front?", "When was he born?", "When was Ahmad Massoud born?", r"born in 1989"
    ),
    Case(
        "Who leads the National Resistance Front?",
        "Where did he study?",
        "Where did Ahmad Massoud study?",
        r"Sandhurst",
    ),
    Case(
        "Who leads the National Resistance Front?",
        "Who was its spokesman?",
        "Who was the spokesman of the National Resistance Front?",
        r"Fahim Dashty",
    ),
    Case(
        "Who leads the National Resistance Front?",
        "What losses has it had?",
        "What losses has the National Resistance Front had?",
        r"losses",
    ),
    Case(
        "Who leads the National Resistance Front?",
        "Where is he now?",
        "Where is Ahmad Massoud now?",
        r"whereabouts|unclear where",
    ),
    Case(
        "Who is Amrullah Saleh?",
        "When did he lead the intelligence service?",
        "When did Amrullah Saleh lead the intelligence service?",
        r"2004 to 2010",
    ),
    Case(
        "Who is Amrullah Saleh?",
        "And what did he declare himself?",
        "What did Amrullah Saleh declare himself?",
        r"caretaker president",
    ),
    Case("Who is Fahim Dashty?", "When did he die?", "When did Fahim Dashty die?", r"Fahim Dashty.*killed"),
    Case(
        "Who is Fahim Dashty?",
        "Which newspaper did he edit?",
        "Which newspaper did Fahim Dashty edit?",
        r"Kabul Weekly",
    ),
    Case("When did Kabul fall?", "And Herat?", "When did Herat fall?", r"Herat fell"),
    Case("When did Kabul fall?", "And Kunduz?", "When did Kunduz fall?", r"Kunduz fell"),
    Case("When did Kabul fall?", "Who left it that day?", "Who left Kabul on the day it fell?", r"Ghani left"),
    Case(
        "When did the Taliban take Kabul?",
        "Did they meet any resistance there?",
        "Did the Taliban meet any resistance in Kabul?",
        r"no organised defence|without a fight",
    ),
    Case("Where is the Panjshir Valley?", "How long is it?", "How long is the Panjshir Valley?", r"115[ -]kilomet"),
    Case("Where is the Panjshir Valley?", "Who lives there?", "Who lives in the Panjshir Valley?", r"ethnic Tajik"),
    Case(
        "Where is the Panjshir Valley?", "What does the name mean?", "What does the name Panjshir mean?", r"five lions"
    ),
    Case(
        "Where is the Panjshir Valley?",
        "Which stones is it known for?",
        "Which stones is Panjshir known for?",
        r"emeralds",
    ),
    Case(
        "Where is the Panjshir Valley?",
        "What is the capital of the province?",
        "What is the capital of Panjshir province?",
        r"Bazarak",
    ),
    Case(
        "where is the panjshir valley?",
        "which river flows through it?",
        "Which river flows through the Panjshir Valley?",
        r"Panjshir River flows",
    ),
    Case(
        "Who was Ahmad Shah Massoud?",
        "When was he killed?",
        "When was Ahmad Shah Massoud killed?",
        r"killed on 9 September 2001",
    ),
    Case("Who was Ahmad Shah Massoud?", "Where is he buried?", "Where is Ahmad Shah Massoud buried?", r"buried"),
    Case(
        "Who was Ahmad Shah Massoud?",
        "What happened to his portrait?",
        "What happened to the portrait of Ahmad Shah Massoud?",
        r"face had been torn|face ripped out",
    ),
    Case(
        "Who is the Taliban's spokesman?",
        "What did he say about the war?",
        "What did Zabihullah Mujahid say about the war?",
        r"quagmire",
    ),
    Case(
        "What did the Americans leave behind?",
        "How many Humvees did they disable?",
        "How many Humvees did the Americans disable?",
        r"27 Humvees",
    ),
    Case(
        "What did the Americans leave behind?",
        "When did the last of them leave?",
        "When did the last American troops leave?",
        r"last American (?:troops|aircraft)",
    ),
    Case("How do I rebuild the index?", "Who may do that?", "Who may rebuild the index?", r"Manage Server"),
    Case(
        "How many fighters were in Panjshir?",
        "What did they ask for?",
        "What did the fighters in Panjshir ask for?",
        r"ceasefire|government in which power",
    ),
]


@dataclass
class Tally:
    cited: int = 0
    in_ten: int = 0

    def add(self, outcome: Answer | Abstention, gold: str) -> bool:
        is_cited = isinstance(outcome, Answer) and any(re.search(gold, one.quote) for one in outcome.citations)
        self.cited += is_cited
        self.in_ten += any(re.search(gold, one.quote) for one in outcome.receipt.candidates[:10])
        return is_cited


async def measure(articles: Path, *, tells: bool) -> tuple[int, dict[str, Tally]]:
    """How many cases the folder has an answer to, and what each way of asking found."""
    tallies = {way: Tally() for way in ("by itself", "with the conversation", "written out")}
    cases = answerable(articles)
    with tempfile.TemporaryDirectory() as data:
        async with opened(Settings(FOOTNOTE_ARTICLES=articles, FOOTNOTE_DATA=data)) as footnote:  # type: ignore[call-arg] # by alias
            await build(console, footnote)
            for case in cases:
                outcomes = await asked(footnote, case)
                is_cited = [
                    tally.add(outcome, case.gold) for tally, outcome in zip(tallies.values(), outcomes, strict=True)
                ]
                if tells:
                    console.print(is_cited, outcomes[1].receipt.understood or case.follow_up)
    return len(cases), tallies


def answerable(articles: Path) -> list[Case]:
    text = "\n".join(file.read_text(encoding="utf-8") for file in articles.rglob("*") if file.is_file())
    return [case for case in CASES if re.search(case.gold, text)]


async def asked(footnote: Footnote, case: Case) -> list[Answer | Abstention]:
    first = await footnote.answering.ask(case.before)
    conversation = [Turn(case.before), Turn(first.text, is_answer=True)]
    return [
        await footnote.answering.ask(case.follow_up),
        await footnote.answering.ask(case.follow_up, conversation=conversation),
        await footnote.answering.ask(case.alone),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="*", type=Path, default=[Path("articles")])
    parser.add_argument("--each", action="store_true", help="tell of each follow-up, too")
    arguments = parser.parse_args()
    rows = Table("articles", "follow-ups", "asked", "cites an answer", "in ten")
    for articles in arguments.articles:
        cases, tallies = asyncio.run(measure(articles, tells=arguments.each))
        for way, tally in tallies.items():
            rows.add_row(
                str(articles.name), str(cases), way, f"{tally.cited / cases:.2f}", f"{tally.in_ten / cases:.2f}"
            )
    console.print(rows)


if __name__ == "__main__":
    main()
