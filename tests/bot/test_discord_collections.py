"""Collections in Discord: what another channel's articles say is neither answered, nor suggested, nor shown.

The client on the fake Discord, and in the long test the index, MiniLM, the answers and the database, are real.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import discord
import pytest
from article_files import write_articles
from discord_stage import Stage, line, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Channel, Message, Person, Role
from test_discord_holding import idle
from word_reader import ABSTAIN_BELOW, WordReader

from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.pipeline import Answering
from footnote.answering.suggestions import Suggestions
from footnote.grounding.fact_check import FactCheck, FactChecker
from footnote.models import Abstention, Answer, Article, Candidate, Entailment, Evidence
from footnote.models.answers import Citation
from footnote.models.collections import EVERYTHING, TOP, Readable, ServerCollections, Target, collection_of
from footnote.ports import Asker
from footnote.records.answers import Decision, Verdict
from footnote.review.revisions import Revisions
from footnote.review.verified import VerifiedAnswers
from footnote_bot.access.collection_access import NOTHING
from footnote_bot.page_links import Links
from footnote_bot.render.answers import WITHHELD
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index

# How channels are mapped


async def give(stage: Stage, channel: Channel, *names: str) -> None:
    await stage.stores.collections.give(stage.guild.id, Target.PLACE, channel.id, names)


async def give_role(stage: Stage, role_id: int, *names: str) -> None:
    await stage.stores.collections.give(stage.guild.id, Target.ROLE, role_id, names)


def readable(stage: Stage) -> Readable:
    """What the last question was answered from."""
    asker = stage.ask.askers[-1]
    assert asker
    return asker.readable


async def test_a_server_without_mappings_is_answered_from_everything(stage: Stage) -> None:
    await stage.slash_ask()
    assert readable(stage) == EVERYTHING


async def test_a_channel_wins_over_its_category_and_threads_are_as_their_channel(stage: Stage) -> None:
    quiet = stage.fake.add_channel(stage.guild, "quiet")
    other = stage.fake.add_channel(stage.guild, "other")
    category = stage.fake.add_category(stage.guild, "Back office", quiet, stage.channel)
    thread = stage.fake.add_thread(quiet, "a thread", stage.alice)
    await until(lambda: stage.client.get_channel(thread.id) is not None)
    await give(stage, category, "staff")
    await give(stage, stage.channel, "rules")
    for channel, expected in (
        (stage.channel, Readable(frozenset({"rules"}))),
        (quiet, Readable(frozenset({"staff"}))),
        (thread, Readable(frozenset({"staff"}))),
        (other, Readable(closed=frozenset({"rules", "staff"}))),
    ):
        await stage.slash_ask(channel=channel)
        assert readable(stage) == expected, channel.name
        message = await stage.alice.say(channel, f"{stage.fake.bot.mention} When did it open?")
        await stage.fake.wait_for_reply(message)
        assert readable(stage) == expected, channel.name


async def test_a_thread_that_discord_has_archived_is_as_its_channel(stage: Stage) -> None:
    thread = stage.fake.add_thread(stage.channel, "old", stage.alice)
    await until(lambda: stage.client.get_channel(thread.id) is not None)
    await give(stage, stage.channel, "rules")
    guild = stage.client.get_guild(stage.guild.id)
    assert guild
    guild._remove_thread(guild.get_thread(thread.id))  # type: ignore[arg-type]
    assert guild.get_channel_or_thread(thread.id) is None
    assert await stage.client.host.collections.in_channel(guild.id, thread.id) == Readable(frozenset({"rules"}))


async def test_a_roles_collections_are_for_private_answers_of_its_members_alone(stage: Stage) -> None:
    role = stage.fake.add_role(stage.guild, "Staff")
    insider = stage.fake.add_member(stage.guild, "insider", roles=[role])
    await give_role(stage, role.id, "staff")
    for person, is_private, expected in (
        (insider, True, EVERYTHING),
        (insider, False, Readable(closed=frozenset({"staff"}))),
        (stage.alice, True, Readable(closed=frozenset({"staff"}))),
    ):
        asked = await person.slash(stage.channel, "ask", question="Who sleeps?", private=is_private)
        await asked.response()
        assert readable(stage) == expected
    await give(stage, stage.channel, "rules")
    await (await insider.slash(stage.channel, "ask", question="Who sleeps?", private=True)).response()
    assert readable(stage) == Readable(frozenset({"rules", "staff"}))


async def test_direct_messages_get_what_no_shared_server_keeps_back(empty: Stage) -> None:
    stage = empty
    role = stage.fake.add_role(stage.guild, "Staff")
    insider = stage.fake.add_member(stage.guild, "insider", roles=[role])
    await give(stage, stage.channel, "rules")
    await give_role(stage, role.id, "staff")
    elsewhere = stage.fake.add_guild("Elsewhere")
    stage.fake.world.join(elsewhere, insider.user, [])
    await stage.stores.collections.give(elsewhere.id, Target.PLACE, 1, {"news"})
    async with stage.running(guild_ids=(stage.guild.id, elsewhere.id)):
        for person, closed in ((insider, {"rules", "news"}), (stage.alice, {"rules", "staff"})):
            await stage.fake.wait_for_reply(await person.dm("Who sleeps at noon?"))
            assert readable(stage) == Readable(closed=frozenset(closed))


async def test_only_private_checks_of_a_text_use_what_the_member_may_read(stage: Stage) -> None:
    role = stage.fake.add_role(stage.guild, "Staff")
    insider = stage.fake.add_member(stage.guild, "insider", roles=[role])
    await give_role(stage, role.id, "staff")
    message = await stage.mod.say(stage.channel, "The bridge opened in 1932.")
    await (await insider.use(message, "Check this")).response()
    await (await stage.alice.use(message, "Check this")).response()
    assert stage.ask.checked_by == [EVERYTHING, Readable(closed=frozenset({"staff"}))]


# What is shown of an answer


def cites(*article_ids: str) -> list[Citation]:
    return [discord.utils.MISSING or _cited(number, article_id) for number, article_id in enumerate(article_ids, 1)]


def _cited(number: int, article_id: str) -> Citation:
    from dataclasses import replace

    return replace(a_citation(number, f"Sentence {number} stands here."), article_id=article_id)


async def answered(stage: Stage, *article_ids: str) -> Message:
    claims = [a_claim(citation) for citation in cites(*article_ids)]
    stage.ask.outcome = lambda question: an_answer(question, *claims)
    return await stage.slash_ask()


async def test_sources_that_the_place_may_no_longer_show_are_withheld(stage: Stage) -> None:
    answer = await answered(stage, "rules/a.md", "staff/b.md")
    await give(stage, stage.channel, "rules")
    shown = await (await stage.alice.click(answer, "Sources")).response()
    assert "Sentence 1 stands here." in shown.text
    assert "Sentence 2 stands here." not in shown.text
    assert WITHHELD in shown.text
    await give(stage, stage.channel, "news")
    shown = await (await stage.alice.click(answer, "Sources")).response()
    assert shown.text == WITHHELD


async def test_a_card_shows_no_neighbours_of_what_the_place_may_not_show(stage: Stage) -> None:
    await stage.set_up_review()
    await give(stage, stage.channel, "rules")
    await answered(stage, "staff/b.md")
    assert "ferry" not in (await stage.card()).text


async def test_better_sentences_come_from_what_the_answers_place_may_show(stage: Stage) -> None:
    texts = {"rules/a.md": "Sentence 7 stands here too.", "staff/b.md": "Sentence 1 stands here as well."}
    stage.index.articles = {name: Article(name, "Sentences", text) for name, text in texts.items()}
    await stage.set_up_review()
    await give(stage, stage.channel, "rules")
    await answered(stage, "rules/old.md")
    panel = await (await stage.mod.select(await stage.card(), "1")).response()
    await stage.mod.click(panel, "Better sentence")
    await stage.fake.wait_for(lambda: "stands here too" in panel.text)
    assert "as well" not in panel.text


async def test_names_are_offered_and_understood_only_where_they_may_be_read(stage: Stage) -> None:
    stage.index.known = {"rules/a.md": "The rule", "staff/b.md": "The rota", "c.md": "The town"}
    stage.index.sources_of = {"rules/a.md": "Law", "staff/b.md": "Desk"}
    other = stage.fake.add_channel(stage.guild, "other")
    role = stage.fake.add_role(stage.guild, "Staff")
    insider = stage.fake.add_member(stage.guild, "insider", roles=[role])
    await give(stage, stage.channel, "rules")
    await give_role(stage, role.id, "staff")

    async def offered(person: Person, channel: Channel, what: str, **options: bool) -> list[str]:
        found = await person.autocomplete(channel, "ask", what, "", question="When?", **options)
        return [choice["name"] for choice in found]

    assert await offered(stage.alice, stage.channel, "article") == ["The rule"]
    assert await offered(stage.alice, stage.channel, "source") == ["Law"]
    assert await offered(stage.alice, other, "article") == ["The town"]
    assert await offered(stage.alice, other, "source") == []
    assert await offered(insider, other, "article") == ["The town"]
    assert await offered(insider, other, "article", private=True) == ["The rota", "The town"]
    for named in ({"article": "staff/b.md"}, {"article": "The rota"}, {"source": "Desk"}):
        refused = await line(await stage.alice.slash(stage.channel, "ask", question="When?", **named))
        assert refused.startswith("There is no ")
    assert stage.ask.questions == []


async def test_help_and_about_tell_of_what_is_answered_here(stage: Stage) -> None:
    stage.index.known = {"rules/a.md": "The rule", "staff/b.md": "The rota", "c.md": "The town"}
    await give(stage, stage.channel, "rules")
    told = (await (await stage.alice.slash(stage.channel, "help")).response()).text
    assert "1 article" in told
    assert "The rule" in told
    assert "The rota" not in told
    assert "The town" not in told
    assert "1 article," in (await (await stage.alice.slash(stage.channel, "about")).response()).text


async def test_why_leaves_out_what_may_no_longer_be_read(stage: Stage) -> None:
    from dataclasses import replace

    from examples import RECEIPT, hits_in

    articles = [Article("rules/a.md", "A", "The rule stands."), Article("staff/b.md", "B", "The guard sleeps.")]
    hits = hits_in(articles)
    candidates = tuple(Candidate(hit.passage, hit.passage.sentences[0], 1.0) for hit in hits)
    receipt = replace(RECEIPT, hits=hits, candidates=candidates)
    stage.ask.outcome = lambda question: replace(an_answer(question), receipt=receipt)
    await stage.slash_ask()
    await idle(stage)
    assert "The guard sleeps." in (await (await stage.alice.slash(stage.channel, "why", id=1)).response()).text
    await give(stage, stage.channel, "rules")
    told = (await (await stage.alice.slash(stage.channel, "why", id=1)).response()).text
    assert "The rule stands." in told
    assert "staff/b.md" not in told
    assert "The guard sleeps." not in told


async def test_what_moderators_answer_in_a_mapped_channel_becomes_an_article_of_its_collection(stage: Stage) -> None:
    await give(stage, stage.channel, "staff", "rules", TOP)
    message = await stage.alice.say(stage.channel, "The gate closes at nine.")
    told = await (await stage.admin.use(message, "Add to articles")).response()
    assert "Stored as rules/" in told.content
    [file] = stage.articles.glob("rules/*.md")
    assert "The gate closes at nine." in file.read_text()


# Choosing in /setup


async def page(stage: Stage) -> Message:
    opened = await (await stage.admin.slash(stage.channel, "setup")).response()
    await (await stage.admin.click(opened, "Collections")).response()
    return opened


@pytest.fixture
def shelves(stage: Stage) -> Stage:
    stage.index.known = {"rules/a.md": "A", "staff/b.md": "B", "c.md": "C"}
    return stage


async def choose(stage: Stage, opened: Message, menu: str, *values: str | Channel | Role) -> None:
    await (await stage.admin.select(opened, *values, menu=f"collections:{menu}")).response()


async def test_collections_are_assigned_in_setup_and_removed_again(shelves: Stage) -> None:
    stage = shelves
    opened = await page(stage)
    assert "Collections: rules, staff. None is assigned, so all are used everywhere." in opened.content
    await choose(stage, opened, "place", stage.channel)
    assert "has no collections of its own" in opened.content
    [menu] = opened.selects
    assert [option["value"] for option in menu["options"]] == ["rules", "staff", "/"]
    await choose(stage, opened, f"place:{stage.channel.id}:0", "rules", "/")
    await stage.fake.wait_for(lambda: "answered only from: rules, articles in no collection" in opened.content)
    store = stage.stores.collections
    assert await store.of_server(stage.guild.id) == ServerCollections({stage.channel.id: frozenset({"rules", TOP})})
    await (await stage.admin.click(opened, "Collections")).response()
    assert f"{stage.channel.mention}: rules, articles in no collection" in opened.content
    assert "Not assigned: staff." in opened.content
    await choose(stage, opened, "given", f"place:{stage.channel.id}")
    await choose(stage, opened, f"place:{stage.channel.id}:0")
    assert not await store.of_server(stage.guild.id)
    assert await stage.acts() == [
        f"admin, setup: collections of channel {stage.channel.id}: none -> rules, articles in no collection",
        f"admin, setup: collections of channel {stage.channel.id}: rules, articles in no collection -> none",
    ]
    assert not opened.pinged


async def test_roles_have_collections_and_everybody_has_no_role(shelves: Stage) -> None:
    stage = shelves
    role = stage.fake.add_role(stage.guild, "Staff")
    opened = await page(stage)
    await choose(stage, opened, "role", role)
    await choose(stage, opened, f"role:{role.id}:0", "staff")
    assert await stage.stores.collections.of_server(stage.guild.id) == ServerCollections(
        roles={role.id: frozenset({"staff"})}
    )
    await (await stage.admin.click(opened, "Collections")).response()
    await choose(stage, opened, "role", stage.guild.everyone)
    clicked = await stage.admin.select(opened, "staff", menu=f"collections:role:{stage.guild.id}:0")
    assert "Everybody has that role" in (await clicked.followup()).content


async def test_many_collections_take_several_menus_and_each_keeps_the_others(stage: Stage) -> None:
    stage.index.known = {f"c{number:02}/a.md": "A" for number in range(40)}
    opened = await page(stage)
    await choose(stage, opened, "place", stage.channel)
    assert [len(menu["options"]) for menu in opened.selects] == [25, 16]
    await choose(stage, opened, f"place:{stage.channel.id}:0", "c03")
    await choose(stage, opened, f"place:{stage.channel.id}:1", "c30", "c31")
    await choose(stage, opened, f"place:{stage.channel.id}:0", "c04")
    given = await stage.stores.collections.of_server(stage.guild.id)
    assert given.of(Target.PLACE, stage.channel.id) == {"c04", "c30", "c31"}


async def test_a_deleted_channel_keeps_its_collections_closed_until_somebody_gives_them_on(shelves: Stage) -> None:
    stage = shelves
    gone = stage.fake.add_channel(stage.guild, "gone")
    await give(stage, gone, "staff")
    stage.fake.delete_channel(gone)
    await until(lambda: stage.client.get_channel(gone.id) is None)
    await stage.slash_ask()
    assert readable(stage) == Readable(closed=frozenset({"staff"}))
    opened = await page(stage)
    assert f"a deleted channel ({gone.id}): staff" in opened.content
    await choose(stage, opened, "given", f"place:{gone.id}")
    await choose(stage, opened, f"place:{gone.id}:0")
    assert not await stage.stores.collections.of_server(stage.guild.id)


async def test_who_may_not_manage_the_server_gives_nothing(shelves: Stage) -> None:
    stage = shelves
    opened = await page(stage)
    stage.fake.change_permissions(stage.admin, discord.Permissions.none())
    clicked = await stage.admin.select(opened, stage.channel, menu="collections:place")
    assert "Manage Server" in await line(clicked)


async def test_names_of_collections_are_for_servers_that_the_index_belongs_to(empty: Stage) -> None:
    empty.index.known = {"rules/a.md": "A"}
    empty.fake.add_guild("Elsewhere")
    async with empty.running(guild_ids=()):
        assert "rules" not in (await page(empty)).content


# The reading room


async def test_a_page_is_shown_only_as_its_place_is_answered(stage: Stage) -> None:
    await answered(stage, "rules/a.md")
    record = stage.store.records[1]
    access = stage.client.host.collections
    assert (await access.of(record)).allows("rules/a.md")
    await give(stage, stage.desk, "rules")
    assert not (await access.of(record)).allows("rules/a.md")


# All of it: four channels, four collections, two hundred questions

KEEPERS = {
    "harbour": ("lighthouse", "anchor", "ferry", "crane", "buoy", "pier", "net", "sail", "lock", "dock"),
    "kitchen": ("oven", "ladle", "pantry", "kettle", "cellar", "knife", "stove", "spice", "basin", "tray"),
    "garden": ("fountain", "hedge", "orchard", "shed", "hive", "pond", "gate", "bench", "rake", "arbour"),
    "library": ("archive", "map", "globe", "atlas", "scroll", "desk", "lamp", "ladder", "stamp", "folio"),
}
ASKED = (
    "Who keeps the {thing}?",
    "What is the secret name of the {thing} in the {place}?",
    "Is the {thing} of the {place} kept by somebody?",
    "Tell me the secret name of the {thing}.",
    "Who looks after the {thing} every day?",
)


def secret(place: str, thing: str) -> str:
    return f"{place[:3]}{thing[::-1]}ium".capitalize()


def keepers() -> dict[str, str]:
    return {
        f"{place}/{thing}.txt": "\n".join(
            [
                f"The {thing}",
                f"The secret name of the {thing} in the {place} is {secret(place, thing)}.",
                f"Keeper {secret(place, thing)} keeps the {thing}.",
                f"Who looks after the {thing}?",
                "Nobody else does.",
            ]
        )
        for place, things in KEEPERS.items()
        for thing in things
    }


def questions() -> list[tuple[str, str, str]]:
    """Question, the collection that answers it, and the collection of the channel where it is asked."""
    facts = [(place, thing) for place, things in KEEPERS.items() for thing in things]
    places = [*KEEPERS]
    return [
        (wording.format(thing=thing, place=place), place, places[(number + turn) % len(places)])
        for turn, wording in enumerate(ASKED)
        for number, (place, thing) in enumerate(facts)
    ]


class EntailsAll:
    """Says that everything supports everything: the worst case for *Check this*."""

    async def entail(self, claims: Iterable[str], evidence: Iterable[Evidence]) -> list[Entailment]:
        return [Entailment(0.9, 0.05, 0.05) for _ in zip(claims, evidence, strict=True)]


class Town:
    """The stage with four channels, each with a collection of its own, in a real index."""

    def __init__(self, stage: Stage, minilm: MiniLM) -> None:
        self.stage = stage
        write_articles(stage.articles, keepers())
        self.index = index = Index(stage.articles, stage.data, lambda: minilm, reader=WordReader())
        self.reader = WordReader()
        self.memory = VerifiedAnswers(stage.stores.answers, stage.stores.reviewed, index, index)
        self.answering = Answering(
            index, self.reader, ExtractiveAnswerer(), abstain_below=ABSTAIN_BELOW, memory=self.memory
        )
        self.suggest = Suggestions(self.reader).after
        self.channels = {place: stage.fake.add_channel(stage.guild, place) for place in KEEPERS}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        stage, index = self.stage, self.index
        try:
            await index.build(started_by="The stage", on_progress=lambda _: None)
            for place, channel in self.channels.items():
                await give(stage, channel, place)
            async with stage.running(
                ask=self.answering.ask,
                suggest=self.suggest,
                fact_check=FactChecker(index, EntailsAll()).check,
                index=index,
                revisions=Revisions(stage.store, stage.stores.verdicts, index, self.reader, clock=stage.now),
                links=Links(b"k" * 32, "https://notes.example", days=30),
            ):
                yield
        finally:
            await index.close()

    async def asker(self, place: str) -> Asker:
        found = await self.stage.client.host.inquiries.asking.asker(  # type: ignore[attr-defined]
            self.stage.alice.id, self.stage.guild.id, self.channels[place].id
        )
        assert isinstance(found, Asker)
        return found


def places_in(outcome: Answer | Abstention) -> set[str]:
    """The collections of all that could be shown of an outcome."""
    receipt = outcome.receipt
    ids = [citation.article_id for citation in outcome.citations]
    ids += [hit.passage.article.id for hit in receipt.hits]
    ids += [candidate.article.id for candidate in receipt.candidates]
    ids += [source.article.id for claim in receipt.checked for source in claim.sources]
    return {collection_of(article_id) for article_id in ids}


def secrets_but(place: str) -> list[str]:
    return [secret(other, thing) for other, things in KEEPERS.items() if other != place for thing in things]


def things_but(place: str) -> list[str]:
    return [thing for other, things in KEEPERS.items() if other != place for thing in things]


@pytest.fixture
async def town(empty: Stage, minilm: MiniLM) -> AsyncIterator[Town]:
    opened = Town(empty, minilm)
    async with opened.running():
        yield opened


async def test_two_hundred_questions_get_nothing_from_another_channels_collection(town: Town) -> None:
    stage, own, answered_there = town.stage, 0, 0
    asked = questions()
    assert len(asked) == 200
    for number, (question, place, channel) in enumerate(asked):
        if number % 10:
            outcome = await town.answering.ask(question, asker=await town.asker(channel))
            assert places_in(outcome) <= {channel}
            suggested = await town.suggest(outcome) if isinstance(outcome, Answer) else ()
            assert not any(thing in suggestion for suggestion in suggested for thing in things_but(channel))
            is_answered = isinstance(outcome, Answer)
            said = " ".join(citation.quote for citation in outcome.citations)
        else:
            shown = await stage.slash_ask(question, channel=town.channels[channel])
            sources = await (await stage.alice.click(shown, "Sources")).response()
            labels = " ".join(str(button["label"]) for button in shown.buttons)
            said = f"{shown.text} {sources.text} {labels}"
            is_answered = "do not answer" not in shown.text
        assert not [name for name in secrets_but(channel) if name in said], (question, channel)
        own += place == channel
        answered_there += place == channel and is_answered
    assert own == 50
    assert answered_there >= 40, "the test means something only where questions are answered at all"


async def test_no_command_tells_of_another_channels_collection(town: Town) -> None:
    stage, channel = town.stage, town.channels["kitchen"]
    shown = await stage.slash_ask("Who keeps the lighthouse?", channel=channel)
    await idle(stage)
    number = max(stage.store.records)
    told = [shown.text]
    for command, options in (("why", {"id": number}), ("help", {}), ("about", {})):
        told.append((await (await stage.alice.slash(channel, command, **options)).response()).text)
    for what in ("article", "source"):
        offered = await stage.alice.autocomplete(channel, "ask", what, "", question="When?")
        told += [choice["name"] for choice in offered]
    message = await stage.mod.say(channel, "Keeper of the lighthouse is somebody. The fountain has a secret name.")
    told.append((await (await stage.alice.use(message, "Check this")).response()).text)
    words = " ".join(told).replace("Keeper of the lighthouse is somebody. The fountain has a secret name.", "")
    assert not [name for name in secrets_but("kitchen") if name in words]
    assert not [f"The {thing}" for thing in things_but("kitchen") if f"The {thing}\n" in words]
    assert "10 articles" in words


async def test_an_approved_answer_is_given_again_only_where_its_articles_may_be_read(town: Town) -> None:
    stage, question = town.stage, "Who keeps the lighthouse?"
    await stage.slash_ask(question, channel=town.channels["harbour"])
    await idle(stage)
    record = stage.store.records[1]
    await stage.stores.verdicts.decide(Verdict(1, Decision.APPROVED, 9, record.asked_at, 1))
    again = await town.answering.ask(question, asker=await town.asker("harbour"))
    assert again.receipt.reused_from == 1
    for place in ("kitchen", "garden"):
        other = await town.answering.ask(question, asker=await town.asker(place))
        assert other.receipt.reused_from is None
        assert places_in(other) <= {place}
    assert (await stage.store.get(1)).changes == 0 or (await stage.store.get(1)).lost == 0


async def test_a_question_that_people_wait_for_is_answered_from_its_channels_collections(town: Town) -> None:
    stage = town.stage
    shown = await stage.slash_ask("Who guards the obelisk?", channel=town.channels["kitchen"])
    await idle(stage)
    await line(await stage.alice.click(shown, "Tell me when this is answered"))
    for folder, expected in (("harbour", 1), ("kitchen", 2)):
        write_articles(stage.articles, {f"{folder}/obelisk.txt": "The obelisk\nKeeper Obeliskium guards the obelisk."})
        await town.index.build(started_by="The stage", on_progress=lambda _: None)
        passes = stage.store.passes
        stage.client.face.upkeep.catch_up()
        await until(lambda before=passes: stage.store.passes > before)  # type: ignore[misc]
        await idle(stage)
        assert len(stage.store.records) == expected, folder


def test_nothing_is_readable_of_direct_messages_without_a_reader() -> None:
    assert not NOTHING.holds(TOP)
    assert FactCheck(()).statements == ()
