"""What people do in Discord: write, click, choose, fill in. Each act is refused where the client would refuse it."""

import asyncio
import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any

from . import components as trees
from . import payloads
from .commands import Commands, OptionValue
from .components import Component
from .errors import NotPossible
from .interactions import Interaction, Interactions, Kind, Modal
from .payloads import Payload
from .posting import Posting, Upload
from .world import Attachment, Channel, Message, Role, User, World

Answer = str | bool | list[str] | list[Attachment]

_BUTTONS = frozenset({trees.BUTTON})
_FIELDS = trees.SELECTS | {trees.TEXT_INPUT}


class Settling:
    """People are slower than software: an act starts after the bot has digested the answers that are on the way.

    Without it a test could click a button before the client has read the reply that confirmed the button's message.
    """

    def __init__(self) -> None:
        self.answers_on_the_way = 0

    async def settle(self) -> None:
        for _ in range(1000):
            if not self.answers_on_the_way:
                break
            await asyncio.sleep(0.001)
        for _ in range(25):
            await asyncio.sleep(0)
        await asyncio.sleep(0.002)  # for sockets and threads, which the loop does not know of


class Person:
    """A user with a client. Acts on the bot return an `Interaction`, messages written return the `Message`."""

    def __init__(
        self,
        user: User,
        *,
        world: World,
        posting: Posting,
        interactions: Interactions,
        commands: Commands,
        settling: Settling,
    ) -> None:
        self.user = user
        self._world = world
        self._posting = posting
        self._interactions = interactions
        self._commands = commands
        self._settling = settling

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def mention(self) -> str:
        return self.user.mention

    @property
    def dms(self) -> Channel:
        """The direct messages with the bot."""
        return self._world.dm_with(self.user)

    def sees(self, channel: Channel) -> list[Message]:
        """Every message in the channel for this person, including ephemeral ones."""
        return [
            message
            for message in channel.all_messages()
            if not message.deleted and message.visible_to in (None, self.user)
        ]

    def ephemerals(self, channel: Channel) -> list[Message]:
        """Those that nobody else sees."""
        return [message for message in self.sees(channel) if message.is_ephemeral]

    async def say(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        files: Mapping[str, bytes] | None = None,
        pings: bool = True,
    ) -> Message:
        if channel.guild and not self._world.permissions(self.user, channel).send_messages:
            raise NotPossible(f"{self.name} may not write in #{channel.name}")
        await self._settling.settle()
        uploads = [Upload(name, content, _kind_of(name)) for name, content in (files or {}).items()]
        body: dict[str, Any] = {"content": text}
        if not pings:
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": False}
        return self._posting.post(channel, self.user, body, reply_to=reply_to, uploads=uploads)

    async def post(self, forum: Channel, title: str, text: str, *, tags: Sequence[str] = ()) -> Message:
        """A post in a forum; its first message."""
        await self._settling.settle()
        thread = self._world.add_post(forum, title, self.user)
        thread.tags = {tag: forum.tags[tag] for tag in tags}
        self._posting.tell_of_thread(thread)
        return self._posting.post(thread, self.user, {"content": text}, number=thread.id)

    async def mention_bot(self, channel: Channel, text: str, *, reply_to: Message | None = None) -> Message:
        return await self.say(channel, f"{self._world.bot.mention} {text}", reply_to=reply_to)

    async def reply(self, message: Message, text: str, *, pings: bool = True) -> Message:
        """With the ping that the client adds to replies, unless it is switched off."""
        return await self.say(message.channel, text, reply_to=message, pings=pings)

    async def dm(self, text: str) -> Message:
        return await self.say(self.dms, text)

    async def edit(self, message: Message, text: str) -> None:
        self._check_own(message)
        await self._settling.settle()
        self._posting.edit(message, {"content": text})

    async def delete(self, message: Message) -> None:
        self._check_own(message)
        await self._settling.settle()
        self._posting.delete(message)

    async def slash(self, channel: Channel, command: str, /, **options: "OptionValue | Person") -> Interaction:
        """`command` as typed, sub-commands included: `await alice.slash(channel, "index rebuild", full=True)`."""
        await self._settling.settle()
        data = self._commands.call(self.user, channel, command, _plain(options))
        return self._interactions.begin(Kind.SLASH, self.user, channel, data)

    async def use(self, message: Message, entry: str) -> Interaction:
        """An entry of the message's menu, below "Apps"."""
        await self._settling.settle()
        data = self._commands.call_on(self.user, message, entry)
        return self._interactions.begin(Kind.SLASH, self.user, message.channel, data)

    async def autocomplete(
        self, channel: Channel, command: str, option: str, text: str, **others: "OptionValue | Person"
    ) -> list[Payload]:
        """The choices that the bot offers for what is typed into `option`; none if it fails."""
        await self._settling.settle()
        data = self._commands.half_typed(self.user, channel, command, option, text, _plain(others))
        interaction = self._interactions.begin(Kind.AUTOCOMPLETE, self.user, channel, data)
        await interaction.outcome()
        return interaction.choices or []

    async def click(self, message: Message, button: str) -> Interaction:
        """`button` is its label or its custom id."""
        await self._settling.settle()
        component = self._usable(message, _BUTTONS, button)
        if "custom_id" not in component:
            raise NotPossible(f"{button!r} is a link: it leads to {component.get('url')}")
        return self._begin_component(message, component, {})

    async def select(
        self, message: Message, *values: "str | Person | Channel | Role", menu: str | None = None
    ) -> Interaction:
        """`menu` is the select's placeholder or custom id, needed where there are several."""
        await self._settling.settle()
        component = self._usable(message, trees.SELECTS, menu)
        return self._begin_component(message, component, self._selection(component, values, message.channel))

    async def submit(self, modal: Modal, answers: Mapping[str, Answer]) -> Interaction:
        """`answers` go by the fields' labels or custom ids: text, whether a box is checked, the labels of those that
        are, or files.
        """
        await self._settling.settle()
        if modal.interaction.user is not self.user:
            raise NotPossible(f"{self.name} did not open this modal")
        left = dict(answers)
        files = [one for each in answers.values() if isinstance(each, list) for one in each]
        attachments = {str(one.id): payloads.attachment(one) for one in files if isinstance(one, Attachment)}
        filled = [_submitted(component, left) for component in modal.components]
        if left:
            raise NotPossible(f"The modal has no field {', '.join(left)}")
        data: Payload = {"custom_id": modal.custom_id, "components": filled}
        if attachments:
            data["resolved"] = {"attachments": attachments}
        opener = modal.interaction
        return self._interactions.begin(Kind.MODAL_SUBMIT, self.user, opener.channel, data, message=opener.message)

    def _begin_component(self, message: Message, component: Component, more: Payload) -> Interaction:
        data = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]} | more
        return self._interactions.begin(Kind.COMPONENT, self.user, message.channel, data, message=message)

    def _usable(self, message: Message, kinds: frozenset[int], wanted: str | None) -> Component:
        if message not in self.sees(message.channel):
            raise NotPossible(f"{self.name} does not see that message")
        component = trees.find(message.components, kinds, wanted=wanted)
        if component is None:
            raise NotPossible(f"The message has no {wanted!r}; it shows {message.buttons + message.selects}")
        if component.get("disabled"):
            raise NotPossible(f"{wanted!r} is disabled")
        return component

    def _selection(
        self, select: Component, values: Sequence["str | Person | Channel | Role"], home: Channel
    ) -> Payload:
        least, most = select.get("min_values", 1), select.get("max_values", 1)
        if not least <= len(values) <= most:
            raise NotPossible(f"The menu takes {least} to {most} values")
        chosen = [value if isinstance(value, str) else str(value.id) for value in values]
        offered = [option["value"] for option in select.get("options") or []]
        if select["type"] == trees.STRING_SELECT and not set(chosen) <= set(offered):
            raise NotPossible(f"The menu offers {offered}, not {chosen}")
        if select["type"] == trees.STRING_SELECT:
            return {"values": chosen}
        resolved: Payload = {}
        for value in values:
            target = value.user if isinstance(value, Person) else value
            if not isinstance(target, str):
                payloads.resolve(self._world, target, home, into=resolved)
        return {"values": chosen, "resolved": resolved}

    def _check_own(self, message: Message) -> None:
        if message.author is not self.user:
            raise NotPossible(f"{self.name} did not write that message")


