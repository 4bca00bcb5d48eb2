"""The edges of the rule about collections: names, files that were attached, and what a server has given."""

from __future__ import annotations

import pytest

from footnote.models import attached_id
from footnote.models.collections import (
    EVERYTHING,
    LONGEST_NAME,
    TOP,
    Readable,
    ServerCollections,
    Target,
    collection_of,
    in_collection,
    is_name,
)


@pytest.mark.parametrize("name", ["a", "a" * LONGEST_NAME, "Web", "two words", "Ü-1_b", "a.b", "website"])
def test_what_a_folder_may_be_called_is_a_name(name: str) -> None:
    assert is_name(name)
    assert collection_of(in_collection(name, "web/example.org/fees")) == name


@pytest.mark.parametrize("name", ["a" * (LONGEST_NAME + 1), "..", "web", "readers", "a\u200bb", "/"])
def test_what_it_may_not_be_called_is_none(name: str) -> None:
    assert not is_name(name)


def test_an_article_in_no_collection_keeps_its_id() -> None:
    assert in_collection(TOP, "web/example.org/fees") == "web/example.org/fees"
    assert collection_of(in_collection(TOP, "web/example.org/fees")) == TOP


@pytest.mark.parametrize(
    ("readable", "article_id", "is_allowed"),
    [
        (EVERYTHING, "rules/fees.md", True),
        (Readable(frozenset()), "rules/fees.md", False),
        (Readable(frozenset()), "fees.md", False),
        (Readable(frozenset()), attached_id("fees.md"), True),
        (Readable(closed=frozenset({TOP})), attached_id("fees.md"), True),
        (Readable(closed=frozenset({"rules"})), "rules/fees.md", False),
        (Readable(closed=frozenset({"rules"})), "rulesets/fees.md", True),
        (Readable(frozenset({"rules"}), frozenset({"rules"})), "rules/fees.md", True),  # `closed` counts without `only`
    ],
)
def test_articles_are_read_by_collection_and_attached_files_always(
    readable: Readable, article_id: str, is_allowed: bool
) -> None:
    assert readable.allows(article_id) is is_allowed


@pytest.mark.parametrize(
    ("places", "roles", "given"),
    [
        ({}, {}, set()),
        ({1: {TOP}}, {}, set()),
        ({1: {"a", TOP}, 2: {"b"}}, {3: {"a", "c"}}, {"a", "b", "c"}),
        ({1: set()}, {}, set()),
    ],
)
def test_the_top_level_is_never_given_away(
    places: dict[int, set[str]], roles: dict[int, set[str]], given: set[str]
) -> None:
    server = ServerCollections(
        {place: frozenset(names) for place, names in places.items()},
        {role: frozenset(names) for role, names in roles.items()},
    )
    assert server.given == given


def test_a_place_and_a_role_of_the_same_number_are_two() -> None:
    server = ServerCollections({1: frozenset({"a"})}, {1: frozenset({"b"})})
    assert server.of(Target.PLACE, 1) == {"a"}
    assert server.of(Target.ROLE, 1) == {"b"}
    assert server.of(Target.ROLE, 2) == frozenset()
    assert server.readable([1]) == Readable(frozenset({"a"}))
    assert server.readable([], [1]) == Readable(closed=frozenset({"a"}))


def test_a_channel_with_nothing_left_falls_back_to_its_category() -> None:
    server = ServerCollections({1: frozenset(), 2: frozenset({"a"})})
    assert server.readable([1, 2]) == Readable(frozenset({"a"}))
    assert server.readable([2, 1]) == Readable(frozenset({"a"}))
