"""Article -> what in it seems to be written for a language model, or to mislead a reader, in a few words.

Such an article is indexed like any other: its text is data. But the owner of the folder should know. What any text may
contain is ignored: soft hyphens, no-break spaces, joiners, flags made of tag characters, pictures, links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from footnote.models import Article
from footnote_index.building.reports import Warned

# Cyrillic and Greek letters, and the Latin ones that they look like.
_LOOKALIKES = str.maketrans("аеіоорсухѕԁһјѵοαινυρΑΕΙΟΡС", "aeioopcyxsdhjvoaivupaeiopc")
_ZERO_WIDTH = "\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_FOREIGN = re.compile(f"[\xad{_ZERO_WIDTH}\u0370-\u04ff\U000e0000-\U000e007f]")
_DROPPED = re.compile(f"[\xad{_ZERO_WIDTH}]")
_TAGS = re.compile("[\U000e0020-\U000e007e]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")

_SOME = r"\s(?:\w+\s){0,3}?"
_WHAT = r"(?:instructions?|prompts?|directions?|directives?|orders|commands|messages?)"
_PREVIOUS = r"(?:previous|prior|above|earlier|preceding|your|system)"
_ORDERS = tuple(
    re.compile(order)  # in lower case; each begins with a literal word, which makes the search fast
    for order in (
        *(
            rf"{verb}{_SOME}(?:{_PREVIOUS}\s(?:\w+\s){{0,2}}?(?:{_WHAT}|rules|guidelines)\b|{_WHAT}\s(?:above|before|given|you\b))"
            for verb in ("ignore", "disregard", "forget", "override")
        ),
        *(rf"{verb}{_SOME}system\sprompt" for verb in ("reveal", "print", "repeat", "leak")),
        r"you\sare\snow\s(?:dan\b|in\sdeveloper\smode|an?\s(?:unrestricted|uncensored|jailbroken))",
        *(
            rf"{reader}s?\s(?:(?:that|who)\s)?read(?:ing|s)?\sthis"
            for reader in ("ai assistant", "ai model", "ai system", "language model")
        ),
        *(rf"{verb}\s(?:only\s|sentence\s|key\s)*s\d{{1,3}}\b" for verb in ("cite", "quote")),
        r"\bignorier\w{0,4}\s(?:\w+\s){0,2}?(?:vorherigen|bisherigen|vorigen|obigen)\s\w{0,20}(?:anweisung|regel)",
        r"ignore[zr]\s(?:\w+\s){0,2}?(?:instructions|consignes)\s(?:pr[eé]c[eé]dentes|ci-dessus)",
        r"oublie[zr]?\s(?:\w+\s){0,2}?(?:instructions|consignes)\s(?:pr[eé]c[eé]dentes|ci-dessus)",
        *(rf"{verb}\s(?:\w+\s){{0,2}}?instrucciones\s(?:anteriores|previas)" for verb in ("ignora", "olvida")),
        r"忽略.{0,8}(?:指令|指示|规则)",
        r"\bигнорируй\w{0,4}\s(?:\w+\s){0,3}?(?:инструкци|указани)",
        r"\bзабудь\w{0,4}\s(?:\w+\s){0,3}?(?:инструкци|указани)",
        r"تجاهل\s(?:\w+\s){0,2}?التعليمات",
    )
)
_FAKE_MESSAGES = tuple(
    re.compile(message)
    for message in (
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id)\|>",
        r"\[/?inst\]",
        r"<</?sys>>",
        r"</?(?:system|developer|assistant|sentences|instructions)>",
        r"\[/?(?:system|developer)\]",
        r"\"role\"\s*:\s*\"(?:system|developer|tool|assistant)\"",
        r"system\s(?:message|prompt|override)\b\W*:",
        r"developer\s(?:message|prompt|override)\b\W*:",
        r"##\s*(?:system|instruction|assistant)\s*:",
    )
)
_UNSEEN = re.compile(f"[{_ZERO_WIDTH}\u202d\u202e\ufe00-\ufe0f\U000e0000-\U000e01ef]")
_HIDDEN = re.compile(
    f"[{_ZERO_WIDTH}]{{4}}"
    "|(?:[A-Za-z]{1,3}[\u200b\u2060\ufeff]){3}"  # a word cut into pieces
    "|[\u202d\u202e]"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3}"  # bytes encoded as variation selectors
)
_IMAGE = re.compile(
    r"!\[[^\]\n]{0,300}\]\(\s*<?(https?://[^\s)>]+)|<img\s[^<>]{0,300}?src=[\"']?(https?://[^\s\"'<>]+)"
)
_TINY_IMAGE = re.compile(r"<img\s[^<>]*?(?:width|height)=[\"']?[01]\b", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|svg|avif)\Z", re.IGNORECASE)
_REPORTING = re.compile(r"\b(?:pixel|beacon|track(?:er|ing)?)\b", re.IGNORECASE)
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]\(\s*<?(https?://[^\s)>]+)"
    r"|<a\s[^<>]{0,200}?href=[\"']?(https?://[^\s\"'<>]+)[^<>]{0,200}>([^<>\n]{1,300})</a>"
)
_SHOWN_ADDRESS = re.compile(
    r"\A\W*+(?:(?:https?://|www\.)([^\s/?#>:]+)|((?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|io|example))(?:/\S*)?\W*\Z)"
)


def warnings_for(articles: Iterable[Article]) -> Iterator[Warned]:
    """Each article in which something is found, with everything found, and its loader's remarks."""
    for article in articles:
        found = [*dict.fromkeys([*article.remarks, *suspicious(article)])]
        if found:
            yield Warned(article.id, " and ".join(found))


