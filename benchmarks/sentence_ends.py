"""Sentences that end too early: at a bare number or an abbreviation, with the rest of the line behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from footnote.errors import ArticleError
from footnote.text.sentences import split_sentences
from footnote_index.loaders.html import loader as html

NUMBER = re.compile(r"(?<![\d.,:/])\d{1,3}\.$")
LETTER = re.compile(r"(?<!\w)[^\W\d_]\.$")
ABBREVIATIONS = frozenset(Path(__file__).with_name("abbreviations.txt").read_text(encoding="utf-8").split())
"""Words that hardly ever end a sentence, in six languages."""


def bare_ends(files: Sequence[Path]) -> tuple[int, list[str]]:
    """How many sentences the pages have, and those that end bare with what follows them."""
    count, bare = 0, []
    for file in files:
        try:
            text = html.parse(file.name, file.read_bytes()).text
        except ArticleError:
            continue
        for sentence, rest in _with_rest(text):
            count += 1
            if rest and is_bare(sentence):
                bare.append(f"{sentence[-60:]} | {rest[:30]}")
    return count, bare


def is_bare(sentence: str) -> bool:
    word = sentence.rsplit(maxsplit=1)[-1].lstrip("([{\"'„“«»")
    return bool(NUMBER.search(word) or LETTER.search(word) or (word.endswith(".") and word[:-1] in ABBREVIATIONS))


def _with_rest(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence, and what follows it in its line."""
    for sentence in split_sentences(text):
        yield text[sentence.start : sentence.end], text[sentence.end :].split("\n", 1)[0].strip()
