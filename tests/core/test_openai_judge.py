"""A second opinion on claims: the real openai SDK against a scripted server on loopback."""

from __future__ import annotations

import pytest
from openai_stage import Meter, offered
from scripted_openai import ScriptedOpenAI, fails, says

from footnote.adapters.openai import Chat, OpenAIJudge
from footnote.adapters.openai.judge import read_verdicts
from footnote.errors import AnswererError
from footnote.grounding.claims import ground
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
        '{"verdicts": [{"number": 1, "carried": true}, {"number": 2, "carried": false}]}',
        '```json\n{"verdicts": [{"carried": false, "number": 2},\n{"number": 1, "carried": true}]}\n```',
        'First {"number": 1, "carried": true}, then {"number": 2, "carried": false}.',
        '{"verdicts": [{"number": "1", "carried": "true"}, {"number": " claim 2", "carried": "No."}]}',
        '{"verdicts": [{"claim": 1, "carried": true}, {"claim": "2", "carried": "FALSE"}]}',
        '{"verdicts": [{"number": 1, "carried": true, "why": {"says": "{so}"}}, {"number": 2, "carried": false}]}',
        '{"verdicts": {"1": true, "2": "no"}}',
        '{"verdicts": {"1": {"carried": true}, "2": {"carried": false}}}',
        '{"verdicts": [{"number": 1, "claim": "It is 2.", "carried": true}, {"number": 2, "carried": false}',
        '{"answer": {"verdicts": [{"number": 1, "carried": true}, {"number": 2, "carried": false}]}}',
        '[{"number": 1, "carried": true, "why": "' + "very " * 100 + 'long"}, {"number": 2, "carried": false}]',
    ],
)
def test_verdicts_are_read_in_every_dress(written: str) -> None:
    assert read_verdicts(written, 2) == [True, False]


ONE_TWICE = '{"verdicts": [{"number": 1, "carried": true}, {"number": 1, "carried": false}]}'
IN_OTHER_WORDS = '{"verdicts": [{"number": 1, "carried": "yes"}, {"number": "two", "carried": false}]}'
UNDECIDED = '{"verdicts": [{"number": 1, "carried": "yes"}, {"number": 2, "carried": "true or false"}]}'
ONLY_SAID = '{"verdicts": [{"number": 1, "carried": true}, {"number": 2, "why": {"carried": false}}]}'
NESTED = '{"number": [1, 2], "carried": true}'


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1 yes",
        "1 yes\n1 no\n2 no",
        "1 yes\n2 perhaps",
        "1 yes\n2 no\n3 yes",
        "yes\nno",
        ONE_TWICE,
        IN_OTHER_WORDS,
        UNDECIDED,
        ONLY_SAID,
        '{"a":' * 30_000,
        '{"1": ' * 30_000,
        NESTED,
    ],
)
def test_a_verdict_that_is_missing_or_given_twice_is_an_error(written: str) -> None:
    with pytest.raises(AnswererError, match="second model's answer cannot be read"):
        read_verdicts(written, 2)


async def test_the_judge_sees_claims_with_their_sentences_and_nothing_else() -> None:
    verdicts = '{"verdicts": [{"number": 1, "carried": true}, {"number": 2, "carried": false}]}'
    async with ScriptedOpenAI(says(verdicts), fails(401)) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url)
        judge = OpenAIJudge(chat, seconds=7.0)
        assert await judge.judge(CLAIMS) == [True, False]
        with pytest.raises(AnswererError):
            await judge.judge(CLAIMS)
        await chat.close()
    asked = server.requests[0]
    assert asked.task == "judge"
    assert asked.form == "json_schema"
    assert "stream" not in asked.body
    assert asked.data.splitlines()[1] == (
        '{"number": 1, "claim": "The valley is 115 km long.", "sources": '
        '[{"article": "The valley", "date": null, "sentence": "The valley is 115 km long."}]}'
    )


@pytest.mark.parametrize(("left_out", "reason"), [(0, "length"), (2, "stop")])
async def test_verdicts_that_are_all_there_are_read(left_out: int, reason: str) -> None:
    verdicts = '{"verdicts": [{"number": 1, "carried": true}, {"number": 2, "carried": false}]}'
    async with ScriptedOpenAI(says(verdicts[: len(verdicts) - left_out] + " " * 50, finish_reason=reason)) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url)
        assert await OpenAIJudge(chat, seconds=7.0).judge(CLAIMS) == [True, False]
        await chat.close()


async def test_a_server_without_json_is_asked_for_lines() -> None:
    async with ScriptedOpenAI(says("1 yes\n2 no"), refuses=("response_format",)) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url)
        for _ in range(2):
            assert await OpenAIJudge(chat, seconds=7.0).judge(CLAIMS) == [True, False]
        await chat.close()
    assert [asked.form for asked in server.requests] == ["json_schema", "json_object", "text", "text"]
    assert ["# Form: lines" in asked.system for asked in server.requests] == [False, False, True, True]
