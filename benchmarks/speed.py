"""What users feel: build, ask, start-up, memory. `python benchmarks/speed.py SET_DIR [--questions N]`.

The build and the questions run in a process of their own each, so that the peak memory is theirs alone. "build MB" is
the sum of the peaks of who asks for it and of who writes, "at once MB" what both have at the same time, at most.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import psutil  # type: ignore[import-untyped]
from rich.console import Console
from rich.table import Table
from running_set import console, settings_for

from footnote_bot.app import opened
from footnote_bot.settings import Settings
from footnote_bot.terminal.builds import build
from footnote_bot.terminal.evaluation_sets import read_questions

FOOTNOTE = Path(sys.executable).with_name("footnote")


@asynccontextmanager
async def longest_stall() -> AsyncIterator[list[float]]:
    """Seconds that anything else on the event loop had to wait, of which the longest tells."""
    stalls = [0.0]

    async def tick() -> None:
        while True:
            began = perf_counter()
            await asyncio.sleep(0.005)
            stalls.append(perf_counter() - began - 0.005)

    ticking = asyncio.create_task(tick())
    try:
        yield stalls
    finally:
        ticking.cancel()


@asynccontextmanager
async def memory_at_once() -> AsyncIterator[list[float]]:
    """Resident MB of this process and all that it has started, four times a second."""
    samples, this = [0.0], psutil.Process()

    async def sample() -> None:
        while True:
            resident = 0
            for process in [this, *this.children(recursive=True)]:
                with suppress(psutil.Error):  # it has ended meanwhile
                    resident += process.memory_info().rss
            samples.append(resident / 2**20)
            await asyncio.sleep(0.25)

    sampling = asyncio.create_task(sample())
    try:
        yield samples
    finally:
        sampling.cancel()


async def build_once(settings: Settings) -> dict[str, float]:
    """Seconds, tokens a second, peak memory, and the longest that anything else on the event loop had to wait."""
    async with opened(settings) as footnote, longest_stall() as stalls, memory_at_once() as memory:
        report = await build(Console(stderr=True), footnote)
    return {
        "articles": report.articles,
        "passages": report.passages,
        "tokens": report.embedded_tokens,
        "build s": report.seconds,
        "tokens/s": report.embedded_tokens / report.seconds,
        "build MB": peak_memory() + peak_memory(resource.RUSAGE_CHILDREN),
        "at once MB": max(memory),
        "longest stall ms": max(stalls) * 1000,
    }


async def ask_many(settings: Settings, questions: list[str]) -> dict[str, float]:
    """Milliseconds from question to grounded answer, in-process, after a warm-up."""
    async with opened(settings) as footnote:
        began = perf_counter()
        await footnote.answering.ask(questions[0])
        first = perf_counter() - began
        times = [await timed(footnote.answering.ask(question)) for question in questions]
    return {
        "first ask ms": first * 1000,
        "ask p50 ms": median(times) * 1000,
        "ask p95 ms": quantiles(times, n=20)[-1] * 1000,
        "ask MB": peak_memory(),
    }


async def timed(asking: object) -> float:
    began = perf_counter()
    await asking  # type: ignore[misc] # any awaitable
    return perf_counter() - began


def peak_memory(who: int = resource.RUSAGE_SELF) -> float:
    """Of this process, or of the largest that it has started, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


def on_disk(data: str) -> float:
    """Megabytes of an index."""
    return sum(file.stat().st_size for file in Path(data, "index").rglob("*")) / 1e6


def whole_process(*arguments: str, runs: int = 5) -> float:
    """Median seconds of a command, after one run that warms the disk cache."""
    times = []
    for _ in range(runs + 1):
        began = perf_counter()
        subprocess.run([FOOTNOTE, *arguments], check=True, capture_output=True)  # noqa: S603 - our own command
        times.append(perf_counter() - began)
    return median(times[1:])


def in_own_process(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this script
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(folder: Path, data: str, questions: int) -> dict[str, float]:
    common = (str(folder), "--data", data, "--questions", str(questions))
    return {
        **in_own_process(*common, "--step", "build"),
        **in_own_process(*common, "--step", "ask"),
        "disk MB": on_disk(data),
        "--help s": whole_process("--help"),
        "ask, whole process s": whole_process("ask", "Who leads the National Resistance Front?"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--data", help=argparse.SUPPRESS)
    parser.add_argument("--step", choices=["build", "ask"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        settings = settings_for(arguments.folder, arguments.data)
        texts = [question.text for question in read_questions(arguments.folder, limit=arguments.questions)]
        step = build_once(settings) if arguments.step == "build" else ask_many(settings, texts)
        print(json.dumps(asyncio.run(step)))
        return
    with tempfile.TemporaryDirectory() as data:
        figures = measure(arguments.folder, data, arguments.questions)
    rows = Table("figure", "value")
    for name, value in figures.items():
        rows.add_row(name, f"{value:,.2f}" if value < 10 else f"{value:,.0f}")
    console.print(rows)


if __name__ == "__main__":
    main()
