"""What readers say about an answer, as a field of its card."""

from __future__ import annotations

from collections.abc import Iterator

from footnote.records.answers import Votes
from footnote_bot.render.markdown import fit
from footnote_bot.translations.catalogue import N_, plural, written

COMMENTS_SHOWN = 3

_LONGEST_COMMENT = 250


def feedback(votes: Votes) -> Iterator[tuple[str, str]]:
    """The name (not translated yet) and value of the field; empty if nobody has said anything."""
    thumbs = [f"{sign} {written(number)}" for sign, number in (("👍", votes.up), ("👎", votes.down)) if number]
    flags = [plural("🚩 flagged by {n} reader", "🚩 flagged by {n} readers", votes.flags)] if votes.flags else []
    if thumbs or flags:
        yield N_("Readers"), "\n".join([" · ".join([*thumbs, *flags]), *_comments(votes)])


def _comments(votes: Votes) -> Iterator[str]:
    """The newest ones."""
    shown = [fit(comment, _LONGEST_COMMENT) for comment in votes.comments[:COMMENTS_SHOWN]]
    yield from (f"> {comment}" for comment in shown if comment)
    older = len(votes.comments) - COMMENTS_SHOWN
    if older > 0:
        yield plural("and {n} older comment", "and {n} older comments", older)
