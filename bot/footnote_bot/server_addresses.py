"""Addresses of servers in settings."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, HttpUrl, ValidationError, WebsocketUrl


def server_address(url: str, *, example: str = "http://127.0.0.1:11434/v1") -> str:
    """The address of a server, which may have a path."""
    try:
        parsed = HttpUrl(url)
    except ValidationError:
        parsed = None
    if parsed is None or parsed.username or parsed.password or parsed.query or parsed.fragment:
        raise ValueError(f"it is not an address such as {example}")
    return url


def bare_address(url: str) -> str:
    """The address of a server, without a path."""
    bare = server_address(url, example="http://127.0.0.1:8000").rstrip("/")
    if HttpUrl(bare).path not in {None, "/"}:
        raise ValueError("it is not an address such as http://127.0.0.1:8000, without a path")
    return bare


def gateway_address(url: str) -> str:
    """The address of a gateway like Discord's."""
    try:
        WebsocketUrl(url)
    except ValidationError as error:
        raise ValueError("it is not an address such as wss://gateway.discord.gg") from error
    return url


WebAddress = Annotated[str, AfterValidator(bare_address)]
