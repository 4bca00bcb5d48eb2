"""A question's words, regardless of how they are typed and how polite the question is."""

from __future__ import annotations

import re
import unicodedata

_COURTESY = re.compile(
    r"""\A(?:\W*\b(?:
        please | (?:hi|hello|hey)(?:\ (?:there|all|everyone|everybody|footnote))? | good\ (?:morning|afternoon|evening)
      | ok | okay | well | so | thanks | thank\ you | sorry | excuse\ me
      | (?:can|could|would|will)\ (?:you|someone|anyone|somebody|anybody)(?:\ please)?\ tell\ (?:me|us)
      | (?:do|does)\ (?:you|anyone|anybody)\ know(?=\ (?:wh|how)) | tell\ (?:me|us)(?=\ (?:wh|how))
      | i(?:['’]d|\ would)\ like\ to\ know | i\ (?:want|need)\ to\ know
    )\b)+[^\w"“'‘«(-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_THANKS = re.compile(r"\b(?:please|thanks|thank you)\W*\Z", re.IGNORECASE)
_MARKS = re.compile(r"""[.,;:!?…"“”„«»'‘()\[\]–—](?:[.,;:!?…"“”„«»'‘()\[\]–—]++|(?!\w)|(?<!\w.))""")
"""All marks except a single one inside a word. The pattern begins with the characters, since that makes the search
quick.
"""


def bare(question: str) -> str:
    """Without "please", "hi" and "can you tell me" around it."""
    return _THANKS.sub("", _COURTESY.sub("", question)) or question


def repetition_key(question: str) -> str:
    """The same for questions that differ in case, white space, punctuation and courtesy only.

    Marks inside a word or number stay, and so do signs that are not punctuation: 3.5 is not 35, and C# is not C++.
    """
    plain = unicodedata.normalize("NFKC", bare(question)).replace("’", "'")
    return " ".join(_MARKS.sub(" ", plain).casefold().split())
