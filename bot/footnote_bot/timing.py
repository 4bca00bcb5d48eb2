"""How long Footnote waits in Discord, and how often it looks after what is not done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds. People set none of these: they suit what Discord allows and how its readers read."""

    between_edits: float = 2.5
    """Of the message that shows how far a build is."""

    to_roll_back: float = 1.0
    """To an earlier index, before a message shows how far that is."""

    between_aged: float = 0.5
    """From one outdated message that is edited to the next."""

    between_passes: float = 300.0
    """That catch up with whatever Discord was not told."""

    between_switches: float = 5.0
    """Looks whether another process has made another generation live."""

    between_deadlines: float = 15.0
    """Looks at what has waited too long for a moderator."""

    between_signs: float = 20.0
    """Notes that the bot is connected, from which the next start knows how long it was away."""

    between_presences: float = 300.0
    """Looks how many articles there are, for what stands under the bot's name."""

    between_digests: float = 3600.0
    """Looks whether a digest is due."""

    for_guilds: float = 2.0
    """For Discord to tell of all guilds, before the bot is ready."""

    for_history: float = 2.0
    """To read the conversation before a question."""

    for_draft: float = 2.0
    """To show a draft. The answer waits for one on its way, or the draft might overtake it."""

    for_late_draft: float = 10.0
    """Until a draft that took longer has come, and the answer is shown once more in its place."""

    to_settle: float = 5.0
    """For what is in flight, before the bot leaves."""
