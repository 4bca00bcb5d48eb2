"""Bytes -> text: rightly, or not at all."""

from __future__ import annotations

import pytest

from footnote.errors import ArticleError
from footnote_index.loaders.encodings import decoded, decoded_markup

ENGLISH = "The café’s naïve owner said “no” for £5 on Monday, after the señor had left. "
FRENCH = "Le président a déclaré hier que la vallée était tombée après une semaine de combats. Où est le garçon? "
GERMAN = "Die Straße über den Pass wurde für elf Tage gesperrt, erklärte der Präsident. "
RUSSIAN = "Долина пала в понедельник после недели боёв. Никто не знал, что происходит в горах, сказал губернатор. "
GREEK = "Η κοιλάδα έπεσε τη Δευτέρα μετά από μια εβδομάδα μαχών. Ο κυβερνήτης είπε ότι κανείς δεν ήξερε. "
JAPANESE = "谷は一週間の戦闘の後、月曜日に陥落した。知事は、誰も山で何が起きているか知らなかったと述べた。"
CHINESE = "经过一周的战斗，山谷于星期一失守。省长说，没有人知道山里发生了什么事。"
POLISH = "Dolina padła w poniedziałek po tygodniu walk. Żołnierze odeszli wcześniej, powiedział gubernator. "
TURKISH = "Vadi, bir haftalık çatışmanın ardından pazartesi günü düştü. Şimdi dağlarda ışık yok. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "cp1252") for text in (ENGLISH, FRENCH, GERMAN)),
        *((text, "latin-1") for text in (FRENCH, GERMAN)),
        *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8-r")),
        (GREEK, "cp1253"),
        *((JAPANESE, encoding) for encoding in ("shift-jis", "euc-jp")),
        *((CHINESE, encoding) for encoding in ("gb18030", "gb2312")),
        *((ENGLISH, encoding) for encoding in ("utf-16-le", "utf-16-be")),
        *((text, encoding) for text in (FRENCH, CHINESE) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")),
    ],
)
def test_other_encodings_are_recognised_by_their_mark_or_their_letters(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (POLISH.encode("cp1250"), "its encoding is not clear; save it as UTF-8"),
        (POLISH.encode("iso8859-2"), "its encoding is not clear"),
        (TURKISH.encode("cp1254"), "its encoding is not clear"),
        ("Ложь".encode("cp1251"), "its encoding is not clear"),
        (CHINESE.encode("utf-16-le"), "binary"),
        (b"\xff\xfe" + ENGLISH.encode("utf-16-le") + b"!", "it begins as UTF-16-LE, but byte"),
        (FRENCH.encode() + b"\xe9", "it is UTF-8 except for byte 112"),
        (FRENCH.encode()[:-3] + "é".encode()[:1], "it is UTF-8 except for byte"),
        (b"Title\n\0\1\2\3", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
    ],
)
def test_what_is_not_clear_is_refused_rather_than_garbled(content: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        decoded(content)


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1250">', "cp1250"),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", "iso8859-2"),
        ('<?xml version="1.0" encoding="windows-1250"?>', "cp1250"),
    ],
)
def test_a_declared_encoding_is_believed(declaration: str, encoding: str) -> None:
    page = f"{declaration}{POLISH}"
    assert decoded_markup(page.encode(encoding)) == page


def test_a_declared_encoding_is_not_believed_where_the_page_is_utf8() -> None:
    page = f'<meta charset="windows-1250">{POLISH}'
    assert decoded_markup(page.encode()) == page


@pytest.mark.parametrize("name", ["base64", "nonsense", "rot13", "undefined"])
def test_a_declared_encoding_that_is_none_is_passed_over(name: str) -> None:
    page = f'<meta charset="{name}">{FRENCH}'
    assert decoded_markup(page.encode("cp1252")) == page
