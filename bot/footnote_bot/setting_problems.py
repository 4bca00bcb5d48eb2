"""What is wrong with a setting, in words: pydantic's own are for programmers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from footnote_bot.settings_fields import SECTIONS, variable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WHOLE = "a whole number"
_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "literal_error": lambda given: str(given["expected"]).replace("'", ""),
    "enum": lambda given: str(given["expected"]).replace("'", ""),
    "bool_parsing": lambda _: "true or false",
    "bool_type": lambda _: "true or false",
    "int_parsing": lambda _: _WHOLE,
    "int_parsing_size": lambda _: f"{_WHOLE}, and not such a long one",
    "int_type": lambda _: _WHOLE,
    "int_from_float": lambda _: _WHOLE,
    "float_parsing": lambda _: "a number",
    "float_type": lambda _: "a number",
    "finite_number": lambda _: "a number",
    "greater_than": lambda given: f"more than {given['gt']:g}",
    "greater_than_equal": lambda given: f"{given['ge']:g} or more",
    "less_than": lambda given: f"less than {given['lt']:g}",
    "less_than_equal": lambda given: f"{given['le']:g} or less",
}
"""What a setting should be, by pydantic's name for the problem."""


def problem(found: ErrorDetails) -> str:
    """One line that names the variable, and what it should be. Its value is not repeated, because some are secret."""
    name = _variable(str(found["loc"][0]))
    words = _WORDS.get(found["type"])
    if words is None:
        why = found["msg"].removeprefix("Value error, ").rstrip(".")
    elif len(found["loc"]) > 1:  # one of several values
        why = f"each of its values, separated by commas, should be {words(found.get('ctx', {}))}"
    else:
        why = f"it should be {words(found.get('ctx', {}))}"
    return f"{name} is not valid: {why}. Correct it in .env or in the environment; docs/settings.md explains it."


def _variable(place: str) -> str:
    """Pydantic names a field, or what it is read from."""
    for section in SECTIONS:
        if place in section.model_fields:
            return variable(section, place)
    return place.upper()
