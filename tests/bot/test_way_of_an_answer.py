"""The path of one answer through all steps of review, with a real index."""

from __future__ import annotations

from discord_stage import Stage
from way_of_an_answer import Way

from footnote_index.embedders.minilm import MiniLM


async def test_an_answer_is_corrected_approved_given_again_and_expires(empty: Stage, minilm: MiniLM) -> None:
    told: list[str] = []
    await Way(empty, minilm, tell=told.append).go()
    assert len(told) == 7
