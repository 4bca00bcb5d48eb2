"""Words of a text, as the checks compare them."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from footnote.checks.one_form import in_one_form
from footnote.checks.verbs import BASE_FORMS
from footnote.text.spelling import unaccented

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOPWORD_LIST = """
a about after all also an and any are as at be been before being but by can could did do does down during each for from
had has have he her here his how i if in into is it its just may me more most my of off on once only or other our out
over own said same she should so some such than that the their them then there these they this those through to too
under until up very was we were what when where which while who whom whose why will with would you your
"""
STOPWORDS = frozenset(_STOPWORD_LIST.split())


def plain(word: str) -> str:
    """Kabul's -> kabul, São -> sao."""
    return unaccented(word).casefold().removesuffix("'s")


def folded(text: str) -> str:
    """The words of a text in lower case, without punctuation and accents, separated by single spaces."""
    return " ".join(unaccented(word).casefold() for word in WORD.findall(text))


def content_words(text: str) -> list[str]:
    """The content words, as written."""
    return [word for word in WORD.findall(in_one_form(text)) if plain(word) not in STOPWORDS]


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def content(text: str) -> frozenset[str]:
    """The stems of the content words."""
    return frozenset(Stemmer.Stemmer("english").stemWords([*map(plain, content_words(text))]))


@lru_cache(maxsize=500)
def meanings(text: str) -> frozenset[str]:
    """The same, with irregular verbs in one form: took is take."""
    words = (plain(word) for word in content_words(text))
    return frozenset(Stemmer.Stemmer("english").stemWords([BASE_FORMS.get(word, word) for word in words]))


@lru_cache(maxsize=500)
def words_in(text: str) -> frozenset[str]:
    """All words in lower case, irregular verbs in one form."""
    words = (plain(word) for word in WORD.findall(text))
    return frozenset(BASE_FORMS.get(word, word) for word in words)
