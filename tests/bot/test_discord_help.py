"""/help, /about, /status, /audit, "@bot help", and the text under the bot's name."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from discord_stage import TIMING, Stage, line, until
from fake_discord import NotPossible
from fake_services import LIVE

from footnote.records.policies import EVERYWHERE, Mode, Policy
from footnote.stores import Act
from footnote_bot.page_links import Links
from footnote_bot.posts.presence import Presence
from footnote_bot.render.help import IN_SHORT, Here, Vital, about_embed, help_embed, status_embed

TITLES = {f"a-{number}.md": f"The *title* {number}" for number in range(12)}


def text(embed: discord.Embed) -> str:
    return "\n".join([embed.description or "", *(f"{field.name}: {field.value}" for field in embed.fields)])


async def shown(stage: Stage, command: str, *, who: str = "alice", **options: object) -> str:
    person = getattr(stage, who)
    message = await (await person.slash(stage.channel, command, **options)).response()
    assert message.is_ephemeral
    return str(message.text)


async def test_help_names_articles_and_says_whether_questions_are_answered_here(stage: Stage) -> None:
    stage.index.known = TITLES
    found = await shown(stage, "help")
    assert "I have read 12 articles" in found
    assert r"The \*title\* " in found
    assert "I answer in this channel." in found
    await stage.policies.set_ask_channels(stage.guild.id, [stage.desk.id])
    assert f"Questions are answered in <#{stage.desk.id}>." in await shown(stage, "help")


async def test_help_says_that_answers_are_held(stage: Stage) -> None:
    await stage.policies.set_policy(stage.guild.id, EVERYWHERE, Policy(mode=Mode.HOLD))
    assert "A moderator sees each answer" in await shown(stage, "help")


async def test_help_works_without_an_index_and_in_direct_messages(empty: Stage) -> None:
    empty.index.live = None
    async with empty.running(guild_ids=[]):
        message = await (await empty.alice.slash(empty.alice.dms, "help")).response()
    assert "I answer in this channel." in message.text


@pytest.mark.parametrize("words", ["help", "Help!", "  HELP? ", "/help"])
async def test_a_mention_with_help_is_help(stage: Stage, words: str) -> None:
    question = await stage.alice.mention_bot(stage.channel, words)
    assert (await stage.fake.wait_for_reply(question)).content == IN_SHORT
    assert stage.ask.questions == []


async def test_a_question_about_help_is_a_question(stage: Stage) -> None:
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "Who can help with the bridge?"))
    assert stage.ask.questions == ["Who can help with the bridge?"]


async def test_about_tells_the_articles_the_model_and_the_reading_room(empty: Stage) -> None:
    links = Links(b"k" * 32, "https://notes.example", days=30)
    async with empty.running(links=links, model_host="api.example"):
        found = await shown(empty, "about")
    assert "10 articles, as of <t:" in found
    assert "A language model at api.example" in found
    assert "<https://notes.example>" in found


async def test_status_is_for_managers_and_says_what_to_do(stage: Stage) -> None:
    with pytest.raises(NotPossible):
        await stage.alice.slash(stage.channel, "status")
    assert "No review channel is set" in await shown(stage, "status", who="admin")
    await stage.set_up_review()
    found = await shown(stage, "status", who="admin")
    assert "Nothing. I have everything I need." in found
    assert "0 answers waiting for a verdict" in found
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, deny=discord.Permissions(embed_links=True))
    await stage.policies.set_ask_channels(stage.guild.id, [99])
    found = await shown(stage, "status", who="admin")
    assert f"In <#{stage.desk.id}> I need Embed Links." in found
    assert "In <#99> I need View Channel." in found


async def test_audit_shows_who_did_what_and_can_be_narrowed(stage: Stage) -> None:
    assert "There are no entries." in await shown(stage, "audit", who="admin")
    await line(await stage.admin.slash(stage.channel, "index remove", article="a.md"))
    act = Act(stage.now(), stage.guild.id, stage.mod.id, "verdict", "approved", answer_id=12)
    await stage.stores.audit.add(act)
    await stage.stores.audit.add(replace(act, guild_id=99))
    found = await shown(stage, "audit", who="admin")
    admins, mods = f"<@{stage.admin.id}>: **remove** no article", f"<@{stage.mod.id}>: **verdict** answer #12 approved"
    assert found.count("<t:") == 2
    assert found.index(mods) < found.index(admins)  # newest first
    assert "There are no entries." in await shown(stage, "audit", who="admin", action="rebuild")
    assert mods not in await shown(stage, "audit", who="admin", member=stage.admin)
    assert admins in await shown(stage, "audit", who="admin", action="remove", member=stage.admin)
    with pytest.raises(NotPossible):
        await stage.mod.slash(stage.channel, "audit")


async def test_audit_shows_what_somebody_did_who_has_left(stage: Stage) -> None:
    await stage.stores.audit.add(Act(stage.now(), stage.guild.id, stage.mod.id, "verdict", "approved", answer_id=12))
    del stage.guild.members[stage.mod.id]
    found = await shown(stage, "audit", who="admin", member=stage.mod)
    assert f"<@{stage.mod.id}>: **verdict** answer #12 approved" in found


async def test_the_presence_tells_how_many_articles_there_are(stage: Stage) -> None:
    told: list[str] = []

    class Client(discord.Client):
        async def change_presence(self, *, activity: discord.BaseActivity | None = None, **_: object) -> None:
            told.append(str(activity))

    async with Client(intents=discord.Intents.none()) as client:
        presence = Presence(client, stage.index)
        await presence.show()
        await presence.show()
        stage.index.live = replace(LIVE, articles=609)
        await presence.show()
    assert told == ["answers from 10 articles · /ask", "answers from 609 articles · /ask"]


async def test_the_presence_is_shown_by_itself(empty: Stage) -> None:
    async with empty.running(timing=replace(TIMING, between_presences=0.01)) as client:
        await until(lambda: client.ws is not None)
        assert (await empty.slash_ask()).embeds


def test_embeds_keep_to_discords_limits() -> None:
    titles = {f"{number}": "*" * 5000 for number in range(30)}
    here = Here(is_answered=False, asks_in=[10**19] * 30)
    vital = Vital(1.0, 1, has_content=True, problems=("x" * 500,) * 9)
    for embed in (
        help_embed(titles, here, day=3),
        about_embed(None, model="h" * 253, room="https://" + "h" * 200),
        status_embed(LIVE, vital),
    ):
        assert len(embed) < 6000
        assert all(len(field.value or "") <= 1024 for field in embed.fields)
        assert text(embed)
