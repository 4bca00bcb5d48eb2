"""Interactions: three seconds for the first response, once; then a token that lives fifteen minutes."""

import asyncio
import secrets
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from . import limits, payloads
from .clock import Changes
from .components import Component, with_ids
from .errors import ApiError, Form
from .gateway import Gateway
from .payloads import Payload
from .posting import Posting, Upload
from .world import DM_CHANNEL, EPHEMERAL, Channel, Message, User, World

_ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024
_GUILD_CONTEXT, _BOT_DM_CONTEXT = 0, 1


class Kind(IntEnum):
    SLASH = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class Callback(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Modal:
    """A form as it opened on the user's screen."""

    interaction: "Interaction"
    title: str
    custom_id: str
    components: list[Component]


@dataclass(eq=False)
class Interaction:
    """One act of a user and everything that followed. The coroutines wait for the bot; the rest is the current
    state.
    """

    id: int
    kind: Kind
    user: User
    channel: Channel
    message: Message | None
    began: float
    changes: Changes = field(repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)
    callback: Callback | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    opened_modal: Modal | None = None
    choices: list[Payload] | None = None
    failed: bool = False
    answered_by: Message | None = None

    @property
    def is_thinking(self) -> bool:
        return self.original is not None and self.original.is_thinking

    @property
    def messages(self) -> list[Message]:
        """All the messages that it made: the response, then the follow-ups; no deleted ones."""
        own = [self.original] if self.original and self.original is not self.message else []
        return [message for message in [*own, *self.followups] if not message.deleted]

    def acknowledgement(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, Callback]:
        """The kind of the first callback."""
        return self.changes.wait_for(lambda: self.callback, within=timeout, what=f"a first response to {self}")

    def response(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, Message]:
        """The first message that says something in answer: a response, an updated message, or a follow-up."""
        return self.changes.wait_for(lambda: self.answered_by, within=timeout, what=f"an answer to {self}")

    def followup(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, Message]:
        """The newest message besides the response."""
        return self.changes.wait_for(
            lambda: self.followups[-1] if self.followups else None, within=timeout, what=f"a follow-up to {self}"
        )

    def modal(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, Modal]:
        return self.changes.wait_for(lambda: self.opened_modal, within=timeout, what=f"a modal for {self}")

    def outcome(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, Callback | bool]:
        """The kind of the first callback, or True once it is too late for one."""
        return self.changes.wait_for(lambda: self.callback or self.failed, within=timeout, what=f"an end of {self}")

    def failure(self, *, timeout: float = 20.0) -> Coroutine[Any, Any, bool]:
        """What the user sees as "The application did not respond"."""
        return self.changes.wait_for(lambda: self.failed, within=timeout, what=f"the failure of {self}")

    def __str__(self) -> str:
        return f"{self.user.name}'s {self.kind.name.lower()} in #{self.channel.name}"


class Interactions:
    """Makes them, tells the bot, and answers what the bot does with their tokens."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        posting: Posting,
        changes: Changes,
        *,
        response_deadline: float,
        token_lifetime: float,
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._posting = posting
        self._changes = changes
        self._response_deadline = response_deadline
        self._token_lifetime = token_lifetime
        self._by_token: dict[str, Interaction] = {}

    def all(self) -> list[Interaction]:
        return list(self._by_token.values())

    def begin(
        self, kind: Kind, user: User, channel: Channel, data: Payload, *, message: Message | None = None
    ) -> Interaction:
        """A user acts: the bot hears of it over the gateway."""
        began = self._world.clock.now()
        interaction = Interaction(self._world.ids.next(), kind, user, channel, message, began, self._changes)
        self._by_token[interaction.token] = interaction
        # A little after the deadline, since a callback that arrives on it is still taken.
        asyncio.get_running_loop().call_later(self._response_deadline + 0.01, self.give_up_on_the_late)
        self._gateway.dispatch("INTERACTION_CREATE", self._event(interaction, data))
        return interaction

    def give_up_on_the_late(self) -> None:
        """Marks those that nobody answered in time."""
        for interaction in self._by_token.values():
            interaction.failed |= interaction.callback is None and self._is_late(interaction)
        self._changes.notify()

    def respond(
        self, interaction_id: int, token: str, body: Payload, uploads: Sequence[Upload], *, wants_response: bool
    ) -> Payload | None:
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise ApiError(10062)
        if interaction.callback is not None:
            raise ApiError(40060)
        if self._is_late(interaction):
            raise ApiError(10062)
        callback = _checked_callback(interaction, body["type"])
        self._carry_out(interaction, callback, body.get("data") or {}, uploads)
        interaction.callback = callback
        self._changes.notify()
        return _callback_response(interaction, callback) if wants_response else None

    def follow_up(self, token: str, body: Payload, uploads: Sequence[Upload]) -> Message:
        """After a deferral, the first follow-up replaces "thinking", and takes over its visibility."""
        interaction = self._answered(token)
        if interaction.is_thinking:
            return self.edit(token, "@original", body, uploads)
        visible_to = interaction.user if (body.get("flags") or 0) & EPHEMERAL else None
        message = self._post(interaction, body, uploads, visible_to)
        interaction.followups.append(message)
        self._answer(interaction, message)
        return message

    def edit(self, token: str, which: str, body: Payload, uploads: Sequence[Upload]) -> Message:
        interaction = self._answered(token)
        message = self.fetch(token, which)
        self._posting.edit(message, body, uploads)
        self._answer(interaction, message)
        return message

    def delete(self, token: str, which: str) -> None:
        self._posting.delete(self.fetch(token, which))

    def fetch(self, token: str, which: str) -> Message:
        """`which` is a message id or "@original"."""
        interaction = self._answered(token)
        mine = [interaction.original, *interaction.followups]
        for message in mine[:1] if which == "@original" else mine:
            if message and not message.deleted and which in ("@original", str(message.id)):
                return message
        raise ApiError(10008)

    def _answered(self, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if interaction is None or interaction.callback is None:
            raise ApiError(10015)
        if self._world.clock.now() - interaction.began > self._token_lifetime:
            raise ApiError(50027)
        return interaction

    def _is_late(self, interaction: Interaction) -> bool:
        return self._world.clock.now() - interaction.began > self._response_deadline

    def _carry_out(
        self, interaction: Interaction, callback: Callback, data: Payload, uploads: Sequence[Upload]
    ) -> None:
        visible_to = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
        match callback:
            case Callback.MESSAGE:
                interaction.original = self._post(interaction, data, uploads, visible_to)
                self._answer(interaction, interaction.original)
            case Callback.DEFERRED_MESSAGE:
                interaction.original = self._posting.post_thinking(
                    interaction.channel,
                    self._world.bot,
                    visible_to=visible_to,
                    interaction=_metadata(interaction),
                )
            case Callback.DEFERRED_UPDATE:
                interaction.original = interaction.message
            case Callback.UPDATE:
                assert interaction.message is not None
                interaction.original = interaction.message
                self._posting.edit(interaction.message, data, uploads)
                self._answer(interaction, interaction.message)
            case Callback.CHOICES:
                limits.check_choices(data["choices"])
                interaction.choices = data["choices"]
            case Callback.MODAL:
                limits.check_modal(data)
                fields = with_ids(data["components"])
                interaction.opened_modal = Modal(interaction, data["title"], data["custom_id"], fields)

    def _post(
        self, interaction: Interaction, body: Payload, uploads: Sequence[Upload], visible_to: User | None
    ) -> Message:
        return self._posting.post(
            interaction.channel,
            self._world.bot,
            body,
            uploads=uploads,
            visible_to=visible_to,
            interaction=_metadata(interaction),
        )

    def _answer(self, interaction: Interaction, message: Message) -> None:
        interaction.answered_by = interaction.answered_by or message
        self._changes.notify()

    def _event(self, interaction: Interaction, data: Payload) -> Payload:
        user, channel = interaction.user, interaction.channel
        permissions = str(self._world.permissions(user, channel).value)
        event: Payload = {
            "id": str(interaction.id),
            "application_id": str(self._world.application_id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel) | {"permissions": permissions},
            "app_permissions": str(self._world.permissions(self._world.bot, channel).value),
            "locale": user.locale,
            "entitlements": [],
            "context": _BOT_DM_CONTEXT if channel.kind == DM_CHANNEL else _GUILD_CONTEXT,
            "attachment_size_limit": _ATTACHMENT_SIZE_LIMIT,
        }
        if interaction.message:
            event["message"] = payloads.message(interaction.message)
        guild = channel.guild
        if guild is None:
            return event | {"user": payloads.user(user), "authorizing_integration_owners": {"0": "0"}}
        return event | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": payloads.member(guild.member(user)) | {"permissions": permissions},
            "authorizing_integration_owners": {"0": str(guild.id)},
        }


def _checked_callback(interaction: Interaction, number: int) -> Callback:
    """Which first responses Discord accepts for which kind of interaction."""
    messages = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE}
    updates = {Callback.UPDATE, Callback.DEFERRED_UPDATE} if interaction.message else set[Callback]()
    allowed = {
        Kind.SLASH: messages | {Callback.MODAL},
        Kind.COMPONENT: messages | updates | {Callback.MODAL},
        Kind.AUTOCOMPLETE: {Callback.CHOICES},
        Kind.MODAL_SUBMIT: messages | updates,
    }[interaction.kind]
    if number not in allowed:
        form = Form()
        form.fault("type", "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(str, sorted(allowed)))}}}.")
        form.check()
    return Callback(number)


def _callback_response(interaction: Interaction, callback: Callback) -> Payload:
    about: Payload = {"id": str(interaction.id), "type": int(interaction.kind)}
    if interaction.original is None:
        return {"interaction": about}
    about["response_message_id"] = str(interaction.original.id)
    about["response_message_loading"] = interaction.original.is_thinking
    about["response_message_ephemeral"] = interaction.original.is_ephemeral
    if callback not in (Callback.MESSAGE, Callback.UPDATE):
        return {"interaction": about}
    message = payloads.message(interaction.original)
    return {"interaction": about, "resource": {"type": int(callback), "message": message}}


def _metadata(interaction: Interaction) -> Payload:
    guild = interaction.channel.guild
    metadata: Payload = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": payloads.user(interaction.user),
        "authorizing_integration_owners": {"0": str(guild.id if guild else 0)},
    }
    if interaction.message:
        metadata["interacted_message_id"] = str(interaction.message.id)
    return metadata
