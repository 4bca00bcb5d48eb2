"""The fake Discord, tested with the unmodified discord.py client: it behaves like the real one."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands, ui
from discord.ext import commands
from discord.http import Route
from discord_stage import until
from fake_discord import STRICT, Callback, FakeDiscord, Message, NotPossible

OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
Interaction = discord.Interaction[Any]
needs_openapi = pytest.mark.skipif(not OPENAPI.exists(), reason="Discord's OpenAPI document is not here")


# A bot with one of everything


class Confirm(ui.View):
    @ui.button(label="Approve", custom_id="approve")
    async def approve(self, interaction: Interaction, button: ui.Button[Any]) -> None:
        button.disabled = True
        await interaction.response.edit_message(content=f"Approved by {interaction.user.display_name}", view=self)

    @ui.button(label="Why")
    async def why(self, interaction: Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Reason())

    @ui.button(label="Quiet")
    async def quiet(self, interaction: Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Changed quietly")

    @ui.button(label="Later", disabled=True)
    async def later(self, interaction: Interaction, _: ui.Button[Any]) -> None: ...

    @ui.select(placeholder="Rating", options=[discord.SelectOption(label=name) for name in ("good", "bad")])
    async def rate(self, interaction: Interaction, select: ui.Select[Any]) -> None:
        await interaction.response.send_message(f"Rated {select.values[0]}", ephemeral=True)

    @ui.select(cls=ui.UserSelect, placeholder="Who")
    async def choose(self, interaction: Interaction, select: ui.UserSelect[Any]) -> None:
        await interaction.response.send_message(f"Chose {select.values[0].display_name}", ephemeral=True)


class Reason(ui.Modal, title="Why?"):
    reason: ui.Label[Any] = ui.Label(text="Reason", component=ui.TextInput(custom_id="reason", max_length=50))

    async def on_submit(self, interaction: Interaction) -> None:
        assert isinstance(self.reason.component, ui.TextInput)
        await interaction.response.send_message(f"Because {self.reason.component.value}", ephemeral=True)


@app_commands.command(description="Thinks, answers, and corrects itself")
async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
    await interaction.response.defer(ephemeral=private)
    await interaction.followup.send(f"An answer to {question}")
    await interaction.edit_original_response(content=f"A better answer to {question}")


@app_commands.command(description="Answers when it is let go")
async def wait(interaction: Interaction, times: app_commands.Range[int, 1, 9] = 1) -> None:
    for _ in range(times):
        await interaction.client.go_on.wait()
    await interaction.response.send_message("Done")


@app_commands.command(description="Answers, and once more when it is let go")
async def later(interaction: Interaction) -> None:
    await interaction.response.send_message("At once")
    await interaction.client.go_on.wait()
    await interaction.followup.send("Later", file=discord.File(io.BytesIO(b"more"), "more.txt"))


@app_commands.command(description="Forgets to answer first")
async def hasty(interaction: Interaction) -> None:
    await interaction.followup.send("Too early")


@app_commands.command(description="Sends a text with every mention allowed")
async def shout(interaction: Interaction, text: str) -> None:
    await interaction.response.send_message(text, allowed_mentions=discord.AllowedMentions.all())


@app_commands.command(description="Asks back")
async def confirm(interaction: Interaction, private: bool = False) -> None:
    view = Confirm(timeout=None).add_item(ui.Button(label="Read", url="https://example.org/"))
    await interaction.response.send_message("Shall I?", view=view, ephemeral=private)


@app_commands.command(description="Names what was chosen")
@app_commands.choices(how=[app_commands.Choice(name="Loud", value="loud")])
async def tell(interaction: Interaction, where: discord.TextChannel, role: discord.Role, who: discord.Member,
               how: str = "loud") -> None:  # fmt: skip
    await interaction.response.send_message(f"{where.name} {role.name} {who.display_name} {how}")


index = app_commands.Group(
    name="index", description="The index", default_permissions=discord.Permissions(manage_guild=True), guild_only=True
)


@index.command(description="Builds it again")
async def rebuild(interaction: Interaction, source: str) -> None:
    await interaction.response.send_message(f"Rebuilt from {source}")


@rebuild.autocomplete("source")
async def sources(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
    names = [name for name in ("news", "notes") if name.startswith(current)] or [str(n) for n in range(26)]
    return [app_commands.Choice(name=name, value=name) for name in names]


class Bot(commands.Bot):
    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(
            "!", intents=intents, guild_ready_timeout=0.01, allowed_mentions=discord.AllowedMentions.none()
        )
        self.go_on = asyncio.Event()
        self.errors: asyncio.Queue[BaseException] = asyncio.Queue()
        self.heard: list[discord.Message] = []
        self.tree.error(self._remember)

    async def _remember(self, _: Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.put_nowait(error.original if isinstance(error, app_commands.CommandInvokeError) else error)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the five seconds that the client normally waits before it logs in again."""

    async def setup_hook(self) -> None:
        own: list[Any] = [ask, wait, later, hasty, shout, confirm, tell, index]
        for command in own:
            self.tree.add_command(command)
        await self.tree.sync()

    async def on_message(self, message: discord.Message, /) -> None:
        self.heard.append(message)
        if self.user in message.mentions and message.author != self.user:
            await message.reply(f"You said: {message.content.partition(' ')[2]}")

    async def failure(self) -> discord.HTTPException:
        """Of the command that failed last."""
        error = await asyncio.wait_for(self.errors.get(), 5)
        assert isinstance(error, discord.HTTPException)
        return error


