"""What an operator can choose about the bot in Discord."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from footnote.records.sharing import Share
from footnote_bot.access.ask_limits import AskLimits
from footnote_bot.posts.drafts import DraftPace
from footnote_bot.server_records.counting import VectorsOf
from footnote_bot.shards import Shards, share_of
from footnote_bot.timing import Timing
from footnote_bot.views.host import nothing_in_memory
from footnote_bot.wire.retrying import Retry


@dataclass(frozen=True, slots=True)
class Access:
    """Who is served: no `guild_ids` means every server, no `ask_limits` no limits on questions. `reads_messages`: the
    bot requests the Message Content intent. `shards`: how the servers are divided; None: there is one connection.
    """

    guild_ids: tuple[int, ...] = ()
    leaves_others: bool = True
    direct_messages: bool = True
    ask_limits: AskLimits = field(default_factory=AskLimits)
    reads_messages: bool = False
    shards: Shards | None = None

    @property
    def share(self) -> Share:
        return share_of(self.shards)

    @property
    def answers_directly(self) -> bool:
        """Not if another process has some of the servers: the asker's strictest server decides."""
        return self.direct_messages and self.share.is_whole


@dataclass(frozen=True, slots=True)
class Habits:
    """The bot's time limits, and what it does on its own."""

    answer_within: float
    """Seconds: enough for a language model's time limit and the fallback after it."""

    answers_age: timedelta = timedelta(0)
    keep_questions: timedelta = timedelta(0)
    """Zero: forever."""

    seconds_between_looks: float | None = None
    """How often the articles are checked; None: never."""

    digest_days: int = 0
    """The time between two digests; 0: none."""

    pace: DraftPace = field(default_factory=DraftPace)
    timing: Timing = field(default_factory=Timing)
    retry: Retry = field(default_factory=Retry)


@dataclass(frozen=True, slots=True)
class QuestionUse:
    """`vectors_of` compares questions by meaning; None: by their words. `on_forgotten` clears questions from memory.
    `model_host` is the host of the language model that receives questions, if there is one.
    """

    vectors_of: VectorsOf | None = None
    on_forgotten: Callable[[], Awaitable[None]] = nothing_in_memory
    model_host: str | None = None
