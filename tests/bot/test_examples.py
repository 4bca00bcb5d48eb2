"""The scripts in examples/, over a real index and with a scripted model."""

from __future__ import annotations

import gc
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata
from small_index import ARTICLES, SmallIndex

EXAMPLES = Path(__file__).parents[2] / "examples"


class Scripted(CustomLLM):
    """Says which articles' words it was given."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata()

    def complete(self, prompt: str, *_: Any, **_options: Any) -> CompletionResponse:
        if "standalone" in prompt.lower():
            return CompletionResponse(text="How long is the valley?")
        return CompletionResponse(text="115 kilometres" if "115 kilometres" in prompt else "I do not know")

    def stream_complete(self, prompt: str, *_: Any, **_options: Any) -> Any:
        yield self.complete(prompt)


@pytest.fixture
def examples(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    import importlib

    monkeypatch.syspath_prepend(str(EXAMPLES))
    loaded = {name: importlib.import_module(name) for name in ("query_engine", "chat_engine")}
    for name in loaded:
        monkeypatch.delitem(sys.modules, name)
    return loaded


@pytest.fixture
async def built(small: SmallIndex) -> SmallIndex:
    await small.build()
    return small


def quoted(line: str) -> str:
    """What a citation quotes, looked up at the place that it names."""
    found = re.fullmatch(r"\[\d\] .+ \((\S+), (\d+) to (\d+)\): “(.+)”", line)
    assert found
    assert ARTICLES[found[1]].split("---\n")[-1][int(found[2]) : int(found[3])] == found[4]
    return found[4]


async def test_a_query_engine_answers_with_citations(built: SmallIndex, examples: dict[str, ModuleType]) -> None:
    module = examples["query_engine"]
    response = await module.query_engine(built.index, Scripted(), top_k=2).aquery("How long is the valley?")
    assert str(response) == "115 kilometres"
    lines = [*module.citations(response.source_nodes)]
    assert len(lines) == 2
    assert quoted(lines[0]).startswith("The valley is 115 kilometres long.")


async def test_without_a_model_a_query_engine_gives_its_sources(
    built: SmallIndex, examples: dict[str, ModuleType]
) -> None:
    module = examples["query_engine"]
    response = await module.query_engine(built.index).aquery("How long is the valley?")
    assert quoted(next(module.citations(response.source_nodes))).startswith("The valley is 115")


async def test_a_chat_engine_looks_a_follow_up_up_as_a_question_of_its_own(
    built: SmallIndex, examples: dict[str, ModuleType]
) -> None:
    citations = examples["query_engine"].citations
    engine = examples["chat_engine"].chat_engine(built.index, Scripted(), top_k=2)
    await engine.achat("Tell me about the valley.")
    response = await engine.achat("And how long is it?")
    assert str(response) == "115 kilometres"
    assert quoted(next(citations(response.source_nodes))).startswith("The valley is 115")
    del engine, response
    gc.collect()  # a connection that was left open would warn now, in this test
