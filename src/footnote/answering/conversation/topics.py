"""What a text is about, judging by its words: names and content words."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from footnote.checks.words import STOPWORDS, WORD, plain

_TOKEN = re.compile(rf"{WORD.pattern}|[.!?](?=\s|\Z)|[,;:()“”\"]")


def names(text: str) -> list[str]:
    """Runs of capitalised words and numbers, each once. The first word of a sentence needs a second one to count."""
    tokens = [".", *_TOKEN.findall(text)]
    found = []
    for is_name, run in groupby(pairwise(tokens), key=lambda pair: _may_be_named(pair[1])):
        before, words = zip(*run, strict=True)
        if is_name and any(word[0].isupper() for word in words) and (len(words) > 1 or before[0] not in {*".!?"}):
            found.append(re.sub(r"['’]s\Z", "", " ".join(words)))
    return list(dict.fromkeys(found))


def content(text: str) -> list[str]:
    """The content words, each once, as written."""
    return list(dict.fromkeys(word for word in WORD.findall(text) if plain(word) not in STOPWORDS))


def has_number(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _may_be_named(word: str) -> bool:
    return (word[0].isupper() or word.isdecimal()) and plain(word) not in STOPWORDS
