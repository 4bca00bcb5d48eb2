"""Collections: which articles may be read in which place, and by which people.

The first folder of an article's path is its collection; an article at the top level belongs to none. A server gives
collections to channels, to categories and to roles. One rule follows from that:

1. A channel that has collections is answered from these only. One that has none uses those of its category.
2. A channel without either is answered from everything that this server has not assigned.
3. What only one person reads is answered from the collections of their roles as well.
4. In direct messages no channel counts, and what one of the servers that somebody shares with the bot keeps back, they
   do not get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from footnote.models import is_attached

TOP = ""
"""Stands for the articles at the top level. Assigning them to a place does not take them from others."""

LONGEST_NAME = 100
"""Characters of a collection's name."""

_NO_COLLECTIONS = frozenset({"web", "readers"})
"""First folders of articles from sources.yaml that name no collection."""


def collection_of(article_id: str) -> str:
    """The name of an article's collection; TOP if it has none."""
    first, below, _ = article_id.partition("/")
    return first if below and first not in _NO_COLLECTIONS else TOP


def is_name(name: str) -> bool:
    """Whether a folder of this name, directly in the articles folder, can be a collection."""
    is_folder = name.isprintable() and not name.startswith(".") and not {*"/\\"} & {*name}
    return is_folder and 0 < len(name) <= LONGEST_NAME and name not in _NO_COLLECTIONS


def in_collection(collection: str, article_id: str) -> str:
    """The id of an article that is not a file, in a collection; in none when that is TOP."""
    return f"{collection}/{article_id}" if collection else article_id


@dataclass(frozen=True, slots=True)
class Readable:
    """What may be read: the articles of the collections in `only`; if it is None, all articles except those in
    `closed`.
    """

    only: frozenset[str] | None = None
    closed: frozenset[str] = frozenset()

    def holds(self, collection: str) -> bool:
        return collection not in self.closed if self.only is None else collection in self.only

    def allows(self, article_id: str) -> bool:
        """An attached file is in the message that asked."""
        return is_attached(article_id) or self.holds(collection_of(article_id))

    def __and__(self, other: Readable) -> Readable:
        """The articles that both allow."""
        if self.only is None and other.only is None:
            return Readable(closed=self.closed | other.closed)
        named = (self.only or frozenset()) | (other.only or frozenset())
        return Readable(frozenset(name for name in named if self.holds(name) and other.holds(name)))


EVERYTHING = Readable()
"""For the person who runs the program, and for builds."""


class Target(StrEnum):
    """What collections can be assigned to."""

    PLACE = "place"  # a channel or a category
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class ServerCollections:
    """What a server has assigned to its channels and categories, and to its roles, by their numbers."""

    places: Mapping[int, frozenset[str]] = field(default_factory=dict)
    roles: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def given(self) -> frozenset[str]:
        """The collections that are assigned at all."""
        return frozenset[str]().union(*self.places.values(), *self.roles.values()) - {TOP}

    def __bool__(self) -> bool:
        return bool(self.places or self.roles)

    def of(self, target: Target, number: int) -> frozenset[str]:
        return (self.places if target is Target.PLACE else self.roles).get(number, frozenset())

    def readable(self, places: Iterable[int] = (), roles: Iterable[int] = ()) -> Readable:
        """`places` are a channel and then its category; `roles` those of the one person who will read the answer, none
        where others read it too.
        """
        own = frozenset[str]().union(*(self.of(Target.ROLE, role) for role in roles))
        for place in places:
            if chosen := self.of(Target.PLACE, place):
                return Readable(chosen | own)
        return Readable(closed=self.given - own)
