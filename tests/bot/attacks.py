"""Attacks on who may do and see what: the real client on a fake Discord, and people who want more than they may.

Each attack gets a stage whose bot is not started, and tells which of its tries came through. `ATTACKS` names them all,
for the tests and for benchmarks/attacks.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import discord
from discord_stage import Stage, until
from fake_discord import Interaction
from fake_services import LIVE

from footnote.records import Votes

MANAGER = discord.Permissions(manage_guild=True, manage_messages=True)
PRIVATE_FILE = "salaries-2026.md"
KNOWN = {PRIVATE_FILE: "What everybody earns"}


@dataclass
class Tally:
    """How many tries there were, and which of them came through."""

    tried: int = 0
    through: list[str] = field(default_factory=list)

    def note(self, what: str, *, is_through: bool) -> None:
        self.tried += 1
        if is_through:
            self.through.append(what)


Attack = Callable[[Stage], Awaitable[Tally]]


async def a_stranger_manages_their_own_server(stage: Stage) -> Tally:
    """1. Whoever invites the bot has Manage Server at home, and all servers share one index."""
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
    """1. With a list of servers, nobody else is answered, whatever kind of event it is."""
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
        values = {"ask": {"question": "When?"}, "why": {"id": 1}}
        for command in commands:
            acted = await stranger.slash(channel, command, **values.get(command, {}))
            tally.note(f"/{command}", is_through=not await _is_refused(acted))
        for label in ("Sources", "👍", "👎", "Flag"):
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
    await asyncio.sleep(0.02)
    await until(lambda: not stage.client.in_flight._tasks)


async def a_member_moderates_one_channel(stage: Stage) -> Tally:
    """2. Manage Messages in a channel of one's own is no say in the others."""
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
    """4. The database is lost, numbers begin anew, and the messages of the old one still stand."""
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
            for label in ("Sources", "👍", "👎", "Flag"):
                acted = await stage.alice.click(old_answer, label)
                tally.note(f"{label} under the old answer", is_through=not await _is_refused(acted))
        record = await stage.store.get(1)
        is_untouched = record.verdict is None and not record.rulings and record.votes == Votes() and not record.revision
        tally.note("a change of the new answer", is_through=not is_untouched)
    return tally


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        a_stranger_manages_their_own_server,
        a_foreign_server_asks,
        a_member_moderates_one_channel,
        old_cards_judge_new_answers,
    )
}
