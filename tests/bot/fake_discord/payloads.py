"""The world in Discord's JSON."""

from datetime import UTC, datetime
from typing import Any

from .clock import DISCORD_EPOCH_MS
from .world import DM_CHANNEL, FORUM, THREADS, Attachment, Channel, Guild, Member, Message, Role, User, World

Payload = dict[str, Any]

_REPLY, _SLASH_RESPONSE, _THREAD_STARTER, _DEFAULT = 19, 20, 21, 0


def user(user: User) -> Payload:
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": user.name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def member(member: Member) -> Payload:
    return {
        "user": user(member.user),
        "roles": [str(role.id) for role in member.roles],
        "joined_at": member.joined_at,
        "nick": None,
        "avatar": None,
        "banner": None,
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def role(role: Role) -> Payload:
    payload: Payload = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions.value),
        "position": 0 if role.name == "@everyone" else 1,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "description": None,
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "flags": 0,
    }
    return payload | ({"tags": {"bot_id": str(role.bot_id)}} if role.bot_id else {})


def role_event(guild: Guild, new: Role) -> Payload:
    return {"guild_id": str(guild.id), "role": role(new)}


def team(world: World) -> Payload:
    """The first of them founded it."""
    members = world.application_team
    return {
        "id": str(world.application_id + 1),
        "name": "The team",
        "icon": None,
        "owner_user_id": str(members[0].id),
        "members": [
            {
                "user": user(each),
                "team_id": str(world.application_id + 1),
                "membership_state": 2,
                "role": "admin",
                "permissions": ["*"],
            }
            for each in members
        ],
    }


def channel(channel: Channel) -> Payload:
    if channel.kind == DM_CHANNEL:
        recipients = [user(channel.recipient)] if channel.recipient else []
        return {"id": str(channel.id), "type": DM_CHANNEL, "recipients": recipients, "flags": 0}
    above = channel.parent or channel.category
    payload: Payload = {
        "id": str(channel.id),
        "type": channel.kind,
        "name": channel.name,
        "guild_id": str(channel.guild.id) if channel.guild else None,
        "parent_id": str(above.id) if above else None,
        "position": 0,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "flags": 0,
        "last_message_id": str(channel.messages[-1].id) if channel.messages else None,
    }
    if channel.kind == FORUM:
        payload["available_tags"] = [_tag(name, number) for name, number in channel.tags.items()]
    return payload | (_thread_fields(channel) if channel.kind in THREADS else _overwrites(channel))


def guild(guild: Guild) -> Payload:
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner.id),
        "icon": None,
        "features": [],
        "preferred_locale": guild.locale,
        "system_channel_id": str(guild.system_channel.id) if guild.system_channel else None,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "afk_timeout": 300,
        "premium_tier": 0,
        "emojis": [],
        "stickers": [],
        "roles": [role(each) for each in guild.all_roles()],
    }


def guild_event(world: World, home: Guild) -> Payload:
    """The gateway tells all that is in it."""
    return guild(home) | {
        "channels": [channel(each) for each in home.channels],
        "threads": [channel(each) for each in world.threads(home)],
        "members": [member(each) for each in home.members.values()],
        "member_count": len(home.members),
        "presences": [],
        "voice_states": [],
        "unavailable": False,
    }


def message(message: Message, *, hides_content: bool = False, with_referenced: bool = True) -> Payload:
    """`hides_content` is what a bot without the message content intent gets. A message that comes inside another tells
    what it replies to by its id only.
    """
    bare = hides_content
    payload: Payload = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "author": user(message.author),
        "content": "" if bare else message.content,
        "embeds": [] if bare else message.embeds,
        "components": [] if bare else message.components,
        "attachments": [] if bare else [attachment(each) for each in message.attachments],
        "timestamp": datetime.fromtimestamp(((message.id >> 22) + DISCORD_EPOCH_MS) / 1000, UTC).isoformat(),
        "edited_timestamp": message.edited_at,
        "flags": message.flags,
        "type": _kind(message),
        "tts": False,
        "pinned": False,
        "mention_everyone": bool(message.pinged & {"@everyone", "@here"}),
        "mentions": [user(each) for each in message.mentioned if not (bare and each.is_bot)],
        "mention_roles": _role_mentions(message),
        "reactions": [_reaction(emoji, users) for emoji, users in message.reactions.items()],
    }
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.interaction is not None:
        application_id = str(message.author.id)
        payload |= {"application_id": application_id, "webhook_id": application_id}
        payload["interaction_metadata"] = message.interaction
    if message.thread:
        payload["thread"] = channel(message.thread)
    if original := message.reply_to or message.starter:
        payload["message_reference"] = _reference(original)
        if with_referenced:
            payload["referenced_message"] = _referenced(original, hides_content=hides_content)
    return payload


