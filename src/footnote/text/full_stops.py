"""Which full stops end a sentence: sentencex's answer, corrected by the table in full_stops.toml.

sentencex knows many scripts and quotation marks. It cuts after ordinals and abbreviations that it does not know, and
goes on after words that are abbreviations in another place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import sentencex

from footnote.text.code_in_prose import behind_emphasis, is_in_code, without_inner_bullets
from footnote.text.own_stops import with_own_stops, without_apostrophes

_CLOSERS = "\"'”’‘»›“)\\]"
_CLOSING = re.compile(f"[{_CLOSERS}]+")
_CANDIDATE = re.compile(rf"((?<!\.)\.++|…)[{_CLOSERS}]*+\s++")
_LETTER = r"[^\W\d_]"
# With the vowel signs, which are not letters. No sign is matched in two ways: that would take exponential time.
_LETTERS = f"(?:{_LETTER}|(?!{_LETTER})[\u0300-\u036f\u064b-\u065f\u0900-\u0dff])"
_ABBREVIATION = re.compile(
    rf"(?<![\w.])(?:{_LETTERS}{{1,5}}+\.[ ]?+(?={_LETTERS})){{0,20}}+"
    rf"(?:{_LETTERS}++[-/.](?={_LETTERS})){{0,20}}+{_LETTERS}++[.º°]?$"
)
_LAST_WORD = re.compile(rf"(?<!{_LETTERS})(?<!{_LETTERS}[-/º°]){_LETTERS}+(?:[-/º°]{_LETTERS}+)*[º°]?$")
_NUMBER = re.compile(r"(?<![\w.,:/])\d{1,3}$")
_AFTER_A_NUMBER = re.compile(r"(?:\d|\b[IVXLC]+|тыс|млн|млрд)\.?\s*$")
_OPENING = "([„“\"'»«‹›‘‚¿¡*_"
_PAIRS = (("„", "“”"), ("“", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("‘", "’"), ("(", ")"), ("[", "]"))
_NEXT_WORD = re.compile(r"[\w§№€$£][\w.'’-]*")
_BEGINS_A_NUMBER = re.compile(r"\d|[IVXLC]+\b|[a-zA-Z]\b|[§№]")
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_]+[,;:]?")
_IS_AFTER_A_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?:]\s+$")
_STEP = re.compile(r"\d{1,2}\.\s+[^\W\d_a-z]")
_ADDRESS = re.compile(r"\b\w++[.:/@]\w|https?:")
_NAME_OR_MARK = re.compile(r"(?<![a-z'’-])[a-z'’-]++[A-Z\d_(]|(?:[a-z]|[ivx]{2,4})[.)]")
"""A sentence may begin like this, in small letters: `iPhone sales`, `b) Water`."""

_GOES_ON_AT_ONCE = re.compile(r"-?\w|º")
_PLAIN = re.compile(r"[\w,]+")
_ZONE = re.compile("[A-Z]{2,4}")
_LONGEST_BEFORE = 40
_LONGEST_PART = 5  # letters of a part of an abbreviation that has several
_LONGEST_WORD = 60
_LONGEST_QUOTE = 1_000

_KINDS = ("ends", "counted", "time", "maybe", "number", "never")
_SETS = ("starters", "goes_on", "months", "before", "after", "particles")

_Answer = bool | None


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of a language; see full_stops.toml."""

    kinds: Mapping[str, str]
    starters: frozenset[str]
    goes_on: frozenset[str]
    months: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    particles: frozenset[str]
    vowels: str
    suffixes: tuple[str, ...]

    def kind(self, word: str) -> str | None:
        """A word in capitals is a different word: an initial, or "EST"."""
        found = self.kinds.get(word) or (None if word.isupper() else self.kinds.get(word.lower()))
        return found or ("number" if word.endswith(self.suffixes) else None)


