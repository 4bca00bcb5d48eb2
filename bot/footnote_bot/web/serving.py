"""Serves the web application on a port inside a block."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from footnote.errors import SettingsError

_SECONDS_TO_FINISH = 2.0


@asynccontextmanager
async def served(application: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Yields the port, which the system chooses if it is 0. Raises SettingsError when it is not available."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SECONDS_TO_FINISH)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SettingsError(
                f"The web pages cannot be served at {host}, port {port}: {reason}. Stop the program that uses the "
                "port, or set FOOTNOTE_WEB_PORT or FOOTNOTE_WEB_HOST."
            ) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
