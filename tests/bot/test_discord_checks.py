"""The bot in Discord, as the doctor finds it, from what Discord's REST interface says."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord.http import HTTPClient, Route
from small_discord import BOT, FORUM, OWNER, Payload, channel, failed, member, overwrite, role, user

from footnote_bot.doctor.discord_checks import DiscordSetup, discord_findings
from footnote_bot.doctor.findings import Finding, State

CONTENT, LIMITED_CONTENT = 1 << 18, 1 << 19
ABLE = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, read_message_history=True, attach_files=True
)
TALK, DESK, HIDDEN = 2, 3, 4


class World:
    """One server, and what Discord answers about it and the bot."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.application: Payload = {
            "id": str(BOT),
            "name": "Footnote",
            "description": "",
            "icon": None,
            "bot_public": False,
            "bot_require_code_grant": False,
            "owner": user(OWNER),
            "verify_key": "",
            "flags": 0,
        }
        self.channels: list[Payload] = [channel(TALK, name="talk"), channel(DESK, name="desk")]
        self.answers: dict[str, Any] = {}
        self.everyone = ABLE
        self.review: tuple[int, None] | None = (DESK, None)
        self.asks_in: Sequence[int] = ()
        self.has_stores = True

        async def request(_client: HTTPClient, route: Route, **_options: object) -> object:
            return self.answer(f"{route.method} {route.url.removeprefix(Route.BASE)}")

        monkeypatch.setattr(HTTPClient, "request", request)

    def answer(self, request: str) -> object:
        server = {"id": "1", "name": "Town", "owner_id": str(OWNER)}
        usual: dict[str, object] = {
            "GET /users/@me": user(BOT, is_bot=True),
            "GET /oauth2/applications/@me": self.application,
            "GET /users/@me/guilds": [server],
            "GET /guilds/1": server | {"roles": [role(1, self.everyone)]},
            "GET /guilds/1/channels": self.channels,
            f"GET /guilds/1/members/{BOT}": member(BOT, is_bot=True),
        }
        found = (usual | self.answers).get(request, failed(404, discord.NotFound))
        if isinstance(found, Exception):
            raise found
        return found

    async def examined(self, *, guild_ids: tuple[int, ...] = (), reads_messages: bool = False) -> dict[str, Finding]:
        """By subject; of a server, its last finding before that on review."""

        async def review_channel(_guild_id: int) -> tuple[int, None] | None:
            return self.review

        async def ask_channels(_guild_id: int) -> Sequence[int]:
            return self.asks_in

        answers = SimpleNamespace(review_channel=review_channel)
        stores: Any = SimpleNamespace(answers=answers, policies=SimpleNamespace(ask_channels=ask_channels))
        setup = DiscordSetup("token", guild_ids, stores if self.has_stores else None, reads_messages)
        return {finding.subject: finding async for finding in discord_findings(setup)}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch)


async def test_a_bot_that_works_has_nothing_to_do(world: World) -> None:
    found = await world.examined()
    assert {finding.state for finding in found.values()} == {State.OK}
    assert found["Server Town"].line == "the bot can answer in 2 channels"
    assert found["Review in Town"].line == "cards are posted in #desk"


@pytest.mark.parametrize(
    ("error", "line"),
    [(failed(401), "Discord rejected it"), (failed(503), "cannot be reached"), (OSError(), "cannot be reached")],
)
async def test_nothing_else_is_examined_without_a_login(world: World, error: Exception, line: str) -> None:
    world.answers["GET /users/@me"] = error
    [finding] = (await world.examined()).values()
    assert finding.state is State.BAD
    assert line in finding.line


@pytest.mark.parametrize(
    ("flags", "is_wanted", "state"),
    [
        (0, False, State.OK),
        (0, True, State.BAD),
        (CONTENT, True, State.OK),
        (LIMITED_CONTENT, True, State.OK),
        (CONTENT, False, State.OK),
    ],
)
async def test_the_intent_has_to_be_on_if_it_is_wanted(world: World, flags: int, is_wanted: bool, state: State) -> None:
    world.application["flags"] = flags
    assert (await world.examined(reads_messages=is_wanted))["Intents"].state is state


@pytest.mark.parametrize(
    ("is_public", "guild_ids", "state"),
    [(False, (), State.OK), (True, (), State.WARN), (True, (1,), State.OK), (False, (1,), State.OK)],
)
async def test_who_can_invite_the_bot_matters_if_it_serves_every_server(
    world: World, is_public: bool, guild_ids: tuple[int, ...], state: State
) -> None:
    world.application["bot_public"] = is_public
    assert (await world.examined(guild_ids=guild_ids))["Inviting"].state is state


