"""Weekdays as other languages write them: montags, в среду, 星期三."""

from __future__ import annotations

import re
from functools import lru_cache

_LISTS = """
ar الاثنين|الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
cs pondělí úterý středa|středu|středy čtvrtek|čtvrtka pátek|pátku sobota|sobotu|soboty neděle|neděli
da mandag tirsdag onsdag torsdag fredag lørdag søndag
de montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag
es lunes martes miércoles jueves viernes sábado|sábados domingo|domingos
fi maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
fr lundi|lundis mardi|mardis mercredi|mercredis jeudi|jeudis vendredi|vendredis samedi|samedis dimanche|dimanches
hi सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
it lunedì martedì mercoledì giovedì venerdì sabato|sabati domenica|domeniche
nl maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
no mandag tirsdag onsdag torsdag fredag lørdag søndag
pl poniedziałek|poniedziałku wtorek|wtorku środa|środę|środy czwartek|czwartku piątek|piątku sobota|sobotę|soboty niedziela|niedzielę|niedzieli
pt segundafeira terçafeira quartafeira quintafeira sextafeira sábado|sábados domingo|domingos
ru понедельник|понедельника вторник|вторника среда|среду|среды четверг|четверга пятница|пятницу|пятницы суббота|субботу|субботы воскресенье|воскресенья
sv måndag tisdag onsdag torsdag fredag lördag söndag
tr pazartesi salı çarşamba perşembe cuma cumartesi pazar
uk понеділок|понеділка вівторок|вівторка середа|середу|середи четвер|четверга пятниця|пятницю|пятниці субота|суботу|суботи неділя|неділю|неділі
"""  # noqa: E501 - a list a line
_WEEKDAYS = {
    language: {form: number for number, forms in enumerate(days) for form in forms.split("|")}
    for language, *days in map(str.split, _LISTS.strip().splitlines())
}
_MAY_GO_ON = frozenset({"da", "de", "fi", "nl", "no", "sv"})
"""Languages that add endings and whole words: montags, Montagabend."""

_JOINS = re.compile("['’ʼ-]")
_WORD = re.compile(r"[^\W\d_][\w\u0900-\u0963]*+")
_EAST_ASIAN = re.compile("(?:星期|周|週)([一二三四五六日天])|([月火水木金土日])曜|([월화수목금토일])요일")
_SIGNS = {
    sign: day for signs in ("一二三四五六日", "月火水木金土日", "월화수목금토일") for day, sign in enumerate(signs)
}


@lru_cache(maxsize=500)
def local_weekdays(text: str, language: str) -> frozenset[int]:
    """The weekdays that the text names in its language, from 0 for Monday. A name such as Domingo is none, as only
    German writes weekdays with a capital.
    """
    found = {_SIGNS.get("".join(signs), 6) for signs in _EAST_ASIAN.findall(text)}
    known = _WEEKDAYS.get(language, {})
    for word in _WORD.findall(_JOINS.sub("", text)) if known else ():
        folded = word.casefold()
        if word != folded and language != "de":
            continue
        if language in _MAY_GO_ON:
            found.update(number for form, number in known.items() if folded.startswith(form))
        elif folded in known:
            found.add(known[folded])
    return frozenset(found)
