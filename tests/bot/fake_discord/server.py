"""FakeDiscord: the server on loopback, and what tests build, steer and see."""

import re
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web
from discord import Intents, Permissions

from . import payloads
from .api import PREFIX, Api
from .clock import Changes, Clock
from .commands import Commands
from .faults import Fault, Faults, Kind, drawn_faults
from .gateway import Gateway
from .interactions import Interaction, Interactions
from .openapi import OpenApi
from .people import Person, Settling
from .posting import Posting
from .rates import GENEROUS, RateLimits, Rates
from .routes import Request, Routes
from .world import Attachment, Channel, Guild, Message, Role, User, World

T = TypeVar("T")

BOT_PERMISSIONS = Permissions(view_channel=True, send_messages=True, embed_links=True, read_message_history=True)
NO_PERMISSIONS = Permissions.none()
TOKEN = "a-token-for-tests"  # noqa: S105 - it opens nothing
_GATEWAY_PATH = "/gateway"
_CDN_PATH = "/attachments"


class FakeDiscord:
    """See the package's docstring for how a test uses it."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        openapi: Path | None = None,
        rates: Rates = GENEROUS,
        response_deadline: float = 3.0,
        token_lifetime: float = 900.0,
        heartbeat_interval: float = 41.25,
        disallowed_intents: Intents | None = None,
    ) -> None:
        self.token = token
        self.violations: list[str] = []
        self.clock = Clock()
        self.world = World(self.clock)
        self._changes = Changes(self.transcript)
        changed = self._changes.notify
        self.gateway = Gateway(
            self.world,
            token=token,
            heartbeat_interval=heartbeat_interval,
            disallowed=disallowed_intents or Intents.none(),
            report=self.violations.append,
            changed=changed,
        )
        self.commands = Commands(self.world)
        self._posting = Posting(self.world, self.gateway, changed)
        self._interactions = Interactions(
            self.world,
            self.gateway,
            self._posting,
            self._changes,
            response_deadline=response_deadline,
            token_lifetime=token_lifetime,
        )
        self._faults = Faults()
        self._settling = Settling()
        self._openapi = OpenApi(openapi) if openapi and openapi.exists() else None
        routes = Routes(self.world, self.gateway, self._posting, self.commands, self._interactions, changed)
        self._api = Api(
            routes,
            RateLimits(self.clock, rates),
            self._faults,
            self._settling,
            token=token,
            openapi=self._openapi,
            report=self.violations.append,
        )
        self._own_roles: dict[int, Role] = {}
        self._runner: web.AppRunner | None = None
        self.api_url = ""

    async def __aenter__(self) -> "FakeDiscord":
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_get(_GATEWAY_PATH, self.gateway.handle)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._api.handle)
        app.router.add_get(_CDN_PATH + "/{number}/{filename}", self._hand_over)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}{PREFIX}"
        self.world.cdn_url = f"http://{host}:{port}{_CDN_PATH}"
        self.gateway.url = f"ws://{host}:{port}{_GATEWAY_PATH}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.gateway.drop()
        if self._runner:
            await self._runner.cleanup()
        if kind is None and self.violations:
            raise AssertionError("Discord would object:\n" + "\n".join(self.violations))

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def checks_openapi(self) -> bool:
        return self._openapi is not None

    @property
    def bot(self) -> User:
        return self.world.bot

    @property
    def requests(self) -> list[Request]:
        return self._api.requests

    @property
    def interactions(self) -> list[Interaction]:
        return self._interactions.all()

    # Building the world

    def add_guild(self, name: str = "Library", *, bot_permissions: Permissions = BOT_PERMISSIONS) -> Guild:
        """With the bot in it; the permissions are its own role's, besides those that everyone has."""
        guild = self.world.add_guild(name, bot_permissions)
        joined = {key: value for key, value in payloads.guild_event(self.world, guild).items() if key != "unavailable"}
        self.gateway.dispatch("GUILD_CREATE", joined, intent="guilds")
        return guild

    def add_channel(self, guild: Guild, name: str) -> Channel:
        channel = self.world.add_channel(guild, name)
        self.gateway.dispatch("CHANNEL_CREATE", payloads.channel(channel), intent="guilds")
        return channel

    def add_category(self, guild: Guild, name: str, *channels: Channel) -> Channel:
        """These channels are moved into it."""
        category = self.world.add_category(guild, name, *channels)
        self.gateway.dispatch("CHANNEL_CREATE", payloads.channel(category), intent="guilds")
        for channel in channels:
            self.gateway.dispatch("CHANNEL_UPDATE", payloads.channel(channel), intent="guilds")
        return category

    def delete_channel(self, channel: Channel) -> None:
        self.world.delete_channel(channel)
        self.gateway.dispatch("CHANNEL_DELETE", payloads.channel(channel), intent="guilds")

    def greet_in(self, channel: Channel) -> None:
        """Discord tells there who has joined."""
        assert channel.guild
        channel.guild.system_channel = channel
        self.gateway.dispatch("GUILD_UPDATE", payloads.guild(channel.guild), intent="guilds")

    def add_thread(
        self,
        parent: Channel,
        name: str,
        owner: Person,
        *,
        starter: Message | None = None,
        is_private: bool = False,
    ) -> Channel:
        """`starter` is the message that it grows out of. The bot is a member of private ones, too."""
        thread = self.world.add_thread(parent, name, owner.user, starter, is_private=is_private)
        self.gateway.dispatch("THREAD_CREATE", payloads.channel(thread) | {"newly_created": True}, intent="guilds")
        return thread

    def add_forum(self, guild: Guild, name: str, *, tags: Sequence[str] = ()) -> Channel:
        forum = self.world.add_forum(guild, name, tags)
        self.gateway.dispatch("CHANNEL_CREATE", payloads.channel(forum), intent="guilds")
        return forum

    def change_thread(
        self, thread: Channel, *, tags: Sequence[str] | None = None, locked: bool = False, archived: bool = False
    ) -> None:
        """Somebody tags, locks or closes it."""
        if tags is not None and thread.parent:
            thread.tags = {tag: thread.parent.tags[tag] for tag in tags}
        thread.locked, thread.archived = locked, archived
        self.gateway.dispatch("THREAD_UPDATE", payloads.channel(thread), intent="guilds")

    def add_role(self, guild: Guild, name: str, *, mentionable: bool = False) -> Role:
        role = self.world.add_role(guild, name, NO_PERMISSIONS, mentionable=mentionable)
        self.gateway.dispatch("GUILD_ROLE_CREATE", payloads.role_event(guild, role), intent="guilds")
        return role

    def change_role(self, guild: Guild, role: Role) -> None:
        """Tells of it as it is now."""
        self.gateway.dispatch("GUILD_ROLE_UPDATE", payloads.role_event(guild, role), intent="guilds")

    def add_member(
        self,
        guild: Guild,
        name: str,
        *,
        permissions: Permissions = NO_PERMISSIONS,
        roles: Sequence[Role] = (),
        locale: str = "en-US",
    ) -> Person:
        """The permissions come on top of everyone's, through a role of the member's own. `locale`: of their client."""
        own_role = self.world.add_role(guild, f"{name}'s role", permissions)
        self.gateway.dispatch("GUILD_ROLE_CREATE", payloads.role_event(guild, own_role), intent="guilds")
        person = self._person(name)
        person.user.locale = locale
        self._own_roles[person.id] = own_role
        self.world.join(guild, person.user, [own_role, *roles])
        return person

    def add_stranger(self, name: str) -> Person:
        """Somebody who shares no guild with the bot, and can only write it direct messages."""
        return self._person(name)

    def change_permissions(self, person: Person, permissions: Permissions) -> None:
        """What `add_member` gave, once more."""
        role = self._own_roles[person.id]
        role.permissions = permissions
        for guild in (guild for guild in self.world.guilds.values() if role in guild.roles):
            self.gateway.dispatch("GUILD_ROLE_UPDATE", payloads.role_event(guild, role), intent="guilds")

    def give_application_to(self, *people: Person, is_team: bool = False) -> None:
        """The owner of the bot, from its next login on: one person, or a team."""
        self.world.application_owner = people[0].user
        self.world.application_team = [person.user for person in people] if is_team else []

    def set_overwrite(
        self,
        channel: Channel,
        target: Person | User | Role,
        *,
        allow: Permissions = NO_PERMISSIONS,
        deny: Permissions = NO_PERMISSIONS,
    ) -> None:
        """In one channel: `set_overwrite(channel, discord.bot, deny=Permissions(send_messages=True))`."""
        channel.overwrites[target.id] = (allow, deny)
        self.gateway.dispatch("CHANNEL_UPDATE", payloads.channel(channel), intent="guilds")

    def add_file(self, filename: str, content: bytes) -> Attachment:
        """What a user chose to hand over with a command."""
        return self.world.add_attachment(filename, content, "application/octet-stream")

    async def _hand_over(self, asked: web.Request) -> web.Response:
        """As Discord's CDN does, without asking who wants it."""
        return web.Response(body=self.world.attachments[int(asked.match_info["number"])].content)

    def _person(self, name: str) -> Person:
        return Person(
            self.world.add_user(name),
            world=self.world,
            posting=self._posting,
            interactions=self._interactions,
            commands=self.commands,
            settling=self._settling,
        )

    # Time and waiting

    def skip(self, seconds: float) -> None:
        """Moves the clock ahead: deadlines pass, tokens expire, rate limits reset."""
        self.clock.skip(seconds)
        self._interactions.give_up_on_the_late()

    def wait_for(
        self, predicate: Callable[[], T | None], *, timeout: float = 20.0, what: str = "what the test waits for"
    ) -> Coroutine[Any, Any, T]:
        """The first truthy value of `predicate`, asked again after each change; an AssertionError when time is up."""
        return self._changes.wait_for(predicate, within=timeout, what=what)

    def wait_for_reply(self, message: Message, *, timeout: float = 20.0) -> Coroutine[Any, Any, Message]:
        """The bot's first reply to a message."""
        return self.wait_for(
            lambda: next(
                (each for each in message.channel.messages if each.reply_to is message and each.author is self.bot),
                None,
            ),
            timeout=timeout,
            what=f"a reply to {message.content!r}",
        )

    def wait_until_connected(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, bool]:
        return self.wait_for(lambda: self.gateway.is_connected, timeout=timeout, what="the bot's connection")

    # Problems on order

    def fail_next(
        self,
        method: str,
        path_regex: str,
        *,
        status: int = 500,
        code: int = 0,
        times: int = 1,
        retry_after: float = 0.1,
        after_effect: bool = False,
    ) -> Fault:
        """The next matching requests get this status; with `after_effect`, what they asked for happens even so."""
        return self._faults.plan(
            Fault(
                method,
                re.compile(path_regex),
                Kind.STATUS,
                times,
                status=status,
                code=code,
                seconds=retry_after,
                after_effect=after_effect,
            )
        )

    def tear_next(self, method: str, path_regex: str, *, times: int = 1, after_effect: bool = False) -> Fault:
        """The next matching requests lose their connection instead of getting an answer."""
        return self._faults.plan(Fault(method, re.compile(path_regex), Kind.TORN, times, after_effect=after_effect))

    def slow_next(
        self, method: str, path_regex: str, *, seconds: float, times: int = 1, after_effect: bool = False
    ) -> Fault:
        """The next matching requests wait, before or after what they ask for happens."""
        return self._faults.plan(
            Fault(method, re.compile(path_regex), Kind.SLOW, times, seconds=seconds, after_effect=after_effect)
        )

    def fail_by_chance(self, share: float, chance: Random) -> None:
        """That share of all requests fails from now on; none with 0."""
        self._faults.by_chance = drawn_faults(share, chance)

    async def drop_gateway(self) -> None:
        """The socket breaks, as when a cable is pulled; the client may resume its session."""
        self.gateway.drop()

    async def request_reconnect(self) -> None:
        """Opcode 7: Discord restarts a gateway node."""
        self.gateway.ask_to_reconnect()

    async def invalidate_session(self, *, resumable: bool = False) -> None:
        """Opcode 9: the client has to identify again, or may resume."""
        self.gateway.invalidate(resumable=resumable)

    # What happened

    def requests_to(self, method: str, path_regex: str) -> list[Request]:
        return [each for each in self.requests if each.method == method and re.search(path_regex, each.path)]

    def transcript(self) -> str:
        """All channels as a reader sees them; it stands in the message of a wait that failed."""
        lines = [f"Violations: {self.violations}"] if self.violations else []
        for channel in self.world.channels.values():
            lines.append(f"#{channel.name}")
            lines += [f"    {_line(message)}" for message in channel.all_messages() if not message.deleted]
        return "\n".join(lines)


def _line(message: Message) -> str:
    only = f" (only for {message.visible_to.name})" if message.visible_to else ""
    said = "… is thinking" if message.is_thinking else message.text
    labels = " ".join(f"[{button.get('label')}]" for button in message.buttons)
    return f"{message.author.name}{only}: {said} {labels}".rstrip()
