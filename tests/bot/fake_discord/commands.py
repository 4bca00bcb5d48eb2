"""The application's commands as it synced them, and a user's call checked against them as the client would."""

from discord import Permissions

from . import limits, payloads
from .errors import NotPossible
from .payloads import Payload
from .world import DM_CHANNEL, Attachment, Channel, Guild, Message, Role, User, World

_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE, _MENTIONABLE, _NUMBER, _ATTACHMENT = range(
    1, 12
)
_CHAT_INPUT, _ON_MESSAGE = 1, 3
_BOT_DM_CONTEXT = 1

OptionValue = str | int | float | bool | User | Channel | Role | Attachment


class Commands:
    def __init__(self, world: World) -> None:
        self._world = world
        self._scopes: dict[int | None, list[Payload]] = {}

    def names(self, guild: Guild | None = None) -> list[str]:
        """Of one scope: the guild's own commands, or the global ones."""
        return [command["name"] for command in self.of(guild)]

    def of(self, guild: Guild | None) -> list[Payload]:
        return self._scopes.get(guild.id if guild else None, [])

    def overwrite(self, guild: Guild | None, commands: list[Payload]) -> list[Payload]:
        """Replaces a scope; a command that keeps its name keeps its id."""
        limits.check_commands(commands)
        known = {(command["name"], command["type"]): command["id"] for command in self.of(guild)}
        self._scopes[guild.id if guild else None] = [self._stored(command, guild, known) for command in commands]
        return self.of(guild)

    def add(self, guild: Guild | None, command: Payload) -> Payload:
        others = [other for other in self.of(guild) if other["name"] != command["name"]]
        return self.overwrite(guild, [*others, command])[-1]

    def call(self, user: User, channel: Channel, path: str, values: dict[str, OptionValue]) -> Payload:
        """The interaction's `data`; `path` is the command and its sub-commands, as typed: "index rebuild". Names may be
        those of the user's language; Discord sends the original ones.
        """
        command, nested, leaf = self._find(user, channel, path)
        values = _by_original_names(leaf.get("options") or [], values, user)
        unknown = values.keys() - {option["name"] for option in leaf.get("options") or []}
        if unknown:
            raise NotPossible(f"/{path} has no option {', '.join(sorted(unknown))}")
        resolved: Payload = {}
        options = [
            self._option(path, option, values[option["name"]], resolved, channel)
            for option in leaf.get("options") or []
            if _is_given(path, option, values)
        ]
        return self._data(command, nested, options, resolved)

    def call_on(self, user: User, message: Message, name: str) -> Payload:
        """The interaction's `data` for an entry of a message's menu."""
        command = self._offered(user, message.channel, name, _ON_MESSAGE)
        data = self._data(command, [], [], {"messages": {str(message.id): payloads.message(message)}})
        return data | {"target_id": str(message.id)}

    def half_typed(
        self, user: User, channel: Channel, path: str, focused: str, text: str, values: dict[str, OptionValue]
    ) -> Payload:
        """While the user types into `focused`; nothing is required or checked yet."""
        command, nested, leaf = self._find(user, channel, path)
        options = {option["name"]: option for option in leaf.get("options") or []}
        if not options.get(focused, {}).get("autocomplete"):
            raise NotPossible(f"/{path} does not complete {focused!r}")
        resolved: Payload = {}
        given = [self._option(path, options[name], value, resolved, channel) for name, value in values.items()]
        given.append({"name": focused, "type": options[focused]["type"], "value": text, "focused": True})
        return self._data(command, nested, given, resolved)

    def _stored(self, command: Payload, guild: Guild | None, known: dict[tuple[str, int], str]) -> Payload:
        kind = command.get("type") or _CHAT_INPUT
        permissions = command.get("default_member_permissions")
        return {key: value for key, value in command.items() if value is not None} | {
            "id": known.get((command["name"], kind)) or str(self._world.ids.next()),
            "application_id": str(self._world.application_id),
            "version": str(self._world.ids.next()),
            "type": kind,
            "description": command.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
            **({"guild_id": str(guild.id)} if guild else {}),
        }

    def _find(self, user: User, channel: Channel, path: str) -> tuple[Payload, list[Payload], Payload]:
        """The command, the sub-commands on the way, and the one whose options are filled in."""
        name, *rest = path.split()
        command = self._offered(user, channel, name, _CHAT_INPUT)
        nested, leaf = [], command
        for part in rest:
            leaf = next((each for each in leaf.get("options") or [] if _is_subcommand(each, part, user)), {})
            if not leaf:
                raise NotPossible(f"/{path}: there is no sub-command {part!r}")
            nested.append(leaf)
        if any(option["type"] in (_SUBCOMMAND, _GROUP) for option in leaf.get("options") or []):
            raise NotPossible(f"/{path} needs a sub-command")
        return command, nested, leaf

    def _offered(self, user: User, channel: Channel, name: str, kind: int) -> Payload:
        available = [*(self.of(channel.guild) if channel.guild else []), *self.of(None)]
        command = next((each for each in available if each["type"] == kind and _goes_by(each, name, user)), None)
        if command is None:
            raise NotPossible(f"/{name} is not offered here; the bot synced {[each['name'] for each in available]}")
        self._check_may_use(user, channel, command)
        return command

    def _check_may_use(self, user: User, channel: Channel, command: Payload) -> None:
        if channel.kind == DM_CHANNEL:
            contexts = command.get("contexts")
            if command.get("dm_permission") is False or (contexts is not None and _BOT_DM_CONTEXT not in contexts):
                raise NotPossible(f"/{command['name']} is not offered in direct messages")
            return
        granted = self._world.permissions(user, channel)
        needed = Permissions(int(command["default_member_permissions"] or 0))
        locked = command["default_member_permissions"] == "0" and not granted.administrator
        if locked or not needed <= granted or not granted.use_application_commands or not granted.view_channel:
            raise NotPossible(f"{user.name} may not use /{command['name']}")

    def _option(self, path: str, option: Payload, value: OptionValue, resolved: Payload, channel: Channel) -> Payload:
        kind, name = option["type"], option["name"]
        if not _fits(kind, value):
            raise NotPossible(f"/{path}: {name} cannot be {value!r}")
        if isinstance(value, Attachment):
            resolved.setdefault("attachments", {})[str(value.id)] = payloads.attachment(value)
            return {"name": name, "type": kind, "value": str(value.id)}
        if isinstance(value, User | Channel | Role):
            payloads.resolve(self._world, value, channel, into=resolved)
            return {"name": name, "type": kind, "value": str(value.id)}
        choices = option.get("choices") or []
        if choices and value not in [choice["value"] for choice in choices]:
            raise NotPossible(f"/{path}: {value!r} is not a choice of {name}")
        size = len(value) if isinstance(value, str) else value
        bounds = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
        least, most = (option.get(bound) for bound in bounds)
        if (least is not None and size < least) or (most is not None and size > most):
            raise NotPossible(f"/{path}: {name} must lie between {least} and {most}")
        return {"name": name, "type": kind, "value": value}

    def _data(self, command: Payload, nested: list[Payload], options: list[Payload], resolved: Payload) -> Payload:
        for step in reversed(nested):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data: Payload = {"id": command["id"], "name": command["name"], "type": command["type"], "options": options}
        if resolved:
            data["resolved"] = resolved
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return data


