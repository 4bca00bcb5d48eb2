"""The statistics in words, for every face: a name and a line for each figure."""

from __future__ import annotations

from footnote.overview import Share, Statistics
from footnote.records import Votes
from footnote_bot.citation_format import counted

Figure = tuple[str, str]


def figures(found: Statistics) -> list[Figure]:
    """What there is to say; figures of nothing are left out."""
    asked = found.answered.whole
    lines = [
        ("Asked", f"{counted(asked, 'question')}, {percent(found.answered)} of them answered" if asked else "nothing"),
        ("Answers", _answers(found)),
        ("Abstentions", _of(found.abstaining, "found right", "decided")),
        ("Citations", _citations(found)),
        ("Time to verdict", _median(found.seconds_to_verdict)),
        ("Waiting", _waiting(found)),
        ("Readers", _readers(found)),
        ("Approved answers reused", f"{found.reused:,}" if found.reused else ""),
    ]
    return [(name, line) for name, line in lines if line]


def percent(share: Share) -> str:
    """81 %, or a dash for a share of nothing."""
    return "–" if share.value is None else f"{share.value:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


def span(days: int | None) -> str:
    """Of how many days."""
    if days is None:
        return "all recorded answers"
    return "the last day" if days == 1 else f"the last {days:,} days"


def duration(seconds: float) -> str:
    """In the two largest units that matter: 2 h 5 min."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    first = next(index for index, (number, _) in enumerate(parts) if number)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)


def _of(share: Share, what: str, whole: str) -> str:
    return f"{percent(share)} {what}, of {share.whole:,} {whole}" if share.whole else ""


def _answers(found: Statistics) -> str:
    line = _of(found.approval, "approved", "decided")
    return f"{line}: {found.corrected:,} corrected, {found.rejected:,} rejected" if line else ""


def _citations(found: Statistics) -> str:
    ruled = found.rulings
    singly = f"; {percent(ruled)} of {ruled.whole:,} ruled one by one" if ruled.whole else ""
    return _of(found.precision, "right", "judged") + singly


def _median(seconds: float | None) -> str:
    return "" if seconds is None else f"{duration(seconds)} (median)"


def _waiting(found: Statistics) -> str:
    since = f", {found.expired:,} of them because a source has changed" if found.expired else ""
    return f"{found.open:,} for a verdict{since}"


def _readers(found: Statistics) -> str:
    votes = found.votes
    return f"{votes.up:,} 👍, {votes.down:,} 👎, {counted(votes.flags, 'flag')}" if votes != Votes() else ""