class Stage:
    """A guild with a channel and two people in it, and the bot once it runs."""

    bot: Bot

    def __init__(self, fake: FakeDiscord) -> None:
        self.fake = fake
        self.guild = fake.add_guild("Library")
        self.channel = fake.add_channel(self.guild, "general")
        self.alice = fake.add_member(self.guild, "alice")
        self.admin = fake.add_member(self.guild, "admin", permissions=discord.Permissions(manage_guild=True))

    @property
    def room(self) -> discord.TextChannel:
        """The channel as the bot knows it."""
        room = self.bot.get_channel(self.channel.id)
        assert isinstance(room, discord.TextChannel)
        return room

    async def request(self, method: str, path: str, **body: Any) -> Any:
        """Past the client's own checks, but through its retries and errors."""
        return await self.bot.http.request(Route(method, path), json=body)

    async def post(self, **body: Any) -> Any:
        return await self.request("POST", f"/channels/{self.channel.id}/messages", **body)


@contextlib.contextmanager
def pointed_at(fake: FakeDiscord) -> Iterator[None]:
    """discord.py keeps Discord's address in two class attributes, which are read when a client is created."""
    before = Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = fake.api_url, yarl.URL(fake.gateway_url)
    yield
    Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before


@contextlib.asynccontextmanager
async def running(fake: FakeDiscord, *, intents: discord.Intents | None = None) -> AsyncIterator[Bot]:
    with pointed_at(fake):
        bot = Bot(intents or discord.Intents.default())
        task = asyncio.create_task(bot.start(fake.token))
        try:
            await fake.wait_until_connected()
            await bot.wait_until_ready()
            yield bot
        finally:
            await bot.close()
            await asyncio.wait([task])


@contextlib.asynccontextmanager
async def staged(fake: FakeDiscord, *, intents: discord.Intents | None = None) -> AsyncIterator[Stage]:
    async with fake:
        stage = Stage(fake)
        async with running(fake, intents=intents) as stage.bot:
            yield stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(FakeDiscord(openapi=OPENAPI)) as stage:
        yield stage


@pytest.fixture
async def unchecked() -> AsyncIterator[Stage]:
    """Without the OpenAPI document, for requests that are wrong on purpose."""
    async with staged(FakeDiscord()) as stage:
        yield stage


# Slash commands


async def test_the_first_follow_up_replaces_thinking(stage: Stage) -> None:
    answer = await (await stage.alice.slash(stage.channel, "ask", question="life")).response()
    assert stage.channel.messages == [answer]
    assert answer.content == "An answer to life"


async def test_a_deferred_reply_is_shown_as_thinking(stage: Stage) -> None:
    held = stage.fake.slow_next("POST", r"/webhooks/", seconds=0.05)
    asked = await stage.alice.slash(stage.channel, "ask", question="life")
    assert await asked.acknowledgement() is Callback.DEFERRED_MESSAGE
    assert asked.is_thinking
    assert not (await asked.response()).is_thinking
    assert held.used == 1


async def test_every_edit_is_kept_as_a_version(stage: Stage) -> None:
    answer = await (await stage.alice.slash(stage.channel, "ask", question="life")).response()
    await stage.fake.wait_for(lambda: len(answer.versions) == 2)
    assert [version.content for version in answer.versions] == ["An answer to life", "A better answer to life"]


async def test_a_private_deferral_keeps_the_answer_private(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "ask", question="life", private=True)
    answer = await asked.response()
    assert answer.is_ephemeral
    assert stage.alice.ephemerals(stage.channel) == [answer]
    assert stage.admin.sees(stage.channel) == []
    assert stage.channel.messages == []


async def test_a_late_first_response_is_an_unknown_interaction(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "wait")
    stage.fake.skip(3.1)
    assert asked.failed
    stage.bot.go_on.set()
    error = await stage.bot.failure()
    assert (error.status, error.code) == (404, 10062)
    assert stage.channel.messages == []


async def test_the_user_sees_that_nobody_answered() -> None:
    async with staged(FakeDiscord(response_deadline=0.05)) as stage:
        assert await (await stage.alice.slash(stage.channel, "wait")).failure()


async def test_a_second_first_response_is_refused(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "later")
    await asked.response()
    with pytest.raises(discord.HTTPException) as refused:
        await stage.request("POST", f"/interactions/{asked.id}/{asked.token}/callback", type=5)
    assert refused.value.code == 40060


async def test_a_slash_command_cannot_be_answered_by_an_update(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "wait")
    with pytest.raises(discord.HTTPException) as refused:
        await stage.request("POST", f"/interactions/{asked.id}/{asked.token}/callback", type=6)
    assert (refused.value.code, asked.callback) == (50035, None)


async def test_a_follow_up_before_the_first_response_meets_an_unknown_webhook(stage: Stage) -> None:
    await stage.alice.slash(stage.channel, "hasty")
    assert (await stage.bot.failure()).code == 10015


async def test_a_follow_up_stands_below_the_response(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "later")
    await asked.response()
    stage.bot.go_on.set()
    await asked.followup()
    assert [message.content for message in asked.messages] == ["At once", "Later"]


async def test_a_follow_up_may_carry_a_file(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "later")
    await asked.response()
    stage.bot.go_on.set()
    assert [each.filename for each in (await asked.followup()).attachments] == ["more.txt"]


async def test_a_token_expires_after_a_quarter_of_an_hour(stage: Stage) -> None:
    await (await stage.alice.slash(stage.channel, "later")).response()
    stage.fake.skip(901)
    stage.bot.go_on.set()
    error = await stage.bot.failure()
    assert (error.status, error.code) == (401, 50027)


async def test_a_response_may_be_fetched_and_deleted(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "ask", question="life")
    answer = await asked.response()
    path = f"/webhooks/{stage.fake.bot.id}/{asked.token}/messages/@original"
    fetched = await stage.bot.http.request(Route("GET", path))
    await stage.bot.http.request(Route("DELETE", path))
    assert fetched["id"] == str(answer.id)
    assert (answer.deleted, asked.messages) == (True, [])


