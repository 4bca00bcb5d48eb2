"""Words of an English text put into another language, from FreeDict's and CC-CEDICT's dictionaries.

A text in which some words are of another language teaches a multilingual encoder that they mean the same (Qin et al.,
"CoSDA-ML", arXiv:2006.06402). Grammar is not looked at.
"""

from __future__ import annotations

import gzip
import random
import re
from functools import lru_cache
from pathlib import Path

from lemminflect import getAllLemmas

_WORD = re.compile(r"[A-Za-z][a-z]+(?:-[a-z]+)*")
_NOTES = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>|\{[^}]*\}|^\s*\d+\.\s*")
_CEDICT = re.compile(r"^\S+ (\S+) \[[^\]]+\] /(.+)/\s*$")
_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_ODD = re.compile(r"[\d_=+*|]")
_MOST_WORDS = 2
"""A longer translation is an explanation."""

Dictionary = dict[str, str]


def freedict(index: Path) -> Dictionary:
    """Of a dictionary in dictd's form: `NAME.index` and, beside it, `NAME.dict.dz`."""
    with gzip.open(index.with_suffix(".dict.dz")) as stream:
        content = stream.read()
    found: Dictionary = {}
    for line in sorted(index.read_text(encoding="utf-8").splitlines(), key=lambda line: line[0].isupper()):
        word, offset, length = line.split("\t")[:3]  # "turkey" before "Turkey"
        if not _WORD.fullmatch(word):
            continue
        start = _number(offset)
        _, *lines = content[start : start + _number(length)].decode().splitlines() or [""]
        translation = next(filter(None, map(_first_of, lines)), None)
        if translation and translation.lower() != word.lower():
            found.setdefault(word.lower(), translation)
    return found


def cedict(file: Path) -> Dictionary:
    """English to simplified Chinese, of a file in CC-CEDICT's form: of each word the shortest one of two characters or
    more.
    """
    found: Dictionary = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not (entry := _CEDICT.match(line)):
            continue
        for gloss in entry[2].split("/")[:2]:
            word = gloss.removeprefix("to ").lower()
            if _WORD.fullmatch(word) and len(entry[1]) > 1:
                found[word] = min(found.get(word, entry[1]), entry[1], key=len)
    return found


class Dictionaries:
    """`folder` has FreeDict's files of English into other languages, and may have CC-CEDICT's as `cedict.txt`."""

    def __init__(self, folder: Path) -> None:
        self._of = {index.stem.removeprefix("freedict-eng-"): freedict(index) for index in folder.glob("*.index")}
        if (chinese := folder / "cedict.txt").is_file():
            self._of["zho"] = cedict(chinese)
        self.sizes = {language: len(words) for language, words in sorted(self._of.items())}

    def language(self, rng: random.Random) -> str:
        return rng.choice([*self.sizes])

    def switched(self, text: str, language: str, share: float, rng: random.Random) -> str:
        """`text` with about `share` of the words that the dictionary has in `language`."""
        words = self._of[language]

        def put(found: re.Match[str]) -> str:
            is_name = found[0][0].isupper() and found.start() > 0
            if is_name or rng.random() > share:
                return found[0]
            return next((words[form] for form in _forms(found[0].lower()) if form in words), found[0])

        return _WORD.sub(put, text)


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, ...]:
    """As it is written, and what it is a form of."""
    return (word, *(lemma for part in getAllLemmas(word).values() for lemma in part))


def _first_of(line: str) -> str | None:
    """The first translation of a line, if it is a word or two and no note."""
    if line.lstrip().startswith(('"', "Synonym", "Note", "see:")):
        return None
    first = re.split(r"[,;:/،。、]", _NOTES.sub("", line))[0].replace("~", " ").strip(" .\t")
    is_word = first and len(first.split()) <= _MOST_WORDS and not _GLUED.search(first) and not _ODD.search(first)
    return first if is_word else None


def _number(digits: str) -> int:
    """dictd's numbers have 64 digits."""
    value = 0
    for digit in digits:
        value = value * 64 + _DIGITS.index(digit)
    return value


_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
