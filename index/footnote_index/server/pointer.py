"""Which generation on a Chroma server is live.

Chroma can change a record, but not on condition that it is still what somebody has read. It can make a collection on
condition that none of that name is there. So the pointer is a chain: who has read link 7 switches by making link 8,
which only one can do, and the last link tells which generation is live.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

_LINK = "footnote-live-"


class Overtaken(Exception):
    """Somebody else has made the next link."""


@dataclass(frozen=True, slots=True)
class Link:
    """`number` counts from 1; 0 is there before the first."""

    number: int
    generation: str | None


def last_link(client: ClientAPI) -> Link:
    """From one request, so that no switch falls in between."""
    links = [
        Link(int(one.name.removeprefix(_LINK)), (one.metadata or {}).get("generation"))
        for one in client.list_collections()
        if one.name.startswith(_LINK)
    ]
    return max(links, key=lambda link: link.number, default=Link(0, None))


def add_link(client: ClientAPI, last: Link, generation: str | None) -> Link:
    """The next link, which makes the generation live in one step. Raises Overtaken."""
    number = last.number + 1
    metadata: dict[str, str | int] = {"link": number}
    if generation:
        metadata["generation"] = generation
    try:
        client.create_collection(_name(number), metadata=metadata, embedding_function=None)
    except ChromaError as error:
        if last_link(client).number < number:
            raise
        raise Overtaken from error
    _delete_before(client, number)
    return Link(number, generation)


def _delete_before(client: ClientAPI, number: int) -> None:
    for one in client.list_collections():
        if one.name.startswith(_LINK) and one.name < _name(number):
            with suppress(NotFoundError):
                client.delete_collection(one.name)


def _name(number: int) -> str:
    return f"{_LINK}{number:08}"
