"""The way to a Chroma server: no request waits for ever, and a server that does not answer is one clear line."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

import chromadb
import httpx
from chromadb.api.client import AdminClient, Client
from chromadb.api.fastapi import FastAPI
from chromadb.config import Settings

from footnote.errors import ServerAway, TokenRefused

_PATIENCE = httpx.Timeout(30.0, connect=5.0)
"""Seconds. Writing a chunk of passages may take the server some, finding out that it is away should not."""

_HEARTBEAT = "nanosecond heartbeat"
_AWAY = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
"""What a proxy says in its place."""


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Where one is (`http://host:port`), and the token that it wants, if any; fit to be sent to another process."""

    url: str
    token: str | None = field(default=None, repr=False)

    def connect(self) -> Client:
        """A client for any number of threads; its requests raise ServerAway. Raises ServerAway, TokenRefused."""
        host = self.url.rstrip("/")
        is_secure = host.startswith("https:")  # else certificates need not be read, which takes 25 ms a time
        settings = Settings(anonymized_telemetry=False, chroma_server_ssl_verify=is_secure)
        headers = _headers(self.token)
        try:
            answer = httpx.get(f"{host}/api/v2/heartbeat", timeout=_PATIENCE, verify=is_secure, headers=headers)
            _require_token_accepted(answer)
            answer.raise_for_status().json()[_HEARTBEAT]
            client = cast("Client", chromadb.HttpClient(host=host, ssl=is_secure, settings=settings, headers=headers))
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
            raise ServerAway(self.url) from error
        api, admin = _apis(client)
        impatient = _Session(timeout=_PATIENCE, verify=is_secure, headers=api._session.headers)  # noqa: SLF001
        for session in (api._session, admin._session):  # noqa: SLF001 - they would wait for ever
            session.close()
        api._session = impatient  # noqa: SLF001
        return client


def disconnect(client: Client) -> None:
    """Closes a client's connections, which `Client.close` does not."""
    session = _apis(client)[0]._session  # noqa: SLF001
    client.close()
    session.close()


def _headers(token: str | None) -> dict[str, str]:
    """In both ways that Chroma knows: a server looks at the one that it is set up for."""
    return {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}


def _require_token_accepted(response: httpx.Response) -> None:
    if response.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise TokenRefused


def _apis(client: Client) -> tuple[FastAPI, FastAPI]:
    """What a client asks, and what it has asked once, when it was made, whether tenant and database are there."""
    admin = cast("AdminClient", client._admin_client)  # noqa: SLF001 - chromadb has no other way to its connections
    return cast("FastAPI", client._server), cast("FastAPI", admin._server)  # noqa: SLF001


class _Session(httpx.Client):
    def send(self, *args: Any, **options: Any) -> httpx.Response:  # noqa: ANN401 - handed on as they are
        try:
            response = super().send(*args, **options)
        except httpx.TransportError as error:
            raise ServerAway from error
        if response.status_code in _AWAY:
            raise ServerAway
        _require_token_accepted(response)
        return response
