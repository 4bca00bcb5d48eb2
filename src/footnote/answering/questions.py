"""What counts as a question, in Discord and the terminal alike, and what looks like one among other messages."""

from __future__ import annotations

import re

from footnote.errors import NoQuestion

_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")  # not every database can store these
_WORD = re.compile("[^\\W_\u115f\u1160\u3164\uffa0]")  # the four are invisible letters


def clean_question(text: str) -> str:
    """The question on one line, with single blanks. Raises NoQuestion when it has neither a letter nor a digit."""
    question = " ".join(_NOT_TEXT.sub("", text).split())
    if not _WORD.search(question):
        raise NoQuestion
    return question


_NOT_SAID = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*+`|^>[^\n]*+|https?://\S++|<[@#:/a][^<>\s]*+>", re.DOTALL | re.MULTILINE
)
"""Code, quotes, addresses and mentions, which are not the writer's own words."""

_MARKS = ("?", "？", "؟", "⁇", "⁉")
_CLOSING = " \"'”’»)*_~|!.…"
_VERB = "(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)"
_BEGINS = re.compile(
    rf"(?:what|when|where|why|how|whom|whose)(?:'s\b|\s{_VERB}\b)"
    rf"|who(?:'s)?\s\S++\s|which\s(?:one|of|{_VERB})\b|which\s(?!(?:it|he|she|they|we|you|i)\s)\S++\s{_VERB}\b"
    r"|how\s(?:many|much|long|old|far|often|big|high)\b"
    rf"|{_VERB}(?:n't)?\s(?:the|an?|this|that|these|there|it|i|you|we|they|he|she|my|your|our|any(?:one|body|thing)?|"
    r"some(?:one|body)?)\b"
    r"|any(?:one|body)\s(?:know|here|got|else)"
)
_GOES_ON = frozenset(["and", "but", "or", "so", "then", "what", "how", "why", "also"])
_LONGEST_GOING_ON = 8  # words
_FEW_LETTERS = 4  # of a script without spaces: 何時ですか


def looks_like_question(text: str) -> bool:
    """Whether a message that is addressed to nobody asks something: one of its sentences ends with a question mark, or
    it begins like an English question. One word ("Really?") is too little.
    """
    said = _said(text)
    words = said.casefold().replace("’", "'").split()
    if len(words) < 2 and (said.isascii() or sum(map(str.isalpha, said)) < _FEW_LETTERS):
        return False
    if _has_question_mark(said):
        return True
    is_remark = said.rstrip().endswith(("!", "…", "..."))
    return len(words) > 2 and not is_remark and _BEGINS.match(" ".join(words)) is not None


def goes_on(text: str) -> bool:
    """Whether a message in a conversation with the bot is a follow-up question: also "Why?" and "And his father"."""
    said = _said(text)
    words = said.casefold().split()
    is_short = 1 < len(words) <= _LONGEST_GOING_ON
    return _has_question_mark(said) or looks_like_question(text) or (is_short and words[0] in _GOES_ON)


def _said(text: str) -> str:
    return _NOT_SAID.sub(" ", text).strip()


def _has_question_mark(said: str) -> bool:
    """A question mark at the end of a word: neither "??" alone nor "a?b"."""
    ends = (word.rstrip(_CLOSING) for word in said.split())
    return any(word.endswith(_MARKS) and _WORD.search(word) for word in ends)
