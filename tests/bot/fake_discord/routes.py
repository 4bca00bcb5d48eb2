"""The routes that a bot like ours uses, each named by its template in Discord's OpenAPI document."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from . import payloads
from .commands import Commands
from .errors import ApiError, Form
from .gateway import Gateway
from .interactions import Interactions
from .payloads import Payload
from .posting import Posting, Upload
from .world import DM_CHANNEL, THREADS, Channel, Guild, Message, World

_MAJOR = ("channel_id", "guild_id", "webhook_id", "interaction_id")


@dataclass(frozen=True)
class Request:
    """What arrived, and how it was answered: `discord.requests` lists them."""

    method: str
    path: str
    template: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: Sequence[Upload] = ()
    statuses: list[int] = field(default_factory=list)

    def id(self, name: str) -> int:
        if not self.params[name].isdecimal():
            form = Form()
            form.fault(name, "NUMBER_TYPE_COERCE", f'Value "{self.params[name]}" is not snowflake.')
            form.check()
        return int(self.params[name])

    @property
    def major(self) -> str:
        """What rate limits are counted by."""
        return " ".join(self.params[name] for name in (*_MAJOR, "webhook_token") if name in self.params)


Handler = Callable[[Request], Any]


class Route(NamedTuple):
    method: str
    template: str
    handler: Handler
    with_token: bool = False  # the token is in the path, and no bot token is needed

    def match(self, method: str, path: str) -> dict[str, str] | None:
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template), path)
        return found.groupdict() if found and method == self.method else None


class Routes:
    def __init__(
        self,
        world: World,
        gateway: Gateway,
        posting: Posting,
        commands: Commands,
        interactions: Interactions,
        changed: Callable[[], None],
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._posting = posting
        self._commands = commands
        self._interactions = interactions
        self._changed = changed
        self._routes = self._table()

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        for route in self._routes:
            if (params := route.match(method, path)) is not None:
                return route, params
        return None

    def _table(self) -> list[Route]:
        messages = "/channels/{channel_id}/messages"
        message = messages + "/{message_id}"
        reaction = message + "/reactions/{emoji_name}/@me"
        everywhere = "/applications/{application_id}/commands"
        in_guild = "/applications/{application_id}/guilds/{guild_id}/commands"
        webhook = "/webhooks/{webhook_id}/{webhook_token}"
        callback = "/interactions/{interaction_id}/{interaction_token}/callback"
        return [
            Route("GET", "/gateway", self._gateway_url),
            Route("GET", "/gateway/bot", self._gateway_url),
            Route("GET", "/users/@me", self._me),
            Route("GET", "/users/{user_id}", self._user),
            Route("GET", "/oauth2/applications/@me", self._application),
            Route("GET", "/applications/@me", self._application),
            Route("POST", "/users/@me/channels", self._open_dm),
            Route("GET", "/users/@me/guilds", self._own_guilds),
            Route("DELETE", "/users/@me/guilds/{guild_id}", self._leave_guild),
            Route("GET", "/guilds/{guild_id}", self._guild),
            Route("GET", "/guilds/{guild_id}/channels", self._guild_channels),
            Route("GET", "/guilds/{guild_id}/roles", self._guild_roles),
            Route("GET", "/guilds/{guild_id}/members", self._guild_members),
            Route("GET", "/guilds/{guild_id}/members/{user_id}", self._guild_member),
            Route("GET", "/channels/{channel_id}", self._channel),
            Route("PATCH", "/channels/{channel_id}", self._edit_thread),
            Route("POST", "/channels/{channel_id}/typing", self._typing),
            Route("POST", "/channels/{channel_id}/threads", self._new_thread),
            Route("GET", messages, self._list_messages),
            Route("POST", messages, self._create_message),
            Route("GET", message, self._message),
            Route("PATCH", message, self._edit_message),
            Route("DELETE", message, self._delete_message),
            Route("POST", message + "/threads", self._thread_from_message),
            Route("PUT", reaction, self._react),
            Route("DELETE", reaction, self._unreact),
            *(Route("GET", template, self._list_commands) for template in (everywhere, in_guild)),
            *(Route("PUT", template, self._overwrite_commands) for template in (everywhere, in_guild)),
            *(Route("POST", template, self._create_command) for template in (everywhere, in_guild)),
            Route("POST", callback, self._respond, with_token=True),
            Route("POST", webhook, self._follow_up, with_token=True),
            Route("GET", webhook + "/messages/@original", self._response, with_token=True),
            Route("PATCH", webhook + "/messages/@original", self._edit_response, with_token=True),
            Route("DELETE", webhook + "/messages/@original", self._delete_response, with_token=True),
            Route("GET", webhook + "/messages/{message_id}", self._response, with_token=True),
            Route("PATCH", webhook + "/messages/{message_id}", self._edit_response, with_token=True),
            Route("DELETE", webhook + "/messages/{message_id}", self._delete_response, with_token=True),
        ]

    # The bot, its application and the users

    def _gateway_url(self, request: Request) -> Payload:
        if request.template == "/gateway":
            return {"url": self._gateway.url}
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway.url, "shards": 1, "session_start_limit": limit}

    def _own_guilds(self, request: Request) -> list[Payload]:
        del request
        joined = [guild for guild in self._world.guilds.values() if self._world.bot.id in guild.members]
        return [payloads.guild(guild) | {"owner": False, "permissions": "0"} for guild in joined]

    def _me(self, request: Request) -> Payload:
        del request
        return payloads.user(self._world.bot) | {"verified": True, "mfa_enabled": False, "locale": "en-US", "flags": 0}

    def _user(self, request: Request) -> Payload:
        return payloads.user(self._world.user(request.id("user_id")))

    def _application(self, request: Request) -> Payload:
        del request
        first = next((guild.owner for guild in self._world.guilds.values()), self._world.bot)
        about: Payload = {
            "id": str(self._world.application_id),
            "name": self._world.bot.name,
            "description": "",
            "summary": "",
            "icon": None,
            "verify_key": "0" * 64,
            "flags": self._gateway.application_flags,
            "bot_public": self._world.is_public_bot,
            "bot_require_code_grant": False,
            "owner": payloads.user(self._world.application_owner or first),
            "bot": payloads.user(self._world.bot),
        }
        return about | ({"team": payloads.team(self._world)} if self._world.application_team else {})

    def _open_dm(self, request: Request) -> Payload:
        return payloads.channel(self._world.dm_with(self._world.user(int(request.body["recipient_id"]))))

    # Guilds

    def _leave_guild(self, request: Request) -> None:
        guild = self._world.guild(request.id("guild_id"))
        self._world.leave(guild)
        self._gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, intent="guilds")
        self._changed()

    def _guild(self, request: Request) -> Payload:
        return payloads.guild(self._world.guild(request.id("guild_id")))

    def _guild_channels(self, request: Request) -> list[Payload]:
        return [payloads.channel(channel) for channel in self._world.guild(request.id("guild_id")).channels]

    def _guild_roles(self, request: Request) -> list[Payload]:
        return [payloads.role(role) for role in self._world.guild(request.id("guild_id")).all_roles()]

    def _guild_members(self, request: Request) -> list[Payload]:
        members = sorted(self._world.guild(request.id("guild_id")).members.values(), key=lambda member: member.user.id)
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 1))
        return [payloads.member(member) for member in members if member.user.id > after][:limit]

    def _guild_member(self, request: Request) -> Payload:
        guild = self._world.guild(request.id("guild_id"))
        return payloads.member(guild.member(self._world.user(request.id("user_id"))))

    # Channels and messages

    def _channel(self, request: Request) -> Payload:
        return payloads.channel(self._open(request))

    def _edit_thread(self, request: Request) -> Payload:
        """Opens and archives; everybody who may write in a thread may open it, archiving is for its owner and
        moderators.
        """
        thread = self._open(request, "send_messages_in_threads")
        if request.body["archived"] and thread.owner is not self._world.bot:
            self._open(request, "manage_threads")
        thread.archived = request.body["archived"]
        self._changed()
        return payloads.channel(thread)

    def _typing(self, request: Request) -> None:
        self._open(request, "send_messages").typing_count += 1
        self._changed()

    def _list_messages(self, request: Request) -> list[Payload]:
        channel = self._open(request)
        if not self._world.permissions(self._world.bot, channel).read_message_history:
            return []
        limit = int(request.query.get("limit", 50))
        newest_first = channel.messages[::-1]
        if "before" in request.query:
            chosen = [each for each in newest_first if each.id < int(request.query["before"])][:limit]
        elif "after" in request.query:
            chosen = [each for each in newest_first if each.id > int(request.query["after"])][-limit:]
        elif "around" in request.query:
            chosen = _around(newest_first, int(request.query["around"]), limit)
        else:
            chosen = newest_first[:limit]
        return [self._readable(message) for message in chosen]

    def _create_message(self, request: Request) -> Payload:
        channel = self._world.channel(request.id("channel_id"))
        is_thread = channel.kind in THREADS
        channel = self._open(request, "send_messages_in_threads" if is_thread else "send_messages")
        if request.uploads:
            self._open(request, "attach_files")
        if channel.kind == DM_CHANNEL and channel.recipient and not channel.recipient.accepts_dms:
            raise ApiError(50007)
        reply_to = self._referenced(channel, request.body.get("message_reference"))
        message = self._posting.post(channel, self._world.bot, request.body, uploads=request.uploads, reply_to=reply_to)
        return payloads.message(message)

    def _message(self, request: Request) -> Payload:
        self._open(request, "read_message_history")
        return self._readable(self._found(request))

    def _edit_message(self, request: Request) -> Payload:
        message = self._found(request)
        if message.author is not self._world.bot:
            raise ApiError(50005)
        if message.channel.archived:
            raise ApiError(50083)
        self._posting.edit(message, request.body, request.uploads)
        return payloads.message(message)

    def _delete_message(self, request: Request) -> None:
        message = self._found(request)
        if message.author is not self._world.bot:
            self._open(request, "manage_messages")
        self._posting.delete(message)

    def _react(self, request: Request) -> None:
        message = self._found(request)
        self._open(request, "add_reactions")
        users = message.reactions.setdefault(request.params["emoji_name"], [])
        if self._world.bot not in users:
            users.append(self._world.bot)
        self._changed()

    def _unreact(self, request: Request) -> None:
        users = self._found(request).reactions.get(request.params["emoji_name"], [])
        if self._world.bot in users:
            users.remove(self._world.bot)
        self._changed()

    def _thread_from_message(self, request: Request) -> Payload:
        message = self._found(request)
        if message.thread:
            raise ApiError(160004)
        return self._start_thread(request, message)

    def _new_thread(self, request: Request) -> Payload:
        return self._start_thread(request, None)

    def _start_thread(self, request: Request, starter: Message | None) -> Payload:
        parent = self._open(request, "create_public_threads")
        form = Form()
        form.length("name", request.body.get("name"), most=100, least=1)
        form.check()
        thread = self._world.add_thread(parent, request.body["name"], self._world.bot, starter)
        payload = payloads.channel(thread)
        self._gateway.dispatch("THREAD_CREATE", payload | {"newly_created": True}, intent="guilds")
        self._changed()
        return payload

    # Commands and interactions

    def _list_commands(self, request: Request) -> list[Payload]:
        return self._commands.of(self._scope(request))

    def _overwrite_commands(self, request: Request) -> list[Payload]:
        return self._commands.overwrite(self._scope(request), request.body)

    def _create_command(self, request: Request) -> Payload:
        return self._commands.add(self._scope(request), request.body)

    def _respond(self, request: Request) -> Payload | None:
        token = request.params["interaction_token"]
        wants_response = request.query.get("with_response") in ("1", "true", "True")
        return self._interactions.respond(
            request.id("interaction_id"), token, request.body, request.uploads, wants_response=wants_response
        )

    def _follow_up(self, request: Request) -> Payload:
        token = request.params["webhook_token"]
        return payloads.message(self._interactions.follow_up(token, request.body, request.uploads))

    def _response(self, request: Request) -> Payload:
        return payloads.message(self._interactions.fetch(request.params["webhook_token"], _which(request)))

    def _edit_response(self, request: Request) -> Payload:
        token = request.params["webhook_token"]
        return payloads.message(self._interactions.edit(token, _which(request), request.body, request.uploads))

    def _delete_response(self, request: Request) -> None:
        self._interactions.delete(request.params["webhook_token"], _which(request))

    # Shared steps

    def _open(self, request: Request, permission: str | None = None) -> Channel:
        """The channel, if the bot may see it and, where a permission is named, do that there."""
        channel = self._world.channel(request.id("channel_id"))
        granted = self._world.permissions(self._world.bot, channel)
        if not granted.view_channel:
            raise ApiError(50001)
        if permission and not getattr(granted, permission):
            raise ApiError(50013)
        return channel

    def _found(self, request: Request) -> Message:
        return self._world.message(self._open(request), request.id("message_id"))

    def _readable(self, message: Message) -> Payload:
        hides = not self._gateway.application_flags and self._gateway.is_private(message)
        return payloads.message(message, hides_content=hides)

    def _referenced(self, channel: Channel, reference: Payload | None) -> Message | None:
        if reference is None:
            return None
        if not self._world.permissions(self._world.bot, channel).read_message_history:
            raise ApiError(160002)
        for message in channel.messages:
            if message.id == int(reference["message_id"]):
                return message
        if reference.get("fail_if_not_exists", True):
            form = Form()
            form.fault("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            form.check()
        return None

    def _scope(self, request: Request) -> Guild | None:
        return self._world.guild(request.id("guild_id")) if "guild_id" in request.params else None


def _around(newest_first: list[Message], message_id: int, limit: int) -> list[Message]:
    older = [each for each in newest_first if each.id <= message_id][: limit - limit // 2]
    newer = [each for each in newest_first if each.id > message_id][-(limit // 2) :]
    return newer + older


def _which(request: Request) -> str:
    return request.params.get("message_id", "@original")
