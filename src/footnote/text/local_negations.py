"""Negations in other languages than English: nicht, ne ... pas, не, 没有."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_WORDS = {
    "bg": "не няма нямаше никога без никой никого",
    "ca": "no mai sense ningú",
    "cs": r"nikdy bez žádn\w+ nikdo není nejsou ne(?:by|bud|moh|můž|chc|chtě|maj)\w+ nemá ani",
    "da": "ikke ingen intet aldrig uden",
    "de": r"nicht nichts kein\w* nie niemals niemand\w* weder ohne keineswegs nirgends",
    "el": r"δεν μη μην ποτέ χωρίς ούτε κανέν\w+",
    "es": r"no nunca jamás ning[uú]n\w* sin tampoco nadie nada",
    "fi": "ei en et emme ette eivät eikä ilman",
    "fr": r"pas jamais aucune?s? rien sans ni (?:ne\s|n['’])\w+\splus",
    "he": "לא אין ללא בלי אינו אינה אינם",
    "hi": "नहीं मत बिना",
    "hu": r"nem nincs\w* soha sem nélkül senki",
    "id": "tidak tak bukan tanpa belum",
    "it": r"non mai nessun\w* senza né niente nulla neppure",
    "nl": "niet geen nooit zonder niemand niets noch",
    "no": "ikke ingen intet aldri uten",
    "pl": r"nie nigdy bez żad\w+ nikt ani",
    "pt": r"não nunca jamais nenhum\w* sem nem ninguém nada",
    "ro": r"nu n-a n-au niciodată fără nici\w* nimeni",
    "ru": r"не нет никогда без ни никто нельзя",
    "sv": "inte ej ingen inget inga aldrig",
    "tr": r"değil\w* yok\w* hiç asla",
    "uk": r"не немає ніколи без ні ніхто",
    "vi": "không chưa chẳng",
}
_ONLY = """
nur allein bloß seulement uniquement solo sólo solamente únicamente só apenas somente soltanto alleen slechts bara
endast bare kun tylko jen pouze только лишь лише тільки само numai doar csak vain pelkästään hanya saja chỉ
"""
"""Behind a negation: "not only" negates nothing."""

_LETTERS = {
    "ja": "ない|なかっ|なく|ません|(?<!必)ず(?:に|、)",
    "ko": "않|없|못하|못했|아니",
    "zh": "不(?![同仅僅只但断斷过過得少久])|没|沒|未(?![来來])|并非|並非|无法|無法|从无|從無",
    "ar": r"\bلا\b|\bلم\b|\bلن\b|\bليس\w*|\bبدون\b|\bدون\b",
    "fa": r"\bنیست\w*|\bنبود\w*|\bبدون\b|\bهیچ\w*|\bنشد\w*|\bنکرد\w*|\bندار\w*",
}
"""Scripts that join words, or whose words join with others."""

_CLAUSE_END = re.compile(r"[,;:.()!?–—,。；：、，！？،؛]|--")
_REACH = 30
"""How many letters on either side of a negation it is taken to be about."""


def knows_negations(language: str) -> bool:
    return _pattern(language) is not None


def negated_in(text: str, language: str) -> Iterator[str]:
    """For each negation what stands around it in its own clause."""
    pattern = _pattern(language)
    if pattern is None:
        return
    for clause in _CLAUSE_END.split(text):
        for found in pattern.finditer(clause):
            yield f"{clause[max(0, found.start() - _REACH) : found.start()]} {clause[found.end() :][:_REACH]}"


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if language in _WORDS:
        words = "|".join(_WORDS[language].split())
        return re.compile(rf"\b(?:{words})\b(?!\s(?:{'|'.join(_ONLY.split())})\b)", re.IGNORECASE)
    return re.compile(_LETTERS[language]) if language in _LETTERS else None
