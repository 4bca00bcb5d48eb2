"""One question to a LlamaIndex query engine over Footnote's index, and the passages that the answer was made from.

python examples/query_engine.py "Who leads the resistance?"
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence

from llama_index.core.llms import LLM, MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import NodeWithScore

from footnote.ports import Retriever
from footnote_bot.app import opened
from footnote_bot.settings import Settings
from footnote_index.llama_index_retriever import FootnoteRetriever


def query_engine(index: Retriever, llm: LLM | None = None, *, top_k: int = 5) -> RetrieverQueryEngine:
    """Without a model, only the sources of its answer mean anything."""
    return RetrieverQueryEngine.from_args(FootnoteRetriever(index, top_k=top_k), llm=llm or MockLLM())


def citations(nodes: Sequence[NodeWithScore]) -> Iterator[str]:
    """Each passage with its place: `article.text[start:end]` is what is quoted."""
    for number, node in enumerate(nodes, 1):
        about = node.metadata
        place = f"{about['article']}, {about['start']} to {about['end']}"
        yield f"[{number}] {about['title']} ({place}): “{' '.join(node.get_content().split())}”"


async def main(question: str, llm: LLM | None = None) -> None:
    async with opened(Settings()) as footnote:
        response = await query_engine(footnote.index, llm).aquery(question)
    if llm:
        print(f"{response}\n")
    print("\n".join(citations(response.source_nodes)))


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:]) or "Who leads the resistance?"))