async def test_servers_that_are_listed_and_those_that_it_is_in_are_compared(world: World) -> None:
    found = await world.examined(guild_ids=(77,))
    assert (found["Server 77"].state, found["Server 77"].line) == (State.BAD, "the bot is not in it")
    assert (found["Server Town"].state, found["Server Town"].line) == (
        State.WARN,
        "the bot is in it, but does not serve it",
    )
    world.answers["GET /users/@me/guilds"] = []
    assert (await world.examined())["Servers"].line == "the bot is in no server"


async def test_a_server_that_cannot_be_examined_does_not_end_the_examination(world: World) -> None:
    broken = {"id": "5", "name": "Gone", "owner_id": str(OWNER)}
    world.answers["GET /users/@me/guilds"] = [broken, {"id": "1", "name": "Town", "owner_id": str(OWNER)}]
    found = await world.examined()
    assert (found["Server Gone"].state, found["Server Gone"].advice) == (State.BAD, "try again")
    assert found["Server Town"].state is State.OK


async def test_channels_that_the_bot_cannot_see_do_not_count_unless_there_are_no_others(world: World) -> None:
    world.channels.append(channel(HIDDEN, overwrite(1, sees=False)))
    assert (await world.examined())["Server Town"].state is State.OK
    world.asks_in = [HIDDEN]
    found = (await world.examined())["Server Town"]
    assert found.state is State.BAD
    assert "View Channel" in found.advice


async def test_a_channel_that_it_sees_and_cannot_post_in_is_named(world: World) -> None:
    denied = discord.Permissions(send_messages=True)
    mute = {"id": "1", "type": 0, "allow": "0", "deny": str(denied.value)}
    world.channels += [channel(number, mute, name=f"mute{number}") for number in range(10, 16)]
    found = (await world.examined())["Server Town"]
    assert found.state is State.WARN
    assert found.advice.startswith("it lacks #mute10: Send Messages")
    assert found.advice.endswith("; and 1 more")
    world.asks_in = [TALK]
    assert (await world.examined())["Server Town"].line == "the bot can answer in 1 channel"


async def test_a_forum_for_questions_is_a_channel_where_its_posts_are_written_in(world: World) -> None:
    world.channels.append(channel(HIDDEN, kind=FORUM, available_tags=[], default_sort_order=None))
    world.asks_in = [HIDDEN]
    found = (await world.examined())["Server Town"]
    assert (found.state, found.advice) == (State.BAD, "give its role Send Messages in Threads")
    world.everyone = discord.Permissions(ABLE.value, send_messages_in_threads=True)
    assert (await world.examined())["Server Town"].line == "the bot can answer in 1 channel"


async def test_without_any_permission_all_that_are_missing_are_listed(world: World) -> None:
    world.everyone = discord.Permissions(view_channel=True, send_messages=True)
    found = (await world.examined())["Server Town"]
    assert (found.state, found.advice) == (State.BAD, "give its role Embed Links")


@pytest.mark.parametrize(
    ("review", "everyone", "state", "line"),
    [
        (None, ABLE, State.WARN, "it is not set up"),
        ((404, None), ABLE, State.BAD, "its channel is deleted, or the bot cannot see it"),
        ((DESK, None), ABLE & ~discord.Permissions(attach_files=True), State.BAD, "cards cannot be posted in #desk"),
    ],
)
async def test_the_review_channel_has_to_take_cards(
    world: World, review: tuple[int, None] | None, everyone: discord.Permissions, state: State, line: str
) -> None:
    world.review, world.everyone = review, everyone
    found = (await world.examined())["Review in Town"]
    assert (found.state, found.line) == (state, line)


async def test_without_a_database_no_channel_is_known_for_review(world: World) -> None:
    world.has_stores = False
    assert (await world.examined())["Review in Town"].line == "it is not set up"


async def test_an_administrator_is_warned_about_and_answers_everywhere(world: World) -> None:
    world.everyone = discord.Permissions(administrator=True)
    world.answers["GET /guilds/1/channels"] = []
    found = await world.examined()
    assert found["Server Town"].line == "the bot cannot answer in any channel"
    del world.answers["GET /guilds/1/channels"]
    lines = {finding.line for finding in (await world.examined()).values()}
    assert "the bot can answer in 2 channels" in lines
