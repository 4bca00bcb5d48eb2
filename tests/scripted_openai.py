"""An OpenAI-compatible server on loopback that replies as the test says, for the real SDK.

    async with ScriptedOpenAI(says("…"), fails(500)) as server:     one reply a request; the last goes on
        server.base_url
        server.requests      .body  .headers  .system  .question  .sentences (by key)  .today
    server.pages         what else it has, by path: "/v1/models", "/props"
        server.refuses       parameters and response formats that it does not know, answered with 400

`in_thread` runs one for code with its own event loop.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Any, Self

from aiohttp import web

USAGE = {
    "prompt_tokens": 900,
    "completion_tokens": 40,
    "total_tokens": 940,
    "prompt_tokens_details": {"cached_tokens": 700},
}


@dataclass(frozen=True)
class Asked:
    """A request, and what its prompt offers."""

    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def system(self) -> str:
        (message,) = (message["content"] for message in self.body["messages"] if message["role"] == "system")
        return str(message)

    @property
    def data(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def task(self) -> str:
        """What the model is asked for: answer, rewrite or judge."""
        tags = {"sentences": "answer", "conversation": "rewrite", "claims": "judge"}
        return next(task for tag, task in tags.items() if f"<{tag}>\n" in self.data)

    @property
    def question(self) -> str:
        return str(json.loads(self._inside("question")))

    @property
    def today(self) -> str:
        return str(json.loads(self._inside("today")))

    @property
    def sentences(self) -> dict[str, dict[str, str]]:
        """Each with what stands above it; `before` is the sentence without a key that explains it."""
        offered: dict[str, dict[str, str]] = {}
        above: dict[str, str] = {}
        before: dict[str, str] = {}
        for line in self._inside("sentences").split("\n"):
            if line.startswith("{"):
                about = json.loads(line)
                above = about if "article" in about else above | about
                continue
            key, _, sentence = line.partition(": ")
            if key == "-":
                before = {"before": json.loads(sentence)}
            else:
                assert key not in offered
                offered[key] = {**above, **before, "sentence": json.loads(sentence)}
                before = {}
        return offered

    def _inside(self, tag: str) -> str:
        return self.data.split(f"<{tag}>\n")[1].split(f"\n</{tag}>")[0]

    @property
    def form(self) -> str:
        return str(self.body.get("response_format", {"type": "text"})["type"])

    def key_of(self, sentence: str) -> str:
        (key,) = (key for key, offered in self.sentences.items() if offered["sentence"] == sentence)
        return key


Reply = Callable[[Asked, web.Request], Awaitable[web.StreamResponse]]


class ScriptedOpenAI:
    """Knows POST /v1/chat/completions, and GET for its pages."""

    def __init__(self, *script: Reply, refuses: tuple[str, ...] = ()) -> None:
        self.script = list(script)
        self.refuses = refuses
        self.requests: list[Asked] = []
        self.pages: dict[str, Any] = {}
        self.looked_up: list[str] = []
        self.base_url = ""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._answer)
        app.router.add_get("/{page:.*}", self._page)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(await request.json(), dict(request.headers))
        self.requests.append(asked)
        for refused in self.refuses:
            if refused in asked.body or refused == asked.form:
                return await complains(refused)(asked, request)
        reply = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return await reply(asked, request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        self.looked_up.append(request.path)
        if request.path not in self.pages:
            return web.json_response({"error": {"message": "Not found."}}, status=404)
        return web.json_response(self.pages[request.path])


@contextmanager
def in_thread(server: ScriptedOpenAI) -> Iterator[ScriptedOpenAI]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
        yield server
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


# --- replies


def says(
    content: str | None,
    *,
    finish_reason: str | None = "stop",
    refusal: str | None = None,
    usage: Any = USAGE,
) -> Reply:
    """At once, or word by word where a stream is asked for."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content, "refusal": refusal},
        "finish_reason": finish_reason,
    }
    at_once = sends(completion([choice], usage))
    words = re.findall(r"\S+\s*|\s+", content or "")
    in_pieces = streams(*words, refusal=refusal, finish_reason=finish_reason, usage=usage, counts_unasked=False)

    async def reply(asked: Asked, request: web.Request) -> web.StreamResponse:
        return await (in_pieces if asked.body.get("stream") else at_once)(asked, request)

    return reply


