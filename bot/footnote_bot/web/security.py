"""What every response says to browsers and robots, and who may talk to a room that answers questions."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

HEADERS = {
    # Only files of this server, no script or style inside a page, and no page inside another site's.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@web.middleware
async def with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Also on errors. A page is for those who have its link, so no cache may store it."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        _add_headers(error)
        raise
    _add_headers(response)
    return response


@web.middleware
async def this_machine_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """For a room with a question box, which has no other protection: a page of another site must not ask questions on
    behalf of the user, nor reach this server through its own name (DNS rebinding).
    """
    if _host(request) not in _THIS_MACHINE:
        raise web.HTTPForbidden(text="This server answers on this machine only.")
    origin = request.headers.get("Origin")
    is_foreign = request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}
    if request.method == "POST" and (is_foreign or (origin and urlsplit(origin).netloc != request.host)):
        raise web.HTTPForbidden(text="Questions are asked on the page itself.")
    return await handler(request)


def is_from_outside(request: web.Request, public_url: str) -> bool:
    """Whether a request came through a proxy, or by the public name: metrics are for the operator's own network."""
    is_proxied = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host"))
    return is_proxied or (bool(public_url) and _host(request) == urlsplit(public_url).hostname)


def _host(request: web.Request) -> str | None:
    try:
        return urlsplit(f"//{request.host}").hostname
    except ValueError:
        return None


def _add_headers(response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers["Server"] = "footnote"
