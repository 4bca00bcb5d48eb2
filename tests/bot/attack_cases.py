"""Attacks on permissions: the real client on a fake Discord, and people who try to do or see more than they may.

Each attack gets a stage whose bot is not started, and reports which of its tries succeeded. `ATTACKS` names them all,
for the tests and for benchmarks/attacks.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import discord
import numpy as np
from discord_stage import Stage, until
from examples import RECEIPT
from fake_discord import Interaction, Person
from fake_services import LIVE
from numpy.typing import NDArray

from footnote.models import Abstention, Answer, Citation
from footnote.ports import Asker
from footnote.records.answers import Votes
from footnote.records.policies import EVERYWHERE, Mode, Policy
from footnote.review.citation_status import CitationStatuses, Recited, recited
from footnote.review.verified import VerifiedAnswers

MANAGER = discord.Permissions(manage_guild=True, manage_messages=True)
PRIVATE_FILE = "salaries-2026.md"
KNOWN = {PRIVATE_FILE: "What everybody earns"}


@dataclass
class Tally:
    """How many tries there were, and which of them succeeded."""

    tried: int = 0
    through: list[str] = field(default_factory=list)

    def note(self, what: str, *, is_through: bool) -> None:
        self.tried += 1
        if is_through:
            self.through.append(what)


Attack = Callable[[Stage], Awaitable[Tally]]


async def a_stranger_manages_their_own_server(stage: Stage) -> Tally:
    """1. A person who invites the bot has Manage Server at home, and all servers share one index."""
    tally = Tally()
    home = stage.fake.add_guild("Elsewhere")
    channel = stage.fake.add_channel(home, "den")
    stranger = stage.fake.add_member(home, "stranger", permissions=MANAGER)
    stage.index.known = KNOWN
    stage.index.kept = [LIVE, replace(LIVE, generation="g0")]
    (stage.articles / PRIVATE_FILE).write_text("Everybody earns the same.", encoding="utf-8")
    async with stage.running(guild_ids=[]):
        for command in ("status", "diff", "sources", "rebuild", "rollback"):
            acted = await stranger.slash(channel, f"index {command}")
            tally.note(f"/index {command}", is_through=not await _is_refused(acted))
        file = stage.fake.add_file("lies.txt", b"Lies\n\nThe bridge opened in 2050.")
        tally.note(
            "/index add", is_through=not await _is_refused(await stranger.slash(channel, "index add", file=file))
        )
        removing = await stranger.slash(channel, "index remove", article=PRIVATE_FILE)
        tally.note("/index remove", is_through=not await _is_refused(removing))
        for command, option in (("remove", "article"), ("rollback", "generation")):
            choices = await stranger.autocomplete(channel, f"index {command}", option, "")
            tally.note(f"the choices of /index {command}", is_through=bool(choices))
        said = await stranger.say(channel, "The bridge opened in 2050.")
        adding = await stranger.use(said, "Add to articles")
        tally.note("Add to articles", is_through=not await _is_refused(adding))
        is_unchanged = [file.name for file in stage.articles.iterdir()] == [PRIVATE_FILE] and not stage.index.builds
        tally.note("a change of the articles or the index", is_through=not is_unchanged)
    return tally


async def a_foreign_server_asks(stage: Stage) -> Tally:
    """1. With a list of servers, nobody else is answered, for any kind of event."""
    tally = Tally()
    home = stage.fake.add_guild("Elsewhere")
    channel = stage.fake.add_channel(home, "den")
    stranger = stage.fake.add_member(home, "stranger", permissions=MANAGER)
    both = [stage.guild.id, home.id]
    async with stage.running(guild_ids=both):
        answer = await (await stranger.slash(channel, "ask", question="When?")).response()
        await stage.review.set_review_channel(home.id, channel.id)
        await until(lambda: stage.store.records[1].posted is not None)
        await stranger.click(answer, "Flag")
        await stage.fake.wait_for(lambda: channel.messages[-1].selects)
        card = channel.messages[-1]
        opened = await (await stranger.click(card, "Edit")).modal()
        panel = await (await stranger.slash(channel, "setup")).response()
        stale = stage.fake.commands.of(home)
    stage.ask.questions.clear()
    async with stage.running(leaves_others=False):
        stage.fake.commands.overwrite(home, stale)  # as a client shows them that has not heard of it
        commands = ("ask", "why", "forget-me", "setup", "review queue", "review export", "index status")
        values: dict[str, dict[str, str | int]] = {"ask": {"question": "When?"}, "why": {"id": 1}}
        for command in commands:
            acted = await stranger.slash(channel, command, **values.get(command, {}))
            tally.note(f"/{command}", is_through=not await _is_refused(acted))
        for label in ("Sources", "Ask further", "👍", "👎", "Flag"):
            tally.note(label, is_through=not await _is_refused(await stranger.click(answer, label)))
        chosen = await stranger.select(panel, channel, menu="setup:review")
        tally.note("a menu of /setup", is_through=not await _is_refused(chosen))
        form = await stranger.submit(opened, {})
        tally.note("a form", is_through=not await _is_refused(form))
        for label in ("Approve", "Reject", "Edit", "Sources"):
            tally.note(f"{label} on a card", is_through=not await _is_refused(await stranger.click(card, label)))
        stage.index.known = KNOWN
        choices = await stranger.autocomplete(channel, "index remove", "article", "")
        tally.note("the choices of /index remove", is_through=bool(choices))
        mentioned = await stranger.mention_bot(channel, "When did the bridge open?")
        replied = await stranger.reply(answer, "And who built it?")
        await _done(stage)
        for question in (mentioned, replied):
            answers = [each for each in channel.messages if each.reply_to is question]
            tally.note("a message", is_through=bool(answers))
        tally.note("a question to the index", is_through=bool(stage.ask.questions))
    return tally


async def _is_refused(acted: Interaction) -> bool:
    """Whether one line for the actor alone came, and nothing else."""
    message = await acted.response()
    return message.is_ephemeral and not message.embeds and not message.components and acted.messages == [message]


async def _done(stage: Stage) -> None:
    """Waits until the bot has dealt with all that it was sent."""
    await (await stage.admin.slash(stage.desk, "help")).response()  # events arrive in order: this is the last
    await until(lambda: stage.client.in_flight.is_idle)


async def a_member_moderates_one_channel(stage: Stage) -> Tally:
    """2. Manage Messages in one's own channel gives no rights in others."""
    tally = Tally()
    own = stage.fake.add_channel(stage.guild, "own")
    mallory = stage.fake.add_member(stage.guild, "mallory")
    stage.fake.set_overwrite(own, mallory, allow=MANAGER)
    for channel in (own, stage.desk):
        stage.fake.set_overwrite(channel, mallory, allow=MANAGER)
    await stage.set_up_review()
    async with stage.running():
        await stage.slash_ask()
        card = await stage.card()
        await stage.mod.click(card, "Approve")
        await stage.shown()
        await stage.slash_ask("Who built it?")
        other = await stage.card()
        for channel in (own, stage.desk):
            for command in ("review queue", "review stats", "review export", "setup", "index status"):
                acted = await mallory.slash(channel, command)
                tally.note(f"/{command}", is_through=not await _is_refused(acted))
            for command in ("why", "review undo"):
                acted = await mallory.slash(channel, command, id=1)
                tally.note(f"/{command}", is_through=not await _is_refused(acted))
        for label in ("Approve", "Reject", "Edit"):
            tally.note(label, is_through=not await _is_refused(await mallory.click(other, label)))
        judged = await mallory.select(other, "1")
        tally.note("Judge a citation", is_through=not await _is_refused(judged))
        tally.note("Undo", is_through=not await _is_refused(await mallory.click(card, "Undo")))
        verdicts = [stage.store.records[number].verdict for number in (1, 2)]
        is_untouched = verdicts[0] is not None and verdicts[0].moderator_id == stage.mod.id and verdicts[1] is None
        tally.note("a change of a verdict", is_through=not is_untouched)
    return tally


