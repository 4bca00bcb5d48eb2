"""Real-world servers: how much they read at once, formats that they ignore, answers that end too early."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from openai_stage import Meter, offered
from scripted_openai import (
    CHUNK,
    USAGE,
    Asked,
    Reply,
    ScriptedOpenAI,
    answer,
    chunk,
    completion,
    fails,
    says,
    sends,
    stalls,
    streams,
)

from footnote.adapters.openai import Chat, Limits, OpenAIAnswerer
from footnote.adapters.openai.answerer import CUT_OFF
from footnote.adapters.openai.window import Window
from footnote.answering import fallback
from footnote.answering.circuit_breaker import CircuitBreaker
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.fallback import WithFallback
from footnote.errors import AnswererError, TooLong
from footnote.ports import Draft, DraftClaim

QUESTION = "How long is the valley?"
LONG, PEOPLE = "The valley is 115 km long.", "Most people are Tajiks."
GOOD = says(answer((LONG, ["S1"])))
BOTH = answer((LONG, ["S1"]), (PEOPLE, ["S2"]))
FIRST = DraftClaim(LONG, ("S1",))
MANY = " ".join(f"Fact {number} of the valley is given here, {'in many words ' * 8}." for number in range(24))

LLAMA_CPP = {
    "code": 400,
    "message": "request (6031 tokens) exceeds the available context size (2048 tokens), try increasing it",
    "type": "exceed_context_size_error",
    "n_prompt_tokens": 6031,
    "n_ctx": 2048,
}
OPENAI = {
    "message": "This model's maximum context length is 2048 tokens. However, your messages resulted in 6031 tokens.",
    "type": "invalid_request_error",
    "param": "messages",
    "code": "context_length_exceeded",
}
VLLM = {
    "message": "'max_tokens' or 'max_completion_tokens' is too large: 2000. This model's maximum context length is "
    "2048 tokens and your request has 1031 input tokens (2000 > 2048 - 1031).",
    "type": "BadRequestError",
    "param": None,
    "code": 400,
}
LM_STUDIO = {
    "message": "Trying to keep the first 6031 tokens when context the overflows. However, the model is loaded with "
    "context length of only 2048 tokens, which is not enough."
}
GEMINI = {
    "code": 400,
    "message": "The input token count (6031) exceeds the maximum number of tokens allowed (2048).",
    "status": "INVALID_ARGUMENT",
}
TABBY = {"message": "Prompt length 6031 is greater than max_seq_len 2048"}
NO_SHIFT = {"code": 500, "message": "context shift is disabled", "type": "server_error"}
WITHOUT_NUMBERS = {"message": "The prompt is too long for this model.", "code": "invalid_request"}
DIALECTS: dict[str, dict[str, Any]] = {
    "llama.cpp": LLAMA_CPP,
    "OpenAI": OPENAI,
    "vLLM": VLLM,
    "LM Studio": LM_STUDIO,
    "Gemini": GEMINI,
    "TabbyAPI": TABBY,
    "llama.cpp without shifts": NO_SHIFT,
    "no numbers": WITHOUT_NUMBERS,
}


@asynccontextmanager
async def asking(
    server: ScriptedOpenAI, *, seconds: float = 5.0, window: Window | None = None, **limits: Any
) -> AsyncIterator[OpenAIAnswerer]:
    limited = Limits(**({"first_pause": 0.001} | limits))
    chat = Chat.connect(Meter(), model="m", base_url=server.base_url, limits=limited, window=window)
    try:
        yield OpenAIAnswerer(chat, seconds=seconds)
    finally:
        await chat.close()


async def draft(*script: Reply, refuses: tuple[str, ...] = (), **options: Any) -> tuple[Draft, list[Asked]]:
    async with ScriptedOpenAI(*script, refuses=refuses) as server, asking(server, **options) as answerer:
        return await answerer.draft(QUESTION, offered()), server.requests


def reads(tokens: int, complains: dict[str, Any], *, status: int = 400) -> Reply:
    """A model that reads and writes this many tokens at once, of four characters each."""

    async def reply(asked: Asked, request: Any) -> Any:
        prompt = sum(len(message["content"]) for message in asked.body["messages"]) // 4
        is_too_much = prompt + asked.body["max_tokens"] > tokens
        refusal = sends(json.dumps({"error": complains}).encode())
        response = await (refusal if is_too_much else GOOD)(asked, request)
        if is_too_much:
            response.set_status(status)
        return response

    return reply


def prompt_size(asked: Asked) -> int:
    return sum(len(message["content"]) for message in asked.body["messages"])


# --- how much a model reads at once


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_what_is_too_long_is_asked_with_fewer_sentences_and_remembered(dialect: str, status: int) -> None:
    candidates = offered(MANY)
    async with ScriptedOpenAI(reads(2048, DIALECTS[dialect], status=status)) as server, asking(server) as answerer:
        for _ in range(2):
            made = await answerer.draft(QUESTION, candidates)
            assert [claim.text for claim in made.claims] == [LONG]
    *_, before_last, last = server.requests
    assert len(server.requests[0].sentences) == 24
    assert 0 < len(last.sentences) < 24
    assert last.body == before_last.body, "the second question is not refused first"
    assert {asked.form for asked in server.requests} == {"json_schema"}, "the form is not to blame"
    assert len(server.requests) <= 6


async def test_the_best_sentences_are_those_that_stay() -> None:
    worst_first = dict(reversed(offered(MANY).items()))
    async with ScriptedOpenAI(reads(2048, OPENAI)) as server, asking(server) as answerer:
        await answerer.draft(QUESTION, worst_first)
    left = list(server.requests[-1].sentences)
    assert left == [f"S{number}" for number in range(25 - len(left), 25)]


async def test_a_stream_may_complain_too() -> None:
    error = f"data: {json.dumps({'error': LLAMA_CPP})}\n\n".encode()
    reply = sends(error, content_type="text/event-stream")
    async with ScriptedOpenAI(reply, GOOD) as server, asking(server) as answerer:
        assert (await answerer.draft(QUESTION, offered(MANY))).claims
    assert len(server.requests[1].sentences) < 24


async def test_what_is_too_long_may_be_said_with_status_200() -> None:
    reply = sends(json.dumps({"error": {**OPENAI, "code": 400}}).encode())
    async with ScriptedOpenAI(reply, GOOD) as server, asking(server) as answerer:
        assert (await answerer.draft(QUESTION, offered(MANY))).claims
    assert len(server.requests[1].sentences) < 24


async def test_what_is_too_long_with_one_sentence_is_no_failure_of_the_model() -> None:
    async with ScriptedOpenAI(fails(400, code="context_length_exceeded")) as server, asking(server) as answerer:
        with pytest.raises(TooLong):
            await answerer.draft(QUESTION, offered(MANY))
        sizes = [len(asked.sentences) for asked in server.requests]
        assert sizes[0] == 24
        assert sizes[-1] == 1
        assert len(sizes) < 12

        breaker = CircuitBreaker(lambda: 0.0, failures_before_rest=1)
        patient = WithFallback(answerer, ExtractiveAnswerer(), breaker, deadline=5.0)
        notes = [(await patient.draft(QUESTION, offered(MANY))).note for _ in range(3)]
        assert notes == [fallback.TOO_LONG] * 3
        server.script = [GOOD]
        assert (await patient.draft(QUESTION, offered())).answerer == "openai"


async def test_nothing_is_remembered_of_what_never_fitted() -> None:
    async with ScriptedOpenAI(fails(400, code="context_length_exceeded")) as server, asking(server) as answerer:
        with pytest.raises(TooLong):
            await answerer.draft(QUESTION, offered(MANY))
        server.script = [GOOD]
        await answerer.draft(QUESTION, offered(MANY))
    assert len(server.requests[-1].sentences) == 24


LLAMA_MODELS = {"data": [{"id": "some.gguf", "owned_by": "llamacpp", "meta": {"n_ctx_train": 8192, "n_ctx": 2048}}]}
PROPERTIES = {"default_generation_settings": {"n_ctx": 2048}, "total_slots": 1}
PAGES: dict[str, dict[str, Any]] = {
    "vLLM": {"/v1/models": {"data": [{"id": "other", "max_model_len": 9}, {"id": "m", "max_model_len": 2048}]}},
    "Groq": {"/v1/models": {"data": [{"id": "m", "context_window": 2048}]}},
    "OpenRouter": {"/v1/models": {"data": [{"id": "m", "context_length": 2048, "top_provider": {}}]}},
    "LM Studio": {"/v1/models": {"data": [{"id": "m", "max_context_length": 32768, "loaded_context_length": 2048}]}},
    "llama.cpp": {"/v1/models": LLAMA_MODELS},
    "llama.cpp's properties": {"/v1/models": {"data": [{"id": "some.gguf"}]}, "/props": PROPERTIES},
    "properties only": {"/props": {"n_ctx": 2048}},
}


@pytest.mark.parametrize("kind", PAGES)
async def test_a_server_that_says_how_much_it_reads_is_never_sent_more(kind: str) -> None:
    async with ScriptedOpenAI(reads(2048, WITHOUT_NUMBERS)) as server, asking(server) as answerer:
        server.pages = PAGES[kind]
        for _ in range(2):
            assert (await answerer.draft(QUESTION, offered(MANY))).claims
    assert len(server.requests) == 2, "nothing was refused"
    assert 10 < len(server.requests[0].sentences) < 24
    assert server.requests[0].body["max_tokens"] >= 400
    assert len(server.looked_up) <= 2, "it is asked once"


SENSELESS: list[Any] = [
    *(None, [], "x", {"data": None}, {"data": ["m"]}, {"data": [{"id": "m", "max_model_len": "many"}]}),
    *({"data": [{"id": "m", "max_model_len": -1}]}, {"data": [{"id": "m", "meta": 3}]}),
    {"data": [{"id": "a", "max_model_len": 5}, {"id": "b", "max_model_len": 5}]},
]


@pytest.mark.parametrize("said", SENSELESS)
async def test_invalid_metadata_is_ignored(said: Any) -> None:
    async with ScriptedOpenAI(GOOD) as server, asking(server) as answerer:
        server.pages = {"/v1/models": said, "/props": said}
        await answerer.draft(QUESTION, offered(MANY))
    assert len(server.requests[0].sentences) == 24
    assert server.requests[0].body["max_tokens"] == 2000


async def test_a_large_window_changes_nothing() -> None:
    async with ScriptedOpenAI(GOOD) as server, asking(server) as answerer:
        server.pages = {"/v1/models": {"data": [{"id": "m", "max_model_len": 131_072}]}}
        await answerer.draft(QUESTION, offered(MANY))
    assert len(server.requests[0].sentences) == 24
    assert server.requests[0].body["max_tokens"] == 2000


# --- forms and parameters


async def test_json_that_a_server_does_not_see_to_is_noticed_once_and_remembered() -> None:
    async def talks(asked: Asked, request: Any) -> Any:
        text = f"{LONG} [S1]" if "# Form: lines" in asked.system else "The valley is rather long, I would say."
        return await says(text)(asked, request)

    async with ScriptedOpenAI(talks, refuses=("json_schema",)) as server, asking(server) as answerer:
        for _ in range(2):
            assert (await answerer.draft(QUESTION, offered())).claims == (FIRST,)
    assert [asked.form for asked in server.requests] == ["json_schema", "json_object", "text", "text"]


async def test_lines_are_taken_where_json_was_asked_for() -> None:
    made, asked = await draft(says(f"{LONG} [S1]"))
    assert (made.claims, len(asked)) == ((FIRST,), 1)


@pytest.mark.parametrize("sources", ["#99", [["S99", "S1"]], {"key": "S99"}, 99.0, "(S1, S4)", ["S 0", 1], "S1|S4"])
async def test_keys_in_any_dress_have_to_be_among_those_that_were_offered(sources: Any) -> None:
    claim = {"claim": LONG, "keys": sources}
    made, _ = await draft(says(json.dumps({"answer": [claim, {"text": PEOPLE, "sources": ["S3"]}]})))
    assert [(one.text, set(one.keys) <= {"S1"}) for one in made.claims] == [(LONG, True), (PEOPLE, False)]
    assert made.claims[1].keys == ("S3",)


async def test_prose_in_every_form_is_an_error() -> None:
    async with ScriptedOpenAI(says("The valley is long.")) as server, asking(server) as answerer:
        with pytest.raises(AnswererError, match="cannot be read") as caught:
            await answerer.draft(QUESTION, offered())
        assert caught.value.of_question, "perhaps it will not answer, and says so in its own way"
        server.script = [GOOD]
        await answerer.draft(QUESTION, offered())
    assert [asked.form for asked in server.requests] == ["json_schema", "json_object", "text", "json_schema"]


async def test_json_that_a_server_does_not_see_to_is_noticed_when_the_answer_is_cut_off() -> None:
    async def talks(asked: Asked, request: Any) -> Any:
        is_asked_for_lines = "# Form: lines" in asked.system
        text = f"{LONG} [S1]\n{PEOPLE[:9]}" if is_asked_for_lines else "The valley is rather long, I would"
        return await says(text, finish_reason="length")(asked, request)

    async with ScriptedOpenAI(talks) as server, asking(server) as answerer:
        for _ in range(2):
            assert (await answerer.draft(QUESTION, offered())).claims == (FIRST,)
    assert [asked.form for asked in server.requests] == ["json_schema", "json_object", "text", "text"]


@pytest.mark.parametrize("text", ["{", '{"cla', '```json\n{\n  "claims": [{"te'])
async def test_json_that_is_cut_off_is_still_json(text: str) -> None:
    async with ScriptedOpenAI(says(text, finish_reason="length")) as server, asking(server) as answerer:
        with pytest.raises(AnswererError, match="cut off"):
            await answerer.draft(QUESTION, offered())
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", ['{"answer": "115 km"}', '{"valley": {"length": 115}}', '"115 km"'])
async def test_json_of_another_kind_shows_that_the_schema_is_not_seen_to(text: str) -> None:
    async def talks(asked: Asked, request: Any) -> Any:
        return await says(f"{LONG} [S1]" if "# Form: lines" in asked.system else text)(asked, request)

    async with ScriptedOpenAI(talks) as server, asking(server) as answerer:
        for _ in range(2):
            assert (await answerer.draft(QUESTION, offered())).claims == (FIRST,)
    assert [asked.form for asked in server.requests] == ["json_schema", "json_object", "text", "text"]


async def test_the_schema_allows_few_claims_and_few_keys() -> None:
    _, (asked,) = await draft(GOOD)
    claims = asked.body["response_format"]["json_schema"]["schema"]["properties"]["claims"]
    sources = claims["items"]["properties"]["sources"]
    assert (claims["maxItems"], sources["minItems"], sources["maxItems"]) == (6, 1, 4)
    assert sources["items"]["pattern"] == "^S[0-9]{1,2}$"
    assert claims["items"]["properties"]["text"]["maxLength"] == 400


@pytest.mark.parametrize("param", ["response_format", None])
async def test_bounds_that_a_server_does_not_know_are_left_out_of_the_schema(param: str | None) -> None:
    refusal = fails(
        400, param=param, message="Invalid schema for response_format 'answer': 'maxItems' is not permitted."
    )
    async with ScriptedOpenAI(refusal, GOOD) as server, asking(server) as answerer:
        for _ in range(2):
            assert (await answerer.draft(QUESTION, offered())).claims == (FIRST,)
    assert [asked.form for asked in server.requests] == ["json_schema"] * 3
    for asked in server.requests[1:]:
        schema = json.dumps(asked.body["response_format"])
        assert not any(word in schema for word in ("maxItems", "minItems", "maxLength", "pattern"))
        assert '"additionalProperties": false' in schema


def reasoning_model(asked: Asked) -> dict[str, Any] | None:
    """What OpenAI's reasoning models say to parameters of others."""
    if "max_tokens" in asked.body:
        message = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        )
        return {"param": "max_tokens", "code": "unsupported_parameter", "message": message}
    if asked.body.get("temperature", 1) != 1:
        message = (
            "Unsupported value: 'temperature' does not support 0.0 with this model. Only the default (1) is supported."
        )
        return {"param": "temperature", "code": "unsupported_value", "message": message}
    return None


