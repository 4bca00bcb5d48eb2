"""How often "Check this" is right, on 40 statements about the sample articles. By hand:

    python benchmarks/statements.py

It builds an index of `articles/` in a folder of its own, and prints each statement that is judged wrongly.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from footnote.adapters.reader import TrainedModel
from footnote.grounding.fact_check import FactChecker, StatementFinding
from footnote.models.collections import EVERYTHING
from footnote.reading.relevance import PassageReader
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index

ROOT = Path(__file__).parents[1]

STATEMENTS: dict[StatementFinding, list[str]] = {
    StatementFinding.SUPPORTED: [
        "The Panjshir Valley is 115 kilometres long.",
        "Most people in Panjshir are Tajiks.",
        "The Taliban took Kabul on 15 August 2021.",
        "Ghani left the country on 15 August 2021.",
        "Zaranj was the first provincial capital to fall.",
        "Panjshir became a province in 2004.",
        "Bazarak is the capital of Panjshir province.",
        "The name Panjshir means five lions.",
        "Fahim Dashty was the spokesman of the NRF.",
        "The NRF is led by Ahmad Massoud.",
        "Herat fell on 12 August 2021.",
        "The Anjuman Pass is more than 4,000 metres high.",
        "Panjshir is known for its emeralds.",
        "Fahim Dashty and General Zara were killed in the fighting for the Panjshir Valley.",
    ],
    StatementFinding.CONTRADICTED: [
        "The Panjshir Valley is 250 kilometres long.",
        "The Taliban took Kabul on 20 August 2021.",
        "Herat fell on 3 August 2021.",
        "Kunduz was the first provincial capital to fall.",
        "Panjshir became a province of its own in 1994.",
        "The Anjuman Pass is more than 6,000 metres high.",
        "The capital of Panjshir province is Khenj.",
        "Fahim Dashty was the spokesman of the Taliban.",
        "The NRF is led by Amrullah Saleh.",
        "Mazar-i-Sharif fell on 24 August 2021.",
        "Fahim Dashty did not survive the bomb attack of 9 September 2001.",
        "The name Panjshir means “seven wolves” in Dari.",
        "The Taliban met organised defence in Kabul.",
    ],
    StatementFinding.UNSAID: [
        "The Eiffel Tower is 330 metres high.",
        "Bananas are rich in potassium.",
        "Ahmad Massoud studied mathematics in Paris.",
        "General Zara was born in 1968.",
        "The valley has a university.",
        "Emerald mines employ 5,000 people.",
        "The Panjshir River is home to trout.",
        "Fahim Dashty had three children.",
        "Kabul has an international film festival.",
        "The tomb was designed by an Italian architect.",
        "Schools in Herat opened again in October.",
        "Lunch is at noon today.",
        "Bitcoin rose by 4 percent.",
    ],
}


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = TrainedModel(Path(folder) / "models")
        index = Index(
            ROOT / "articles",
            Path(folder),
            lambda: MiniLM(Path(folder) / "models"),
            reader=PassageReader(model),
        )
        await index.build(started_by="A benchmark", on_progress=lambda _: None)
        checker = FactChecker(index, model)
        right = 0
        for wanted, statements in STATEMENTS.items():
            for text in statements:
                [found] = (await checker.check(text, readable=EVERYTHING)).statements
                right += found.finding is wanted
                if found.finding is not wanted:
                    quote = found.citation.quote if found.citation else ""
                    print(f"{wanted.value:>12} called {found.finding.value:<12} {text}  <-  {quote}")
        await index.close()
    print(f"{right} of {sum(map(len, STATEMENTS.values()))} right")


if __name__ == "__main__":
    asyncio.run(main())
