"""Characters in symbol fonts of Word: what they show."""

from __future__ import annotations

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
_PRIVATE = 0xF000


def symbol(font: str, code: str) -> str:
    """What a `w:sym` shows; an unknown one leaves a mark, never nothing."""
    try:
        number = int(code, 16)
    except ValueError:
        return "�"
    table = _WINGDINGS if "wingdings" in font.lower() else _SYMBOL
    if number >= _PRIVATE or "symbol" in font.lower() or "wingdings" in font.lower():
        return table.get(number & 0xFF, "�")
    return chr(number) if 0x20 <= number < 0xD800 else "�"


def as_shown(font: str, text: str) -> str:
    """The characters of a symbol font as what they show."""
    family = font.lower()
    if family != "symbol" and "wingdings" not in family:
        return text
    return "".join(symbol(font, f"{ord(letter):X}") if _is_symbol(letter) else letter for letter in text)


def _is_symbol(letter: str) -> bool:
    return "!" <= letter <= "~" or _PRIVATE <= ord(letter) < _PRIVATE + 0x100