async def test_an_interaction_may_be_answered_in_a_direct_message(stage: Stage) -> None:
    answer = await (await stage.alice.slash(stage.alice.dms, "ask", question="life")).response()
    assert stage.alice.dms.messages == [answer]


async def test_options_arrive_resolved(stage: Stage) -> None:
    role = stage.fake.add_role(stage.guild, "readers")
    told = await stage.alice.slash(stage.channel, "tell", where=stage.channel, role=role, who=stage.admin, how="loud")
    assert (await told.response()).content == "general readers admin loud"


async def test_a_subcommand_is_called_by_its_path(stage: Stage) -> None:
    rebuilt = await stage.admin.slash(stage.channel, "index rebuild", source="news")
    assert (await rebuilt.response()).content == "Rebuilt from news"


async def test_the_synced_commands_are_known(stage: Stage) -> None:
    assert stage.fake.commands.names() == ["ask", "wait", "later", "hasty", "shout", "confirm", "tell", "index"]
    assert stage.fake.commands.names(stage.guild) == []
    assert len(stage.fake.requests_to("PUT", r"/commands$")) == 1


async def test_a_command_that_is_synced_again_keeps_its_id(stage: Stage) -> None:
    first = await stage.bot.tree.fetch_commands()
    assert [command.id for command in await stage.bot.tree.sync()] == [command.id for command in first]


async def test_a_guild_may_have_commands_of_its_own(stage: Stage) -> None:
    stage.bot.tree.copy_global_to(guild=discord.Object(stage.guild.id))
    await stage.bot.tree.sync(guild=discord.Object(stage.guild.id))
    assert "ask" in stage.fake.commands.names(stage.guild)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("nothing", {}),
        ("ask", {}),
        ("ask", {"question": 1}),
        ("ask", {"question": "life", "style": "brief"}),
        ("wait", {"times": 10}),
        ("wait", {"times": True}),
        ("index", {}),
        ("index burn", {}),
        ("index rebuild", {"source": "news"}),
    ],
    ids=str,
)
async def test_a_call_that_the_client_would_not_send_is_not_possible(
    stage: Stage, command: str, options: dict[str, Any]
) -> None:
    with pytest.raises(NotPossible):
        await stage.alice.slash(stage.channel, command, **options)


async def test_a_guild_command_is_not_offered_in_direct_messages(stage: Stage) -> None:
    with pytest.raises(NotPossible):
        await stage.admin.slash(stage.admin.dms, "index rebuild", source="news")


async def test_changed_permissions_count_at_once(stage: Stage) -> None:
    stage.fake.change_permissions(stage.admin, discord.Permissions.none())
    with pytest.raises(NotPossible):
        await stage.admin.slash(stage.channel, "index rebuild", source="news")


async def test_choices_are_offered_while_typing(stage: Stage) -> None:
    choices = await stage.admin.autocomplete(stage.channel, "index rebuild", "source", "no")
    assert choices == [{"name": "notes", "value": "notes"}]


async def test_more_than_25_choices_are_refused() -> None:
    async with staged(FakeDiscord(response_deadline=0.2)) as stage:
        assert await stage.admin.autocomplete(stage.channel, "index rebuild", "source", "x") == []


# Messages


async def test_the_bot_replies_to_a_mention(stage: Stage) -> None:
    said = await stage.alice.mention_bot(stage.channel, "hello")
    reply = await stage.fake.wait_for_reply(said)
    assert reply.content == "You said: hello"


async def test_content_is_hidden_without_the_intent(stage: Stage) -> None:
    await stage.alice.say(stage.channel, "not for you")
    await stage.alice.mention_bot(stage.channel, "for you")
    await stage.alice.dm("for you too")

    def heard() -> list[str]:
        from_others = (message for message in stage.bot.heard if message.author != stage.bot.user)
        return [message.content.rpartition("> ")[2] for message in from_others]

    await until(lambda: len(heard()) == 3)
    assert heard() == ["", "for you", "for you too"]


async def test_content_is_read_with_the_intent() -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    async with staged(FakeDiscord(openapi=OPENAPI), intents=intents) as stage:
        await stage.alice.say(stage.channel, "for everyone")
        heard = await stage.bot.wait_for("message", timeout=5) if not stage.bot.heard else stage.bot.heard[0]
        assert heard.content == "for everyone"


async def test_history_hides_content_from_a_bot_without_the_privilege() -> None:
    privileged = discord.Intents(message_content=True)
    async with staged(FakeDiscord(openapi=OPENAPI, disallowed_intents=privileged)) as stage:
        await stage.alice.say(stage.channel, "not for you")
        assert [message.content async for message in stage.room.history()] == [""]


async def test_history_is_read_in_pages(stage: Stage) -> None:
    said = [await stage.alice.say(stage.channel, str(number)) for number in range(5)]
    middle = discord.Object(said[2].id)
    assert [message.content async for message in stage.room.history(limit=2)] == ["4", "3"]
    assert [message.content async for message in stage.room.history(before=middle)] == ["1", "0"]
    assert [message.content async for message in stage.room.history(after=middle)] == ["3", "4"]
    assert [message.content async for message in stage.room.history(around=middle, limit=3)] == ["3", "2", "1"]


async def test_what_users_edit_and_delete_is_heard(stage: Stage) -> None:
    said = await stage.alice.mention_bot(stage.channel, "helo")
    await stage.fake.wait_for_reply(said)
    await stage.alice.edit(said, f"{stage.fake.bot.mention} hello")
    _, edited = await stage.bot.wait_for("message_edit", timeout=5)
    await stage.alice.delete(said)
    deleted = await stage.bot.wait_for("message_delete", timeout=5)
    assert edited.content.endswith("hello")
    assert deleted.id == said.id
    assert said not in stage.channel.messages


