"""Discord's limits on what a bot sends, each refused with the error that Discord gives."""

import re
from collections.abc import Sequence
from typing import Any

from .components import (
    ACTION_ROW,
    BUTTON,
    CONTAINER,
    FILE,
    LABEL,
    LINK_STYLE,
    MEDIA_GALLERY,
    SECTION,
    SELECTS,
    SEPARATOR,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_INPUT,
    Component,
    texts,
    walk,
)
from .errors import ApiError, Form

COMPONENTS_V2 = 1 << 15
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2

_EMBED_LENGTHS = {"title": 256, "description": 4096}
_V2_TOP_LEVEL = {ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER}
_LINK_SCHEMES = ("http", "https", "discord")
# Discord also allows the combining marks of Devanagari and Thai; nobody here names a command so.
_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


def check_message(body: dict[str, Any], *, flags: int) -> None:
    """A message as it would stand: `flags` are those after the request."""
    form = Form()
    components = body.get("components") or []
    if flags & COMPONENTS_V2:
        _check_v2(form, body, components)
    else:
        form.length("content", body.get("content"), most=2000)
        _check_embeds(form, body.get("embeds") or [])
        _check_rows(form, components)
    _check_each_component(form, components)
    _check_allowed_mentions(form, body.get("allowed_mentions") or {})
    form.length("attachments", body.get("attachments"), most=10)
    form.check()


def check_modal(modal: dict[str, Any]) -> None:
    form = Form()
    components = modal.get("components") or []
    form.require("data.title", modal.get("title"))
    form.length("data.title", modal.get("title"), most=45)
    form.require("data.custom_id", modal.get("custom_id"))
    form.length("data.custom_id", modal.get("custom_id"), most=100)
    form.length("data.components", components, most=5, least=1)
    for path, component in walk(components, "data.components"):
        form.length(f"{path}.label", component.get("label"), most=45, least=1)
        form.length(f"{path}.description", component.get("description"), most=100)
        if component["type"] == TEXT_INPUT:
            form.length(f"{path}.placeholder", component.get("placeholder"), most=100)
            form.length(f"{path}.value", component.get("value"), most=component.get("max_length") or 4000)
        if component["type"] in SELECTS:
            _check_select(form, path, component)
            if component.get("disabled"):
                form.fault(f"{path}.disabled", "COMPONENT_DISABLED_IN_MODAL", "A field of a modal cannot be disabled")
        if component["type"] == ACTION_ROW:
            form.length(f"{path}.components", component.get("components"), most=1, least=1)
        if component["type"] == LABEL:
            form.require(f"{path}.component", component.get("component"))
    _check_custom_ids(form, components, "data.components")
    form.check()


def check_choices(choices: Sequence[dict[str, Any]]) -> None:
    form = Form()
    form.length("data.choices", list(choices), most=25)
    for index, choice in enumerate(choices):
        form.length(f"data.choices.{index}.name", choice["name"], most=100, least=1)
        form.length(f"data.choices.{index}.value", choice["value"], most=100)
    form.check()


