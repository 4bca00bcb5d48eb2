"""Real values of discord.py from plain payloads, in the cache of a client that is never started."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import discord
from discord.http import HTTPClient, Route

Payload = dict[str, Any]

BOT, OWNER, ALICE, BOB = 10**17, 9, 7, 8
SERVER = 1
READER = discord.Permissions(view_channel=True, read_message_history=True)
TEXT, FORUM, PUBLIC_THREAD, PRIVATE_THREAD = 0, 15, 11, 12
_ROLE, _MEMBER = 0, 1


class Rest(HTTPClient):
    """Answers with what `answers` has for a request, as "GET /channels/5", and with 404 to all others."""

    answers: dict[str, object]
    asked: list[str]

    async def request(self, route: Route, **_options: object) -> Any:
        request = f"{route.method} {route.url.removeprefix(Route.BASE)}"
        self.asked.append(request)
        answer = self.answers.get(request, failed(404, discord.NotFound))
        if isinstance(answer, BaseException):
            raise answer
        return answer


def failed(status: int, kind: type[discord.HTTPException] = discord.HTTPException) -> discord.HTTPException:
    """What discord.py raises for a refused request."""
    return kind(SimpleNamespace(status=status, reason=""), {"code": 0, "message": ""})  # type: ignore[arg-type]


class SmallDiscord:
    """The client, and what it would get from Discord."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        self.client = discord.Client(intents=intents or discord.Intents(guilds=True))
        self.state = self.client._connection
        self.rest = Rest(None)  # type: ignore[arg-type]
        self.rest.answers, self.rest.asked = {}, []
        self.client.http = self.state.http = self.rest
        self.bot = discord.ClientUser(state=self.state, data=user(BOT, is_bot=True))  # type: ignore[arg-type]
        self.state.user = self.bot

    def server(
        self,
        *channels: Payload,
        number: int = SERVER,
        name: str = "Town",
        everyone: discord.Permissions = READER,
        roles: Sequence[Payload] = (),
        threads: Sequence[Payload] = (),
        bot_roles: Sequence[int] = (),
        locale: str = "en-US",
    ) -> discord.Guild:
        """A server in the cache, with the bot as its member."""
        payload: Payload = {
            "id": str(number),
            "name": name,
            "owner_id": str(OWNER),
            "preferred_locale": locale,
            "roles": [role(number, everyone, name="@everyone"), *roles],
            "channels": [*channels],
            "threads": [one | {"guild_id": str(number)} for one in threads],
            "members": [member(BOT, *bot_roles, is_bot=True)],
            "member_count": 1,
        }
        return self.state._add_guild_from_data(payload)  # type: ignore[arg-type]

    def member(self, guild: discord.Guild, number: int = ALICE, *roles: int, name: str = "") -> discord.Member:
        data = member(number, *roles, name=name)
        return discord.Member(data=data, guild=guild, state=self.state)  # type: ignore[arg-type]

    def user(self, number: int = ALICE) -> discord.User:
        return discord.User(state=self.state, data=user(number))  # type: ignore[arg-type]

    def direct(self, number: int = 50, *, person: int = ALICE) -> discord.DMChannel:
        data = {"id": str(number), "type": 1, "recipients": [user(person)]}
        return discord.DMChannel(me=self.bot, state=self.state, data=data)  # type: ignore[arg-type]

    def message(self, channel: object, number: int = 1000, **fields: Any) -> discord.Message:
        """In a channel that is known."""
        place: Any = channel
        return discord.Message(state=self.state, channel=place, data=message(number, place.id, **fields))  # type: ignore[arg-type]

    def interaction(
        self,
        *,
        guild: discord.Guild | None = None,
        channel: int = 2,
        number: int = 2000,
        person: int = ALICE,
        permissions: discord.Permissions = READER,
        own: discord.Permissions = READER,
        **fields: Any,
    ) -> discord.Interaction[discord.Client]:
        kind = TEXT if guild else 1
        known: Payload = {"id": str(channel), "type": kind, "name": "x", "position": 0, "recipients": [user(person)]}
        data: Payload = {
            "id": str(number),
            "type": 3,
            "token": "token",
            "version": 1,
            "application_id": str(BOT),
            "attachment_size_limit": 0,
            "channel": known,
            "app_permissions": str(own.value),
            **fields,
        }
        if guild is None:
            data["user"] = user(person)
        else:
            data |= {"guild_id": str(guild.id)}
            data["member"] = member(person) | {"permissions": str(permissions.value)}
        return discord.Interaction(data=data, state=self.state)  # type: ignore[arg-type]


def user(number: int, *, name: str = "", is_bot: bool = False) -> Payload:
    return {"id": str(number), "username": name or f"u{number}", "discriminator": "0", "avatar": None, "bot": is_bot}


def member(number: int, *roles: int, name: str = "", is_bot: bool = False) -> Payload:
    who = user(number, name=name, is_bot=is_bot)
    return {"user": who, "roles": [str(one) for one in roles], "joined_at": None, "flags": 0, "deaf": 0, "mute": 0}


def role(number: int, permissions: discord.Permissions | None = None, **fields: Any) -> Payload:
    granted = permissions or discord.Permissions.none()
    basic: Payload = {"id": str(number), "name": f"role{number}", "permissions": str(granted.value), "position": 1}
    return basic | {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0} | fields


def channel(number: int, *overwrites: Payload, kind: int = TEXT, **fields: Any) -> Payload:
    basic: Payload = {"id": str(number), "type": kind, "name": f"c{number}", "position": 0, "flags": 0}
    return basic | {"permission_overwrites": [*overwrites]} | fields


def thread(number: int, parent: int, *, owner: int = ALICE, kind: int = PUBLIC_THREAD, **fields: Any) -> Payload:
    state = {name: fields.pop(name, False) for name in ("archived", "locked")}
    when = "2026-03-01T12:00:00+00:00"
    about: Payload = {"id": str(number), "parent_id": str(parent), "owner_id": str(owner), "type": kind}
    counts: Payload = {"message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "name": f"t{number}"}
    kept = {"auto_archive_duration": 60, "archive_timestamp": when, **state}
    return about | counts | {"flags": 0, "guild_id": str(SERVER), "thread_metadata": kept} | fields


def overwrite(number: int, *, sees: bool | None = None, reads: bool | None = None, is_member: bool = False) -> Payload:
    """Of a role, or of a member: whether they see the channel, and whether they read its history."""
    said = discord.PermissionOverwrite(view_channel=sees, read_message_history=reads)
    allow, deny = said.pair()
    kind = _MEMBER if is_member else _ROLE
    return {"id": str(number), "type": kind, "allow": str(allow.value), "deny": str(deny.value)}


def tag(number: int, name: str) -> Payload:
    return {"id": str(number), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}


def message(number: int, channel_id: int, *, by: int = ALICE, is_bot: bool = False, **fields: Any) -> Payload:
    who = user(by, is_bot=is_bot)
    basic: Payload = {"id": str(number), "channel_id": str(channel_id), "author": who, "content": "", "type": 0}
    lists: Payload = {"embeds": [], "attachments": [], "mentions": [], "mention_roles": [], "components": []}
    when = "2026-03-01T12:00:00+00:00"
    rest = {"pinned": False, "tts": False, "mention_everyone": False, "edited_timestamp": None, "timestamp": when}
    return basic | lists | rest | fields


def reply_to(number: int, channel_id: int) -> Payload:
    """For the field `message_reference`."""
    return {"message_id": str(number), "channel_id": str(channel_id), "type": 0}