async def old_cards_judge_new_answers(stage: Stage) -> Tally:
    """4. The database is lost, numbers start again from 1, and old messages are still there."""
    tally = Tally()
    await stage.set_up_review()
    async with stage.running():
        old_answer = await stage.slash_ask("When did the old bridge open?")
        old_card = await stage.card()
        panel = await (await stage.mod.select(old_card, "1")).response()
        opened = await (await stage.mod.click(old_card, "Edit")).modal()
    await stage.store.forget_everything()
    await stage.set_up_review()
    async with stage.running():
        await stage.slash_ask("When did the new bridge open?")
        await stage.card()
        for on_record in (True, False):
            if not on_record:
                await stage.store.set_card(1, None)  # as after a crash between posting a card and writing down where
            for label in ("Approve", "Reject", "Edit", "Sources"):
                acted = await stage.mod.click(old_card, label)
                tally.note(f"{label} on the old card", is_through=not await _is_refused(acted))
            judged = await stage.mod.select(old_card, "1")
            tally.note("Judge a citation on the old card", is_through=not await _is_refused(judged))
            for label in ("Right", "Wrong", "Better sentence"):
                acted = await stage.mod.click(panel, label)
                tally.note(f"{label} in the old panel", is_through=not await _is_refused(acted))
            form = await stage.mod.submit(opened, {})
            tally.note("the old form", is_through=not await _is_refused(form))
            for label in ("Sources", "Ask further", "👍", "👎", "Flag"):
                acted = await stage.alice.click(old_answer, label)
                tally.note(f"{label} under the old answer", is_through=not await _is_refused(acted))
        record = await stage.store.get(1)
        is_untouched = record.verdict is None and not record.rulings and record.votes == Votes() and not record.revision
        tally.note("a change of the new answer", is_through=not is_untouched)
    return tally