def sentence_ends(text: str, language: str) -> list[int]:
    """Where the sentences of one line end, including the last. White space belongs to the sentence before it."""
    table = _table(language)
    text = without_inner_bullets(without_apostrophes(text))
    ends = set()
    end = 0
    for part in sentencex.segment(language, text):
        end += len(part)
        ends.add(_after_closers(text, end))
    for found in _CANDIDATE.finditer(text):
        answer = _ends_here(text, found, table) if found.end() < len(text) else None
        if answer is None and _closes_a_sentence(text, found):
            answer = True
        if answer is False:
            ends.discard(found.end())
        elif answer and found.end() not in ends and not _is_quoted(text, found.end()):
            ends.add(found.end())
    if not text.isascii():
        ends = with_own_stops(text, ends)
    return sorted(end for end in ends if end == len(text) or not _is_inside(text, end, table))


def _closes_a_sentence(text: str, found: re.Match[str]) -> bool:
    """Whether the brackets that close here contain a whole sentence: `(It was late.) Then`."""
    if ")" not in found[0] or not text[found.end() : found.end() + 1].isupper():
        return False
    opened = text.rfind("(", 0, found.start())
    return opened >= 0 and not text[:opened].rstrip(" ")[-1:].strip(".!?…:") and text[opened + 1].isupper()


def _is_quoted(text: str, position: int) -> bool:
    """Whether a quotation or bracket that was opened before the position is closed after it."""
    start = max(0, position - _LONGEST_QUOTE)
    before, after = text[start:position], text[position : position + _LONGEST_QUOTE]
    if before.count('"') % 2 and '"' in after:
        return True
    for opening, closings in _PAIRS:
        opened = before.rfind(opening)
        begins = opened == 0 or (opened > 0 and not before[opened - 1].isalnum() and before[opened - 1] not in ".!?")
        if begins and not set(before[opened + 1 :]) & set(closings) and set(after) & set(closings):
            return True
    return False


def _after_closers(text: str, end: int) -> int:
    """The end, moved past the quotation marks, marks of emphasis and spaces that follow directly."""
    if end and not text[end - 1].isspace() and (closing := _CLOSING.match(text, end)):
        end = closing.end()
        while end < len(text) and text[end].isspace():
            end += 1
    return behind_emphasis(text, end)


def _is_inside(text: str, end: int, table: _Table) -> bool:
    """Whether a full stop is between two letters or digits ("www.example.org") and no sentence begins after it, or in
    code, or a Japanese sentence continues after a quotation.
    """
    if text[end - 1] in "」』":
        return text[end] in "とっ"
    if is_in_code(text, end):
        return True
    if text[end - 1] != "." or not _GOES_ON_AT_ONCE.match(text, end):
        return False
    before = text[max(0, end - _LONGEST_WORD) : end].rsplit(maxsplit=1)[-1][:-1]
    after = text[end : end + _LONGEST_WORD].split(maxsplit=1)[0]
    begins = after.strip(",.:;") in table.starters or table.kind(after.strip(".")) == "never"
    return not (_PLAIN.fullmatch(before) and (begins or (before.islower() and _CAPITALISED.fullmatch(after))))


def _ends_here(text: str, found: re.Match[str], table: _Table) -> _Answer:
    """Whether a sentence ends at a full stop before a space; None: sentencex decides."""
    before = text[max(0, found.start() - _LONGEST_BEFORE) : found.start()]
    start = found.end()
    if found[1] != ".":
        is_cut = text[start].isupper() and found[0].strip() == found[1] and not text.startswith("I ", start)
        return True if is_cut and before[-1:].isalnum() else None
    while start < len(text) - 1 and text[start] in _OPENING:
        start += 1
    rest = text[start : start + _LONGEST_WORD]
    word = _NEXT_WORD.match(rest)
    after = re.split("['’]", word[0])[0].rstrip(".-") if word else ""
    begins = after in table.starters and not (len(after) == 1 and rest[1:2] == ".")
    if _NUMBER.search(before):
        answer = _ends_after_a_number(before, after, table, begins=begins)
    else:
        answer = _ends_after_a_word(before, rest, after, table, begins=begins)
    may_go_on = (rest[0].islower() or rest[0] == "&") and before[-1:].isalnum() and not _ADDRESS.match(rest)
    if answer is not None or not may_go_on:
        return answer
    return False if table.months or (table.particles and _goes_on_in_english(text, found, rest, table)) else None


