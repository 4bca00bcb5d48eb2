"""Superscripts and subscripts as characters: 10⁶ m², H₂O, never 106 m2."""

from __future__ import annotations

_HIGH = dict(zip("0123456789+-−–=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱˣ", strict=True))
_LOW = dict(zip("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎", strict=True))
_SIGNS = frozenset("*†‡§¶ªº°™®")


def superscript(text: str) -> str:
    """Letters stay as they are if they belong to a word (19th, 1er, Mme) or are a mark (*)."""
    return _written(text, _HIGH, "^")


def subscript(text: str) -> str:
    return _written(text, _LOW, "_")


def _written(text: str, characters: dict[str, str], mark: str) -> str:
    inner = text.strip()
    is_word = len(inner) > 1 and inner.isalpha()
    if not is_word and all(character in characters for character in inner):
        return text.replace(inner, "".join(map(characters.__getitem__, inner))) if inner else text
    is_number = any(character.isdigit() for character in inner) and not inner.startswith(("[", "("))
    if is_number and not any(character in _SIGNS for character in inner):
        return f"{mark}({inner})" if len(inner) > 1 else f"{mark}{inner}"
    return text
