"""docs/operating.md names every host that Footnote connects to: operators write firewall rules from it."""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
_ADDRESS = re.compile(r'^_\w+ = "(https?://[^"]+)"$', re.MULTILINE)


def hosts() -> list[str]:
    sources = (file.read_text() for folder in ("src", "index", "bot") for file in (ROOT / folder).rglob("*.py"))
    ours = {URL(found[1]).host or "" for text in sources for found in _ADDRESS.finditer(text)}
    of_discord = {URL(Route.BASE).host, URL(discord.Asset.BASE).host, DiscordWebSocket.DEFAULT_GATEWAY.host}
    return sorted(ours | {host or "" for host in of_discord})


HOSTS = hosts()
"""Read before any test runs, because tests with a fake Discord point discord.py at it."""


def test_the_hosts_that_are_looked_for_are_found() -> None:
    assert {"api.openai.com", "discord.com", "gateway.discord.gg"} <= {*HOSTS}


@pytest.mark.parametrize("host", HOSTS)
def test_the_page_names_each_host(host: str) -> None:
    parent = host.partition(".")[2]
    assert f"`{host}`" in PAGE or f"`*.{parent}`" in PAGE
