"""Passage vectors in Chroma. Its rows are LlamaIndex nodes, so any LlamaIndex program can open the collection."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from footnote.errors import DamagedIndex
from footnote.models import Passage
from footnote_index.embedders import Vectors

if TYPE_CHECKING:  # Chroma takes long to import, so that comes when a folder is opened, while the models load
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from llama_index.core.schema import TextNode

COLLECTION = "passages"
_EF_SEARCH = 256
"""How many neighbours HNSW considers: more than the 100 that are requested, so that hardly any is missed."""


_DELETED_AT_ONCE = 1000
"""Chroma accepts a few thousand at most."""

_READ_AT_ONCE = 10_000

_SQLITE = "chroma.sqlite3"

CONFIGURATION: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH}}
_EMBEDDED: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH, "sync_threshold": 2}}
"""The graph is written to the disk after each batch. By default, Chroma does so every 1,000 rows, and adds the others
to the graph again at each start: up to a second or two until the first answer.
"""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A row in Chroma: a vector, and the text and the metadata that LlamaIndex reads."""

    vector: NDArray[np.float32]
    text: str
    metadata: dict[str, Any]


class ChromaPassages:
    """The passage vectors of one generation, which has a Chroma folder of its own: deleting it frees the disk, while
    Chroma's own `delete_collection` leaves the HNSW files behind. Blocking.

    `create` makes an empty one. Without it, raises chromadb's NotFoundError when there is none. Chroma writes to a
    folder when it opens it (one row of a table of locks) and when it writes, not when it is queried: an open folder
    that is only queried can be copied.

    Write `rows_at_once` rows at a time if there are that many.
    """

    rows_at_once = 1_000

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        import chromadb
        from chromadb.config import Settings

        # Typed as ClientAPI, which does not know that it can be closed.
        self._client = cast("Client", chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False)))
        try:
            self._collection = (
                self._client.create_collection(COLLECTION, embedding_function=None, configuration=_EMBEDDED)
                if create
                else self._client.get_collection(COLLECTION, embedding_function=None)
            )
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._client.close()

    @property
    def collection(self) -> Collection:
        """The collection, for LlamaIndex's `ChromaVectorStore`."""
        return self._collection

    def shape(self) -> tuple[int, int]:
        """How many passages can be found, and the dimensions of their vectors; zeros when the vectors are gone."""
        probe = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        if probe is None or not len(probe):
            return 0, 0
        found = self._collection.query(query_embeddings=np.array(probe), n_results=1, include=[])
        return (self._collection.count(), len(probe[0])) if found["ids"][0] else (0, 0)

    def ids(self) -> set[str]:
        """The ids of all rows, in batches: all at once, Chroma needs some kilobytes of memory for each."""
        found: set[str] = set()
        for start in range(0, self._collection.count(), _READ_AT_ONCE):
            found.update(self._collection.get(include=[], limit=_READ_AT_ONCE, offset=start)["ids"])
        return found

    def delete(self, ids: Sequence[str]) -> None:
        """Deletes these rows."""
        for start in range(0, len(ids), _DELETED_AT_ONCE):
            self._collection.delete(ids=list(ids[start : start + _DELETED_AT_ONCE]))

    def upsert(self, ids: Sequence[str], passages: Sequence[Passage], vectors: Vectors) -> None:
        """Writes a row for each passage."""
        self._collection.upsert(
            ids=list(ids),
            embeddings=list(vectors),
            metadatas=[*map(node_metadata, ids, passages)],
            documents=[passage.text for passage in passages],
        )

    def nearest(
        self, question: NDArray[np.float32], *, limit: int, since: date | None = None, until: date | None = None
    ) -> tuple[list[str], NDArray[np.float32]]:
        """Ids of the passages nearest to a unit vector, nearest first, and their cosines with it.

        Raises DamagedIndex when the passages are gone.
        """
        from chromadb.errors import NotFoundError

        try:
            found = self._collection.query(
                query_embeddings=question[np.newaxis],
                n_results=limit,
                where=_published_between(since, until),
                include=["distances"],
            )
        except NotFoundError as error:
            raise DamagedIndex("its passages are gone from Chroma") from error
        distances = (found["distances"] or [[]])[0]
        return found["ids"][0], 1 - np.array(distances, np.float32)

    def read(self, ids: Sequence[str]) -> dict[str, StoredPassage]:
        """What is stored under these ids, if it is there."""
        found = self._collection.get(ids=list(ids), include=["embeddings", "documents", "metadatas"])
        vectors = np.array([] if found["embeddings"] is None else found["embeddings"], np.float32)
        rows = zip(found["ids"], vectors, found["documents"] or [], found["metadatas"] or [], strict=True)
        return {row_id: StoredPassage(vector, text, dict(metadata)) for row_id, vector, text, metadata in rows}


@contextmanager
def copied(folder: Path) -> Iterator[ChromaPassages]:
    """The passage vectors of a generation's Chroma folder, without writing to it."""
    with tempfile.TemporaryDirectory(prefix="footnote-") as temporary:
        copy = Path(temporary, folder.name)
        shutil.copytree(folder, copy, ignore=lambda _, names: {name for name in names if name == _SQLITE})
        address = f"file:{quote(str((folder / _SQLITE).resolve()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy / _SQLITE)) as target:
            source.backup(target)  # a plain copy could catch another process while it opens the file
        with closing(ChromaPassages(copy)) as chroma:
            yield chroma


def to_node(node_id: str, passage: Passage) -> TextNode:
    """A passage in LlamaIndex's form; `start` and `end` index the text of the article."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    return TextNode(
        id_=node_id,
        text=passage.text,
        metadata=_metadata(passage),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.article.id)},
    )


def node_metadata(node_id: str, passage: Passage) -> dict[str, Any]:
    """What LlamaIndex writes with a node's vector and text (tested), without the second that importing it takes."""
    metadata = _metadata(passage)
    article_id = passage.article.id
    source: dict[str, Any] = {
        "node_id": article_id,
        "node_type": None,
        "metadata": {},
        "hash": None,
        "class_name": "RelatedNodeInfo",
    }
    node: dict[str, Any] = {
        "id_": node_id,
        "embedding": None,
        "metadata": metadata,
        "excluded_embed_metadata_keys": [],
        "excluded_llm_metadata_keys": [],
        "relationships": {"1": source},
        "metadata_template": "{key}: {value}",
        "metadata_separator": "\n",
        "text": "",
        "mimetype": "text/plain",
        "start_char_idx": None,
        "end_char_idx": None,
        "text_template": "{metadata_str}\n\n{content}",
        "class_name": "TextNode",
    }
    ids = dict.fromkeys(("document_id", "doc_id", "ref_doc_id"), article_id)
    return metadata | {"_node_content": json.dumps(node, ensure_ascii=False), "_node_type": "TextNode"} | ids


def _metadata(passage: Passage) -> dict[str, Any]:
    article = passage.article
    metadata = {
        "article": article.id,
        "version": article.version,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "day": article.published.toordinal() if article.published else None,
        "start": passage.start,
        "end": passage.end,
    }
    return {name: value for name, value in metadata.items() if value is not None}


def _published_between(since: date | None, until: date | None) -> Any:  # noqa: ANN401 - Chroma's filters are plain JSON
    """Articles without a date are in no span of time."""
    bounds = [
        {"day": {operator: day.toordinal()}} for operator, day in (("$gte", since), ("$lte", until)) if day is not None
    ]
    return {"$and": bounds} if len(bounds) > 1 else bounds[0] if bounds else None
