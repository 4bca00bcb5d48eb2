"""What may be read where: the rule, and how a server's choices are stored in a real database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.adapters.database import open_engine, stores_of
from footnote.models import Fate
from footnote.models.collections import EVERYTHING, TOP, Readable, ServerCollections, Target, collection_of, is_name
from footnote.records.receipts import DraftedClaim, FoundPassage, FoundSentence, ReceiptRecord, VersionedSpan

RULES, STAFF, NEWS = "rules", "staff", "news"
CHANNEL, CATEGORY, OTHER, ROLE = 10, 20, 30, 40
GIVEN = ServerCollections({CHANNEL: frozenset({RULES}), CATEGORY: frozenset({NEWS})}, {ROLE: frozenset({STAFF})})


@pytest.mark.parametrize(
    ("article_id", "name"),
    [
        ("rules/fees.md", "rules"),
        ("rules/old/fees.md", "rules"),
        ("fees.md", TOP),
        ("web/example.org/fees", TOP),
        ("readers/wiki/fees", TOP),
        ("rules/web/example.org/fees", "rules"),
        ("Web/fees.md", "Web"),
    ],
)
def test_the_first_folder_is_the_collection(article_id: str, name: str) -> None:
    assert collection_of(article_id) == name


@pytest.mark.parametrize("name", ["", ".hidden", "a/b", "a\\b", "web", "readers", "a\nb", "a" * 101])
def test_what_no_folder_is_called_is_no_name_of_a_collection(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    ("places", "roles", "allowed"),
    [
        ([CHANNEL, CATEGORY], [], {RULES}),  # a channel's own win over those of its category
        ([OTHER, CATEGORY], [], {NEWS}),
        ([OTHER], [], {"free", TOP}),  # what is given to nobody
        ([], [], {"free", TOP}),  # direct messages
        ([CHANNEL, CATEGORY], [ROLE], {RULES, STAFF}),
        ([OTHER], [ROLE], {"free", TOP, STAFF}),
        ([], [ROLE, 41], {"free", TOP, STAFF}),
    ],
)
def test_each_place_is_answered_from_its_own(places: list[int], roles: list[int], allowed: set[str]) -> None:
    readable = GIVEN.readable(places, roles)
    assert {name for name in (RULES, STAFF, NEWS, "free", TOP) if readable.holds(name)} == allowed


def test_a_server_that_has_given_nothing_is_answered_from_everything() -> None:
    assert not ServerCollections()
    assert ServerCollections().readable([CHANNEL]) == EVERYTHING


def test_articles_in_no_collection_can_be_added_to_a_place_and_stay_for_all_others() -> None:
    chosen = ServerCollections({CHANNEL: frozenset({RULES, TOP})})
    assert chosen.readable([CHANNEL]).allows("fees.md")
    assert chosen.readable([OTHER]).allows("fees.md")
    assert not GIVEN.readable([CHANNEL]).allows("fees.md")


NAMES = st.frozensets(st.sampled_from(["a", "b", "c", "d", TOP]))
READABLE = st.builds(Readable, st.none() | NAMES, NAMES)


@given(READABLE, READABLE, st.sampled_from(["a", "b", "c", "d", TOP]))
def test_what_both_allow_is_what_each_allows(one: Readable, other: Readable, name: str) -> None:
    assert (one & other).holds(name) == (one.holds(name) and other.holds(name))


PLACES = st.dictionaries(st.integers(1, 6), NAMES, max_size=6)


@given(PLACES, PLACES, st.lists(st.integers(1, 6), max_size=2))
def test_what_is_given_to_others_alone_is_never_read_in_public(
    places: dict[int, frozenset[str]], roles: dict[int, frozenset[str]], here: list[int]
) -> None:
    chosen = ServerCollections(places, roles)
    for name in chosen.given:
        if name not in frozenset[str]().union(*(places.get(place, frozenset()) for place in here)):
            assert not chosen.readable(here).holds(name)


def test_a_receipt_leaves_out_what_may_not_be_read() -> None:
    mine, theirs = VersionedSpan("rules/a.md", "v", 0, 9), VersionedSpan("staff/b.md", "v", 0, 9)
    receipt = ReceiptRecord(
        hits=tuple(FoundPassage(span, 1.0, 1.0, 1.0) for span in (mine, theirs)),
        candidates=tuple(FoundSentence(span, "A sentence.", 1.0) for span in (mine, theirs)),
        checked=tuple(
            DraftedClaim("A claim.", Fate.KEPT, 1.0, sources, None) for sources in ((mine,), (mine, theirs), ())
        ),
        answerer="extractive",
        generation="g1",
        retrieve_ms=1.0,
        answer_ms=1.0,
    )
    left = receipt.within(Readable(frozenset({RULES})))
    assert [hit.span for hit in left.hits] == [mine]
    assert [candidate.span for candidate in left.candidates] == [mine]
    assert [claim.sources for claim in left.checked] == [(mine,), ()]


async def test_what_is_given_is_kept_until_it_is_given_otherwise(database_url: str) -> None:
    engine = open_engine(database_url)
    store = stores_of(engine).collections
    await store.give(1, Target.PLACE, CHANNEL, {RULES, TOP})
    await store.give(1, Target.ROLE, ROLE, {STAFF})
    await store.give(2, Target.PLACE, CHANNEL, {NEWS})
    assert await store.of_server(1) == ServerCollections({CHANNEL: frozenset({RULES, TOP})}, {ROLE: frozenset({STAFF})})
    await store.give(1, Target.PLACE, CHANNEL, {NEWS})
    await store.give(1, Target.ROLE, ROLE, ())
    assert await store.of_server(1) == ServerCollections({CHANNEL: frozenset({NEWS})})
    assert not await store.of_server(3)
    await engine.dispose()
