"""Days and months as other languages write them: 6. September 1902, 6.9.1902, 2021年9月6日."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH_LISTS = """
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
cs ledna února března dubna května června července srpna září října listopadu prosince
da januar februar marts april maj juni juli august september oktober november december
de januar februar märz april mai juni juli august september oktober november dezember
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
hi जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
nl januari februari maart april mei juni juli augustus september oktober november december
no januar februar mars april mai juni juli august september oktober november desember
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
sv januari februari mars april maj juni juli augusti september oktober november december
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
"""  # noqa: E501 - a list a line
_MONTHS = {
    language: {name: number for number, name in enumerate(names, 1)}
    for language, *names in map(str.split, _MONTH_LISTS.strip().splitlines())
}
MONTH_NAMES = frozenset(name for names in _MONTHS.values() for name in names)
"""Of all these languages."""

_WORD = re.compile(r"[^\W\d_][\w\u0900-\u0963]*+")
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?$")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./]\d{4}(?!\d)|(?<!\d)\d{4}-(\d{1,2})-(\d{1,2})(?!\d)")
_EAST_ASIAN = re.compile(r"(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日号號일])?")
_LONGEST_BEFORE = 12

Day = tuple[int | None, int]
"""A day of a month; None: the month alone."""


@lru_cache(maxsize=500)
def local_dates(text: str, language: str) -> frozenset[Day]:
    """The dates that the text names, in figures or in the words of its language."""
    found: set[Day] = set()
    months = _MONTHS.get(language, {})
    for word in _WORD.finditer(text) if months else ():
        if month := months.get(word[0].casefold()):
            day = _DAY_BEFORE.search(text, max(0, word.start() - _LONGEST_BEFORE), word.start())
            found.add((int(day[1]) if day else None, month))
    for day_first, month_second, month_first, day_last in _NUMERIC.findall(text):
        found.add((int(day_first or day_last), int(month_second or month_first)))
    for month, day_of in _EAST_ASIAN.findall(text):
        found.add((int(day_of) if day_of else None, int(month)))
    return frozenset(found)
