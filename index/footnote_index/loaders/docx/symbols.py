"""Characters in symbol fonts of Word: what they show."""

from __future__ import annotations

from unicodedata import category

_SYMBOL_RUNS = (
    (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴"),
    (0x5D, "]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€"),
    (0xA2, "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xC5, "⊕∅∩∪⊃⊇"),
    (0xCC, "⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐"),
    (0xDE, "⇒⇓◊"),
    (0xE5, "∑"),
    (0xF2, "∫"),
)
_WINGDINGS_RUNS = (
    (0x4A, "☺"),
    (0x6C, "●"),
    (0x6E, "■"),
    (0x71, "❑"),
    (0x76, "❖"),
    (0xA7, "▪◻"),
    (0xD8, "➢"),
    (0xDF, "←→"),
    (0xE8, "➔"),
    (0xFB, "✗✓☒☑"),
)
_SYMBOL = {start + place: shown for start, run in _SYMBOL_RUNS for place, shown in enumerate(run)}
_WINGDINGS = {start + place: shown for start, run in _WINGDINGS_RUNS for place, shown in enumerate(run)}
_TABLES = {"symbol": _SYMBOL, "symbol mt": _SYMBOL, "symbolmt": _SYMBOL, "wingdings": _WINGDINGS}
_WITHOUT_TABLE = {"webdings", "wingdings 2", "wingdings 3", "marlett", "zapf dingbats", "zapfdingbats", "mt extra"}
_PRIVATE = 0xF000
_NO_CHARACTERS = {"Cc", "Cn", "Co", "Cs"}
_UNKNOWN = "�"


def symbol(font: str, code: str) -> str:
    """What a `w:sym` shows; an unknown one leaves a mark, never nothing."""
    try:
        number = int(code, 16)
        letter = chr(number)
    except (ValueError, OverflowError):
        return _UNKNOWN
    family = font.lower()
    if _is_private(number) or (number <= 0xFF and (family in _TABLES or family in _WITHOUT_TABLE)):
        return _TABLES.get(family, {}).get(number & 0xFF, _UNKNOWN)
    return _UNKNOWN if category(letter) in _NO_CHARACTERS else letter


def as_shown(font: str, text: str) -> str:
    """The characters of a symbol font as what they show."""
    family = font.lower()
    if family not in _TABLES and family not in _WITHOUT_TABLE:
        return text
    return "".join(symbol(font, f"{ord(letter):X}") if _is_symbol(letter) else letter for letter in text)


def _is_symbol(letter: str) -> bool:
    return "!" <= letter <= "~" or _is_private(ord(letter))


def _is_private(number: int) -> bool:
    return _PRIVATE <= number <= _PRIVATE + 0xFF
