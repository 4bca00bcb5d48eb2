"""Words that mean the same, and words of the same kind, from WordNet's files (Princeton; a free licence of its own).

Only words with one common meaning are exchanged: the first sense of a word has to be most of its uses, as WordNet
counted them, and the word has to be mostly one part of speech.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lemminflect import getAllInflections, getAllLemmas, getInflection
from word_lists import WORDS

_PARTS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj"}
_UPOS = {part: name for name, part in _PARTS.items()}
_NUMBERS = {"1": "noun", "2": "verb", "3": "adj", "5": "adj"}
_CONCRETE = {"05", "06", "08", "13", "18", "20", "27", "28"}
"""WordNet's files of animals, artifacts, the body, food, persons, plants, substances and time: words of one kind in
them are different things."""

_MAINLY, _FIRST = 0.7, 0.5
_WORD = re.compile(r"(?<![\w'-])[a-z]{3,}(?![\w'-])")
_UNTOUCHED = frozenset(WORDS["untouched"])


@dataclass(frozen=True, slots=True)
class _Meaning:
    part: str
    file: str
    words: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]


class WordNet:
    """Read from a folder of `index.*`, `data.*` and `cntlist.rev`. `common`: the words that may be put in."""

    def __init__(self, folder: Path, common: Container[str]) -> None:
        self._in_use = common
        self._meanings: dict[tuple[str, str], _Meaning] = {}
        self._senses: dict[tuple[str, str], list[str]] = {}
        self._uses: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for part in _PARTS.values():
            for line in _lines(folder / f"data.{part}"):
                offset, meaning = _meaning(part, line)
                self._meanings[part, offset] = meaning
            for line in _lines(folder / f"index.{part}"):
                fields = line.split()
                self._senses[part, fields[0]] = fields[-int(fields[2]) :]
        for line in _lines(folder / "cntlist.rev"):
            key, sense, count = line.split()
            lemma, numbers = key.split("%")
            if numbers[0] in _NUMBERS:
                self._uses[_NUMBERS[numbers[0]], lemma][int(sense)] = int(count)
        self.same = lru_cache(None)(self._same)
        self.others = lru_cache(None)(self._others)

    def _same(self, word: str) -> tuple[str, ...]:
        """Words in the same form that mean the same, or a little more than it."""
        found = self._common(word)
        if not found:
            return ()
        lemma, meaning = found
        offset = self._senses[meaning.part, lemma][0]
        words = [other for other in meaning.words if other != lemma and self._is_used(other, meaning.part, offset)]
        if meaning.part == "noun" and meaning.file in _CONCRETE:
            words += [above.words[0] for above in self._near(meaning.above) if above.file == meaning.file]
        return self._inflected(word, lemma, meaning, words)

    def _others(self, word: str) -> tuple[str, ...]:
        """Common words in the same form for other things of the same kind."""
        found = self._common(word)
        if not found or found[1].file not in _CONCRETE or found[1].part != "noun":
            return ()
        lemma, meaning = found
        kind = [below for above in self._near(meaning.above) for below in self._near(above.below)]
        mine = set(meaning.words)
        words = [
            other.words[0]
            for other in kind
            if not mine & set(other.words) and sum(self._uses.get(("noun", other.words[0]), {}).values()) > 1
        ]
        return self._inflected(word, lemma, meaning, words) if len(words) < 60 else ()

    def _is_used(self, lemma: str, part: str, offset: str) -> bool:
        """In this sense, and not only for once."""
        senses = self._senses.get((part, lemma), [])
        uses = self._uses.get((part, lemma), {})
        return offset in senses and (uses.get(senses.index(offset) + 1, 0) > 1 or len(senses) == 1)

    def _near(self, offsets: tuple[str, ...]) -> Iterator[_Meaning]:
        return (self._meanings["noun", offset] for offset in offsets)

    def _common(self, word: str) -> tuple[str, _Meaning] | None:
        uses = {
            (part, lemma): sum(self._uses.get((part, lemma), {}).values()) + 0.5
            for name, lemmas in getAllLemmas(word).items()
            for lemma in lemmas
            if (part := _PARTS.get(name)) and (part, lemma) in self._senses
        }
        if not uses:
            return None
        (part, lemma), most = max(uses.items(), key=lambda one: one[1])
        counts = self._uses.get((part, lemma), {})
        alone = len(self._senses[part, lemma]) == 1
        if most < _MAINLY * sum(uses.values()) or not (alone or counts.get(1, 0) >= _FIRST * sum(counts.values()) > 0):
            return None
        return lemma, self._meanings[part, self._senses[part, lemma][0]]

    def _inflected(self, word: str, lemma: str, meaning: _Meaning, others: list[str]) -> tuple[str, ...]:
        tags = [tag for tag, forms in getAllInflections(lemma, _UPOS[meaning.part]).items() if word in forms]
        result = []
        for other in dict.fromkeys(others):
            if not tags or not re.fullmatch(r"[a-z]+(?:_[a-z]+)?", other):
                continue
            first, _, second = other.partition("_")
            at_end = meaning.part == "noun" and second
            forms = getInflection(second if at_end else first, tags[0])
            if forms and all(part in self._in_use for part in f"{forms[0]} {first} {second}".split()):
                result.append(f"{first} {forms[0]}" if at_end else f"{forms[0]} {second}".strip())
        return tuple(result)

    def reworded(self, question: str, rng: random.Random, most: int = 3) -> str:
        """Up to so many words exchanged for others that mean the same."""
        found = [match for match in _words(question) if self.same(match[0])]
        for match in sorted(rng.sample(found, min(most, len(found))), key=lambda one: -one.start()):
            if rng.random() < 0.75:
                question = question[: match.start()] + rng.choice(self.same(match[0])) + question[match.end() :]
        return question

    def about_another_kind(self, question: str, passage: str, rng: random.Random) -> str | None:
        """One thing exchanged for another of its kind, which the passage does not name."""
        found = [(match, self.others(match[0])) for match in _words(question)]
        found = [one for one in found if one[1]]
        if not found:
            return None
        match, others = rng.choice(found)
        said = passage.lower()
        others = tuple(other for other in others if other[:5] not in said and other not in question)
        return question[: match.start()] + rng.choice(others) + question[match.end() :] if others else None


def _words(question: str) -> Iterator[re.Match[str]]:
    return (match for match in _WORD.finditer(question) if match[0] not in _UNTOUCHED)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        return iter([line for line in lines if not line.startswith("  ")])


def _meaning(part: str, line: str) -> tuple[str, _Meaning]:
    fields = line.split(" | ", maxsplit=1)[0].split()
    offset, file, count = fields[0], fields[1], int(fields[3], 16)
    words = tuple(re.sub(r"\(.*\)", "", word).lower() for word in fields[4 : 4 + 2 * count : 2])
    pointers = fields[5 + 2 * count :]
    links = [pointers[at : at + 4] for at in range(0, 4 * int(fields[4 + 2 * count]), 4)]
    above = tuple(to for sign, to, kind, _ in links if sign == "@" and kind == "n")
    below = tuple(to for sign, to, kind, _ in links if sign == "~" and kind == "n")
    return offset, _Meaning(part, file, words, above, below)
