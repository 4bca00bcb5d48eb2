"""The index and its builds as embeds. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from footnote.errors import CanaryFailed, WouldShrink
from footnote_bot.citation_format import other_languages, priced
from footnote_bot.render.build_lists import AHEAD, DONE, article_lines, count_lines, kinds, sizes, with_lists
from footnote_bot.render.figures import elapsed
from footnote_bot.render.markdown import fit
from footnote_bot.translations.catalogue import N_, _, decimal, percent, plural, written
from footnote_bot.translations.dates import date_and_time
from footnote_bot.translations.from_below import told, told_together
from footnote_index.building.reports import BuildReport, Forecast, Progress, Stage, Status, Warned

SKIPPED_SHOWN = 10
WARNED_SHOWN = 5
_BAR = 20
_LONGEST_ERROR = 3000
_LONGEST_CHOICE = 100  # Discord's limit


_DONE = {
    Stage.FETCHING: N_("{done} of {total} pages"),
    Stage.READING: N_("{done} of {total} articles"),
}
_SHRINKS = N_("More than a quarter of the articles would be removed: a rebuild asks first.")
_PASSAGES_DONE = N_("{done} of {total} passages")


def progress(now: Progress, *, stage_began: Progress, title: str) -> discord.Embed:
    """The progress of a build or rollback. `stage_began` is the first progress of the stage, to measure speed."""
    share = min(now.done / now.total, 1.0) if now.total else 0.0
    filled = round(share * _BAR)
    stage = told(now.stage.value)
    lines = [stage[:1].upper() + stage[1:], f"{'█' * filled}{'░' * (_BAR - filled)} {percent(share)}"]
    if now.total:
        done = _(_DONE.get(now.stage, _PASSAGES_DONE)).format(done=written(now.done), total=written(now.total))
        lines.append(" · ".join([done, *_pace(now, stage_began)]))
    if now.expense and now.expense.tokens:
        lines.append(_("To embed: {price}").format(price=priced(now.expense)))
    return discord.Embed(title=title, description="\n".join(lines), colour=discord.Colour.blurple())


def report(done: BuildReport) -> discord.Embed:
    """What a build did to which articles, which it skipped or left out, and which should be checked."""
    looked_at = N_("{n} indexed, but please check them:")
    lines = [
        sizes(done.articles, done.passages, done.sentences),
        _("{added} added · {changed} changed · {removed} removed · {unchanged} unchanged").format(
            added=written(done.added),
            changed=written(done.changed),
            removed=written(done.removed),
            unchanged=written(done.unchanged),
        ),
        _("Took {duration}.").format(duration=elapsed(done.seconds)),
        *article_lines(N_("{n} skipped:"), [(one.article_id, one.reason) for one in done.skipped], SKIPPED_SHOWN),
        *count_lines(len(done.not_fetched), N_("{n} pages not fetched; `/index sources` says why.")),
        *count_lines(len(done.duplicates), N_("{n} left out: the same text as another article.")),
        *article_lines(looked_at, _findings(done.warned), WARNED_SHOWN),
        *([f"\n{other_languages(done.foreign)}"] if done.foreign else []),
    ]
    embed = discord.Embed(title=_title(done), description="\n".join(lines), colour=discord.Colour.green())
    if done.failed_canaries and done.live:
        embed.description, embed.colour = _careful(len(done.failed_canaries)) + "\n".join(lines), discord.Colour.red()
    failing = {_failing(len(done.failed_canaries)): [*map(told, done.failed_canaries)]}
    return with_lists(embed, kinds(done.difference, DONE) | failing)


def _findings(warned: Sequence[Warned]) -> list[tuple[str, str]]:
    return [(one.article_id, told_together(one.found)) for one in warned]


def dry_run(found: BuildReport) -> discord.Embed:
    """What a rebuild would do to which articles, and what it would embed."""
    lost = len(found.difference.lost)
    lines = [
        _("{added} to add · {changed} to change · {lost} to remove · {unchanged} unchanged").format(
            added=written(found.added),
            changed=written(found.changed),
            lost=written(lost),
            unchanged=written(found.unchanged),
        ),
        _to_embed(found.forecast),
        *([_(_SHRINKS)] if found.difference.shrinks else []),
        *article_lines(
            N_("{n} would be skipped:"), [(it.article_id, it.reason) for it in found.skipped], SKIPPED_SHOWN
        ),
        *article_lines(N_("{n} to check:"), _findings(found.warned), WARNED_SHOWN),
    ]
    embed = discord.Embed(title=_title_ahead(found), description="\n".join(lines))
    return with_lists(embed, kinds(found.difference, AHEAD))


def would_shrink(refused: WouldShrink) -> discord.Embed:
    """A build that needs confirmation; the button for that is next to it."""
    return discord.Embed(
        title=_("The rebuild would remove too much"),
        description=(
            fit(told(refused.what), _LONGEST_ERROR)
            + "\n"
            + _(
                "The previous index stays live. To remove them, press the button below; otherwise restore the files "
                "and rebuild."
            )
        ),
        colour=discord.Colour.red(),
    )


def canaries_failed(refused: CanaryFailed) -> discord.Embed:
    """A build whose generation was discarded."""
    embed = failure(
        _(
            "Canary questions fail on the new index. Fix the articles or canaries.yaml. To undo an approval, use "
            "`/review undo`."
        )
    )
    failing = _("{n} failing").format(n=written(len(refused.failures)))
    return with_lists(embed, {failing: [*map(told, refused.failures)]})


def rollback_question(target: Status) -> str:
    """What is asked before a rollback."""
    return _(
        "Roll back to the index of {time} ({ago}): {counts}, generation {generation}? The articles are not changed: "
        "the next rebuild uses their current state."
    ).format(
        time=format_dt(target.built_at, "f"),
        ago=format_dt(target.built_at, "R"),
        counts=_counts(target),
        generation=fit(target.generation, 100),
    )


def rolled_back(live: Status, *, by: str) -> discord.Embed:
    """The announcement for everybody."""
    return discord.Embed(
        title=_("The index was rolled back"),
        description=_(
            "{by} made the index of {time} live again: {counts}, generation {generation}.\nThe next rebuild uses the "
            "current state of the articles."
        ).format(
            by=by,
            time=format_dt(live.built_at, "f"),
            counts=_counts(live),
            generation=fit(live.generation, 100),
        ),
        colour=discord.Colour.orange(),
    )


def generation_choice(kept: Status) -> str:
    """A generation in a list of choices."""
    return f"{date_and_time(kept.built_at)} · {_counts(kept)} · {kept.generation}"[:_LONGEST_CHOICE]


def _counts(status: Status) -> str:
    articles = plural("{n} article", "{n} articles", status.articles)
    return f"{articles} · {plural('{n} passage', '{n} passages', status.passages)}"


def _to_embed(forecast: Forecast | None) -> str:
    if forecast is None or not forecast.passages:
        return _("Nothing to embed.")
    price = priced(forecast.expense) if forecast.expense else _("on this machine, at no cost")
    passages = plural("{n} passage", "{n} passages", forecast.passages)
    return _("To embed: {passages}, {price}.").format(passages=passages, price=price)


def _title(done: BuildReport) -> str:
    if not done.live:
        return _("The previous index stays live")
    is_new = any((done.added, done.changed, done.removed, done.embedded_tokens))  # a removal embeds nothing
    return _("The index is rebuilt") if is_new else _("The index is up to date")


def _title_ahead(found: BuildReport) -> str:
    if not found.difference.is_empty:
        return _("What a rebuild would change")
    is_other_embedder = found.forecast is not None and found.forecast.passages > 0
    if is_other_embedder:
        return _("A rebuild would embed everything again")
    return _("A rebuild would change nothing")


def failure(line: str, *, title: str | None = None) -> discord.Embed:
    """A build that failed; `line` is the error as people read it."""
    return discord.Embed(
        title=title or _("The rebuild failed"),
        description=f"{fit(line, _LONGEST_ERROR)}\n" + _("The previous index stays live."),
        colour=discord.Colour.red(),
    )


def status(live: Status, failed_canaries: Sequence[str] = ()) -> discord.Embed:
    """The live generation, and the canary questions that fail on it."""
    failing = len(failed_canaries)
    lines = [
        sizes(live.articles, live.passages, live.sentences),
        _("Built {ago} from {folder}").format(ago=format_dt(live.built_at, "R"), folder=fit(live.folder, 300)),
        _("Generation {generation} · embedder {embedder}").format(
            generation=fit(live.generation, 100), embedder=fit(live.embedder, 100)
        ),
    ]
    embed = discord.Embed(
        title=_("The index"),
        colour=discord.Colour.red() if failing else None,
        description=(_careful(failing) if failing else "") + "\n".join(lines),
    )
    return with_lists(embed, {_failing(failing): [*map(told, failed_canaries)]} if failing else {})


def _failing(number: int) -> str:
    return plural("{n} canary question failing", "{n} canary questions failing", number)


def _careful(failing: int) -> str:
    """A warning about an index that is live although canary questions fail on it."""
    line = plural(
        "⚠ **{n} canary question fails on the live index**, and no older index could replace it. Answers may be wrong "
        "or missing: fix the articles or canaries.yaml, then rebuild.",
        "⚠ **{n} canary questions fail on the live index**, and no older index could replace it. Answers may be wrong "
        "or missing: fix the articles or canaries.yaml, then rebuild.",
        failing,
    )
    return f"{line}\n"


def _pace(now: Progress, stage_began: Progress) -> list[str]:
    done, seconds = now.done - stage_began.done, now.seconds - stage_began.seconds
    if done <= 0 or seconds <= 0:
        return []
    rate = done / seconds
    left = max(now.total - now.done, 0) / rate
    pace = written(round(rate)) if rate >= 1 else decimal(rate, 2)
    return [f"{pace}/s", _("{duration} left").format(duration=elapsed(left))]
