"""`.txt`: the first line is the title if it looks like one, the rest is the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders.blocks import Block, BlockKind, text_of
from footnote_index.loaders.dates import dateline
from footnote_index.loaders.encodings import decoded
from footnote_index.loaders.questions import asked_in
from footnote_index.loaders.wrapping import ITEM, runs, unwrapped, words_of

LONGEST_TITLE = 300
"""A longer first line is a paragraph: such a file's title is its name."""

_FEWEST_WORDS = 3  # of a file of one line
_RULE = re.compile(r"(?<!\s)\s*+(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,}|#{3,}|\^{3,})\s*")
_UNDERLINED = 0.6
_ENDS_A_SENTENCE = re.compile(r"[^.][.;,][\"'”’»)\]]*$|[。；，]$")


def parse(article_id: str, content: bytes) -> Article:
    """Raises ArticleError when there is no text. Line ends stay as they are in the file."""
    whole = decoded(content)
    lines = whole.strip().splitlines()
    if not lines:
        raise ArticleError("it is empty")
    title = " ".join(lines[0].split())
    if len(lines) == 1 and len(title.split()) < _FEWEST_WORDS and not _ENDS_A_SENTENCE.search(title):
        raise ArticleError("it has no text below its title")
    has_title = len(lines) > 1 and _is_title(title, lines[1])
    words = words_of(whole.replace("\r\n", "\n"))
    blocks = [block for group in runs(lines[1:] if has_title else lines) for block in _blocks(group, words)]
    text = text_of(blocks).replace("\xad", "").strip()
    return Article(
        article_id,
        title if has_title else PurePosixPath(article_id).stem,
        text.replace("\n", "\r\n") if "\r\n" in whole else text,
        published=dateline([one.text for one in blocks if one.kind is BlockKind.PARAGRAPH]),
        characters_in=len(whole),
    )


def _blocks(group: Sequence[str], words: frozenset[str]) -> Iterator[Block]:
    """The lines between two blank ones; an underlined line is a heading, and a rule is ignored."""
    start = 0
    for place, line in enumerate(group):
        if not _RULE.fullmatch(line):
            continue
        is_underlined = place > start and len(line.strip()) >= _UNDERLINED * len(group[place - 1].strip())
        end = place - 1 if is_underlined else place
        yield from _paragraphs(group[start:end], words)
        if is_underlined:
            yield Block(BlockKind.HEADING, group[end].strip(), 1 if line.strip()[0] in "=#*" else 2)
        start = place + 1
    yield from _paragraphs(group[start:], words)


def _paragraphs(lines: Sequence[str], words: frozenset[str]) -> Iterator[Block]:
    for place, line in enumerate(unwrapped(lines, words)):
        yield Block(BlockKind.PARAGRAPH, line, is_close=place > 0)


def _is_title(line: str, after: str) -> bool:
    """Not a sentence, a list item, the first of several questions, or a line that continues on the next."""
    goes_on = after.lstrip()[:1].islower() and len(line) > LONGEST_TITLE // 10
    return (
        len(line) <= LONGEST_TITLE
        and not goes_on
        and not (_ENDS_A_SENTENCE.search(line) or ITEM.match(line) or asked_in(line))
    )
