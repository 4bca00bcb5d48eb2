"""The statistics in words, for Discord and the terminal: a name and a line for each figure."""

from __future__ import annotations

from footnote.records.answers import Votes
from footnote.records.overview import Ratio, Statistics
from footnote_bot.translations.catalogue import N_, _, decimal, pgettext, plural, written

Figure = tuple[str, str]


def figures(found: Statistics) -> list[Figure]:
    """The figures, without those that have no data."""
    lines = [
        (_("Asked"), _asked(found)),
        (_("Answers"), _answers(found)),
        (_("Abstentions"), _of(found.abstaining, N_("{share} found right, of {whole} decided"))),
        (_("Citations"), _citations(found)),
        (_("Time to verdict"), _median(found.seconds_to_verdict)),
        (_("Waiting"), _waiting(found)),
        (_("Readers"), _readers(found)),
        (_("Approved answers reused"), written(found.reused) if found.reused else ""),
    ]
    return [(name, line) for name, line in lines if line]


def ratio_in_percent(share: Ratio) -> str:
    """81 %, or a dash for a share of nothing."""
    return "–" if share.value is None else f"{share.value:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


def span(days: int | None) -> str:
    """Of how many days."""
    if days is None:
        return _("all recorded answers")
    return plural("the last day", "the last {n} days", days)


def duration(seconds: float) -> str:
    """In the two largest units that matter: 2 h 5 min."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, pgettext("days", "d")), (hours, "h"), (minutes, "min")]
    first = next(index for index, (number, _unit) in enumerate(parts) if number)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)


def elapsed(seconds: float) -> str:
    """45 s, 3 min 20 s, 1 h 5 min."""
    if seconds < 10:
        return f"{decimal(seconds, 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _of(share: Ratio, line: str) -> str:
    return _(line).format(share=ratio_in_percent(share), whole=written(share.whole)) if share.whole else ""


def _asked(found: Statistics) -> str:
    asked = found.answered.whole
    if not asked:
        return _("nothing")
    share = ratio_in_percent(found.answered)
    return plural(
        "{n} question, {share} of them answered", "{n} questions, {share} of them answered", asked, share=share
    )


def _answers(found: Statistics) -> str:
    line = _of(found.approval, N_("{share} approved, of {whole} decided"))
    if not line:
        return ""
    others = _("{corrected} corrected, {rejected} rejected")
    return f"{line}: {others.format(corrected=written(found.corrected), rejected=written(found.rejected))}"


def _citations(found: Statistics) -> str:
    singly = _of(found.rulings, N_("{share} of {whole} ruled one by one"))
    return _of(found.precision, N_("{share} right, of {whole} judged")) + (f"; {singly}" if singly else "")


def _median(seconds: float | None) -> str:
    return "" if seconds is None else _("{duration} (median)").format(duration=duration(seconds))


def _waiting(found: Statistics) -> str:
    line = _("{open} for a verdict")
    if found.expired:
        line = _("{open} for a verdict, {expired} of them because a source has changed")
    return line.format(open=written(found.open), expired=written(found.expired))


def _readers(found: Statistics) -> str:
    votes = found.votes
    if votes == Votes():
        return ""
    flags = plural("{n} flag", "{n} flags", votes.flags)
    return f"{written(votes.up)} 👍, {written(votes.down)} 👎, {flags}"