def check_commands(commands: Sequence[dict[str, Any]]) -> None:
    form = Form()
    kinds = [command.get("type", 1) for command in commands]
    for kind in set(kinds):
        if _has_duplicates([command for command in commands if command.get("type", 1) == kind]):
            form.fault("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
    if kinds.count(1) > 100:
        raise ApiError(30032, message="Maximum number of application commands reached (100).")
    for index, command in enumerate(commands):
        if command.get("type", 1) == 1:
            _check_command(form, str(index), command)
            if _command_length(command) > 8000:
                form.fault(str(index), "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
        else:
            for path, name in _in_each_language(f"{index}.name", command, "name"):
                form.length(path, name, most=32, least=1)
    form.check()


def _check_embeds(form: Form, embeds: list[dict[str, Any]]) -> None:
    form.length("embeds", embeds, most=10)
    for index, embed in enumerate(embeds):
        here = f"embeds.{index}"
        for key, most in _EMBED_LENGTHS.items():
            form.length(f"{here}.{key}", embed.get(key), most=most)
        form.url(f"{here}.url", embed.get("url"))
        form.length(f"{here}.footer.text", (embed.get("footer") or {}).get("text"), most=2048)
        form.length(f"{here}.author.name", (embed.get("author") or {}).get("name"), most=256)
        form.url(f"{here}.author.url", (embed.get("author") or {}).get("url"))
        form.length(f"{here}.fields", embed.get("fields"), most=25)
        for number, field in enumerate(embed.get("fields") or []):
            for key, most in (("name", 256), ("value", 1024)):
                form.require(f"{here}.fields.{number}.{key}", field.get(key))
                form.length(f"{here}.fields.{number}.{key}", field.get(key), most=most)
    if sum(_embed_length(embed) for embed in embeds) > 6000:
        form.fault("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _embed_length(embed: dict[str, Any]) -> int:
    counted = [embed.get("title"), embed.get("description")]
    counted += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        counted += [field.get("name"), field.get("value")]
    return sum(len(text or "") for text in counted)


def _check_rows(form: Form, components: list[Component]) -> None:
    form.length("components", components, most=5)
    for index, component in enumerate(components):
        if component["type"] != ACTION_ROW:
            message = "Only action rows stand at the top of a message without the Components V2 flag"
            form.fault(f"components.{index}.type", "UNION_TYPE_CHOICES", message)


def _check_v2(form: Form, body: dict[str, Any], components: list[Component]) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.fault(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    for index, component in enumerate(components):
        if component["type"] not in _V2_TOP_LEVEL:
            form.fault(f"components.{index}.type", "UNION_TYPE_CHOICES", "Not allowed at the top of a message")
    if (count := sum(1 for _ in walk(components))) > 40:
        form.fault("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"{count} components, at most 40")
    if sum(map(len, texts(components))) > 4000:
        form.fault("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Total displayable text exceeds 4000")


def _check_each_component(form: Form, components: list[Component]) -> None:
    for path, component in walk(components):
        kind = component["type"]
        if kind == ACTION_ROW:
            _check_row(form, path, component)
        elif kind == BUTTON:
            _check_button(form, path, component)
        elif kind in SELECTS:
            _check_select(form, path, component)
        elif kind == SECTION:
            form.length(f"{path}.components", component.get("components"), most=3, least=1)
            form.require(f"{path}.accessory", component.get("accessory"))
        elif kind == TEXT_DISPLAY:
            form.require(f"{path}.content", component.get("content"))
        elif kind == MEDIA_GALLERY:
            form.length(f"{path}.items", component.get("items"), most=10, least=1)
    _check_custom_ids(form, components, "components")


def _check_row(form: Form, path: str, row: Component) -> None:
    children = row.get("components") or []
    has_select = any(child["type"] in SELECTS for child in children)
    form.length(f"{path}.components", children, most=1 if has_select else 5, least=1)


def _check_button(form: Form, path: str, button: Component) -> None:
    form.length(f"{path}.label", button.get("label"), most=80)
    if not button.get("label") and not button.get("emoji"):
        form.fault(f"{path}.label", "BUTTON_COMPONENT_LABEL_REQUIRED", "A button needs a label or an emoji")
    if button.get("style") == LINK_STYLE:
        form.require(f"{path}.url", button.get("url"))
        form.length(f"{path}.url", button.get("url"), most=512)
        form.url(f"{path}.url", button.get("url"), schemes=_LINK_SCHEMES)
    else:
        form.require(f"{path}.custom_id", button.get("custom_id"))


def _check_select(form: Form, path: str, select: Component) -> None:
    form.require(f"{path}.custom_id", select.get("custom_id"))
    form.length(f"{path}.placeholder", select.get("placeholder"), most=150)
    if select["type"] != STRING_SELECT:
        return
    options = select.get("options") or []
    form.length(f"{path}.options", options, most=25, least=1)
    for index, option in enumerate(options):
        for key in ("label", "value", "description"):
            form.length(f"{path}.options.{index}.{key}", option.get(key), most=100)
    values = [option["value"] for option in options]
    if len(values) != len(set(values)):
        form.fault(f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Option values must be unique")
    if (select.get("max_values") or 1) > len(options):
        form.fault(
            f"{path}.max_values", "NUMBER_TYPE_MAX", f"int value should be less than or equal to {len(options)}."
        )


def _check_custom_ids(form: Form, components: list[Component], root: str) -> None:
    seen: set[str] = set()
    for path, component in walk(components, root):
        custom_id = component.get("custom_id")
        if custom_id is None:
            continue
        form.length(f"{path}.custom_id", custom_id, most=100, least=1)
        if custom_id in seen:
            message = "Component custom id cannot be duplicated"
            form.fault(f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        seen.add(custom_id)


def _check_allowed_mentions(form: Form, allowed: dict[str, Any]) -> None:
    for kind in ("users", "roles"):
        form.length(f"allowed_mentions.{kind}", allowed.get(kind), most=100)
        if allowed.get(kind) and kind in (allowed.get("parse") or []):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            form.fault("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


def _check_command(form: Form, path: str, command: dict[str, Any], depth: int = 0) -> None:
    for at, name in _in_each_language(f"{path}.name", command, "name"):
        if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
            form.fault(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    for at, description in _in_each_language(f"{path}.description", command, "description"):
        form.require(at, description)
        form.length(at, description, most=100)
    form.length(f"{path}.choices", command.get("choices"), most=25)
    for index, choice in enumerate(command.get("choices") or []):
        for at, name in _in_each_language(f"{path}.choices.{index}.name", choice, "name"):
            form.length(at, name, most=100, least=1)
        form.length(f"{path}.choices.{index}.value", choice["value"], most=100)
    options = command.get("options") or []
    form.length(f"{path}.options", options, most=25)
    if _has_duplicates(options):
        form.fault(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        message = "Required options must be placed before non-required options"
        form.fault(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
    for index, option in enumerate(options):
        if option["type"] == SUBCOMMAND_GROUP and depth > 0:
            message = "Sub-command groups stand directly below a command"
            form.fault(f"{path}.options.{index}.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
        _check_command(form, f"{path}.options.{index}", option, depth + 1)


def _in_each_language(path: str, thing: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    """The text and its translations, each with its path."""
    translations = thing.get(f"{key}_localizations") or {}
    parent, _, _ = path.rpartition(".")
    translated = [(f"{parent}.{key}_localizations.{locale}", text) for locale, text in translations.items()]
    return [(path, thing.get(key)), *translated]


def _has_duplicates(named: Sequence[dict[str, Any]]) -> bool:
    """In any language, among the names that its users see."""
    locales = {locale for one in named for locale in one.get("name_localizations") or {}}
    seen = [[(one.get("name_localizations") or {}).get(locale, one["name"]) for one in named] for locale in locales]
    return any(len(names) != len(set(names)) for names in [[one["name"] for one in named], *seen])


def _command_length(command: dict[str, Any]) -> int:
    """Of each text, the longest of its translations counts."""
    own = _longest(command, "name") + _longest(command, "description")
    choices = sum(_longest(choice, "name") + len(str(choice["value"])) for choice in command.get("choices") or [])
    return own + choices + sum(_command_length(option) for option in command.get("options") or [])


def _longest(thing: dict[str, Any], key: str) -> int:
    return max(len(text or "") for _, text in _in_each_language(key, thing, key))
