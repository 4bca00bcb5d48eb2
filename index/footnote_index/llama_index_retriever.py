"""The index as a LlamaIndex retriever, for any query engine."""

from __future__ import annotations

import asyncio

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from footnote.models import Hit
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Retriever
from footnote_index.storage.chroma import to_node


class FootnoteRetriever(BaseRetriever):
    """Hits as scored text nodes; `start` and `end` in a node's metadata index the text of its `article`. `readable`
    limits the articles; by default, those of all collections are found.

    Prefer `aretrieve`: `retrieve` runs its own event loop, so it cannot be called from inside one.
    """

    def __init__(self, retriever: Retriever, *, top_k: int = 10, readable: Readable = EVERYTHING) -> None:
        super().__init__()
        self._retriever = retriever
        self._top_k = top_k
        self._readable = readable

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return asyncio.run(self._aretrieve(query_bundle))

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = await self._retriever.retrieve(query_bundle.query_str, readable=self._readable, top_k=self._top_k)
        return [_scored_node(hit) for hit in found.hits]


def _scored_node(hit: Hit) -> NodeWithScore:
    passage = hit.passage
    return NodeWithScore(node=to_node(f"{passage.article.id}:{passage.start}-{passage.end}", passage), score=hit.score)
