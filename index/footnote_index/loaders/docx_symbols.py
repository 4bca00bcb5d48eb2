"""Characters of Word that stand in a font of symbols: what they show."""

from __future__ import annotations

_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **{number: chr(number) for number in range(0x30, 0x3A)},
    **{0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼", 0xA0: "€"},
    **{number: chr(number) for number in map(ord, "!#%&()+,./:;<=>?[]_{|}")},
    **{0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔"},
    **{0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝"},
    **{0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩"},
    **{0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®"},
    **{0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDE: "⇒", 0xE5: "∑"},
    **{0xDB: "⇔", 0xDC: "⇐", 0xDF: "⇓", 0xE0: "◊", 0xF2: "∫", 0xB9: "≠"},
}
_WINGDINGS = {
    **{0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑", 0xA8: "◻", 0xA7: "▪", 0x6C: "●", 0x6E: "■", 0xE0: "→", 0xDF: "←"},
    **{0xD8: "➢", 0x4A: "☺", 0xE8: "➔", 0x76: "❖", 0x71: "❑"},
}
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
