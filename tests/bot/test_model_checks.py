"""What the answers of a model's server are taken for. test_doctor.py has the whole examination."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from footnote_bot.doctor.findings import Finding, State
from footnote_bot.doctor.model_checks import PROMPT_TOKENS, ModelSetup, model_findings
from footnote_bot.web.serving import served

MODEL, ANSWER_TOKENS = "qwen3", 1000
NEEDED = PROMPT_TOKENS + ANSWER_TOKENS
LISTED = {"data": [{"id": MODEL}]}
SUBJECT = "Language model"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@dataclass
class Server:
    """What it answers, by path; all else is not found. `keys` are those that it was given."""

    answers: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    keys: list[str | None] = field(default_factory=list)

    async def examined(
        self, *, key: str | None = None, model: str = MODEL, tokens: int = ANSWER_TOKENS, slash: str = ""
    ) -> list[Finding]:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer())
        async with served(application, "127.0.0.1", 0) as port:
            setup = ModelSetup(model, f"http://127.0.0.1:{port}/v1{slash}", key, tokens)
            return [finding async for finding in model_findings(SUBJECT, setup)]

    def _answer(self) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            self.keys.append(request.headers.get("Authorization"))
            found = self.answers.get(request.path)
            if found is None:
                return web.Response(status=404)
            if isinstance(found, str):
                return web.Response(text=found)
            return web.json_response(found, status=self.status)

        return answer


def listing(models: Any, **others: Any) -> Server:
    return Server({"/v1/models": models, **{f"/{name.replace('_', '/')}": one for name, one in others.items()}})


@pytest.mark.parametrize(
    ("status", "state", "line"),
    [
        (401, State.BAD, "refuses the key"),
        (403, State.BAD, "refuses the key"),
        (404, State.WARN, "lists no models"),
        (405, State.WARN, "lists no models"),
        (500, State.BAD, "answers with status 500"),
        (429, State.BAD, "answers with status 429"),
    ],
)
async def test_a_status_says_what_is_wrong_and_no_context_is_asked_for(status: int, state: State, line: str) -> None:
    server = listing(LISTED)
    server.status = status
    [finding] = await server.examined()
    assert finding.state is state
    assert line in finding.line
    assert len(server.keys) == 1


@pytest.mark.parametrize("named", [MODEL, f"{MODEL}:latest"])
async def test_a_model_is_known_by_its_name_or_as_the_latest(named: str) -> None:
    [served_, _context] = await listing({"data": [{"id": named}]}).examined()
    assert served_.state is State.OK
    assert served_.line.endswith(f"has {MODEL}")


async def test_a_model_that_is_not_there_is_told_with_three_that_are() -> None:
    found = await listing({"data": [{"id": name} for name in "abcd"]}).examined()
    assert found[0].state is State.BAD
    assert found[0].advice.endswith("those it has: a, b, c")


@pytest.mark.parametrize("answer", ["<html>", "[]", '{"models": []}', '{"data": [1, {"name": "x"}]}'])
async def test_a_list_of_another_form_raises_nothing(answer: str) -> None:
    found = await listing(answer).examined(tokens=0)
    assert len(found) == 1


async def test_a_server_that_does_not_answer_cannot_be_reached() -> None:
    application = web.Application()
    async with served(application, "127.0.0.1", 0) as port:
        closed = f"http://127.0.0.1:{port}"
    [finding] = [one async for one in model_findings(SUBJECT, ModelSetup(MODEL, closed, None, 10))]
    assert finding.state is State.BAD
    assert finding.line.startswith(f"{closed} cannot be reached (")


async def test_the_key_is_sent_if_there_is_one_and_never_shown() -> None:
    server = listing(LISTED)
    found = await server.examined(key="secret", tokens=0, slash="/")
    assert server.keys == ["Bearer secret"]
    assert "secret" not in f"{found} {ModelSetup(MODEL, None, 'secret')}"
    without = listing(LISTED)
    await without.examined(tokens=0)
    assert without.keys == [None]


async def test_embeddings_need_no_context() -> None:
    assert len(await listing(LISTED).examined(tokens=0)) == 1


def of_llama_cpp(tokens: Any) -> dict[str, Any]:
    return {"props": {"default_generation_settings": {"n_ctx": tokens}}}


def of_ollama(parameters: str = "") -> dict[str, Any]:
    return {"api_show": {"model_info": {}, "parameters": parameters}}


@pytest.mark.parametrize(
    ("models", "others", "tokens"),
    [
        ({"data": [{"id": MODEL, "max_model_len": NEEDED}]}, {}, NEEDED),
        ({"data": [{"id": MODEL, "context_length": NEEDED - 1}]}, of_llama_cpp(9000), NEEDED - 1),
        ({"data": [{"id": MODEL, "max_model_len": "many"}]}, of_llama_cpp(9000), 9000),
        (LISTED, of_llama_cpp(NEEDED), NEEDED),
        (LISTED, of_ollama(), 4096),
        (LISTED, of_ollama("stop x\nnum_ctx   8192\n"), 8192),
        (LISTED, of_ollama("stop num_ctx 9"), 4096),
        (LISTED, {"props": [], "api_show": {"error": "no"}}, None),
        (LISTED, {"props": "<html>"}, None),
    ],
)
async def test_the_context_is_what_the_server_says_of_it(models: Any, others: Any, tokens: int | None) -> None:
    [_served, context] = await listing(models, **others).examined()
    assert context.subject == "Language model's context"
    assert context.state is (State.BAD if tokens and tokens < NEEDED else State.OK)
    said = f"at least {NEEDED:,} tokens are needed" if tokens is None else f"{tokens:,} tokens"
    assert said in context.line


@pytest.mark.parametrize("models", [[], None])
async def test_a_server_without_models_does_not_have_it(models: object) -> None:
    finding, *_ = await listing({"data": models}).examined()
    assert finding.state is State.BAD
    assert "has no model" in finding.line


async def test_a_list_in_another_form_says_nothing() -> None:
    finding, *_ = await listing({"models": ["llama3"]}).examined()
    assert finding.state is State.OK
    assert "does not say which models it has" in finding.line