def message_event(message_: Message, *, hides_content: bool) -> Payload:
    """The gateway adds the guild and the author's membership."""
    payload = message(message_, hides_content=hides_content)
    home = message_.channel.guild
    if home is None:
        return payload
    payload["guild_id"] = str(home.id)
    if message_.interaction is None and message_.author.id in home.members:
        payload["member"] = {k: v for k, v in member(home.members[message_.author.id]).items() if k != "user"}
    return payload


def resolve(world: World, value: User | Channel | Role, home: Channel, *, into: Payload) -> None:
    """Adds what an interaction must know of a user, channel or role that was chosen in it."""
    key = str(value.id)
    if isinstance(value, Role):
        into.setdefault("roles", {})[key] = role(value)
    elif isinstance(value, Channel):
        permissions = str(world.permissions(world.bot, value).value)
        into.setdefault("channels", {})[key] = channel(value) | {"permissions": permissions}
    else:
        into.setdefault("users", {})[key] = user(value)
        if home.guild and value.id in home.guild.members:
            about = member(home.guild.member(value)) | {"permissions": str(world.permissions(value, home).value)}
            into.setdefault("members", {})[key] = {k: v for k, v in about.items() if k != "user"}


def _thread_fields(thread: Channel) -> Payload:
    return {
        "owner_id": str(thread.owner.id) if thread.owner else None,
        "message_count": len(thread.messages),
        "member_count": 1,
        "total_message_sent": len(thread.all_messages()),
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": datetime.fromtimestamp(((thread.id >> 22) + DISCORD_EPOCH_MS) / 1000, UTC).isoformat(),
            "locked": thread.locked,
        },
        "applied_tags": [str(number) for number in thread.tags.values()],
    }


def _tag(name: str, number: int) -> Payload:
    return {"id": str(number), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}


def _overwrites(channel: Channel) -> Payload:
    members = channel.guild.members if channel.guild else {}
    overwrites = [
        {"id": str(target), "type": int(target in members), "allow": str(allow.value), "deny": str(deny.value)}
        for target, (allow, deny) in channel.overwrites.items()
    ]
    return {"permission_overwrites": overwrites, "topic": None}


def attachment(attachment: Attachment) -> Payload:
    return {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "description": attachment.description,
        "size": len(attachment.content),
        "content_type": attachment.content_type,
        "url": attachment.url,
        "proxy_url": attachment.url,
    }


def _kind(message: Message) -> int:
    if message.reply_to:
        return _REPLY
    if message.starter:
        return _THREAD_STARTER
    return _SLASH_RESPONSE if message.interaction and message.interaction["type"] == 2 else _DEFAULT


def _role_mentions(message: Message) -> list[str]:
    roles = message.channel.guild.roles if message.channel.guild else []
    return [str(each.id) for each in roles if f"@&{each.name}" in message.pinged]


def _reaction(emoji: str, users: list[User]) -> Payload:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"normal": len(users), "burst": 0},
        "me": any(each.is_bot for each in users),
        "me_burst": False,
        "burst_colors": [],
    }


def _reference(original: Message) -> Payload:
    reference = {"type": 0, "message_id": str(original.id), "channel_id": str(original.channel.id)}
    if original.channel.guild:
        reference["guild_id"] = str(original.channel.guild.id)
    return reference


def _referenced(original: Message, *, hides_content: bool) -> Payload | None:
    if original.deleted:
        return None
    hides = hides_content and not original.author.is_bot
    return message(original, hides_content=hides, with_referenced=False)