async def test_a_reasoning_model_is_given_what_it_understands_and_that_is_remembered() -> None:
    async def reply(asked: Asked, request: Any) -> Any:
        refused = reasoning_model(asked)
        return await (fails(400, **refused) if refused else GOOD)(asked, request)

    async with ScriptedOpenAI(reply) as server, asking(server, tokens=900) as answerer:
        for _ in range(2):
            await answerer.draft(QUESTION, offered())
    assert len(server.requests) == 4
    last = server.requests[-1].body
    assert last["max_completion_tokens"] == 900
    assert not {"max_tokens", "temperature"} & last.keys()
    assert server.requests[-1].form == "json_schema"


SYSTEM_REFUSED = {
    "Gemma 2": "System role not supported",
    "Gemma by Google": "Developer instruction is not enabled for models/gemma-3-27b-it",
    "Mistral": "Conversation roles must alternate user/assistant/user/assistant/...",
    "a template": "Only user and assistant roles are supported!",
    "a dump": "1 validation error: {'role': 'system'}: the system role is not allowed here",
}


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("kind", SYSTEM_REFUSED)
async def test_a_model_without_a_system_role_has_the_rules_with_the_data_and_that_is_remembered(
    kind: str, status: int
) -> None:
    async def reply(asked: Asked, request: Any) -> Any:
        has_system = any(message["role"] == "system" for message in asked.body["messages"])
        return await (fails(status, message=SYSTEM_REFUSED[kind]) if has_system else GOOD)(asked, request)

    async with ScriptedOpenAI(reply) as server, asking(server) as answerer:
        for _ in range(2):
            assert (await answerer.draft(QUESTION, offered())).claims == (FIRST,)
    refused, *others = server.requests
    assert len(others) == 2
    for asked in others:
        (message,) = asked.body["messages"]
        assert message["role"] == "user"
        assert message["content"].startswith(refused.system)
        assert message["content"].endswith(refused.data)
        assert asked.question == QUESTION
        assert asked.form == "json_schema", "the form is not to blame"