@pytest.mark.parametrize(
    ("text", "allowed", "expected"),
    [
        ("@everyone", None, {"@everyone"}),
        ("@here and <@{alice}>", None, {"@here", "alice"}),
        ("<@&{readers}>", None, {"@&readers"}),
        ("@everyone <@{alice}> <@&{readers}>", {"parse": []}, set()),
        ("@everyone <@{alice}>", {"parse": ["users"]}, {"alice"}),
        ("<@{alice}> <@{admin}>", {"users": ["{admin}"]}, {"admin"}),
        ("`@everyone` ```<@{alice}>```", None, set()),
        ("nobody@everyone.org", {"parse": []}, set()),
    ],
)
async def test_a_message_knows_who_was_pinged(
    stage: Stage, text: str, allowed: dict[str, Any] | None, expected: set[str]
) -> None:
    readers = stage.fake.add_role(stage.guild, "readers", mentionable=True)
    ids = {"alice": stage.alice.id, "admin": stage.admin.id, "readers": readers.id}
    if allowed and "users" in allowed:
        allowed = {"users": [each.format(**ids) for each in allowed["users"]]}
    await stage.post(content=text.format(**ids), **({"allowed_mentions": allowed} if allowed else {}))
    assert stage.channel.messages[0].pinged == expected


async def test_a_reply_pings_its_author_only_if_allowed(stage: Stage) -> None:
    said = await stage.alice.say(stage.channel, "hello")
    cases: list[dict[str, Any]] = [{"parse": []}, {"parse": [], "replied_user": True}]
    for allowed in cases:
        await stage.post(content="hi", message_reference={"message_id": str(said.id)}, allowed_mentions=allowed)
    assert [message.pinged for message in stage.channel.messages[1:]] == [frozenset(), {"alice"}]


async def test_an_ephemeral_message_and_an_edit_ping_nobody(stage: Stage) -> None:
    shouted = await (await stage.alice.slash(stage.channel, "shout", text="quiet")).response()
    message = await stage.room.fetch_message(shouted.id)
    await message.edit(content="@everyone", allowed_mentions=discord.AllowedMentions.all())
    assert shouted.content == "@everyone"
    assert not shouted.pinged


async def test_a_shouting_response_pings(stage: Stage) -> None:
    assert (await (await stage.alice.slash(stage.channel, "shout", text="@everyone")).response()).pinged == {
        "@everyone"
    }


async def test_files_arrive_with_their_names(stage: Stage) -> None:
    file = discord.File(io.BytesIO(b"a,b\n"), "table.csv", description="Numbers")
    sent = await stage.room.send("Here", file=file)
    kept = sent.attachments[0]
    await sent.edit(attachments=[kept, discord.File(io.BytesIO(b"x"), "more.txt")])
    attachments = stage.channel.messages[0].attachments
    assert [(each.filename, each.content, each.description) for each in attachments] == [
        ("table.csv", b"a,b\n", "Numbers"),
        ("more.txt", b"x", None),
    ]


async def test_an_enforced_nonce_is_posted_once(stage: Stage) -> None:
    first = await stage.post(content="one", nonce="7", enforce_nonce=True)
    assert await stage.post(content="one", nonce="7", enforce_nonce=True) == first
    assert len(stage.channel.messages) == 1


async def test_reactions_typing_and_threads_are_seen(stage: Stage) -> None:
    said = await stage.alice.say(stage.channel, "hello")
    message = await stage.room.fetch_message(said.id)
    await message.add_reaction("👍")
    await message.add_reaction("👎")
    assert stage.bot.user
    await message.remove_reaction("👎", stage.bot.user)
    async with stage.room.typing():
        thread = await message.create_thread(name="More")
        await thread.send("in the thread")
    assert said.reactions == {"👍": [stage.fake.bot], "👎": []}
    assert stage.channel.typing_count == 1
    assert said.thread
    assert [each.starter or each.content for each in said.thread.messages] == [said, "in the thread"]


async def test_reactions_are_fetched_with_the_message(stage: Stage) -> None:
    sent = await stage.room.send("hello")
    await sent.add_reaction("👍")
    fetched = await stage.room.fetch_message(sent.id)
    assert [(str(each.emoji), each.count, each.me) for each in fetched.reactions] == [("👍", 1, True)]


async def test_a_message_grows_one_thread_at_most(stage: Stage) -> None:
    sent = await stage.room.send("hello")
    await sent.create_thread(name="One")
    with pytest.raises(discord.HTTPException) as refused:
        await sent.create_thread(name="Two")
    assert refused.value.code == 160004


async def test_a_user_replies_to_the_bot(stage: Stage) -> None:
    said = await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "life"))
    reply = await stage.fake.wait_for_reply(await stage.alice.reply(said, "and death?"))
    assert reply.content == "You said: death?"


@pytest.mark.parametrize("to_command", [True, False])
async def test_a_reply_that_pings_nobody_or_follows_a_command_is_ignored(stage: Stage, to_command: bool) -> None:
    """Without the message content intent, Discord sends neither its text nor its mention."""
    if to_command:
        answer = await (await stage.alice.slash(stage.channel, "ask", question="life")).response()
    else:
        answer = await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "life"))
    quiet = await stage.alice.reply(answer, "and death?", pings=to_command)
    last = await stage.alice.mention_bot(stage.channel, "the end")
    await stage.fake.wait_for_reply(last)
    [heard] = [each for each in stage.bot.heard if each.id == quiet.id]
    assert (heard.content, heard.mentions) == ("", [])


async def test_a_stranger_writes_a_direct_message(stage: Stage) -> None:
    stranger = stage.fake.add_stranger("nobody")
    said = await stranger.mention_bot(stranger.dms, "hello")
    assert (await stage.fake.wait_for_reply(said)).content == "You said: hello"


