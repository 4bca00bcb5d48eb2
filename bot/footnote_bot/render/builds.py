"""The index and its builds as embeds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord.utils import format_dt

from footnote.errors import CanaryFailed, WouldShrink
from footnote_bot.citation_format import counted, other_languages, priced
from footnote_bot.render.markdown import ELLIPSIS, fit, width
from footnote_index.building.reports import BuildReport, Difference, Forecast, Progress, Stage, Status

SKIPPED_SHOWN = 10
WARNED_SHOWN = 5
NAMED = 10
_BAR = 20
_LONGEST_ERROR = 3000
_LONGEST_NAME = 100
_LONGEST_CHOICE = 100  # Discord's limit, as are the next two
_LONGEST_FIELD = 1024
_LONGEST_EMBED = 6000


def progress(now: Progress, *, stage_began: Progress, title: str) -> discord.Embed:
    """How far a build or rollback is. `stage_began` is the first progress of the stage: pace is measured from there."""
    share = min(now.done / now.total, 1.0) if now.total else 0.0
    filled = round(share * _BAR)
    lines = [now.stage.value.capitalize(), f"{'█' * filled}{'░' * (_BAR - filled)} {share:.0%}"]
    if now.total:
        unit = {Stage.FETCHING: "pages", Stage.READING: "articles"}.get(now.stage, "passages")
        lines.append(" · ".join([f"{now.done:,} of {now.total:,} {unit}", *_pace(now, stage_began)]))
    if now.expense and now.expense.tokens:
        lines.append(f"To embed: {priced(now.expense)}")
    return discord.Embed(title=title, description="\n".join(lines), colour=discord.Colour.blurple())


def report(done: BuildReport) -> discord.Embed:
    """What a build did to which articles, which it skipped or left out, and which should be looked at."""
    lines = [
        f"**{done.articles:,} articles · {done.passages:,} passages · {done.sentences:,} sentences**",
        f"{done.added:,} added · {done.changed:,} changed · {done.removed:,} removed · {done.unchanged:,} unchanged",
        f"Took {duration(done.seconds)}.",
        *_named("skipped", [(one.article_id, one.reason) for one in done.skipped], SKIPPED_SHOWN),
        *_counted(len(done.not_fetched), "pages not fetched; `/index sources` says why"),
        *_counted(len(done.duplicates), "left out: the same text as another article"),
        *_named("indexed, but please check them", [(one.article_id, one.found) for one in done.warned], WARNED_SHOWN),
        *([f"\n{other_languages(done.foreign)}"] if done.foreign else []),
    ]
    embed = discord.Embed(title=_title(done), description="\n".join(lines), colour=discord.Colour.green())
    if done.failed_canaries and done.live:
        embed.description, embed.colour = _careful(len(done.failed_canaries)) + "\n".join(lines), discord.Colour.red()
    failing = {f"{counted(len(done.failed_canaries), 'canary question')} failing": done.failed_canaries}
    return _with_lists(embed, _kinds(done.difference) | failing)


def dry_run(found: BuildReport) -> discord.Embed:
    """What a rebuild would do to which articles, and what there is to embed for that."""
    lost = len(found.difference.lost)
    lines = [
        f"{found.added:,} to add · {found.changed:,} to change · {lost:,} to remove · {found.unchanged:,} unchanged",
        _to_embed(found.forecast),
        *(
            ["More than a quarter of the articles would be removed: a rebuild asks first."]
            if found.difference.shrinks
            else []
        ),
        *_named("would be skipped", [(one.article_id, one.reason) for one in found.skipped], SKIPPED_SHOWN),
        *_named("to look at", [(one.article_id, one.found) for one in found.warned], WARNED_SHOWN),
    ]
    embed = discord.Embed(title=_title_ahead(found), description="\n".join(lines))
    kinds = _kinds(found.difference)
    return _with_lists(embed, {f"Would be {kind[0].lower()}{kind[1:]}": names for kind, names in kinds.items()})


def would_shrink(refused: WouldShrink) -> discord.Embed:
    """A build that nobody has agreed to; beside it stands the button to do so."""
    return discord.Embed(
        title="The rebuild would remove too much",
        description=(
            f"{fit(refused.what, _LONGEST_ERROR)}\nThe previous index stays live. To remove them, press the button "
            "below; otherwise restore the files and rebuild."
        ),
        colour=discord.Colour.red(),
    )


def canaries_failed(refused: CanaryFailed) -> discord.Embed:
    """A build whose generation was thrown away."""
    embed = failure(
        "Canary questions fail on the new index. Correct the articles or canaries.yaml. To take back an approval, "
        "use `/review undo`."
    )
    return _with_lists(embed, {f"{len(refused.failures):,} failing": refused.failures})


def rollback_question(target: Status) -> str:
    """What is asked before a rollback."""
    return (
        f"Go back to the index of {format_dt(target.built_at, 'f')} ({format_dt(target.built_at, 'R')}): "
        f"{_counts(target)}, generation {fit(target.generation, 100)}? The articles are not changed: the next "
        "rebuild uses their present state."
    )


def rolled_back(live: Status, *, by: str) -> discord.Embed:
    """The news for everybody."""
    return discord.Embed(
        title="The index was rolled back",
        description=(
            f"{by} made the index of {format_dt(live.built_at, 'f')} live again: {_counts(live)}, generation "
            f"{fit(live.generation, 100)}.\nThe next rebuild uses the present state of the articles."
        ),
        colour=discord.Colour.orange(),
    )


def generation_choice(kept: Status) -> str:
    """A generation in a list of choices."""
    return f"{kept.built_at:%-d %B %Y %H:%M} UTC · {_counts(kept)} · {kept.generation}"[:_LONGEST_CHOICE]


def _counts(status: Status) -> str:
    return f"{counted(status.articles, 'article')} · {counted(status.passages, 'passage')}"


def _to_embed(forecast: Forecast | None) -> str:
    if forecast is None or not forecast.passages:
        return "Nothing to embed."
    price = priced(forecast.expense) if forecast.expense else "on this machine, at no cost"
    return f"To embed: {counted(forecast.passages, 'passage')}, {price}."


def _kinds(difference: Difference) -> dict[str, Sequence[str]]:
    return {
        "Added": difference.added,
        "Changed": difference.changed,
        "Removed": difference.removed,
        "Removed, because they can no longer be read": difference.unreadable,
    }


def _with_lists(embed: discord.Embed, lists: Mapping[str, Sequence[str]]) -> discord.Embed:
    """The first names of each list under its title, in as much room as the rest leaves them."""
    shown = {title: names for title, names in lists.items() if names}
    room = _LONGEST_EMBED - width(embed.title or "") - width(embed.description or "") - sum(map(len, shown))
    for title, names in shown.items():
        value = _listed(names, min(_LONGEST_FIELD, room // len(shown)))
        embed.add_field(name=title, value=value, inline=False)
    return embed


def _listed(names: Sequence[str], room: int) -> str:
    """The first names, a line each, and how many more there are; not wider than `room`."""
    more = f"and {len(names):,} more"
    lines: list[str] = []
    for name in names[:NAMED]:
        line = fit(name, _LONGEST_NAME) or ELLIPSIS
        if width("\n".join([*lines, line, more])) > room:
            break
        lines.append(line)
    if left := len(names) - len(lines):
        lines.append(f"and {left:,} more")
    return "\n".join(lines)


def _title(done: BuildReport) -> str:
    if not done.live:
        return "The previous index stays live"
    is_new = any((done.added, done.changed, done.removed, done.embedded_tokens))  # a removal embeds nothing
    return "The index is rebuilt" if is_new else "The index is up to date"


def _title_ahead(found: BuildReport) -> str:
    if not found.difference.is_empty:
        return "What a rebuild would change"
    is_other_embedder = found.forecast is not None and found.forecast.passages > 0
    return "A rebuild would embed everything again" if is_other_embedder else "A rebuild would change nothing"


def failure(line: str, *, title: str = "The rebuild failed") -> discord.Embed:
    """A build that ended early; `line` is the error as a person reads it."""
    return discord.Embed(
        title=title,
        description=f"{fit(line, _LONGEST_ERROR)}\nThe previous index stays live.",
        colour=discord.Colour.red(),
    )


def status(live: Status, failed_canaries: Sequence[str] = ()) -> discord.Embed:
    """The live generation, and the canary questions that fail on it."""
    failing = len(failed_canaries)
    embed = discord.Embed(
        title="The index",
        colour=discord.Colour.red() if failing else None,
        description=(_careful(failing) if failing else "")
        + (
            f"**{live.articles:,} articles · {live.passages:,} passages · {live.sentences:,} sentences**\n"
            f"Built {format_dt(live.built_at, 'R')} from {fit(live.folder, 300)}\n"
            f"Generation {fit(live.generation, 100)} · embedder {fit(live.embedder, 100)}"
        ),
    )
    return _with_lists(embed, {f"{counted(failing, 'canary question')} failing": failed_canaries} if failing else {})


def _careful(failing: int) -> str:
    """On top of what is said of an index that is live although canary questions fail on it."""
    questions = f"{counted(failing, 'canary question')} {'fails' if failing == 1 else 'fail'}"
    return (
        f"⚠ **{questions} on the live index**, which no older one could replace. Answers may be wrong or missing: "
        "correct the articles or canaries.yaml, then rebuild.\n"
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
