"""Building and asking, compared with the usual starter: `python benchmarks/starter.py SET_DIR [--articles 120]
[--rounds 2]`.

The starter is LlamaIndex's pipeline on Chroma with Chroma's own embedding: the same all-MiniLM-L6-v2 in float32, run by
onnxruntime, which Chroma downloads at its first use. Both read the same articles, in turns, each in a process of its
own. The starter's clock runs from when its model is loaded, Footnote's from before. Asking is retrieval alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.table import Table
from running_set import console, settings_for

from footnote.models.collections import EVERYTHING
from footnote_bot.app import opened
from footnote_bot.terminal.builds import build
from footnote_bot.terminal.evaluation_sets import read_questions

_CHUNK, _OVERLAP = 256, 20
_QUESTIONS = 40


def starter(folder: Path) -> dict[str, float]:
    from chromadb import PersistentClient
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    embed = ONNXMiniLM_L6_V2()
    embed(["It is loaded now."])

    class ChromasOwn(BaseEmbedding):
        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [vector.tolist() for vector in embed(texts)]

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    with tempfile.TemporaryDirectory() as place:
        began = perf_counter()
        collection = PersistentClient(place).create_collection("starter", embedding_function=None)
        index = VectorStoreIndex.from_documents(
            [Document(text=file.read_text(encoding="utf-8")) for file in sorted((folder / "articles").iterdir())],
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=ChromasOwn(embed_batch_size=64),
            transformations=[SentenceSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)],
        )
        built = perf_counter() - began
        retriever = index.as_retriever(similarity_top_k=10)
        return {"build s": built, "ask p50 ms": _asked(folder, retriever.retrieve)}


def footnote(folder: Path) -> dict[str, float]:
    return asyncio.run(_footnote(folder))


async def _footnote(folder: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as data:
        settings = settings_for(folder, data)
        async with opened(settings) as app:
            began = perf_counter()
            await build(console, app, may_shrink=True)
            built = perf_counter() - began
            times = []
            for question in read_questions(folder, limit=_QUESTIONS):
                began = perf_counter()
                await app.index.retrieve(question.text, readable=EVERYTHING)
                times.append(1000 * (perf_counter() - began))
            return {"build s": built, "ask p50 ms": median(times)}


def _asked(folder: Path, retrieve: Callable[[str], object]) -> float:
    times = []
    for question in read_questions(folder, limit=_QUESTIONS):
        began = perf_counter()
        retrieve(question.text)
        times.append(1000 * (perf_counter() - began))
    return median(times)


STEPS: Mapping[str, Callable[[Path], dict[str, float]]] = {"starter": starter, "Footnote": footnote}


def in_own_process(folder: Path, step: str) -> dict[str, float]:
    command = [sys.executable, __file__, str(folder), "--step", step]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this script
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--step", choices=[*STEPS], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.folder)))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "articles").mkdir()
        for file in sorted((given.folder / "articles").iterdir())[: given.articles]:
            shutil.copy(file, folder / "articles")
        shutil.copy(given.folder / "questions.dev.jsonl", folder)
        rows = Table("round", "figure", *STEPS, "times")
        for number in range(1, given.rounds + 1):
            figures = {step: in_own_process(folder, step) for step in STEPS}
            for name in figures["starter"]:
                theirs, ours = (figures[step][name] for step in STEPS)
                rows.add_row(str(number), name, f"{theirs:.1f}", f"{ours:.1f}", f"{theirs / ours:.1f}")
    console.print(rows)


if __name__ == "__main__":
    main()
