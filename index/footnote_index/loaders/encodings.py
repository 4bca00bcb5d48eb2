"""Bytes -> text. What is not UTF-8 is read only if its encoding is certain: never garbled."""

from __future__ import annotations

import codecs
import re

from footnote.errors import ArticleError

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_IN_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_MOSTLY = 0.6
_FEW_DAMAGED = 0.2
_FEW_NULS = 0.001
_DECLARED = re.compile(
    rb"""<(?:\?xml|meta)\b[^>]{0,300}?\b(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
_WIDER = {"gbk": "gb18030"}
"""Supersets of other encodings, which browsers use instead of them."""

_NO_TEXTS = ("replacement", "x-user-defined")
"""Labels that browsers know, for encodings that they do not read."""

# Without Icelandic: Turkish text would be read with its letters.
_WESTERN = tuple(
    frozenset(letters + letters.upper())
    for letters in (
        "àâæçéèêëîïôœùûü",  # French
        "äöüßé",  # German
        "áéíñóúü",  # Spanish
        "ãáâàçéêíóôõúü",  # Portuguese
        "àèéìòùî",  # Italian
        "åäöæøéèü",  # Danish, Finnish, Norwegian, Swedish
        "àçèéíïòóúü",  # Catalan
        "áéëïíóöüèê",  # Dutch
        "éèêëïîñçöüá",  # English, in borrowed words
    )
)
_UNLIKELY = frozenset("¹³¯¨´¸¼¾¬¶‰ƒ†‡¤¦")
_MANY_IN_A_ROW = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ]{3}")
_OTHERS = ["cp1251", "koi8_r", "cp1253", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252"]
_LEAST_LETTERS = 20
_CLEARLY_LESS_CHAOS = 0.05
_CLEARLY_MORE_COHERENT = 0.15


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as UTF-16 without a mark, or by its letters.

    Raises ArticleError when it is binary, or when more than one encoding could be right.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    if b"\0" in content:
        return _utf16(content)
    text = _attempt(content, "utf-8")
    return _told_by_letters(content) if text is None else text


def decoded_markup(content: bytes) -> str:
    """Like `decoded`, but a page that is not UTF-8 may declare its encoding."""
    if 0 < content.count(b"\0") < _FEW_NULS * len(content) and _attempt(content, "utf-8") is not None:
        content = content.replace(b"\0", b"")  # as browsers do
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    if declared and b"\0" not in content and _attempt(content, "utf-8") is None:
        text = _attempt(content, known_encoding(declared[1].decode()))
        if text is not None:
            return text
    if b"\0" not in content and _attempt(content, "utf-8") is None and _is_mostly_utf8(content):
        text = content.decode(errors="replace")
        if text.count("\ufffd") <= _FEW_DAMAGED * len(_BEYOND_ASCII.findall(content)):
            return text  # as browsers do: a page is more than a damaged byte in its footer
    return decoded(content)


def known_encoding(label: str) -> str | None:
    """Python's name for the encoding that a page or a server declares, as browsers understand it: `iso-8859-1` is
    Windows-1252. None if it is not a text encoding.
    """
    from webencodings import lookup

    found = lookup(label)
    if found is None or found.name in _NO_TEXTS:
        return None
    name: str = found.codec_info.name
    return _WIDER.get(name, name)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(f"it begins as {encoding.upper()}, but byte {error.start} is not valid") from error


def _attempt(content: bytes, encoding: str | None) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _utf16(content: bytes) -> str:
    """UTF-16 without a mark: in most languages every second byte is zero, and no other byte is."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    most = len(content) * 0.3
    encoding = "utf-16-le" if odd > most and not even else "utf-16-be" if even > most and not odd else None
    text = _attempt(content, encoding)
    if text is None or _CONTROLS.search(text):
        raise ArticleError("it is a binary file, not text")
    return text


def _told_by_letters(content: bytes) -> str:
    if _CONTROLS.search(content.decode("latin-1")):
        raise ArticleError("it is a binary file, not text")
    _require_no_utf8(content)
    text = _attempt(content, "cp1252")
    if text is not None and _is_western(text):
        return text
    return _in_another_script(content)


def _require_no_utf8(content: bytes) -> None:
    """A UTF-8 file with one damaged place would otherwise be read as sequences of accented letters."""
    if _is_mostly_utf8(content):
        raise ArticleError(f"it is UTF-8 except for byte {_first_wrong(content)}; save it as UTF-8 again")


def _is_mostly_utf8(content: bytes) -> bool:
    inside = sum(len(sequence) for sequence in _IN_UTF8.findall(content))
    return inside > _MOSTLY * len(_BEYOND_ASCII.findall(content))


def _is_western(text: str) -> bool:
    """Whether all letters beyond ASCII belong to one Western European language, and are next to other letters."""
    beyond = {character for character in text if character > "\x7f"}
    letters = {character for character in beyond if character.isalpha()} - {"ª", "º", "µ"}
    if beyond & _UNLIKELY or _MANY_IN_A_ROW.search(text):
        return False
    return any(letters <= alphabet for alphabet in _WESTERN)


def _in_another_script(content: bytes) -> str:
    """If one reading makes clearly more sense than all others."""
    from charset_normalizer import from_bytes

    readings = [*from_bytes(content, cp_isolation=_OTHERS)][:2]
    if not readings or readings[0].encoding == "cp1252" or _letters_beyond_ascii(str(readings[0])) < _LEAST_LETTERS:
        raise _unclear(content)
    best = readings[0]
    for other in readings[1:]:
        is_clear = other.chaos - best.chaos >= _CLEARLY_LESS_CHAOS
        if not is_clear and best.coherence - other.coherence < _CLEARLY_MORE_COHERENT:
            raise _unclear(content)
    return _strictly(content, best.encoding)


def _letters_beyond_ascii(text: str) -> int:
    return sum(character > "\x7f" and character.isalpha() for character in text)


def _unclear(content: bytes) -> ArticleError:
    place = _first_wrong(content)
    return ArticleError(f"it is not UTF-8 (byte {place}), and its encoding is not clear; save it as UTF-8")


def _first_wrong(content: bytes) -> int:
    """The first byte that is not UTF-8, in a file that is not."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(content)
