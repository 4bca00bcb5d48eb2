"""For the operator: health, readiness and metrics, served with the pages but not for the public."""

from __future__ import annotations

from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler

from footnote_bot.web.security import is_from_outside

_METRICS = "text/plain; version=0.0.4; charset=utf-8"


class Watched(Protocol):
    """What can be asked about a running bot."""

    async def missing(self) -> list[str]:
        """What a question would have to wait for; empty when the bot is ready."""
        ...

    async def measured(self) -> bytes:
        """All metrics, in Prometheus' text format."""
        ...


def add_operations(application: web.Application, watched: Watched, *, public_url: str) -> None:
    """`/healthz`: the process is alive. `/readyz`: it can answer, or else 503 and why not. `/metrics`: for Prometheus.

    Requests through a proxy or by the public name are refused.
    """

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_request: web.Request) -> web.Response:
        missing = await watched.missing()
        return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await watched.measured(), headers={"Content-Type": _METRICS})

    def inside(handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if is_from_outside(request, public_url):
                raise web.HTTPNotFound
            return await handler(request)

        return guarded

    for path, handler in (("/healthz", health), ("/readyz", ready), ("/metrics", metrics)):
        application.router.add_get(path, inside(handler))