async def test_the_text_of_an_embed_can_be_read(stage: Stage) -> None:
    embed = discord.Embed(title="A", description="b").add_field(name="c", value="d").set_footer(text="e")
    await stage.room.send(embed=embed)
    assert stage.channel.messages[0].text == "A\nb\nc\nd\ne"


async def test_a_direct_message_reaches_its_user(stage: Stage) -> None:
    user = await stage.bot.fetch_user(stage.alice.id)
    await user.send("psst")
    assert [message.content for message in stage.alice.dms.messages] == ["psst"]


async def test_a_deleted_message_is_unknown(stage: Stage) -> None:
    sent = await stage.room.send("soon gone")
    await sent.delete()
    with pytest.raises(discord.NotFound):
        await sent.edit(content="too late")
    assert stage.channel.messages == []


async def test_guilds_members_and_channels_can_be_fetched(stage: Stage) -> None:
    guild = await stage.bot.fetch_guild(stage.guild.id)
    assert (await guild.fetch_member(stage.alice.id)).name == "alice"
    assert [channel.name for channel in await guild.fetch_channels()] == ["general"]
    assert next(role.name for role in await guild.fetch_roles()) == "@everyone"
    assert (await stage.bot.fetch_channel(stage.channel.id)).id == stage.channel.id


async def test_members_are_listed_with_the_members_intent() -> None:
    async with staged(FakeDiscord(openapi=OPENAPI), intents=discord.Intents(guilds=True, members=True)) as stage:
        guild = await stage.bot.fetch_guild(stage.guild.id)
        members = {member.name async for member in guild.fetch_members(limit=10)}
        assert members == {"Footnote", "owner of Library", "alice", "admin"}


# Buttons, menus and modals


async def asked_back(stage: Stage, *, private: bool = False) -> Message:
    return await (await stage.alice.slash(stage.channel, "confirm", private=private)).response()


async def test_a_click_updates_the_message(stage: Stage) -> None:
    message = await asked_back(stage)
    updated = await (await stage.admin.click(message, "Approve")).response()
    assert updated is message
    assert message.content == "Approved by admin"


async def test_a_button_is_found_by_its_custom_id(stage: Stage) -> None:
    clicked = await stage.alice.click(await asked_back(stage), "approve")
    assert await clicked.acknowledgement() is Callback.UPDATE


async def test_a_deferred_update_edits_the_message_later(stage: Stage) -> None:
    message = await asked_back(stage)
    clicked = await stage.alice.click(message, "Quiet")
    assert (await clicked.response()).content == "Changed quietly"
    assert clicked.messages == []


@pytest.mark.parametrize("button", ["Later", "Never", "Read"])
async def test_a_button_that_cannot_be_pressed_is_not_possible(stage: Stage, button: str) -> None:
    message = await asked_back(stage)
    with pytest.raises(NotPossible):
        await stage.alice.click(message, button)


async def test_nobody_clicks_what_only_another_sees(stage: Stage) -> None:
    message = await asked_back(stage, private=True)
    with pytest.raises(NotPossible):
        await stage.admin.click(message, "Approve")


async def test_two_people_may_click_at_once(stage: Stage) -> None:
    message = await asked_back(stage)
    clicks = await asyncio.gather(stage.alice.click(message, "Approve"), stage.admin.click(message, "Approve"))
    for clicked in clicks:
        await clicked.acknowledgement()
    assert len(message.versions) == 3


async def test_a_menu_sends_its_values(stage: Stage) -> None:
    chosen = await stage.alice.select(await asked_back(stage), "bad", menu="Rating")
    assert (await chosen.response()).content == "Rated bad"


async def test_a_user_menu_resolves_its_values(stage: Stage) -> None:
    chosen = await stage.alice.select(await asked_back(stage), stage.admin, menu="Who")
    assert (await chosen.response()).content == "Chose admin"


async def test_a_value_that_a_menu_does_not_offer_is_not_possible(stage: Stage) -> None:
    message = await asked_back(stage)
    with pytest.raises(NotPossible):
        await stage.alice.select(message, "ugly", menu="Rating")


async def test_a_modal_is_filled_in_and_submitted(stage: Stage) -> None:
    modal = await (await stage.alice.click(await asked_back(stage), "Why")).modal()
    submitted = await stage.alice.submit(modal, {"Reason": "it is so"})
    assert modal.title == "Why?"
    assert (await submitted.response()).content == "Because it is so"


@pytest.mark.parametrize("answers", [{}, {"Reason": "x" * 51}, {"Reason": "x", "Other": "y"}])
async def test_a_modal_filled_in_wrongly_is_not_possible(stage: Stage, answers: dict[str, str]) -> None:
    modal = await (await stage.alice.click(await asked_back(stage), "Why")).modal()
    with pytest.raises(NotPossible):
        await stage.alice.submit(modal, answers)


async def test_a_modal_with_rows_is_submitted_by_custom_id(stage: Stage) -> None:
    asked = await stage.alice.slash(stage.channel, "wait")
    field = {"type": 4, "custom_id": "why", "label": "Why?", "style": 1}
    modal = {"title": "x", "custom_id": "reasons", "components": [row(field)]}
    await stage.request("POST", f"/interactions/{asked.id}/{asked.token}/callback", type=9, data=modal)
    await stage.alice.submit(await asked.modal(), {"why": "so"})
    submitted: Any = await stage.bot.wait_for("interaction", timeout=5)
    assert submitted.data["components"][0]["components"][0]["value"] == "so"


