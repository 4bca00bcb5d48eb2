"""Which articles a question is about: days, a source and an article as typed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from fake_services import FakeIndex

from footnote.errors import EmptyIndex
from footnote.models.collections import EVERYTHING as ALL_COLLECTIONS
from footnote.models.collections import Readable
from footnote_bot.asking import EVERYTHING, Scope
from footnote_bot.inquiries.inquiries import QuestionRefused
from footnote_bot.inquiries.scopes import Scopes

INTERACTION: Any = SimpleNamespace(namespace=SimpleNamespace())


class Gate:
    def __init__(self, *, is_open: bool = True) -> None:
        self.is_open = is_open

    def may_know_index(self, _interaction: object) -> bool:
        return self.is_open


class Collections:
    async def here(self, _interaction: object, *, is_private: bool) -> Readable:  # noqa: ARG002 - all are open
        return ALL_COLLECTIONS


@pytest.fixture
def index() -> FakeIndex:
    index = FakeIndex()
    index.known = {"a/bridge.md": "The bridge", "b/bridge.md": "The bridge", "a/tunnel.md": "The tunnel"}
    index.sources_of = {"a/bridge.md": "City News", "a/tunnel.md": "City News", "b/bridge.md": "The Herald"}
    return index


def scopes(index: FakeIndex, *, is_open: bool = True) -> Scopes:
    gate: Any = Gate(is_open=is_open)
    collections: Any = Collections()
    return Scopes(index, gate, collections)


async def scope_of(
    index: FakeIndex, since: str | None, until: str | None, source: str | None, article: str | None
) -> Scope:
    return await scopes(index).scope(INTERACTION, since, until, source, article, is_private=False)


async def test_nothing_typed_is_everything(index: FakeIndex) -> None:
    index.live = None
    assert await scope_of(index, None, "", None, "") is EVERYTHING


async def test_days_include_both_ends_and_are_said_in_words(index: FakeIndex) -> None:
    scope = await scope_of(index, " 2021-08-31", "2021-09-01 ", None, None)
    assert (scope.since, scope.until, scope.articles) == (date(2021, 8, 31), date(2021, 9, 1), None)
    assert scope.words == "since 2021-08-31, until 2021-09-01"
    assert (await scope_of(index, "2021-08-31", "2021-08-31", None, None)).since == date(2021, 8, 31)


async def test_a_name_is_found_however_it_is_capitalised(index: FakeIndex) -> None:
    scope = await scope_of(index, None, None, " city NEWS", None)
    assert scope.articles == frozenset({"a/bridge.md", "a/tunnel.md"})
    assert (await scope_of(index, None, None, None, "the Bridge")).articles == frozenset({"a/bridge.md", "b/bridge.md"})


async def test_an_article_may_be_named_by_its_id(index: FakeIndex) -> None:
    assert (await scope_of(index, None, None, None, "b/bridge.md")).articles == frozenset({"b/bridge.md"})


async def test_source_and_article_narrow_each_other(index: FakeIndex) -> None:
    scope = await scope_of(index, None, None, "The Herald", "The bridge")
    assert scope.articles == frozenset({"b/bridge.md"})
    assert scope.words == "only The Herald, only “The bridge”"


async def test_a_long_name_is_cut_in_the_words(index: FakeIndex) -> None:
    index.known["long.md"] = name = "A" * 61
    assert (await scope_of(index, None, None, None, name)).words == f"only “{'A' * 60}…”"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (("31.8.2021", None, None, None), "since is not a date"),
        ((None, "soon", None, None), "until is not a date"),
        (("2021-09-01", "2021-08-31", None, None), "since is later than until"),
        ((None, None, "Nobody", None), "no source with that name"),
        ((None, None, None, "Nothing"), "no article with that name"),
        ((None, None, "The Herald", "The tunnel"), "not from that source"),
    ],
)
async def test_what_is_not_understood_is_refused(
    index: FakeIndex, typed: tuple[str | None, str | None, str | None, str | None], reason: str
) -> None:
    with pytest.raises(QuestionRefused, match=reason):
        await scope_of(index, *typed)


async def test_without_an_index_names_are_not_looked_up_but_none_are_offered_either(index: FakeIndex) -> None:
    index.live = None
    with pytest.raises(EmptyIndex):
        await scope_of(index, None, None, "City News", None)
    assert await scopes(index).sources(INTERACTION, "") == []
    assert await scopes(index).articles(INTERACTION, "") == []


async def test_choices_match_names_and_ids_and_there_are_25_at_most(index: FakeIndex) -> None:
    assert [choice.value for choice in await scopes(index).sources(INTERACTION, "her")] == ["The Herald"]
    assert [choice.value for choice in await scopes(index).articles(INTERACTION, "B/")] == ["b/bridge.md"]
    index.known = {f"{number}.md": "T" * 120 for number in range(30)} | {"x" * 101: "too long an id for Discord"}
    choices = await scopes(index).articles(INTERACTION, "")
    assert (len(choices), {len(choice.name) for choice in choices}) == (25, {100})


async def test_names_are_not_offered_where_the_index_belongs_to_others_too(index: FakeIndex) -> None:
    assert await scopes(index, is_open=False).sources(INTERACTION, "") == []
    assert await scopes(index, is_open=False).articles(INTERACTION, "") == []