# --- answers that end too early

ENDINGS = ["abort", "max_tokens", "insufficient_system_resource", "stop"]


@pytest.mark.parametrize(
    "reply",
    [
        says(BOTH[:90], finish_reason="length"),
        sends(json.dumps({"choices": [{"message": {"content": BOTH[:90]}, "finish_reason": "length"}]}).encode()),
        streams(BOTH[:90], finish_reason=None),
        *(says(BOTH[:90], finish_reason=reason) for reason in ENDINGS),
        says(f"{LONG} [S1]\n{PEOPLE[:9]}", finish_reason="abort"),
    ],
    ids=["in pieces", "at once", "without a reason", *ENDINGS, "lines"],
)
async def test_whole_claims_of_an_answer_that_was_cut_off_are_kept(reply: Reply) -> None:
    made, asked = await draft(reply)
    assert (made.claims, made.note, len(asked)) == ((FIRST,), CUT_OFF, 1)


@pytest.mark.parametrize("reason", ["length", "abort", "error", "", None])
@pytest.mark.parametrize("text", [BOTH, f"```json\n{BOTH}\n```", f"Here: {BOTH}"])
async def test_json_that_is_whole_is_not_cut_off(text: str, reason: str | None) -> None:
    made, asked = await draft(says(text + " \n" * 50, finish_reason=reason))
    assert (len(made.claims), made.note, len(asked)) == (2, None, 1)


THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": "It may be so."}]}
PARTS = [THOUGHT, {"type": "text", "text": BOTH[:30]}, {"type": "text", "text": BOTH[30:]}]
USED_UP = json.dumps({**CHUNK, "choices": None, "usage": USAGE})
ENDED = chunk({}, finish_reason="stop")


def events(*sent: str) -> Reply:
    return sends("".join(f"data: {one}\n\n" for one in sent).encode(), content_type="text/event-stream")


@pytest.mark.parametrize(
    "reply",
    [
        events(chunk({"content": BOTH}), ENDED, USED_UP),
        events(chunk({"content": [THOUGHT]}), chunk({"content": PARTS[1:]}), ENDED),
        sends(completion([{"message": {"content": PARTS}, "finish_reason": "stop"}])),
        events(chunk({"content": BOTH}), json.dumps({"choices": 3})),
        events(chunk({"content": BOTH}), json.dumps({"choices": [{"delta": {}, "finish_reason": 3}]})),
        events(chunk({"content": BOTH}), "{]"),
    ],
    ids=["no choices", "parts of a stream", "parts", "choices of a number", "a numbered end", "no JSON"],
)
async def test_an_odd_piece_does_not_cost_an_answer_that_is_whole(reply: Reply) -> None:
    made, asked = await draft(reply)
    assert (len(made.claims), made.note, len(asked)) == (2, None, 1)
    assert made.spent.tokens > 300


