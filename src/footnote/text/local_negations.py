"""Negations in other languages than English: nicht, ne ... pas, не, 没有."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_WORDS = {
    "bg": "не няма нямаше никога без никой никого",
    "ca": "no sense ningú",
    "cs": r"nikdy bez žádn\w+ nikdo není nejsou ne(?:by|bud|moh|můž|chc|chtě|maj)\w+ nemá ani",
    "da": "ikke ingen intet aldrig uden",
    "de": r"nicht nichts kein\w* nie niemals niemand\w* weder ohne keineswegs nirgends",
    "el": r"δεν μη μην ποτέ χωρίς ούτε κανέν\w+",
    "es": r"no nunca ning[uú]n\w* sin tampoco nadie",
    "fi": "ei en et emme ette eivät eikä ilman",
    "fr": r"(?:ne\s|n['’])[^,.;]{1,30}?\s(?:pas|jamais|plus) aucune?s? rien sans ni",
    "he": "לא אין ללא בלי אינו אינה אינם",
    "hi": "नहीं बिना",
    "hu": r"nem nincs\w* soha sem nélkül senki",
    "id": "tidak tak bukan tanpa belum",
    "it": r"non nessun\w* senza né niente nulla neppure",
    "nl": "niet geen nooit zonder niemand niets noch",
    "no": "ikke ingen intet aldri uten",
    "pl": r"nie nigdy bez żad\w+ nikt ani",
    "pt": r"não nunca nenhum\w* sem nem ninguém",
    "ro": r"nu n-a n-au niciodată fără nici\w* nimeni",
    "ru": r"не нет никогда без ни никто нельзя",
    "sv": "inte ej ingen inget inga aldrig",
    "tr": r"değil\w* yok\w* hiç asla",
    "uk": r"не немає ніколи без ні ніхто",
    "vi": r"không(?!\s(?:khí|gian|quân)) chưa chẳng",
}
_ONLY = r"""
nur allein bloß seulement uniquement solo sólo solamente únicamente só apenas somente soltanto alleen slechts bara
endast bare kun tylko jen pouze только лишь лише тільки само numai doar csak vain pelkästään hanya saja chỉ
mehr\sals weniger\sals länger\sals später\sals vor plus\sde moins\sde avant más\sde menos\sde antes più\sdi
meno\sdi prima
"""
"""Behind a negation: "not only" and "not more than" negate nothing."""

_LETTERS = {
    "ja": (
        "(?<![危汚少])(?<!ければなら)(?<!くてはなら)ない|なかっ|なく(?!ては)"
        "|(?<!ければなり)(?<!くてはなり)ません|(?<!必)ず(?:に|、)"
    ),
    "ko": "않|없|못하|못했|아니",
    "zh": "不(?![同仅僅只但断斷过過得少久锈鏽错錯管动動])|(?<!淹)[没沒](?!收)|未(?![来來])|[并並]非|[无無]法",
    "ar": r"\bلا\b|\bلم\b|\bلن\b|\bليس\w*|\bبدون\b|\bدون\b",
    "fa": r"\bنیست\w*|\bنبود\w*|\bبدون\b|\bهیچ\w*|\bنشد\w*|\bنکرد\w*|\bندار\w*",
}
"""Scripts that join words, or whose words join with others."""

_CLAUSE_END = re.compile(r"[,;:.()!?–—,。；：、，！？،؛]|--")
_REACH = 30
"""How many letters beside a negation it is taken to be about."""
_WORD = re.compile(r"[^\W\d_]{2}")

LIKE_NEGATIONS = re.compile(
    r"\b(?:verboten|untersagt|unzulässig|geschlossen|gesperrt|abgelehnt|kostenlos|kostenfrei|frei|höchstens"
    r"|un(?!ter|ser|gefähr|abhängig|mittelbar)[a-zäöü]{4,}|interdit\w*|fermée?s?|gratuit\w*|refus\w*|inconnu\w*|impossib\w*"
    r"|prohibid\w*|proibid\w*|cerrad\w*|cierra\w*|fechad\w*|desconocid\w*|vietat\w*|chius\w*|verboden|gesloten|gratis"
    r"|förbjud\w*|stäng\w*|zabronion\w*|zamkni\w*|nieznan\w*|niemożliw\w*|запрещ\w*|закры\w*|невозмож\w*|неизвест\w*"
    r"|заборон\w*|закрит\w*|неможлив\w*|невідом\w*)\b|禁止|关闭|關閉|拒",
    re.IGNORECASE,
)
"""Words that say with one word what others say with a negation."""


def knows_negations(language: str) -> bool:
    return _pattern(language) is not None


def without_negations(text: str, language: str) -> str:
    pattern = _pattern(language)
    return pattern.sub(" ", text) if pattern else text


def negated_in(text: str, language: str) -> Iterator[str]:
    """For each negation what stands behind it in its own clause, or before it if nothing does."""
    pattern = _pattern(language)
    if pattern is None:
        return
    for clause in _CLAUSE_END.split(text):
        for found in pattern.finditer(clause):
            before, behind = clause[: found.start()][-_REACH:], clause[found.end() :][:_REACH]
            yield behind if _WORD.search(behind) else before


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if language in _WORDS:
        words = "|".join(_WORDS[language].split())
        return re.compile(rf"\b(?:{words})\b(?!\s(?:{'|'.join(_ONLY.split())})\b)", re.IGNORECASE)
    return re.compile(_LETTERS[language]) if language in _LETTERS else None
