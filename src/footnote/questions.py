"""What counts as a question, for every face."""

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
