"""The words of a text as search terms: in one spelling, without endings and stop words.

Each language has its own endings. Scripts without spaces between words give pairs of neighbouring characters instead
(Luk, Wong and Kwok 2002 find them as good as words).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import Stemmer

from footnote.text.languages import DEFAULT, is_latin, language_of
from footnote.text.spelling import unaccented

NO_BLANKS = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u0f40-\u0fbc\u1000-\u109f\u1780-\u17d3"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # the Japanese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
"""Letters of scripts without spaces between words, for a character class of a regular expression."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_MARKED = re.compile(rf"(?:(?!_)[\w{_MARKS}{NO_BLANKS}])++(?:'(?:(?!_)[\w{_MARKS}])++)?")
"""With vowel signs, which do not count as letters."""

_PAIRED = re.compile(rf"[{NO_BLANKS}\uac00-\ud7a3]+")
"""Korean has spaces, but its words have many endings."""

_UNWRITTEN = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0640\u0670\u200c\u200d]")
"""Vowel signs and the like that most people leave out when they type."""

_STOPWORD_LIST = """
a about an and are as at be been but by can could did do does for from had has have how if in into is it its may of on
or our shall should so than that the their them then there these they this those to was we were what when where which
who whom whose why will with would you your
"""
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "fa": "persian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_KEEPS_MARKS = frozenset({"da", "et", "fi", "is", "no", "sv", "tr", "vi"})
"""Languages in which a letter with a mark is another letter: å is not a."""


def question_language(question: str) -> str:
    """Questions are short: one in Latin letters counts as English unless one of its words shows another language."""
    if is_latin(question) and not _foreign_stopwords().intersection(_words(question, "")):
        return DEFAULT
    found = language_of(question)
    words = frozenset(_words(question, found))
    return found if not is_latin(question) or words & _stopwords(found) else DEFAULT


def asked_terms(question: str, language: str = DEFAULT) -> list[str]:
    """The terms of a question for texts in a language that need not be its own: "de" and "la" of a Spanish question are
    not searched for in English.
    """
    return terms(question, language, but=_stopwords(question_language(question)))


def terms(text: str, language: str = DEFAULT, *, but: frozenset[str] = frozenset()) -> list[str]:
    """In the order of the text, with repetitions. Words in `but` are left out too."""
    left_out = _stopwords(language) | but
    return _stems([word for word in _words(text, language) if word not in left_out], language)


def all_terms(text: str, language: str = DEFAULT) -> list[str]:
    """The same, including stop words."""
    return _stems(_words(text, language), language)


def _stems(words: list[str], language: str) -> list[str]:
    stem = _stemmer(language)
    if language == DEFAULT:
        words = [word.removesuffix("'s") for word in words]
    stems: list[str] = stem.stemWords(words) if stem else words
    return stems if language == DEFAULT or language in _KEEPS_MARKS else [*map(unaccented, stems)]


def _words(text: str, language: str) -> list[str]:
    if language == DEFAULT:
        plain = unaccented(text).casefold()  # before the endings are removed: English has no accents in them
        words = _WORD.findall(plain)
    else:
        plain = _UNWRITTEN.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'").casefold()
        words = _MARKED.findall(plain)
    return words if plain.isascii() or not _PAIRED.search(plain) else [*_with_pairs(words)]


def _with_pairs(words: Iterable[str]) -> Iterator[str]:
    """東京都 becomes 東京 and 京都."""
    for word in words:
        end = 0
        for run in _PAIRED.finditer(word):
            if run.start() > end:
                yield word[end : run.start()]
            characters = run[0]
            yield from (characters[at : at + 2] for at in range(max(1, len(characters) - 1)))
            end = run.end()
        if end < len(word):
            yield word[end:]


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Any:  # noqa: ANN401 - PyStemmer has no types
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name) if name else None


@lru_cache(maxsize=64)
def _stopwords(language: str) -> frozenset[str]:
    if language == DEFAULT:
        return frozenset(_STOPWORD_LIST.split())
    return frozenset(_lists().get(language, "").split())


@lru_cache(maxsize=1)
def _foreign_stopwords() -> frozenset[str]:
    """Stop words of other languages that are not English words."""
    return frozenset().union(*map(_stopwords, _lists())) - _stopwords(DEFAULT)


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("stopwords.toml").read_text(encoding="utf-8"))
