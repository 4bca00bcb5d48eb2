"""What counts as a question, for every face: what is asked, and what looks like one among other messages."""

from __future__ import annotations

import re

from footnote.errors import NoQuestion

_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")  # no database keeps all of these
_WORD = re.compile("[^\\W_\u115f\u1160\u3164\uffa0]")  # the four are letters that nobody sees


def clean_question(text: str) -> str:
    """The question on one line, with single blanks. Raises NoQuestion when it has neither a letter nor a digit."""
    question = " ".join(_NOT_TEXT.sub("", text).split())
    if not _WORD.search(question):
        raise NoQuestion
    return question


_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*+`|^>[^\n]*+|https?://\S++|<[@#:/a][^<>\s]*+>", re.DOTALL | re.MULTILINE)
"""Code, quotes, addresses and mentions, which are no words of whoever writes."""

_MARKS = ("?", "？", "؟", "⁇", "⁉")
_CLOSING = " \"'”’»)*_~|!.…"
_ASKS = frozenset(
    "who whom whose what when where why how which is are was were am do does did can could will would should may might "
    "has have had isn't aren't wasn't don't doesn't didn't can't couldn't won't wouldn't shouldn't".split()
)
_ASKS_AROUND = re.compile(r"(?:(?:does|do|can|could|has|is|would)\s++)?(?:any(?:one|body)|some(?:one|body))\b")
_GOES_ON = frozenset("and but or so then what how why also".split())
_LONGEST_GOING_ON = 8  # words
_FEW_LETTERS = 4  # of a script without blanks: 何時ですか


def looks_like_question(text: str) -> bool:
    """Whether a message that is addressed to nobody asks something: a sentence of it ends with a question mark, or it
    begins as English questions do. One word ("Really?") is too little.
    """
    said = _said(text)
    words = said.casefold().replace("’", "'").split()
    if len(words) < 2 and (said.isascii() or sum(map(str.isalpha, said)) < _FEW_LETTERS):
        return False
    if _has_question_mark(said):
        return True
    is_remark = said.rstrip().endswith(("!", "…", "..."))
    begins = words[0].strip(",:;") in _ASKS and len(words) > 2
    return not is_remark and (begins or _ASKS_AROUND.match(" ".join(words)) is not None)


def goes_on(text: str) -> bool:
    """Whether a message in a conversation with the bot asks further: also "Why?" and "And his father"."""
    said = _said(text)
    words = said.casefold().split()
    is_short = 1 < len(words) <= _LONGEST_GOING_ON
    return _has_question_mark(said) or looks_like_question(text) or (is_short and words[0] in _GOES_ON)


def _said(text: str) -> str:
    return _NOT_SAID.sub(" ", text).strip()


def _has_question_mark(said: str) -> bool:
    """At the end of a word that is one: neither "??" alone nor "a?b"."""
    ends = (word.rstrip(_CLOSING) for word in said.split())
    return any(word.endswith(_MARKS) and _WORD.search(word) for word in ends)
