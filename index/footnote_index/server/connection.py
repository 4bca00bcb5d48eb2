"""The connection to a Chroma server: no request waits forever, and a server that does not answer gives one clear
line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import chromadb
import httpx
from chromadb.api.fastapi import FastAPI
from chromadb.config import Settings, System
from chromadb.errors import ChromaError, NotFoundError

from footnote.errors import ServerAway, TokenRefused
from footnote_index.storage.chroma import CONFIGURATION

_PATIENCE = httpx.Timeout(30.0, connect=5.0)
"""Seconds. Writing a chunk of passages may take the server a while; noticing that it is away should not."""

_AWAY = {httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.GATEWAY_TIMEOUT}
"""What a proxy in front of it answers when the server is away."""


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Its address (`http://host:port`), and the token that it requires, if any; picklable."""

    url: str
    token: str | None = field(default=None, repr=False)

    def connect(self) -> ChromaConnection:
        """Raises ServerAway, TokenRefused."""
        try:
            return ChromaConnection(self.url.rstrip("/"), self.token)
        except TokenRefused:
            raise
        except (ServerAway, httpx.HTTPError, ChromaError, ValueError, LookupError, TypeError) as error:
            raise ServerAway(self.url) from error


class ChromaConnection:
    """The collections of a server, for any number of threads. Each method raises ServerAway, TokenRefused."""

    def __init__(self, url: str, token: str | None = None) -> None:
        is_secure = url.startswith("https:")  # otherwise certificates are not read, which takes 25 ms each time
        self._system = System(
            Settings(
                anonymized_telemetry=False,
                chroma_api_impl="chromadb.api.fastapi.FastAPI",
                chroma_server_host=url,
                chroma_server_http_port=httpx.URL(url).port or (443 if is_secure else 80),
                chroma_server_ssl_enabled=is_secure,
                chroma_server_ssl_verify=is_secure,
                chroma_server_headers=_headers(token),
            )
        )
        self._api = self._system.instance(_ImpatientAPI)
        self._system.start()
        try:
            self._api.heartbeat()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._system.stop()
        self._api.disconnect()

    def create(self, name: str) -> chromadb.Collection:
        return self._collection(self._api.create_collection(name, configuration=CONFIGURATION))

    def get(self, name: str) -> chromadb.Collection:
        """Raises chromadb's NotFoundError."""
        return self._collection(self._api.get_collection(name))

    def delete(self, name: str) -> None:
        """Does nothing if there is none of this name."""
        try:
            self._api.delete_collection(name)
        except NotFoundError:
            return

    def names(self) -> list[str]:
        """The names of all collections."""
        return [one.name for one in self._api.list_collections()]

    def _collection(self, model: Any) -> chromadb.Collection:  # noqa: ANN401 - Chroma does not export its type
        return chromadb.Collection(client=self._api, model=model, embedding_function=None)


class _ImpatientAPI(FastAPI):
    """Replaces Chroma's own HTTP client, which waits forever and leaves its connections open."""

    def __init__(self, system: System) -> None:
        super().__init__(system)
        forever = self._session
        self._session = _Session(
            timeout=_PATIENCE, verify=bool(system.settings.chroma_server_ssl_verify), headers=forever.headers
        )
        forever.close()

    def disconnect(self) -> None:
        self._session.close()


def _headers(token: str | None) -> dict[str, str]:
    """In both ways that Chroma supports: a server checks the one that it is set up for."""
    return {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}


def _require_token_accepted(response: httpx.Response) -> None:
    if response.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise TokenRefused


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