async def test_the_text_of_a_layout_can_be_read(stage: Stage) -> None:
    section: ui.Section[Any] = ui.Section("one", accessory=ui.Button(label="Go", custom_id="go"))
    await stage.room.send(view=ui.LayoutView().add_item(ui.Container(section, ui.TextDisplay("two"))))
    message = stage.channel.messages[0]
    assert message.text == "one\ntwo"
    assert message.buttons[0]["label"] == "Go"


# Permissions


@pytest.mark.parametrize(("permission", "code"), [("view_channel", 50001), ("send_messages", 50013)])
async def test_a_missing_permission_is_refused(stage: Stage, permission: str, code: int) -> None:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(**{permission: True}))
    with pytest.raises(discord.Forbidden) as refused:
        await stage.post(content="hello")
    assert refused.value.code == code


async def test_the_client_learns_of_an_overwrite(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    await stage.bot.wait_for("guild_channel_update", timeout=5)
    assert not stage.room.permissions_for(stage.room.guild.me).send_messages


async def test_only_moderators_delete_the_messages_of_others(stage: Stage) -> None:
    said = await stage.alice.say(stage.channel, "hello")
    message = await stage.room.fetch_message(said.id)
    with pytest.raises(discord.Forbidden):
        await message.delete()
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, allow=discord.Permissions(manage_messages=True))
    await message.delete()
    assert said.deleted


async def test_nobody_edits_the_messages_of_others(stage: Stage) -> None:
    said = await stage.alice.say(stage.channel, "hello")
    with pytest.raises(discord.Forbidden) as refused:
        await stage.room.get_partial_message(said.id).edit(content="bye")
    assert refused.value.code == 50005


async def test_a_user_may_refuse_direct_messages(stage: Stage) -> None:
    stage.alice.user.accepts_dms = False
    user = await stage.bot.fetch_user(stage.alice.id)
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("psst")
    assert refused.value.code == 50007


async def test_a_reply_to_a_deleted_message_is_refused(stage: Stage) -> None:
    said = await stage.alice.say(stage.channel, "hello")
    message = await stage.room.fetch_message(said.id)
    await stage.alice.delete(said)
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await message.reply("hi")


