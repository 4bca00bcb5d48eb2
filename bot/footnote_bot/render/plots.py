"""Statistics as a picture. matplotlib takes half a second to import: call from a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from footnote.records.overview import DailyCount, Ratio
from footnote_bot.render.figures import span
from footnote_bot.server_records.counting import Counted
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.dates import short_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ANSWERS, _ABSTENTIONS, _APPROVED = "#2f6fb7", "#e0a030", "#2b8a57"
_INK, _PALE = "#2b2d31", "#d9dce1"
_MOST_BARS = 100
_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Bar:
    """A day, or a week that begins with it."""

    first: date
    answers: int
    abstentions: int
    approval: Ratio


def plotted(found: Counted) -> bytes:
    """What was counted, as a PNG."""
    last = found.until.date()
    first = last - timedelta(days=found.days - 1) if found.days else None
    title = _("Answers and their review, {span}").format(span=span(found.days))
    return overview_png(found.statistics.days, title=title, first=first, last=last)


def overview_png(days: Sequence[DailyCount], *, title: str, first: date | None, last: date) -> bytes:
    """Answers and abstentions per day, and below them how many of the answers were approved; one bar per week if there
    are too many days. `first`: the first day shown; None: the first one with data.

    The background is light and solid, because Discord shows the picture in its dark theme too.
    """
    from matplotlib.figure import Figure

    bars, width = _bars(days, first, last)
    figure = Figure(figsize=(8, 4.5), dpi=150, facecolor="white", layout="constrained")
    counts, shares = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    figure.suptitle(title, color=_INK, fontsize=13, fontweight="bold", x=0.01, ha="left")
    _draw_counts(counts, bars, width)
    _draw_shares(shares, bars, width)
    _label_days(shares, bars)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _bars(days: Sequence[DailyCount], first: date | None, last: date) -> tuple[list[_Bar], int]:
    """With empty bars for days on which nothing was asked; and how many days each bar covers."""
    begin = first or min((day.day for day in days), default=last)
    length = (last - begin).days + 1
    width = 1 if length <= _MOST_BARS else _WEEK
    count = -(-length // width)
    begin = last - timedelta(days=count * width - 1)  # the latest week is a whole one
    starts = [begin + timedelta(days=number * width) for number in range(count)]
    sums = [[0, 0, 0, 0] for _ in starts]
    for day in days:
        row = (day.day - begin).days // width
        if 0 <= row < len(sums):
            parts = (day.answers, day.abstentions, day.approval.part, day.approval.whole)
            sums[row] = [total + part for total, part in zip(sums[row], parts, strict=True)]
    bars = [
        _Bar(start, answers, abstentions, Ratio(approved, decided))
        for start, (answers, abstentions, approved, decided) in zip(starts, sums, strict=True)
    ]
    return bars, width


def _draw_counts(axes: Axes, bars: Sequence[_Bar], width: int) -> None:
    from matplotlib.ticker import MaxNLocator

    places = range(len(bars))
    answers = [bar.answers for bar in bars]
    axes.bar(places, answers, color=_ANSWERS, label=_("answered"), width=0.8)
    abstentions = [bar.abstentions for bar in bars]
    axes.bar(places, abstentions, bottom=answers, color=_ABSTENTIONS, label=_("not answered"), width=0.8)
    axes.set_ylabel(_("questions a day") if width == 1 else _("questions a week"), color=_INK)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.set_ylim(bottom=0, top=max(1.0, axes.get_ylim()[1]))
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, labelcolor=_INK, borderaxespad=0.2
    )
    _tidy(axes)


def _draw_shares(axes: Axes, bars: Sequence[_Bar], width: int) -> None:
    decided = [(place, bar.approval.value * 100) for place, bar in enumerate(bars) if bar.approval.value is not None]
    if decided:
        axes.plot(*zip(*decided, strict=True), color=_APPROVED, marker="o", markersize=4, linewidth=1.5)
    else:
        words = axes.text(0.5, 0.5, _("no verdicts yet"), transform=axes.transAxes, color=_INK, backgroundcolor="white")
        words.set(ha="center", va="center")
    axes.set_ylim(-5, 105)
    axes.set_yticks([0, 50, 100])
    axes.set_ylabel(_("approved,\n% of decided"), color=_INK)
    days = _("day of the question (UTC)") if width == 1 else _("week of the question, by its first day")
    axes.set_xlabel(days, color=_INK)
    _tidy(axes)


def _label_days(axes: Axes, bars: Sequence[_Bar]) -> None:
    step = max(1, -(-len(bars) // 8))
    places = range(0, len(bars), step)
    years = {bar.first.year for bar in bars}
    axes.set_xticks(list(places))
    axes.set_xticklabels([short_date(bars[place].first, with_year=len(years) > 1) for place in places])
    axes.set_xlim(-0.6, len(bars) - 0.4)


def _tidy(axes: Axes) -> None:
    axes.set_facecolor("white")
    axes.grid(axis="y", color=_PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_PALE)
