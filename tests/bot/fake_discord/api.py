"""The path of a REST request: recorded, checked, perhaps hit by a fault or a rate limit, then carried out."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import BodyPartReader, web

from .errors import ApiError
from .faults import Fault, Faults, Kind
from .openapi import OpenApi
from .people import Settling
from .posting import Upload
from .rates import RateLimits
from .routes import Request, Route, Routes

PREFIX = "/api/v10"

Answer = tuple[int, Any, dict[str, str]]


class Api:
    def __init__(
        self,
        routes: Routes,
        rate_limits: RateLimits,
        faults: Faults,
        settling: Settling,
        *,
        token: str,
        openapi: OpenApi | None,
        report: Callable[[str], None],
    ) -> None:
        self.requests: list[Request] = []
        self._routes = routes
        self._rate_limits = rate_limits
        self._faults = faults
        self._settling = settling
        self._token = token
        self._openapi = openapi
        self._report = report

    async def handle(self, arrived: web.Request) -> web.StreamResponse:
        path = arrived.path.removeprefix(PREFIX)
        found = self._routes.find(arrived.method, path)
        if found is None:
            self._report(f"{arrived.method} {path}: the fake does not know this route")
            return await self._send(arrived, (404, {"message": "404: Not Found", "code": 0}, {}))
        route, params = found
        body, uploads = await _read(arrived)
        request = Request(arrived.method, path, route.template, params, dict(arrived.query), body, uploads)
        self.requests.append(request)
        self._check(request)
        try:
            answer = await self._answer(arrived, route, request)
        except _Torn:
            if arrived.transport:
                arrived.transport.abort()
            return web.Response()
        request.statuses.append(answer[0])
        return await self._send(arrived, answer)

    async def _answer(self, arrived: web.Request, route: Route, request: Request) -> Answer:
        fault = self._faults.take(request.method, request.path)
        if fault and not fault.after_effect and (struck := await _strike(fault)):
            return struck
        answer = self._carry_out(arrived, route, request)
        if fault and fault.after_effect and (struck := await _strike(fault)):
            return struck
        return answer

    def _carry_out(self, arrived: web.Request, route: Route, request: Request) -> Answer:
        if not route.with_token and arrived.headers.get("Authorization") != f"Bot {self._token}":
            return 401, {"message": "401: Unauthorized", "code": 0}, {}
        # Discord does not count responses to interactions in the global limit.
        name = f"{route.method} {route.template}"
        verdict = self._rate_limits.count(name, request.major, counts_globally=not route.with_token)
        if verdict.retry_after is not None:
            return _too_many(verdict.retry_after, verdict.headers, is_global=verdict.is_global)
        try:
            payload = route.handler(request)
        except ApiError as refusal:
            return refusal.status, refusal.body, verdict.headers
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self._report(f"{request.method} {request.path}: the fake cannot make sense of {request.body!r}: {error!r}")
            return 400, {"message": "Invalid Form Body", "code": 50035}, verdict.headers
        return 200 if payload is not None else 204, payload, verdict.headers

    def _check(self, request: Request) -> None:
        if self._openapi is None:
            return
        for problem in self._openapi.problems(
            request.method,
            request.template,
            query=request.query,
            body=request.body,
            has_uploads=bool(request.uploads),
        ):
            self._report(problem)

    async def _send(self, arrived: web.Request, answer: Answer) -> web.Response:
        """Written out here, so that people wait with their next act until the bot can have read it."""
        status, payload, headers = answer
        body = None if status == 204 else json.dumps(payload).encode()
        content_type = None if status == 204 else "application/json"
        # discord.py takes a 429 without this header for a ban by Cloudflare.
        response = web.Response(
            status=status, body=body, content_type=content_type, headers=headers | {"Via": "1.1 fake"}
        )
        self._settling.answers_on_the_way += 1
        try:
            await response.prepare(arrived)
            await response.write_eof()
        finally:
            self._settling.answers_on_the_way -= 1
        return response


class _Torn(Exception):
    """The connection ends here, without an answer."""


async def _strike(fault: Fault) -> Answer | None:
    """None where the request goes on, only later."""
    if fault.kind is Kind.TORN:
        raise _Torn
    if fault.kind is Kind.SLOW:
        await asyncio.sleep(fault.seconds)
        return None
    if fault.status == 429:
        return _too_many(fault.seconds, {"X-RateLimit-Scope": "user"}, is_global=False)
    return fault.status, {"message": f"{fault.status}: fault on order", "code": fault.code}, {}


def _too_many(retry_after: float, headers: dict[str, str], *, is_global: bool) -> Answer:
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
    return 429, body, headers | {"Retry-After": str(max(1, round(retry_after)))}


async def _read(arrived: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON body, and the files that came beside it."""
    if not arrived.can_read_body:
        return None, []
    if not arrived.content_type.startswith("multipart/"):
        text = await arrived.text()
        return (json.loads(text) if text else None), []
    body, uploads = None, []
    async for part in await arrived.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(part.filename or "unknown", content, kind))
    return body, uploads
