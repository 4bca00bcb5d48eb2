"""Buttons, selects, texts: finding and counting them in a tree of components."""

from collections.abc import Iterator
from typing import Any

Component = dict[str, Any]

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
FILE_UPLOAD, CHECKBOX_GROUP, CHECKBOX = 19, 22, 23
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
LINK_STYLE = 5


def walk(components: list[Component], path: str = "components") -> Iterator[tuple[str, Component]]:
    """Every component, nested ones too, with its path as error 50035 names it."""
    for index, component in enumerate(components):
        here = f"{path}.{index}"
        yield here, component
        yield from walk(component.get("components") or [], f"{here}.components")
        for key in ("accessory", "component"):
            if child := component.get(key):
                yield f"{here}.{key}", child
                yield from walk(child.get("components") or [], f"{here}.{key}.components")


def find(components: list[Component], kinds: frozenset[int], *, wanted: str | None) -> Component | None:
    """The first component of these kinds whose custom id, label or placeholder is `wanted`; any of them for None."""
    for _, component in walk(components):
        names = (component.get("custom_id"), component.get("label"), component.get("placeholder"))
        if component["type"] in kinds and (wanted is None or wanted in names):
            return component
    return None


def texts(components: list[Component]) -> list[str]:
    return [component["content"] for _, component in walk(components) if component["type"] == TEXT_DISPLAY]


def with_ids(components: list[Component]) -> list[Component]:
    """A copy with Discord's numbering: components without an id get the next free one."""
    copies = [_copy(component) for component in components]
    taken = {component["id"] for _, component in walk(copies) if component.get("id")}
    free = (number for number in range(1, 10_000) if number not in taken)
    for _, component in walk(copies):
        if not component.get("id"):
            component["id"] = next(free)
    return copies


def _copy(component: Component) -> Component:
    copy = dict(component)
    if "components" in copy:
        copy["components"] = [_copy(child) for child in copy["components"]]
    for key in ("accessory", "component"):
        if key in copy:
            copy[key] = _copy(copy[key])
    return copy
