"""What a build spends its time on. `python benchmarks/stages.py SET_DIR [--articles N]`.

The build runs in this process, and a thread looks a hundred times a second at what each thread of it is doing. Time in
which the encoder's threads work is theirs; the rest belongs to the thread that builds. Loading the model counts apart.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from threading import Event, Thread, get_ident
from types import FrameType

from running_set import console

from footnote_index.building.plan import plan_build
from footnote_index.building.planned_articles import PlannedArticles
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.write import Order, write_generation
from footnote_index.embedders.minilm import MiniLM
from footnote_index.storage.generations import Generations

STAGES = (
    ("encoding", "embedders/encoder.py:encode"),
    ("tokenizing", "embedders/minilm.py:_tokenize"),
    ("tokenizing", "embedders/minilm.py:_sentence_of"),
    ("pooling", "embedders/minilm.py"),
    ("Chroma", "storage/chroma.py"),
    ("BM25", "storage/lexical.py"),
    ("BM25", "footnote_index/words"),
    ("checksums", "storage/checksums.py"),
    ("vector cache", "storage/embedding_cache.py"),
    ("sentence vectors", "storage/sentence_vectors.py"),
    ("splitting", "footnote_index/passages.py"),
    ("splitting", "footnote/text/sentences.py"),
    ("reading", "footnote_index/loaders"),
    ("duplicates", "building/duplicates.py"),
    ("catalogue", "storage/catalogue.py"),
    ("catalogue", "building/planned_articles.py"),
)
"""What a stack belongs to: the first that one of its frames is in, from the innermost outwards."""


class Sampler:
    """Counts, while it runs, what the threads of this process do."""

    def __init__(self, *, every: float = 0.01) -> None:
        self.counts: Counter[str] = Counter()
        self._every, self._done = every, Event()
        self._main = get_ident()
        self._thread = Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._done.wait(self._every):
            frames = sys._current_frames()  # noqa: SLF001 - there is no other way to see other threads
            working = [
                stage
                for thread, frame in frames.items()
                if thread != self._main and "encode" in _names(frame) and (stage := _stage(frame))
            ]
            for stage in working or [_stage(frames[self._main]) or "the rest"]:
                self.counts[stage] += 1 / max(len(working), 1)  # type: ignore[assignment] # shares of a sample


def _names(frame: FrameType | None) -> set[str]:
    names = set()
    while frame:
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    return names


def _stage(frame: FrameType | None) -> str | None:
    while frame:
        place = f"{frame.f_code.co_filename}:{frame.f_code.co_name}"
        for stage, part in STAGES:
            if part in place:
                return stage
        frame = frame.f_back
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--articles", type=int, help="how many articles; all by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary)
        folder = data / "articles"
        folder.mkdir()
        for file in sorted((given.set / "articles").iterdir())[: given.articles]:
            shutil.copy(file, folder)
        began = time.perf_counter()
        embedder = MiniLM(data / "models")
        loaded = time.perf_counter() - began
        began, processor = time.perf_counter(), time.process_time()
        with Sampler() as sampler:
            meter = ProgressMeter(lambda _: None)
            plan = plan_build(folder, {}, meter, PlannedArticles(data / "planned"))
            order = Order(plan, None, data / "cache", from_scratch=True)
            filled = write_generation(order, Generations(data).create(), embedder, meter)
        seconds, processor = time.perf_counter() - began, time.process_time() - processor
    report(sampler.counts, seconds)
    rate = filled.tokens / seconds
    console.print(
        f"{len(plan.articles)} articles, {filled.tokens:,} tokens: {seconds:.1f} s ({rate:,.0f} tokens a second), "
        f"{processor:.1f} s of the processor; before it {loaded:.1f} s to load the model"
    )


def report(counts: Counter[str], seconds: float) -> None:
    whole = sum(counts.values())
    for stage, count in counts.most_common():
        console.print(f"{stage:18} {seconds * count / whole:7.2f} s {100 * count / whole:5.1f} %")


if __name__ == "__main__":
    main()
