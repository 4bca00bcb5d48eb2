"""Messages: made, edited and deleted, checked against the limits, with their pings, and told to the gateway."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from . import limits, payloads, pings
from .components import texts, with_ids
from .errors import ApiError
from .gateway import Gateway
from .world import EPHEMERAL, LOADING, Attachment, Channel, Message, User, Version, World

_NONCE_SECONDS = 300.0
_SETTABLE = EPHEMERAL | limits.COMPONENTS_V2 | 1 << 2 | 1 << 12  # suppressed embeds, suppressed notifications


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    content: bytes
    content_type: str


class Posting:
    def __init__(self, world: World, gateway: Gateway, changed: Callable[[], None]) -> None:
        self._world = world
        self._gateway = gateway
        self._changed = changed
        self._nonces: dict[tuple[int, str], tuple[float, Message]] = {}

    def post(
        self,
        channel: Channel,
        author: User,
        body: dict[str, Any],
        *,
        uploads: Sequence[Upload] = (),
        reply_to: Message | None = None,
        visible_to: User | None = None,
        interaction: dict[str, Any] | None = None,
        number: int | None = None,
    ) -> Message:
        """`visible_to` makes it ephemeral. An enforced nonce that was seen lately returns the earlier message."""
        if earlier := self._posted_with(channel, body):
            return earlier
        message = Message(number or self._world.ids.next(), channel, author, reply_to=reply_to)
        message.visible_to, message.interaction = visible_to, interaction
        message.flags = (body.get("flags") or 0) & _SETTABLE & ~EPHEMERAL | (EPHEMERAL if visible_to else 0)
        message.nonce = body.get("nonce")
        self._fill(message, body, uploads)
        self._ping(message, body)
        self._add(message)
        if message.nonce is not None:
            self._nonces[channel.id, str(message.nonce)] = (self._world.clock.now(), message)
        return message

    def tell_of_thread(self, thread: Channel) -> None:
        payload = payloads.channel(thread) | {"newly_created": True}
        self._gateway.dispatch("THREAD_CREATE", payload, intent="guilds")

    def post_thinking(
        self, channel: Channel, author: User, *, visible_to: User | None, interaction: dict[str, Any]
    ) -> Message:
        """The deferred reply: shown as "… is thinking" until `edit` gives it something to say."""
        message = Message(self._world.ids.next(), channel, author, visible_to=visible_to, interaction=interaction)
        message.flags = LOADING | (EPHEMERAL if visible_to else 0)
        self._add(message)
        return message

    def edit(self, message: Message, body: dict[str, Any], uploads: Sequence[Upload] = ()) -> None:
        """Pings nobody, except where it is the first text of a deferred reply."""
        was_thinking = message.is_thinking
        before = message.flags
        if "flags" in body:
            kept = message.flags & (EPHEMERAL | limits.COMPONENTS_V2)
            message.flags = kept | (body["flags"] or 0) & _SETTABLE & ~EPHEMERAL
        message.flags &= ~LOADING
        try:
            self._fill(message, body, uploads)
        except ApiError:
            message.flags = before
            raise
        if was_thinking:
            self._ping(message, body)
        else:
            message.edited_at = self._world.clock.timestamp()
            if not message.author.is_bot:  # names people, and rings nobody's bell
                pinged = message.pinged
                self._ping(message, body)
                message.pinged = pinged
        self._tell("MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        if not message.is_ephemeral:
            self._gateway.dispatch_deletion(message)
        self._changed()

    def _posted_with(self, channel: Channel, body: dict[str, Any]) -> Message | None:
        if not body.get("enforce_nonce"):
            return None
        at, message = self._nonces.get((channel.id, str(body.get("nonce"))), (0.0, None))
        return message if self._world.clock.now() - at < _NONCE_SECONDS else None

    def _fill(self, message: Message, body: dict[str, Any], uploads: Sequence[Upload]) -> None:
        """Sets what the body names, if the message as it would then stand is within the limits."""
        content = (body["content"] or "").strip() if "content" in body else message.content
        embeds = (body["embeds"] or []) if "embeds" in body else message.embeds
        components = (body["components"] or []) if "components" in body else message.components
        attachments = self._attachments(message, body, uploads)
        draft = body | {"content": content, "embeds": embeds, "components": components}
        limits.check_message(draft, flags=message.flags)
        if not (content or embeds or components or attachments):
            raise ApiError(50006)
        message.content, message.attachments = content, attachments
        message.embeds = [{"type": "rich"} | embed for embed in embeds]
        message.components = with_ids(components)
        message.versions.append(Version(content, message.embeds, message.components, attachments))

    def _attachments(self, message: Message, body: dict[str, Any], uploads: Sequence[Upload]) -> list[Attachment]:
        listed = body.get("attachments")
        described = {int(each["id"]): each for each in listed or []}
        kept = [each for each in message.attachments if listed is None or each.id in described]
        new = []
        for index, upload in enumerate(uploads):
            extra = described.get(index, {})
            filename = extra.get("filename") or upload.filename
            description = extra.get("description")
            new.append(
                self._world.add_attachment(filename, upload.content, upload.content_type, description=description)
            )
        return kept + new

    def _ping(self, message: Message, body: dict[str, Any]) -> None:
        if message.visible_to:
            return
        text = "\n".join([message.content, *texts(message.components)])
        replied = message.reply_to.author if message.reply_to else None
        allowed = body.get("allowed_mentions")
        message.pinged = pings.pinged(
            self._world, message.author, message.channel, text, allowed=allowed, replied=replied
        )
        message.mentioned = [user for user in self._world.users.values() if user.name in message.pinged]

    def _add(self, message: Message) -> None:
        message.channel.all_messages().append(message)
        self._tell("MESSAGE_CREATE", message)

    def _tell(self, event: str, message: Message) -> None:
        if not message.is_ephemeral:
            self._gateway.dispatch_message(event, message)
        self._changed()
