"""The state of the world: users, guilds, channels, messages and permissions. Nothing here talks to the bot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from discord import Permissions

from .clock import Clock, Snowflakes
from .components import BUTTON, SELECTS, Component, texts, walk
from .errors import ApiError

TEXT_CHANNEL, DM_CHANNEL, CATEGORY, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 4, 11, 12, 15
THREADS = frozenset({PUBLIC_THREAD, PRIVATE_THREAD})
EPHEMERAL, LOADING = 1 << 6, 1 << 7

# As in a new guild, where everybody may even ping @everyone: the worst case for a bot that quotes strangers.
EVERYONE = Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    add_reactions=True,
    embed_links=True,
    attach_files=True,
    mention_everyone=True,
    use_application_commands=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)


@dataclass(eq=False)
class User:
    id: int
    name: str
    is_bot: bool = False
    accepts_dms: bool = True
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: Permissions
    mentionable: bool = False
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    user: User
    roles: list[Role]
    joined_at: str


@dataclass(eq=False)
class Guild:
    id: int
    name: str
    owner: User
    everyone: Role
    roles: list[Role] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    channels: list["Channel"] = field(default_factory=list)
    system_channel: "Channel | None" = None
    locale: str = "en-US"

    def all_roles(self) -> list[Role]:
        return [self.everyone, *self.roles]

    def member(self, user: User) -> Member:
        if user.id not in self.members:
            raise ApiError(10007)
        return self.members[user.id]


@dataclass(eq=False)
class Channel:
    id: int
    kind: int
    name: str
    guild: Guild | None = None
    recipient: User | None = None
    parent: "Channel | None" = None
    category: "Channel | None" = None
    owner: User | None = None
    archived: bool = False
    locked: bool = False
    tags: dict[str, int] = field(default_factory=dict)  # of a forum, by name; of a post, those that it has
    overwrites: dict[int, tuple[Permissions, Permissions]] = field(default_factory=dict)
    typing_count: int = 0
    _messages: list["Message"] = field(default_factory=list)

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def messages(self) -> list["Message"]:
        """What everybody in the channel sees, oldest first: neither deleted nor ephemeral messages."""
        return [message for message in self._messages if not message.deleted and not message.is_ephemeral]

    def all_messages(self) -> list["Message"]:
        """Deleted and ephemeral ones too."""
        return self._messages


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A message as it stood until the next edit."""

    content: str
    embeds: list[dict[str, Any]]
    components: list[Component]
    attachments: list[Attachment]


@dataclass(eq=False)
class Message:
    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    reply_to: "Message | None" = None
    starter: "Message | None" = None
    visible_to: User | None = None
    interaction: dict[str, Any] | None = None
    pinged: frozenset[str] = frozenset()
    mentioned: list[User] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    reactions: dict[str, list[User]] = field(default_factory=dict)
    thread: Channel | None = None
    nonce: str | None = None
    edited_at: str | None = None
    deleted: bool = False

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def is_thinking(self) -> bool:
        """Shown as "… is thinking", the state of a deferred reply that has not come yet."""
        return bool(self.flags & LOADING)

    @property
    def buttons(self) -> list[Component]:
        return [component for _, component in walk(self.components) if component["type"] == BUTTON]

    @property
    def selects(self) -> list[Component]:
        return [component for _, component in walk(self.components) if component["type"] in SELECTS]

    @property
    def text(self) -> str:
        """All that can be read in it: content, embeds and text displays, a line each."""
        return "\n".join(filter(None, [self.content, *self._embed_texts(), *texts(self.components)]))

    def _embed_texts(self) -> Iterator[str]:
        for embed in self.embeds:
            yield from (embed.get("title") or "", embed.get("description") or "")
            for item in embed.get("fields") or []:
                yield f"{item['name']}\n{item['value']}"
            yield (embed.get("footer") or {}).get("text") or ""


