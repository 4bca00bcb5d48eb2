"""How long Footnote waits in Discord, and how often its background work runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds. These are not settings: they follow from Discord's limits and people's reading habits."""

    between_edits: float = 2.5
    """Between edits of the message that shows a build's progress."""

    to_roll_back: float = 1.0
    """Until a message shows the progress of a rollback."""

    between_aged: float = 0.5
    """Between edits of outdated messages."""

    between_passes: float = 300.0
    """Between passes that catch up with what is missing in Discord."""

    between_switches: float = 5.0
    """Between checks whether another process has made another generation live."""

    between_deadlines: float = 15.0
    """Between checks for answers that have waited too long for a moderator."""

    between_signs: float = 20.0
    """Between records of being connected, from which the next start knows how long the bot was away."""

    between_presences: float = 300.0
    """Between counts of the articles, for the text under the bot's name."""

    between_digests: float = 3600.0
    """Between checks whether a digest is due."""

    for_guilds: float = 2.0
    """For Discord to send all guilds, before the bot is ready."""

    for_history: float = 2.0
    """To read the conversation before a question."""

    for_draft: float = 2.0
    """To show a draft. The answer waits for one on its way, or the draft might overtake it."""

    for_late_draft: float = 10.0
    """Until a late draft has arrived, and the answer is shown again over it."""

    to_settle: float = 5.0
    """For what is in flight, before the bot leaves."""
