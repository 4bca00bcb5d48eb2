"""Who is notified by a message, worked out from its text, `allowed_mentions` and the author's permissions."""

import re
from typing import Any

from .world import Channel, User, World

_CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)
_EVERYONE = re.compile(r"@(everyone|here)\b")
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")


def pinged(
    world: World, author: User, channel: Channel, text: str, *, allowed: dict[str, Any] | None, replied: User | None
) -> frozenset[str]:
    """Names: "@everyone", "@here", "@&role" or a user's; without `allowed_mentions` everything in the text pings."""
    text = _CODE.sub("", text)
    names = set[str]()
    if channel.guild:
        may_ping_all = world.permissions(author, channel).mention_everyone
        names |= _everyone(text, allowed) if may_ping_all else set()
        names |= _roles(channel, text, allowed, may_ping_all=may_ping_all)
    mentioned = {int(found) for found in _USER.findall(text)} & world.users.keys()
    names |= {world.users[user_id].name for user_id in mentioned if _allows(allowed, "users", user_id)}
    if replied and (allowed is None or allowed.get("replied_user")):
        names.add(replied.name)
    return frozenset(names - {author.name})


def _everyone(text: str, allowed: dict[str, Any] | None) -> set[str]:
    if allowed is not None and "everyone" not in (allowed.get("parse") or []):
        return set()
    return {f"@{word}" for word in _EVERYONE.findall(text)}


def _roles(channel: Channel, text: str, allowed: dict[str, Any] | None, *, may_ping_all: bool) -> set[str]:
    mentioned = {int(found) for found in _ROLE.findall(text)}
    return {
        f"@&{role.name}"
        for role in (channel.guild.roles if channel.guild else [])
        if role.id in mentioned and (role.mentionable or may_ping_all) and _allows(allowed, "roles", role.id)
    }


def _allows(allowed: dict[str, Any] | None, kind: str, target: int) -> bool:
    if allowed is None or kind in (allowed.get("parse") or []):
        return True
    return target in map(int, allowed.get(kind) or [])
