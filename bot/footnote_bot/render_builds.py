"""The index and its builds as embeds. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from footnote_bot.markdown import fit
from footnote_bot.notation import priced
from footnote_index.reports import BuildReport, Progress, Stage, Status

SKIPPED_SHOWN = 10
WARNED_SHOWN = 5
_BAR = 20
_LONGEST_ERROR = 3000


def progress(now: Progress, *, stage_began: Progress) -> discord.Embed:
    """How far a build is. `stage_began` is the first progress of the same stage: pace is measured from there."""
    share = min(now.done / now.total, 1.0) if now.total else 0.0
    filled = round(share * _BAR)
    lines = [now.stage.value.capitalize(), f"{'█' * filled}{'░' * (_BAR - filled)} {share:.0%}"]
    if now.total:
        unit = {Stage.FETCHING: "pages", Stage.READING: "articles"}.get(now.stage, "passages")
        lines.append(" · ".join([f"{now.done:,} of {now.total:,} {unit}", *_pace(now, stage_began)]))
    if now.expense and now.expense.tokens:
        lines.append(f"To be embedded: {priced(now.expense)}")
    return discord.Embed(title="Rebuilding the index", description="\n".join(lines), colour=discord.Colour.blurple())


def report(done: BuildReport) -> discord.Embed:
    """What a build did, which articles it skipped or left out, and which should be looked at."""
    lines = [
        f"**{done.articles:,} articles · {done.passages:,} passages · {done.sentences:,} sentences**",
        f"{done.added:,} added · {done.changed:,} changed · {done.removed:,} removed · {done.unchanged:,} unchanged",
        f"Took {duration(done.seconds)}.",
        *_named("skipped", [(one.article_id, one.reason) for one in done.skipped], SKIPPED_SHOWN),
        *_counted(len(done.not_fetched), "pages not fetched; `footnote index sources` tells why"),
        *_counted(len(done.duplicates), "left out: the same text as another article"),
        *_named("indexed, but look at them", [(one.article_id, one.found) for one in done.warned], WARNED_SHOWN),
        *_canaries(done.failed_canaries),
    ]
    return discord.Embed(
        title=_title(done),
        description="\n".join(lines),
        colour=discord.Colour.green(),
    )


def _canaries(failures: Sequence[str]) -> list[str]:
    return [f"\n{len(failures):,} canary questions fail, the first: {fit(failures[0], 100)}"] if failures else []


def _title(done: BuildReport) -> str:
    if not done.live:
        return "The previous index stays live"
    is_new = any((done.added, done.changed, done.removed, done.embedded_tokens))  # a removal embeds nothing
    return "The index is rebuilt" if is_new else "The index is up to date"


def failure(line: str) -> discord.Embed:
    """A build that ended early; `line` is the error as a person reads it."""
    return discord.Embed(
        title="The rebuild failed",
        description=f"{fit(line, _LONGEST_ERROR)}\nThe previous index stays live.",
        colour=discord.Colour.red(),
    )


def status(live: Status) -> discord.Embed:
    """The live generation."""
    return discord.Embed(
        title="The index",
        description=(
            f"**{live.articles:,} articles · {live.passages:,} passages · {live.sentences:,} sentences**\n"
            f"Built {format_dt(live.built_at, 'R')} from {fit(live.folder, 300)}\n"
            f"Generation {fit(live.generation, 100)} · embedder {fit(live.embedder, 100)}"
        ),
    )


def duration(seconds: float) -> str:
    """45 s, 3 min 20 s, 1 h 5 min."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _pace(now: Progress, stage_began: Progress) -> list[str]:
    done, seconds = now.done - stage_began.done, now.seconds - stage_began.seconds
    if done <= 0 or seconds <= 0:
        return []
    rate = done / seconds
    left = max(now.total - now.done, 0) / rate
    return [f"{rate:,.0f}/s" if rate >= 1 else f"{rate:.2f}/s", f"{duration(left)} left"]


def _counted(number: int, what: str) -> list[str]:
    return [f"\n{number:,} {what}."] if number else []


def _named(what: str, articles: Sequence[tuple[str, str]], most: int) -> list[str]:
    """The first articles, with what is to be said of each."""
    if not articles:
        return []
    lines = [f"{fit(name, 100)}: {fit(words, 140)}" for name, words in articles[:most]]
    if len(articles) > most:
        lines.append(f"and {len(articles) - most:,} more")
    return [f"\n{len(articles):,} {what}:", *lines]
