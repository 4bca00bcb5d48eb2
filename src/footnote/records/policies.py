"""How the answers of a channel are reviewed, and where and when they are given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """When an answer is shown."""

    POST = "post"  # at once, and reviewed later
    HOLD = "hold"  # once a moderator has approved it
    NONE = "none"  # at once, and never reviewed


class Cards(StrEnum):
    """Which answers get a card."""

    ALL = "all"
    SAMPLED = "sampled"  # a share of them
    DOUBTFUL = "doubtful"  # those that `is_doubtful` names


class AtDeadline(StrEnum):
    """What happens to a held answer that nobody has reviewed in time."""

    POST = "post"  # it is shown, with a note
    SAY = "say"  # its asker gets a message that no moderator reviewed it


EVERYWHERE = 0
"""The channel number whose policy applies to all channels without their own."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`share` (0 to 1) of the answers get a card when these are sampled; `minutes` is how long an answer is held."""

    mode: Mode = Mode.POST
    cards: Cards = Cards.ALL
    share: float = 0.1
    minutes: int = 60
    at_deadline: AtDeadline = AtDeadline.SAY


DEFAULT = Policy()

UNREVIEWED = Policy(mode=Mode.NONE)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where and when a channel is answered. `in_threads`: each answer has a thread of its own. `calls_people`: members
    may have the moderators' role mentioned, once for each answer. The others are for forums: whether new posts are
    answered, with which tags (none: all posts), and which tags mark a post as solved (none: those whose name says so).
    """

    in_threads: bool = False
    calls_people: bool = False
    answers_posts: bool = False
    tags: tuple[int, ...] = ()
    solved_tags: tuple[int, ...] = ()


PLAIN = Ways()
"""In the channel itself, when somebody asks."""
