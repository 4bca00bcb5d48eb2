"""The whole way of an answer through Discord, with its record in PostgreSQL."""

from __future__ import annotations

import asyncio

import pytest
from discord_stage import Stage, line

from footnote.records.answers import Decision


@pytest.mark.parametrize("kept_in", ["postgresql"], indirect=True)
async def test_an_answer_is_asked_carded_approved_and_known_after_a_restart(empty: Stage) -> None:
    async with empty.running():
        await empty.set_up_review()
        answer = await empty.slash_ask()
        await empty.mod.click(await empty.card(), "Approve")
        await empty.shown()
        undecided = await empty.slash_ask("And who built it?")
        card = await empty.card()
        assert await empty.store.left() == []
    async with empty.running():
        clicks = await asyncio.gather(empty.mod.click(card, "Approve"), empty.other_mod.click(card, "Reject"))
        await empty.shown(2)
        verdicts = [(await empty.store.get(number)).verdict for number in (1, 2)]
        assert [verdict and verdict.round for verdict in verdicts] == [1, 1]
        assert verdicts[0]
        assert (verdicts[0].decision, verdicts[0].moderator_id) == (Decision.APPROVED, empty.mod.id)
        assert verdicts[1]
        late = clicks[verdicts[1].moderator_id == empty.mod.id]
        assert "The first verdict counts." in await line(late)
    assert "approved" in str(answer.embeds[0]["footer"]).casefold()
    assert verdicts[1].decision.value in str(undecided.embeds[0]).casefold()