def _is_subcommand(option: Payload, name: str, user: User) -> bool:
    return _goes_by(option, name, user) and option["type"] in (_SUBCOMMAND, _GROUP)


def _goes_by(thing: Payload, name: str, user: User) -> bool:
    return name in (thing["name"], (thing.get("name_localizations") or {}).get(user.locale))


def _by_original_names(options: list[Payload], values: dict[str, OptionValue], user: User) -> dict[str, OptionValue]:
    originals = {name: option["name"] for option in options for name in values if _goes_by(option, name, user)}
    return {originals.get(name, name): value for name, value in values.items()}


def _is_given(path: str, option: Payload, values: dict[str, OptionValue]) -> bool:
    if option["name"] not in values and option.get("required"):
        raise NotPossible(f"/{path} needs {option['name']}")
    return option["name"] in values


def _fits(kind: int, value: OptionValue) -> bool:
    if isinstance(value, bool):
        return kind == _BOOLEAN
    fitting: dict[int, tuple[type, ...]] = {
        _STRING: (str,),
        _INTEGER: (int,),
        _NUMBER: (int, float),
        _USER: (User,),
        _CHANNEL: (Channel,),
        _ROLE: (Role,),
        _MENTIONABLE: (User, Role),
        _ATTACHMENT: (Attachment,),
    }
    return isinstance(value, fitting.get(kind, ()))
