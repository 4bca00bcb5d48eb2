"""/ask with options: in private, for a span of time, a source, an article."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from discord_stage import Stage, line, until
from fake_discord import Message
from test_discord_further import asked_further
from test_history import recorded

from footnote.records.policies import Mode, Policy
from footnote_bot.inquiries.inquiries import NOT_PRIVATELY

KNOWN = {"bridge.md": "The bridge", "a/tunnel.md": "The tunnel", "tower.md": "The tower"}
SOURCES = {"bridge.md": "City News", "a/tunnel.md": "City News", "tower.md": "The Herald"}


@pytest.fixture
def library(stage: Stage) -> Stage:
    stage.index.known, stage.index.sources_of = dict(KNOWN), dict(SOURCES)
    return stage


async def asked(stage: Stage, question: str = "When did it open?", **options: Any) -> Message:
    return await (await stage.alice.slash(stage.channel, "ask", question=question, **options)).response()


async def refused(stage: Stage, **options: Any) -> str:
    return await line(await stage.alice.slash(stage.channel, "ask", question="When did it open?", **options))


# Private answers


async def test_a_private_answer_is_seen_by_its_asker_alone(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await asked(stage, private=True)
    assert answer.is_ephemeral
    assert "1932" in answer.text
    assert [button["label"] for button in answer.buttons] == ["Sources", "Ask further"]
    await stage.client.face.upkeep.posting.catch_up([stage.guild.id])
    assert (stage.channel.messages, stage.desk.messages) == ([], [])
    assert await stage.store.left() == []


async def test_moderators_find_private_answers_nowhere(stage: Stage) -> None:
    await stage.set_up_review()
    await asked(stage, "Is this a secret?", private=True)
    await recorded(stage, await asked(stage, "Is this public?"))
    for command in ("review queue", "review stats"):
        page = await (await stage.mod.slash(stage.desk, command)).response()
        assert "secret" not in page.text
    exported = await (await stage.mod.slash(stage.desk, "review export")).response()
    assert b"secret" not in exported.attachments[0].content
    assert b"public" in exported.attachments[0].content
    assert "Only the person who asked" in await line(await stage.mod.slash(stage.desk, "why", id=1))
    assert (await (await stage.alice.slash(stage.channel, "why", id=1)).response()).is_ephemeral


async def test_the_buttons_of_a_private_answer_work_for_its_asker(stage: Stage) -> None:
    answer = await asked(stage, private=True)
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert "ferry" in sources.text
    further = await (await asked_further(stage, answer)).response()
    assert further.is_ephemeral
    assert stage.store.records[2].is_private
    assert len(stage.ask.conversations[-1]) == 2


async def test_where_answers_are_held_there_are_no_private_ones(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.policies.set_policy(stage.guild.id, 0, Policy(mode=Mode.HOLD))
    answer = await asked(stage, private=True)
    assert (answer.content, answer.is_ephemeral) == (NOT_PRIVATELY, True)
    assert stage.ask.questions == []


async def test_an_error_of_a_private_question_stays_private(stage: Stage) -> None:
    stage.ask.error = RuntimeError("boom")
    assert (await asked(stage, private=True)).is_ephemeral
    assert stage.channel.messages == []


# Which articles


async def test_a_question_keeps_to_what_was_chosen_and_its_answer_says_so(library: Stage) -> None:
    answer = await asked(library, since="2021-08-01", until="2021-08-31", source="city news")
    [(since, to, articles)] = library.ask.scopes
    assert (since, to, articles) == (date(2021, 8, 1), date(2021, 8, 31), frozenset({"bridge.md", "a/tunnel.md"}))
    assert answer.embeds[0]["title"] == "When did it open? (only city news, since 2021-08-01, until 2021-08-31)"
    assert library.ask.questions == ["When did it open?"]


@pytest.mark.parametrize("article", ["bridge.md", "The bridge", "the BRIDGE"])
async def test_one_article_is_named_by_its_title_or_path(library: Stage, article: str) -> None:
    await asked(library, article=article)
    assert library.ask.scopes[0][2] == frozenset({"bridge.md"})


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"since": "last week"}, "since is not a date. Write it as year-month-day, for example 2021-08-31."),
        ({"since": "2021-09-01", "until": "2021-08-01"}, "since is later than until."),
        ({"source": "Nowhere"}, "There is no source with that name."),
        ({"article": "Nothing"}, "There is no article with that name."),
        ({"article": "The tower", "source": "City News"}, "That article is not from that source."),
    ],
)
async def test_invalid_input_is_refused_in_private(library: Stage, options: dict[str, str], why: str) -> None:
    assert (await refused(library, **options)).startswith(why)
    assert library.ask.questions == []


async def test_sources_and_articles_are_offered_as_one_types(library: Stage) -> None:
    offered = await library.alice.autocomplete(library.channel, "ask", "source", "", question="When?")
    assert [choice["value"] for choice in offered] == ["City News", "The Herald"]
    offered = await library.alice.autocomplete(library.channel, "ask", "article", "TUNN", question="When?")
    assert offered == [{"name": "The tunnel", "value": "a/tunnel.md"}]


async def test_names_are_offered_only_where_the_index_is_the_servers_own(empty: Stage) -> None:
    empty.index.known = dict(KNOWN)
    empty.fake.add_guild("Elsewhere")
    async with empty.running(guild_ids=()):
        assert await empty.alice.autocomplete(empty.channel, "ask", "article", "", question="When?") == []
        await asked(empty, article="The bridge")
    assert empty.ask.scopes[0][2] == frozenset({"bridge.md"})


async def test_a_question_may_have_1500_characters(stage: Stage) -> None:
    question = f"When did it open{' and why' * 180}?"
    await asked(stage, question)
    assert stage.ask.questions == [question]
    await until(lambda: len(stage.store.records) == 1)