def streams(
    *pieces: str,
    finish_reason: str | None = "stop",
    refusal: str | None = None,
    usage: Any = USAGE,
    pause: float = 0.0,
    tears: bool = False,
    counts_unasked: bool = True,
) -> Reply:
    """Server-sent events, a `pause` after each; `tears`: the connection breaks in place of the end."""

    async def reply(asked: Asked, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for piece in pieces:
            await _event(response, chunk({"content": piece}))
            await asyncio.sleep(pause)
        if tears:
            assert request.transport is not None
            request.transport.abort()
            return response
        await _event(response, chunk({"refusal": refusal} if refusal else {}, finish_reason=finish_reason))
        if usage and (counts_unasked or asked.body.get("stream_options", {}).get("include_usage")):
            await _event(response, json.dumps({**CHUNK, "choices": [], "usage": usage}))
        await _event(response, "[DONE]")
        return response

    return reply


async def _event(response: web.StreamResponse, data: str) -> None:
    await response.write(f"data: {data}\n\n".encode())


CHUNK = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}


def chunk(delta: dict[str, Any], *, finish_reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return json.dumps({**CHUNK, "choices": [choice]})


def completion(choices: Any, usage: Any = None) -> bytes:
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": choices}
    return json.dumps(body | ({"usage": usage} if usage else {})).encode()


def answer(*claims: tuple[str, list[str]]) -> str:
    """What a model that follows the schema writes."""
    return json.dumps({"claims": [{"text": text, "sources": sources} for text, sources in claims]})


def quotes(sentence: str) -> Reply:
    """Says an offered sentence, and names its key."""

    async def reply(asked: Asked, request: web.Request) -> web.StreamResponse:
        return await says(answer((sentence, [asked.key_of(sentence)])))(asked, request)

    return reply


def sends(body: bytes, *, content_type: str = "application/json") -> Reply:
    async def reply(_asked: Asked, _request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=content_type)

    return reply


def fails(
    status: int, *, code: str | None = None, param: str | None = None, message: str = "No.", **headers: str
) -> Reply:
    """An error as OpenAI sends it. Headers are written `retry_after="1"`."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def reply(_asked: Asked, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": error}, status=status, headers=named)

    return reply


def complains(refused: str) -> Reply:
    if refused in {"json_schema", "json_object"}:
        return fails(400, message=f"'response_format.type' must not be {refused}")
    return fails(400, param=refused, message=f"Unsupported parameter: '{refused}' is not supported with this model.")


def stalls(seconds: float = 30.0) -> Reply:
    async def reply(_asked: Asked, _request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return web.Response()

    return reply


def trickles() -> Reply:
    """One byte after the other: no single read takes long."""

    async def reply(_asked: Asked, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "10000"})
        await response.prepare(request)
        for _ in range(10_000):
            await response.write(b" ")
            await asyncio.sleep(0.01)  # slow is what it is
        return response

    return reply


def tears(*, after: bytes = b"") -> Reply:
    """The connection breaks, before the response or inside it."""

    async def reply(_asked: Asked, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "10000"})
        if after:
            await response.prepare(request)
            await response.write(after)
            await asyncio.sleep(0.01)  # for the bytes to leave before the connection breaks
        assert request.transport is not None
        request.transport.abort()
        return response

    return reply


def endless(
    piece: bytes, *, content_type: str = "application/json", content_encoding: str | None = None, status: int = 200
) -> Reply:
    """The same bytes again and again, until the other side hangs up."""
    headers = {"Content-Type": content_type} | ({"Content-Encoding": content_encoding} if content_encoding else {})

    async def reply(_asked: Asked, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers=headers)
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(piece)
        return response

    return reply


def redirects(other: ScriptedOpenAI) -> Reply:
    """To the same route of another server."""

    async def reply(_asked: Asked, _request: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": f"{other.base_url}/chat/completions"})

    return reply
