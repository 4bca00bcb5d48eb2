"""An embeddings server on loopback that replies as the test says, for the real SDK.

with in_thread(ScriptedEmbeddings(fails(500), embeds())) as server:     one reply a request; the last goes on
    server.base_url
    server.texts            all that it was sent, in order
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import numpy as np
from aiohttp import web
from numpy.typing import NDArray
from scripted_openai import Asked, Reply, ScriptedOpenAI

DIMENSIONS = 64

Data = list[dict[str, Any]]


class ScriptedEmbeddings(ScriptedOpenAI):
    """Knows POST /v1/embeddings; good answers when no script is given."""

    def __init__(self, *script: Reply) -> None:
        super().__init__(*(script or (embeds(),)))
        self._runner.app.router.add_post("/v1/embeddings", self._answer)

    @property
    def texts(self) -> list[str]:
        return [text for asked in self.requests for text in asked.body["input"]]


def bag_of_words(text: str) -> NDArray[np.float32]:
    """Texts with the same words are near each other. Of no particular length."""
    vector = np.full(DIMENSIONS, 0.01, np.float32)
    for word in re.findall(r"\w+", text.casefold()):
        vector[int.from_bytes(sha256(word.encode()).digest()[:4]) % DIMENSIONS] += 1
    return vector


def embeds(
    *, encoding: str | None = None, usage: Any = None, change: Callable[[Data], Any] = lambda data: data
) -> Reply:
    """Bags of words, in the encoding asked for unless another is given."""

    async def reply(asked: Asked, _request: web.Request) -> web.StreamResponse:
        as_text = (encoding or asked.body["encoding_format"]) == "base64"
        data: Data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": base64.b64encode(vector.tobytes()).decode() if as_text else vector.tolist(),
            }
            for index, vector in enumerate(map(bag_of_words, asked.body["input"]))
        ]
        body = {"object": "list", "model": asked.body["model"], "data": change(data), "usage": usage}
        return web.Response(text=json.dumps(body), content_type="application/json")

    return reply