async def test_that_nothing_is_in_the_articles_counts_though_the_stream_has_no_end() -> None:
    made, _ = await draft(streams(answer(), pause=30.0), seconds=0.5, window=Window())
    assert (made.claims, made.note) == ((), None)


async def test_that_nothing_is_in_the_articles_is_not_cut_off() -> None:
    made, _ = await draft(says('{"claims": []}' + "\n" * 50, finish_reason="length"))
    assert (made.claims, made.note) == ((), None)


async def test_whole_claims_of_an_answer_that_is_late_are_kept_and_charged() -> None:
    made, _ = await draft(streams(BOTH[:90], pause=30.0), seconds=0.5, window=Window())
    assert (made.claims, made.note) == ((FIRST,), CUT_OFF)
    assert made.spent.tokens > 300


TORN = streams(BOTH[:90], tears=True)


@pytest.mark.parametrize(
    "script",
    [
        [TORN],
        [says(BOTH[:90], finish_reason="error")],
        [streams(BOTH[:30], tears=True), TORN, fails(500)],
        [fails(503), streams(answer((PEOPLE, ["S2"]))[:-1], tears=True), TORN],
        [streams(f"{LONG} [S1]\n{PEOPLE[:9]}", tears=True)],
    ],
    ids=["each time", "an error", "then a failure", "the last one counts", "as lines"],
)
async def test_whole_claims_of_a_stream_that_breaks_each_time_are_kept(script: list[Reply]) -> None:
    breaker = CircuitBreaker(lambda: 0.0, failures_before_rest=1)
    async with ScriptedOpenAI(*script) as server, asking(server) as answerer:
        patient = WithFallback(answerer, ExtractiveAnswerer(), breaker, deadline=5.0)
        made = await patient.draft(QUESTION, offered())
    assert (made.claims, made.answerer, made.note, len(server.requests)) == ((FIRST,), "openai", CUT_OFF, 3)
    assert made.spent.tokens > 300


async def test_whole_claims_before_a_refusal_are_not_kept() -> None:
    refusal = 'data: {"error": {"code": "content_filter"}}\n\n'
    pieces = f"data: {chunk({'content': BOTH[:90]})}\n\n{refusal}"
    with pytest.raises(AnswererError, match="refused to answer"):
        await draft(sends(pieces.encode(), content_type="text/event-stream"))


@pytest.mark.parametrize("reply", [stalls(), streams(BOTH[:30], pause=30.0), streams("<think>Hm", pause=30.0)])
async def test_a_late_answer_without_a_whole_claim_is_an_error(reply: Reply) -> None:
    with pytest.raises(AnswererError, match="did not answer in time"):
        await draft(reply, seconds=0.2, window=Window())


async def test_a_whole_answer_has_no_note() -> None:
    assert (await draft(says(BOTH)))[0].note is None


async def test_thoughts_are_no_claims() -> None:
    thoughts = f"Perhaps {answer((PEOPLE, ['S2']))}?"
    for said in (f"<think>{thoughts}</think>\n{answer((LONG, ['S1']))}", f"{thoughts}</think>{answer((LONG, ['S1']))}"):
        assert (await draft(says(said)))[0].claims == (FIRST,)