async def a_direct_message_walks_around_the_rules(stage: Stage) -> Tally:
    """3. What is held or refused in a server is asked again in direct messages."""
    tally = Tally()
    other = stage.fake.add_guild("Other")
    stage.fake.world.join(other, stage.alice.user, [])
    stranger = stage.fake.add_stranger("stranger")

    async def ask(person: Person, what: str) -> None:
        """Both ways."""
        stage.ask_cog._inquiries.asking._askers._direct._members.clear()
        asked = len(stage.ask.questions)
        question = await person.dm("When did the bridge open?")
        reply = await stage.fake.wait_for_reply(question)
        tally.note(f"a direct message, {what}", is_through=bool(reply.embeds))
        answer = await (await person.slash(person.dms, "ask", question="When did the bridge open?")).response()
        tally.note(f"/ask in direct messages, {what}", is_through=bool(answer.embeds))
        tally.note(f"a question to the index, {what}", is_through=len(stage.ask.questions) > asked)

    hold, policies, library = Policy(Mode.HOLD), stage.policies, stage.guild.id
    async with stage.running(guild_ids=[]):
        await policies.set_policy(library, EVERYWHERE, hold)
        await ask(stage.alice, "held everywhere")
        await policies.set_policy(library, EVERYWHERE, None)
        await policies.set_policy(library, stage.channel.id, hold)
        await ask(stage.alice, "held in a channel")
        await policies.set_direct_messages(library, is_allowed=True)
        await ask(stage.alice, "held in a channel, though direct messages are allowed")
        await policies.set_direct_messages(library, is_allowed=None)
        await policies.set_policy(library, stage.channel.id, None)
        await policies.set_ask_channels(library, [stage.desk.id])
        await ask(stage.alice, "with channels for questions")
        await policies.set_ask_channels(library, [])
        await policies.set_direct_messages(library, is_allowed=False)
        await ask(stage.alice, "switched off in one of two servers")
        await ask(stranger, "by somebody who shares no server")
    async with stage.running(guild_ids=[], direct_messages=False):
        await ask(stage.alice, "switched off")
    return tally