def _plain(options: dict[str, "OptionValue | Person"]) -> dict[str, OptionValue]:
    return {name: value.user if isinstance(value, Person) else value for name, value in options.items()}


def _submitted(component: Component, answers: dict[str, Answer]) -> dict[str, Any]:
    """One row or label of a modal with what the user typed; taken answers are removed from `answers`."""
    kind, number = component["type"], component["id"]
    if kind == trees.LABEL:
        field = component["component"]
        return {"type": kind, "id": number, "component": _typed(field, component["label"], answers)}
    if kind == trees.ACTION_ROW:
        fields = [_typed(field, field.get("label", ""), answers) for field in component["components"]]
        return {"type": kind, "id": number, "components": fields}
    return {"type": kind, "id": number}


def _typed(field: Component, label: str, answers: dict[str, Answer]) -> dict[str, Any]:
    key = next((key for key in (label, field["custom_id"]) if key in answers), None)
    if field["type"] in (trees.CHECKBOX_GROUP, trees.CHECKBOX, trees.FILE_UPLOAD, trees.STRING_SELECT):
        chosen = answers.pop(key) if key else _as_opened(field)
        return _own(field) | (_ticked(field, chosen) if isinstance(chosen, list) else {"value": chosen})
    text = str(answers.pop(key)) if key else str(field.get("value") or "")
    required = field.get("required", True)
    if required and not text:
        raise NotPossible(f"{label!r} must be filled in")
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if text and not least <= len(text) <= most:
        raise NotPossible(f"{label!r} takes {least} to {most} characters")
    return _own(field) | ({"value": text} if field["type"] == trees.TEXT_INPUT else {"values": [text] if text else []})


def _as_opened(field: Component) -> bool | list[str]:
    """What is sent of a field that nobody touches."""
    if field["type"] == trees.CHECKBOX:
        return bool(field.get("default"))
    return [option["label"] for option in field.get("options") or () if option.get("default")]


def _ticked(field: Component, chosen: list[Any]) -> dict[str, Any]:
    """Boxes and options go by their labels, files by their numbers."""
    value_of = {option["label"]: option["value"] for option in field.get("options") or ()}
    values = [str(one.id) if isinstance(one, Attachment) else value_of.get(one) for one in chosen]
    if None in values:
        raise NotPossible(f"It offers {list(value_of)}, not {chosen}")
    is_menu = field["type"] == trees.STRING_SELECT
    least, most = field.get("min_values", int(is_menu)), field.get("max_values", 1 if is_menu else 10)
    if not least <= len(values) <= most:
        raise NotPossible(f"{least} to {most} can be chosen")
    return {"values": values}


def _own(field: Component) -> dict[str, Any]:
    return {"type": field["type"], "id": field["id"], "custom_id": field["custom_id"]}


def _kind_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