class World:
    """Everything that exists, by id, and the rules of who may do what."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.application_id = self.ids.next()
        self.bot = User(self.application_id, "Footnote", is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.cdn_url = ""
        self.application_owner: User | None = None  # None: the owner of the first guild
        self.application_team: list[User] = []
        self.is_public_bot = False

    def add_attachment(
        self, filename: str, content: bytes, content_type: str, *, description: str | None = None
    ) -> Attachment:
        number = self.ids.next()
        url = f"{self.cdn_url}/{number}/{quote(filename, safe='')}"
        self.attachments[number] = Attachment(number, filename, content, content_type, description, url)
        return self.attachments[number]

    def add_user(self, name: str) -> User:
        assert name not in {user.name for user in self.users.values()}, "names tell people apart in what tests assert"
        user = User(self.ids.next(), name)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, bot_permissions: Permissions) -> Guild:
        guild_id = self.ids.next()
        everyone = Role(guild_id, "@everyone", EVERYONE)
        guild = Guild(guild_id, name, self.add_user(f"owner of {name}"), everyone)
        self.guilds[guild.id] = guild
        self.join(guild, guild.owner, [])
        self.join(guild, self.bot, [self.add_role(guild, self.bot.name, bot_permissions, bot_id=self.bot.id)])
        return guild

    def add_role(
        self,
        guild: Guild,
        name: str,
        permissions: Permissions,
        *,
        mentionable: bool = False,
        bot_id: int | None = None,
    ) -> Role:
        role = Role(self.ids.next(), name, permissions, mentionable, bot_id)
        guild.roles.append(role)
        return role

    def join(self, guild: Guild, user: User, roles: list[Role]) -> Member:
        guild.members[user.id] = Member(user, roles, self.clock.timestamp())
        return guild.members[user.id]

    def leave(self, guild: Guild) -> None:
        """The bot leaves; from then on it knows nothing about the guild's members and channels."""
        del self.guilds[guild.id]

    def add_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(self.ids.next(), TEXT_CHANNEL, name, guild)
        guild.channels.append(channel)
        self.channels[channel.id] = channel
        return channel

    def add_category(self, guild: Guild, name: str, *channels: Channel) -> Channel:
        category = Channel(self.ids.next(), CATEGORY, name, guild)
        guild.channels.append(category)
        self.channels[category.id] = category
        for channel in channels:
            channel.category = category
        return category

    def add_forum(self, guild: Guild, name: str, tags: Sequence[str]) -> Channel:
        forum = self.add_channel(guild, name)
        forum.kind = FORUM
        forum.tags = {tag: self.ids.next() for tag in tags}
        return forum

    def add_post(self, forum: Channel, title: str, owner: User) -> Channel:
        """The first message, which is still to be posted, has the number of the thread."""
        thread = Channel(self.ids.next(), PUBLIC_THREAD, title, forum.guild, parent=forum, owner=owner)
        self.channels[thread.id] = thread
        return thread

    def delete_channel(self, channel: Channel) -> None:
        assert channel.guild
        channel.guild.channels.remove(channel)
        del self.channels[channel.id]

    def add_thread(
        self, parent: Channel, name: str, owner: User, starter: Message | None, *, is_private: bool = False
    ) -> Channel:
        # A thread that grows out of a message has that message's id.
        thread_id = starter.id if starter else self.ids.next()
        kind = PRIVATE_THREAD if is_private else PUBLIC_THREAD
        thread = Channel(thread_id, kind, name, parent.guild, parent=parent, owner=owner)
        self.channels[thread.id] = thread
        if starter:
            starter.thread = thread
            thread.all_messages().append(Message(self.ids.next(), thread, owner, starter=starter))
        return thread

    def dm_with(self, user: User) -> Channel:
        for channel in self.channels.values():
            if channel.kind == DM_CHANNEL and channel.recipient is user:
                return channel
        channel = Channel(self.ids.next(), DM_CHANNEL, user.name, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def threads(self, guild: Guild) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.parent and channel.guild is guild]

    def user(self, user_id: int) -> User:
        if user_id not in self.users:
            raise ApiError(10013)
        return self.users[user_id]

    def guild(self, guild_id: int) -> Guild:
        if guild_id not in self.guilds:
            raise ApiError(10004)
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Channel:
        if channel_id not in self.channels:
            raise ApiError(10003)
        return self.channels[channel_id]

    def message(self, channel: Channel, message_id: int) -> Message:
        """What the bot may fetch; ephemeral messages exist only for the interaction that made them."""
        for message in channel.messages:
            if message.id == message_id:
                return message
        raise ApiError(10008)

    def permissions(self, user: User, channel: Channel) -> Permissions:
        """Discord's order: owner and administrators, then roles, then the channel's overwrites, narrowest last."""
        if channel.guild is None:
            return Permissions.all()
        member = channel.guild.member(user)
        granted = base_permissions(channel.guild, member)
        if granted.administrator:
            return Permissions.all()
        overwrites = (channel.parent or channel).overwrites
        granted = _overwritten(granted, overwrites, [channel.guild.everyone.id])
        granted = _overwritten(granted, overwrites, [role.id for role in member.roles])
        return _overwritten(granted, overwrites, [user.id])


def base_permissions(guild: Guild, member: Member) -> Permissions:
    if member.user is guild.owner:
        return Permissions.all()
    granted = guild.everyone.permissions.value
    for role in member.roles:
        granted |= role.permissions.value
    return Permissions(granted)


def _overwritten(
    granted: Permissions, overwrites: dict[int, tuple[Permissions, Permissions]], targets: list[int]
) -> Permissions:
    allow = deny = 0
    for target in targets:
        if target in overwrites:
            allow |= overwrites[target][0].value
            deny |= overwrites[target][1].value
    return Permissions(granted.value & ~deny | allow)