async def what_was_written_for_few_is_told_to_many(stage: Stage) -> Tally:
    """5. A private channel's approved answer, with a moderator's own sentence, is requested elsewhere."""
    tally = Tally()
    private = stage.fake.add_channel(stage.guild, "private")
    council = stage.fake.add_role(stage.guild, "council")
    secretary = stage.fake.add_member(stage.guild, "secretary", roles=[council])
    stage.fake.set_overwrite(private, stage.guild.everyone, deny=discord.Permissions(view_channel=True))
    stage.fake.set_overwrite(private, council, allow=discord.Permissions(view_channel=True))
    thread = stage.fake.add_thread(stage.channel, "thread", stage.alice)
    question, secret = "When did the bridge open?", "We will sell the bridge to the Baron."
    stage.index.go_live("g1", bridge="The bridge opened in 1932.")
    memory = Memory(stage)
    async with stage.running(ask=memory):
        lines = f"The bridge opened in 1932. [1]\n{secret}"
        for home in (private, stage.channel):
            asked = await secretary.slash(home, "ask", question=question)
            await asked.response()
            record = max(stage.store.records.values(), key=lambda one: one.id)
            await stage.revisions.edit(record.id, lines, moderator_id=stage.mod.id, revision=0, in_own_name=True)
            others = [channel for channel in (private, stage.channel, stage.desk, thread) if channel is not home]
            for channel in others:
                again = await (await secretary.slash(channel, "ask", question=question)).response()
                tally.note(f"from #{home.name} to #{channel.name}", is_through=secret in again.text)
            for person in (secretary, stage.alice):
                reply = await stage.fake.wait_for_reply(await person.dm(question))
                tally.note(f"from #{home.name} to {person.name}", is_through=secret in reply.text)
            there = await (await secretary.slash(home, "ask", question=question)).response()
            assert secret in there.text, "in its own channel it is given again"
            await stage.verdicts.reopen(record.id, moderator_id=stage.mod.id)
    return tally


class Memory:
    """Answers with what moderators approved, if anything, as the real memory recalls it."""

    def __init__(self, stage: Stage) -> None:
        self._ask = stage.ask
        self._verified = VerifiedAnswers(stage.store, stage.stores.reviewed, _Sources(stage), _Embedder())

    async def __call__(self, question: str, /, *, asker: Asker | None = None, **others: Any) -> Answer | Abstention:
        recalled = (await self._verified.recall(question, asker=asker)).verified
        if recalled is None:
            return await self._ask(question, asker=asker, **others)
        receipt = replace(RECEIPT, answerer="verified", reused_from=recalled.answer_id)
        return Answer(question, recalled.claims, 1.0, receipt)


class _Sources:
    """The stage's articles."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def recite(self, citations: Sequence[Citation], /) -> Recited:
        return Recited("g1", recited(citations, self._stage.index.articles.get))

    async def statuses_of(self, citations: Sequence[Citation], /) -> CitationStatuses:
        return await self._stage.index.statuses_of(citations)


class _Embedder:
    """To which all questions are the same."""

    async def embedder_name(self) -> str:
        return "the same"

    async def question_vectors(self, questions: Sequence[str], /) -> NDArray[np.float32]:
        return np.ones((len(questions), 1), np.float32)


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        a_stranger_manages_their_own_server,
        a_foreign_server_asks,
        a_member_moderates_one_channel,
        old_cards_judge_new_answers,
        a_direct_message_walks_around_the_rules,
        what_was_written_for_few_is_told_to_many,
    )
}