def _goes_on_in_english(text: str, found: re.Match[str], rest: str, table: _Table) -> bool:
    """Whether small letters continue a sentence: after a quotation, and after a word that is short enough for an
    abbreviation. English has more of these than a table can list, but some people write all in small letters.
    """
    first = next((letter for letter in text[:_LONGEST_WORD] if letter.isalpha()), "")
    name = next((part for part in rest.split() if part not in table.particles), "")
    is_name = not rest.startswith(name) and name[:1].isupper()  # "de Gaulle"
    if first.islower() or is_name or _NAME_OR_MARK.match(rest):
        return False
    kind, word = _kind_of(text[max(0, found.start() - _LONGEST_BEFORE) : found.start()], table)
    is_known = kind is not None and not (kind == "ends" and word.islower())
    return found[0].rstrip() != "." or is_known or (kind is None and 0 < len(word) <= _LONGEST_PART)


def _ends_after_a_number(before: str, after: str, table: _Table, *, begins: bool) -> _Answer:
    if after in table.months:
        return False
    counted = _NUMBER.sub("", before)
    if _IS_AFTER_A_SENTENCE.search(counted) and after[:1].isupper() and not _kind_of(counted.rstrip(".!?: "), table)[0]:
        return False  # it numbers what follows
    words = before.rsplit(maxsplit=2)
    is_ordinal = len(words) > 1 and words[-2].lower().lstrip(_OPENING) in table.before
    if table.before and (after in table.after or (is_ordinal and after[:1].isupper() and not begins)):
        return False
    return None


def _ends_after_a_word(before: str, rest: str, after: str, table: _Table, *, begins: bool) -> _Answer:
    kind, word = _kind_of(before, table)
    is_capital = after[:1].isupper()
    match kind:
        case "never":
            return False
        case "number":
            return begins or (False if _BEGINS_A_NUMBER.match(rest) else None)
        case "maybe":
            return begins
        case "time":
            return False if after in table.goes_on or _ZONE.fullmatch(after) else None
        case "counted" if _AFTER_A_NUMBER.search(before[: len(before) - len(word)]):
            return True if begins else None
        case "counted" if len(word) > 1 or is_capital:
            return False
        case "ends":
            return True if is_capital else None
    if kind is None and _STEP.match(rest) and len(word) > 1:
        return True
    if is_capital and len(word) == 1 and word.isupper() and not before[:-1].rstrip().endswith("."):
        return begins or (False if table.months else None)
    is_word = len(word) > 1 and "." not in word
    return True if is_capital and is_word and (word[-1] in table.vowels or (begins and table.months)) else None


def _kind_of(before: str, table: _Table) -> tuple[str | None, str]:
    """The kind of the abbreviation or word before a full stop, its longest form first, and that form."""
    *_, word = before.rsplit(maxsplit=1) or [""]
    if len(word) > _LONGEST_PART and word.isalpha() and before.endswith(word):
        return table.kind(word), word  # as below, at once
    if (found := _ABBREVIATION.search(before)) and (kind := table.kind(found[0].replace(" ", ""))):
        return kind, found[0]
    last = _LAST_WORD.search(before)
    return (table.kind(last[0]), last[0]) if last else (None, "")


@lru_cache(maxsize=64)
def _table(language: str) -> _Table:
    tables = _tables()
    own, shared = tables.get(language, {}), tables["any"]
    kinds = {word: kind for table in (shared, own) for kind in _KINDS for word in str(table.get(kind, "")).split()}
    sets = {name: frozenset(str(own.get(name, "")).split()) for name in _SETS}
    return _Table(
        kinds, **sets, vowels=str(own.get("vowels", "")), suffixes=tuple(str(own.get("suffixes", "")).split())
    )


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, object]]:
    return tomllib.loads(files(__package__).joinpath("full_stops.toml").read_text(encoding="utf-8"))
