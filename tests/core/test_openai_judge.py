"""A second opinion on claims: the real openai SDK against a scripted server on loopback."""

from __future__ import annotations

import pytest
from openai_stage import Meter, offered
from scripted_openai import ScriptedOpenAI, fails, says

from footnote.adapters.openai import Chat, OpenAIJudge
from footnote.adapters.openai.judge import read_verdicts
from footnote.errors import AnswererError
from footnote.grounding import ground
from footnote.ports import DraftClaim

CLAIMS = ground(
    [DraftClaim("The valley is 115 km long.", ("S1",)), DraftClaim("Most people are Tajiks.", ("S2",))], offered()
).claims


@pytest.mark.parametrize(
    "written",
    [
        "1 yes\n2 no",
        "1: Yes.\n2: NO, it is not there.",
        "Claim 1 - yes\nclaim 2 - no",
        "- 2 no\n- 1 yes",
        "**1** yes\n**2** no",
    ],
)
def test_verdicts_are_read_in_every_dress(written: str) -> None:
    assert read_verdicts(written, 2) == [True, False]


@pytest.mark.parametrize(
    "written", ["", "1 yes", "1 yes\n1 no\n2 no", "1 yes\n2 perhaps", "1 yes\n2 no\n3 yes", "yes\nno"]
)
def test_a_verdict_that_is_missing_or_given_twice_is_an_error(written: str) -> None:
    with pytest.raises(AnswererError, match="second model's answer cannot be read"):
        read_verdicts(written, 2)


async def test_the_judge_sees_claims_with_their_sentences_and_nothing_else() -> None:
    async with ScriptedOpenAI(says("1 yes\n2 no"), fails(401)) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url)
        judge = OpenAIJudge(chat)
        assert await judge.judge(CLAIMS) == [True, False]
        with pytest.raises(AnswererError):
            await judge.judge(CLAIMS)
        await chat.close()
    asked = server.requests[0]
    assert asked.task == "judge"
    assert asked.data.splitlines()[1] == (
        '{"number": 1, "claim": "The valley is 115 km long.", "sources": '
        '[{"article": "The valley", "date": null, "sentence": "The valley is 115 km long."}]}'
    )
