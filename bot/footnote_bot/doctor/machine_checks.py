"""The machine: disk space, the data folder, the clock, the port of the web pages."""

from __future__ import annotations

import os
import shutil
import socket
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from footnote_bot.doctor.findings import Finding, bad, ok, warning

DISK, CLOCK, DATA, WEB = "Disk", "Clock", "Data folder", "Web pages"

_TOO_LITTLE, _LITTLE = 200_000_000, 1_000_000_000
_OFF, _FAR_OFF = 30.0, 300.0
_TIME_LIMIT = aiohttp.ClientTimeout(total=10)


def disk_finding(data: Path, *, free: int | None = None) -> Finding:
    """`free` is in bytes; None: read from the disk."""
    left = shutil.disk_usage(_existing(data)).free if free is None else free
    line = f"{left / 1e9:,.1f} GB are free on the disk of {data}"
    if left < _TOO_LITTLE:
        advice = "free some space: a build needs as much as the index, and soon answers can no longer be stored"
        return bad(DISK, line, advice)
    if left < _LITTLE:
        return warning(DISK, line, "free some space, or run `footnote index gc`")
    return ok(DISK, line)


def data_finding(data: Path) -> Finding:
    folder = _existing(data)
    if not folder.is_dir():
        return bad(DATA, f"{folder} is not a folder", "move it away, or set FOOTNOTE_DATA")
    if not os.access(folder, os.W_OK | os.X_OK):
        return bad(DATA, f"{folder} cannot be written to", "make this user its owner (chown), or set FOOTNOTE_DATA")
    return ok(DATA, f"{data} can be written to")


async def clock_finding(address: str) -> Finding:
    """Compares it with the time in a server's response. Wrong clocks break https, deadlines and links."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIME_LIMIT, trust_env=True) as session,
            session.get(address) as response,
        ):
            told = parsedate_to_datetime(response.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return ok(CLOCK, "no server sent the time, so it was not checked")
    return compared_clocks(datetime.now(UTC), told)


def compared_clocks(here: datetime, there: datetime) -> Finding:
    """Compares the clock of this machine with another one."""
    off = (here - there).total_seconds()
    line = f"it is {abs(off):,.0f} seconds {'fast' if off > 0 else 'slow'}"
    if abs(off) > _FAR_OFF:
        return bad(CLOCK, line, "set it, and keep it right with NTP (timedatectl set-ntp true)")
    if abs(off) > _OFF:
        return warning(CLOCK, line, "keep it right with NTP (timedatectl set-ntp true)")
    return ok(CLOCK, "it is correct")


def web_finding(host: str, port: int | None, url: str | None) -> Finding:
    if port is None:
        if url is None:
            return ok(WEB, "they are off (FOOTNOTE_WEB_PORT)")
        return bad(WEB, "FOOTNOTE_WEB_URL is set, but no pages are served", "set FOOTNOTE_WEB_PORT")
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            line = f"port {port} at {host} cannot be used: {error.strerror}"
            return warning(
                WEB, line, "that is fine if the bot is running; otherwise set FOOTNOTE_WEB_PORT to another port"
            )
    if url is None:
        return warning(
            WEB, f"port {port} is free", "set FOOTNOTE_WEB_URL; otherwise nothing in Discord links to the pages"
        )
    return ok(WEB, f"port {port} is free, and links lead to {url}")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest parent that exists."""
    found = folder.absolute()
    while not found.exists() and found != found.parent:
        found = found.parent
    return found