def suspicious(article: Article) -> list[str]:
    """What is found in its text, file name or front matter, each kind once, in a few words."""
    parts = (article.id, article.title, article.source, article.author, article.category, article.url, article.text)
    text = "\n".join(filter(None, parts))
    plain = _as_read(text)
    return [words for words, is_in in _SIGNS.items() if is_in(text) or (plain is not text and is_in(plain))]


def suspicious_links(source: str) -> list[str]:
    """What is wrong with the links and images of a text; their addresses are not fetched."""
    return [words for words, is_in in _SIGNS.items() if is_in in _OF_LINKS and is_in(source)]


def _as_read(text: str) -> str:
    """As a model reads it: without invisible characters, and with tag characters as the letters that they represent."""
    if text.isascii() or not _FOREIGN.search(text):
        return text
    seen = _TAGS.sub(lambda tag: chr(ord(tag[0]) - 0xE0000), _DROPPED.sub("", text))
    return seen.translate(_LOOKALIKES)


def _has_orders(text: str) -> bool:
    return _has_any(_ORDERS, text)


def _has_fake_message(text: str) -> bool:
    return _has_any(_FAKE_MESSAGES, text)


def _has_any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    small = text.lower()
    return any(pattern.search(small) for pattern in patterns)


def _hides_text(text: str) -> bool:
    if text.isascii() or not _UNSEEN.search(text):
        return False
    return bool(_HIDDEN.search(text) or _TAGS.search(_FLAG.sub("", text)))


def _steers_terminals(text: str) -> bool:
    return "\x1b" in text or "\x9b" in text


def _has_beacon(text: str) -> bool:
    """An image that reports who looks at it: not an image file, or one with data in its address."""
    if "![" not in text and "<img" not in text:
        return False
    addresses = ("".join(image.groups("")) for image in _IMAGE.finditer(text))
    return any(map(_is_beacon, addresses)) or bool(_TINY_IMAGE.search(text))


def _is_beacon(address: str) -> bool:
    path, _, query = address.partition("?")
    return bool((query and not _PICTURE.search(path)) or _REPORTING.search(path) or re.search(r"[{}$]", address))


def _has_masked_link(text: str) -> bool:
    for link in _LINK.finditer(text) if "](" in text or "<a" in text else ():
        shown = _SHOWN_ADDRESS.match(link[1] or link[4])
        if shown and not _is_same_site(shown[1] or shown[2], link[2] or link[3]):
            return True
    return False


def _is_same_site(shown: str, address: str) -> bool:
    """Whether one host is the other or a subdomain of it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    one, other = (name.casefold().removeprefix("www.") for name in (shown, host))
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


_SIGNS: dict[str, Callable[[str], bool]] = {
    "instructions to a language model": _has_orders,
    "a fake system message": _has_fake_message,
    "hidden characters": _hides_text,
    "control characters for terminals": _steers_terminals,
    "an image that tracks its readers": _has_beacon,
    "a link that shows a different address": _has_masked_link,
}
_OF_LINKS = {_has_beacon, _has_masked_link}