# Limits


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def button(number: int = 0, **parts: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": f"b{number}"} | parts


def menu(count: int) -> dict[str, Any]:
    options = [{"label": str(number), "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options}


def layout(*components: dict[str, Any]) -> dict[str, Any]:
    return {"flags": 1 << 15, "components": list(components)}


def words(size: int) -> dict[str, Any]:
    return {"type": 10, "content": "x" * size}


TOO_MUCH = {
    "content": {"content": "x" * 2001},
    "title": embed(title="x" * 257),
    "description": embed(description="x" * 4097),
    "footer": embed(title="x", footer={"text": "x" * 2049}),
    "field name": embed(fields=[{"name": "x" * 257, "value": "x"}]),
    "field value": embed(fields=[{"name": "x", "value": "x" * 1025}]),
    "empty field": embed(fields=[{"name": "x", "value": ""}]),
    "fields": embed(fields=[{"name": "x", "value": "x"}] * 26),
    "embeds": {"embeds": [{"title": "x"}] * 11},
    "all embeds": {"embeds": [{"description": "x" * 3001}] * 2},
    "embed url": embed(title="x", url="file:///x"),
    "rows": {"content": "x", "components": [row(button(number)) for number in range(6)]},
    "buttons in a row": {"content": "x", "components": [row(*(button(number) for number in range(6)))]},
    "label": {"content": "x", "components": [row(button(label="x" * 81))]},
    "custom id": {"content": "x", "components": [row(button(custom_id="x" * 101))]},
    "empty custom id": {"content": "x", "components": [row(button(custom_id=""))]},
    "same custom id": {"content": "x", "components": [row(button(), button())]},
    "link": {"content": "x", "components": [row({"type": 2, "style": 5, "label": "x", "url": "file:///x"})]},
    "options": {"content": "x", "components": [row(menu(26))]},
    "text outside of a layout": {"content": "x", "components": [words(1)]},
    "content in a layout": layout(words(1)) | {"content": "x"},
    "41 components": layout(
        *({"type": 17, "components": [words(1)] * 19}, {"type": 17, "components": [words(1)] * 20})
    ),
    "text of a layout": layout(words(2000), words(2001)),
    "mentions": {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
}


@pytest.mark.parametrize("body", TOO_MUCH.values(), ids=TOO_MUCH.keys())
async def test_a_message_over_a_limit_is_an_invalid_form(unchecked: Stage, body: dict[str, Any]) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await unchecked.post(**body)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert unchecked.channel.messages == []


AT_THE_LIMIT = {
    "content": {"content": "x" * 2000},
    "all embeds": {"embeds": [{"description": "x" * 3000}] * 2},
    "buttons": {"content": "x", "components": [row(*(button(5 * r + n) for n in range(5))) for r in range(5)]},
    "options": {"content": "x", "components": [row(menu(25))]},
    "components": layout(*({"type": 17, "components": [words(1)] * 19}, {"type": 17, "components": [words(1)] * 19})),
    "text of a layout": layout(words(2000), words(2000)),
}


@pytest.mark.parametrize("body", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT.keys())
async def test_a_message_at_the_limit_is_taken(stage: Stage, body: dict[str, Any]) -> None:
    await stage.post(**body)
    assert len(stage.channel.messages) == 1


async def test_a_layout_stays_one_when_it_is_edited(unchecked: Stage) -> None:
    await unchecked.post(**layout(words(1)))
    path = f"/channels/{unchecked.channel.id}/messages/{unchecked.channel.messages[0].id}"
    with pytest.raises(discord.HTTPException, match="content"):
        await unchecked.request("PATCH", path, content="x")
    await unchecked.request("PATCH", path, components=[words(2)])
    assert unchecked.channel.messages[0].text == "xx"


async def test_an_empty_message_is_refused(stage: Stage) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await stage.post(content="  ")
    assert refused.value.code == 50006


async def test_an_error_names_the_place(unchecked: Stage) -> None:
    with pytest.raises(discord.HTTPException, match=r"In embeds\.0\.fields\.1\.value: Must be 1024 or fewer"):
        await unchecked.post(**embed(fields=[{"name": "x", "value": "x"}, {"name": "x", "value": "x" * 1025}]))


WRONG_COMMANDS: dict[str, dict[str, Any]] = {
    "name": {"name": "Ask Me", "description": "x"},
    "description": {"name": "ask", "description": "x" * 101},
    "no description": {"name": "ask"},
    "options": {"name": "ask", "description": "x", "options": [
        {"type": 3, "name": f"o{number}", "description": "x"} for number in range(26)
    ]},
    "optional before required": {"name": "ask", "description": "x", "options": [
        {"type": 3, "name": "a", "description": "x"},
        {"type": 3, "name": "b", "description": "x", "required": True},
    ]},
    "name in a language": {"name": "ask", "description": "x", "name_localizations": {"de": "Frag mich"}},
    "description in a language": {"name": "ask", "description": "x", "description_localizations": {"de": "x" * 101}},
    "options alike in a language": {"name": "ask", "description": "x", "options": [
        {"type": 3, "name": "a", "description": "x", "name_localizations": {"de": "b"}},
        {"type": 3, "name": "b", "description": "x"},
    ]},
    "too much text in a language": {"name": "ask", "description": "x", "options": [
        {"type": 3, "name": f"o{number}", "description": "x", "choices": [
            {"name": f"{at}", "value": f"{at}", "name_localizations": {"de": "x" * 100}} for at in range(25)
        ]} for number in range(4)
    ]},
}  # fmt: skip


@pytest.mark.parametrize("command", WRONG_COMMANDS.values(), ids=WRONG_COMMANDS.keys())
async def test_a_command_over_a_limit_is_an_invalid_form(unchecked: Stage, command: dict[str, Any]) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await unchecked.bot.http.bulk_upsert_global_commands(unchecked.fake.bot.id, [command])
    assert refused.value.code == 50035


def labelled(**parts: Any) -> dict[str, Any]:
    """A label with a menu, for a modal."""
    menu = {"type": 3, "custom_id": "y", "options": [{"label": "x", "value": "x"}]}
    return {"components": [{"type": 18, "label": "x", "component": menu | parts}]}


@pytest.mark.parametrize(
    "modal",
    [
        {"title": "x" * 46},
        {"custom_id": ""},
        {"components": []},
        labelled(options=[]),
        labelled(options=[{"label": "x", "value": "x"}] * 2),
        labelled(max_values=2),
        labelled(disabled=True),
    ],
    ids=str,
)
async def test_a_modal_over_a_limit_is_an_invalid_form(unchecked: Stage, modal: dict[str, Any]) -> None:
    asked = await unchecked.alice.slash(unchecked.channel, "wait")
    fine = {
        "title": "x",
        "custom_id": "x",
        "components": [row({"type": 4, "custom_id": "y", "label": "x", "style": 1})],
    }
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    with pytest.raises(discord.HTTPException) as refused:
        await unchecked.request("POST", path, type=9, data=fine | modal)
    assert refused.value.code == 50035
    await unchecked.request("POST", path, type=9, data=fine | labelled())


# Rate limits and problem


async def test_the_client_paces_itself_by_the_headers() -> None:
    async with staged(FakeDiscord(openapi=OPENAPI, rates=STRICT)) as stage:
        for number in range(4):
            await stage.room.send(str(number))
        stage.fake.skip(5)
        await stage.room.send("after the window")
        statuses = [each.statuses[0] for each in stage.fake.requests_to("POST", r"/messages$")]
        assert statuses == [200] * 5


async def test_a_request_over_the_rate_limit_learns_when_to_retry() -> None:
    async with staged(FakeDiscord(rates=STRICT)) as stage, aiohttp.ClientSession() as session:
        url = f"{stage.fake.api_url}/channels/{stage.channel.id}/messages"
        headers = {"Authorization": f"Bot {stage.fake.token}"}
        for _ in range(5):
            await session.post(url, json={"content": "x"}, headers=headers)
        async with session.post(url, json={"content": "x"}, headers=headers) as response:
            body = await response.json()
            assert response.status == 429
            assert response.headers["X-RateLimit-Remaining"] == "0"
            assert 4 < body["retry_after"] <= 5


async def test_the_global_limit_counts_over_all_routes() -> None:
    async with staged(FakeDiscord(rates=STRICT)) as stage, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {stage.fake.token}"}
        answers = [await session.get(f"{stage.fake.api_url}/users/{n}", headers=headers) for n in range(51)]
        assert "true" in [answer.headers.get("X-RateLimit-Global") for answer in answers]


async def test_a_429_on_order_is_retried_by_the_client(stage: Stage) -> None:
    fault = stage.fake.fail_next("POST", r"/messages$", status=429, retry_after=0.01)
    await stage.room.send("hello")
    assert fault.used == 1
    assert [each.statuses for each in stage.fake.requests_to("POST", r"/messages$")] == [[429], [200]]


async def test_some_of_all_requests_fail_by_chance(unchecked: Stage) -> None:
    post = {"content": "hello"}
    path = f"/channels/{unchecked.channel.id}/messages"
    unchecked.fake.fail_by_chance(1.0, Random(1))  # noqa: S311 - a test's
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {unchecked.fake.token}"}) as session:
        statuses = []
        for _ in range(40):
            with contextlib.suppress(aiohttp.ClientError):
                statuses.append((await session.post(unchecked.fake.api_url + path, json=post)).status)
        assert {*statuses} == {429, 500, 502, 503}
        assert 0 < len(unchecked.channel.messages) < 40
        unchecked.fake.fail_by_chance(0.0, Random(1))  # noqa: S311 - a test's
        assert (await session.post(unchecked.fake.api_url + path, json=post)).status == 200


async def test_a_failure_after_the_effect_leaves_the_effect(stage: Stage) -> None:
    stage.fake.fail_next("POST", r"/messages$", status=503, after_effect=True)
    with pytest.raises(discord.DiscordServerError):
        await stage.room.send("hello")
    assert len(stage.channel.messages) == 1


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_torn_connection_reaches_the_caller(stage: Stage, after_effect: bool) -> None:
    stage.fake.tear_next("POST", r"/messages$", after_effect=after_effect)
    with pytest.raises(aiohttp.ClientError):
        await stage.room.send("hello")
    assert len(stage.channel.messages) == after_effect


async def test_a_slow_answer_comes_late_but_comes(stage: Stage) -> None:
    slow = stage.fake.slow_next("POST", r"/messages$", seconds=0.1)
    sending = asyncio.create_task(stage.room.send("hello"))
    await until(lambda: slow.used == 1)
    assert stage.channel.messages == []
    await sending
    assert len(stage.channel.messages) == 1


async def test_a_wait_that_times_out_reports_what_was_there(stage: Stage) -> None:
    await stage.alice.say(stage.channel, "hello?")
    with pytest.raises(AssertionError, match=r"(?s)an echo did not happen.*#general\n    alice: hello\?"):
        await stage.fake.wait_for(lambda: False, timeout=0.01, what="an echo")


# The gateway


async def test_a_dropped_client_resumes_and_misses_nothing(stage: Stage) -> None:
    await stage.fake.drop_gateway()
    said = await stage.alice.mention_bot(stage.channel, "are you there?")
    reply = await stage.fake.wait_for_reply(said)
    assert reply.content == "You said: are you there?"
    assert (stage.fake.gateway.identifies, stage.fake.gateway.resumes) == (1, 1)


async def test_a_client_that_is_asked_to_reconnect_resumes(stage: Stage) -> None:
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(lambda: stage.fake.gateway.resumes == 1)
    assert stage.fake.gateway.identifies == 1


async def test_after_an_invalid_session_a_new_one_begins(stage: Stage) -> None:
    await stage.fake.invalidate_session()
    await stage.fake.wait_for(lambda: stage.fake.gateway.identifies == 2, timeout=8)
    assert stage.fake.gateway.resumes == 0


async def test_a_bot_may_be_restarted(stage: Stage) -> None:
    await stage.bot.close()
    assert not stage.fake.gateway.is_connected
    asked = await stage.alice.slash(stage.channel, "ask", question="nobody there")
    async with running(stage.fake):
        answer = await (await stage.alice.slash(stage.channel, "ask", question="life")).response()
    assert answer.content.endswith("life")
    assert asked.callback is None


async def test_a_wrong_token_is_refused() -> None:
    async with FakeDiscord() as fake, Bot(discord.Intents.default()) as bot:
        with pointed_at(fake), pytest.raises(discord.LoginFailure):
            await bot.start("wrong")


async def test_a_disallowed_intent_ends_the_connection() -> None:
    async with FakeDiscord(disallowed_intents=discord.Intents(members=True)) as fake:
        with pointed_at(fake), pytest.raises(discord.PrivilegedIntentsRequired):
            async with Bot(discord.Intents.all()) as bot:
                await bot.start(fake.token)


async def test_the_client_keeps_its_connection_alive() -> None:
    async with staged(FakeDiscord(heartbeat_interval=0.25)) as stage:
        await stage.fake.wait_for(lambda: stage.fake.gateway.heartbeats >= 3)
        assert stage.fake.gateway.missed_heartbeats == 0


async def test_a_client_without_a_heartbeat_is_noticed() -> None:
    async with (
        FakeDiscord(heartbeat_interval=0.02) as fake,
        aiohttp.ClientSession() as session,
        session.ws_connect(fake.gateway_url) as socket,
    ):
        assert (await socket.receive_json())["op"] == 10
        await fake.wait_for(lambda: fake.gateway.missed_heartbeats)


# Violations


async def test_an_unknown_route_is_a_violation() -> None:
    fake = FakeDiscord()
    async with staged(fake) as stage:
        with pytest.raises(discord.NotFound):
            await stage.bot.http.request(Route("GET", "/nowhere"))
        assert fake.violations == ["GET /nowhere: the fake does not know this route"]
        fake.violations.clear()


async def test_a_violation_fails_the_test() -> None:
    fake = FakeDiscord()
    await fake.__aenter__()
    fake.violations.append("GET /nowhere")
    with pytest.raises(AssertionError, match="Discord would object:\nGET /nowhere"):
        await fake.__aexit__(None, None, None)


@needs_openapi
@pytest.mark.parametrize(
    "body",
    [
        {"content": "x", "tts": "loudly"},
        {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "label": "x", "custom_id": "x"}]}]},
        {"content": "x", "message_reference": {"message_id": "first"}},
    ],
    ids=str,
)
async def test_a_body_against_the_openapi_document_is_a_violation(body: dict[str, Any]) -> None:
    async with staged(FakeDiscord(openapi=OPENAPI)) as stage:
        with contextlib.suppress(discord.HTTPException):
            await stage.post(**body)
        assert [violation.partition(": $.")[0] for violation in stage.fake.violations] == [
            "POST /channels/{channel_id}/messages"
        ]
        stage.fake.violations.clear()


async def test_without_the_openapi_document_the_check_is_off() -> None:
    async with FakeDiscord(openapi=Path("nowhere.json")) as fake:
        assert not fake.checks_openapi
