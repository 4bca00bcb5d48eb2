"""Lines that belong to the site, not to the article: what else to read, follow or subscribe to."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_LONGEST_LABEL = 12  # words
_LONGEST_APPEAL = 45
_TITLE = r"(?::?\s.{1,80})?"
_APPEAL = re.compile(
    r"\A\W*+(?:(?:subscribe|sign up|register) (?:now |today |here )?(?:to|for) "
    r"|follow (?:us|.{2,40}) on (?:twitter|facebook|instagram|x\b)"
    r"|(?:download|get) (?:the|our) .{0,30}\bapp\b|for (?:the |more )?latest (?:stories|news|breaking)"
    r"|we want to hear (?:from you|what you think)|(?:submit|send) (?:us )?your (?:letter|story|comment)"
    r"|(?:abonnieren sie|folgen sie uns|jetzt abonnieren)|suscr[ií]b(?:ete|ase)|abonnez-vous|iscriviti"
    r"|pour (?:lire la suite|accéder en illimité)|zapraszamy (?:też )?do subskrypcji|puede escribirnos)",
    re.IGNORECASE,
)


def is_label(text: str, *, is_heading: bool) -> bool:
    """Whether a whole line only announces what is below it: other articles, comments, tags. A heading of one word may
    be the article's own.
    """
    words = len(text.split())
    return (2 if is_heading else 1) <= words <= _LONGEST_LABEL and bool(_labels().fullmatch(text))


def is_appeal(text: str) -> bool:
    """Whether a short paragraph begins by asking its readers to subscribe, follow or write."""
    return len(text.split()) <= _LONGEST_APPEAL and bool(_APPEAL.match(text))


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    lines = files(__package__).joinpath("announcements.txt").read_text(encoding="utf-8").splitlines()
    labels = [line.replace("…", _TITLE) for line in lines if line and not line.startswith("#")]
    return re.compile(rf"(?:{'|'.join(labels)})\W*", re.IGNORECASE)
