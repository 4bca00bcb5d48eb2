"""What a text is about, judging by its words: names, noun phrases and other content words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby, pairwise

from footnote.checks.words import STOPWORDS, WORD, plain

_FIGURE = r"\d+(?:[:.,/–-]\d+)+(?!\w)|[£$€]\d+"
"""A time, a day or a price, none of which is a name or a part of one."""

_TOKEN = re.compile(rf"{_FIGURE}|{WORD.pattern}|[.!?](?=\s|\Z)|[,;:()“”\"|]")
_ENDS = frozenset(".!?")
_BEGINS = _ENDS | {":", "|", '"', "“"}
"""Where the first word has a capital letter anyway, in a row of a table too."""

_WITHIN = re.compile(r"[\s-]++(?:&\s)?")
"""What may stand between the words of a phrase."""

_HELPER_LIST = "do does did will would can could may might must shall should have has had"
_HELPERS = frozenset(_HELPER_LIST.split())
_BE = frozenset({"is", "are", "was", "were"})
_INTRODUCING_LIST = """
the a an my our your his her its their this that these those any every each some which what whose no all both about of
for in on at by from with into near
"""
_INTRODUCING = frozenset(_INTRODUCING_LIST.split()) | _HELPERS | _BE
_MEASURED = frozenset({"many", "much", "long", "often", "far"})
_EMPTY_LIST = """
anything bit day days else exactly explain far get got happen happened happens hour hours list long lot lots many minute
minutes month months much not often per right something still sure tell thing things time times today tomorrow true week
weeks within without year years yes yesterday yet
"""
_EMPTY = frozenset(_EMPTY_LIST.split())
"""Words that are no topic by themselves."""

_POSSESSIVE = re.compile(r"['’]s\Z")
_LONGEST = 4  # words of a noun phrase; the last ones, since the noun stands at the end


class Kind(Enum):
    """What a topic is, by its form."""

    NAME = auto()
    THING = auto()  # a noun phrase after an article, a preposition or the like
    MEASURE = auto()  # "how many"
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of a text that belong together, as written."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def base(self) -> str:
        return _POSSESSIVE.sub("", self.text)

    @property
    def is_content(self) -> bool:
        return bool(WORD.fullmatch(self.text)) and plain(self.text) not in STOPWORDS


def names(text: str, *, in_answer: bool = False) -> list[str]:
    """Runs of capitalised words and numbers, each once. The first word of a sentence needs a second one to count; in an
    answer, which may be a row of a table, also that of a cell, and the name of a column is none.
    """
    tokens = [".", *_TOKEN.findall(text), ""]
    begins = _BEGINS if in_answer else _ENDS
    found = []
    for is_name, run in groupby(zip(pairwise(tokens), tokens[2:], strict=False), key=lambda one: _is_named(one[0][1])):
        before, words, after = zip(*((before, word, after) for (before, word), after in run), strict=True)
        is_column = in_answer and after[-1] == ":"
        may_begin = len(words) > 1 or before[0] not in begins
        if is_name and not is_column and may_begin and any(word[0].isupper() for word in words):
            found.append(_POSSESSIVE.sub("", " ".join(words)))
    return list(dict.fromkeys(found))


def content(text: str) -> list[str]:
    """The content words, each once, as written."""
    return list(dict.fromkeys(word for word in WORD.findall(text) if plain(word) not in STOPWORDS))


def topics(text: str) -> list[Topic]:
    """The topics of a question, each once, in its order."""
    tokens = [_Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]
    named = {word for name in names(text) for word in name.split()}
    found: list[Topic] = []
    for start, end in _runs(text, tokens):
        run = tokens[start:end]
        before = [plain(token.text) for token in tokens[:start]]
        if before[-1:] == ["how"]:
            found.append(Topic(f"how {run[0].text}", Kind.MEASURE))
            run, before = run[1:], [*before, "what"]
        is_introduced = not before or before[-1] in _INTRODUCING
        has_helper = bool(_HELPERS.intersection(before) or _BE.intersection(before[:1]))
        for part in _parts(run, named, is_whole=is_introduced and not has_helper, has_verb=has_helper):
            is_thing = is_introduced and part[0] is run[0] and not part[-1].text.isdecimal()
            is_name = any(token.base in named for token in part)
            kind = Kind.NAME if is_name else Kind.THING if is_thing else Kind.OTHER
            found.extend(_topic(text, part, kind))
    return list(dict.fromkeys(found))


def has_number(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _runs(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Where content words stand side by side."""
    start = 0
    for place, token in enumerate(tokens):
        goes_on = place > start and _WITHIN.fullmatch(text[tokens[place - 1].end : token.start])
        if place > start and not (token.is_content and goes_on):
            yield start, place
            start = place
        if not token.is_content:
            start = place + 1
    if start < len(tokens):
        yield start, len(tokens)


def _parts(run: Sequence[_Token], named: set[str], *, is_whole: bool, has_verb: bool) -> list[Sequence[_Token]]:
    """Names apart from other words, unless the run is one noun phrase, as in "the Panjshir valley"; and the verb apart,
    which ends the first run after "does the".
    """
    if is_whole:
        return [run] if run else []
    parts: list[Sequence[_Token]] = [[*same] for _, same in groupby(run, key=lambda token: token.base in named)]
    ends_in_verb = has_verb and len(parts) == 1 and len(run) > 1 and run[0].base not in named
    return [run[:-1], run[-1:]] if ends_in_verb else parts


def _topic(text: str, part: Sequence[_Token], kind: Kind) -> Iterator[Topic]:
    if kind is not Kind.NAME:
        part = part[-_LONGEST:]
    if not all(plain(token.text) in _EMPTY for token in part):
        said = " ".join(text[part[0].start : part[-1].end].split())
        yield Topic(_POSSESSIVE.sub("", said), kind)


def _is_named(word: str) -> bool:
    return bool(word) and (word[0].isupper() or word.isdecimal()) and plain(word) not in STOPWORDS
