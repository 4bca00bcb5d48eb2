"""The state of each source in sources.yaml, as an embed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from footnote_bot.render.markdown import fit, width
from footnote_bot.translations.catalogue import _, plural, written
from footnote_bot.translations.from_below import told
from footnote_index.storage.set_aside import SetAside
from footnote_index.web.source_states import SourceState

PAGES_SHOWN = 3
"""Pages with problems of one feed or sitemap."""

LIST_NAME = "skipped.txt"
NOTHING = SetAside()

_LONGEST = 3900  # of the 4,096 that Discord allows: the rest is for the last line
_LONGEST_ADDRESS = 300
_LONGEST_REASON = 200


def sources_embed(states: Sequence[SourceState], aside: SetAside = NOTHING) -> discord.Embed:
    """Each source with how much was fetched, when, and what the problem is: those with problems first. Then how many
    articles the last build set `aside`.
    """
    embed = _of_sources(states)
    counts = [
        (len(aside.skipped), _("{n} skipped")),
        (len(aside.duplicates), _("{n} left out as duplicates")),
        (len(aside.not_fetched), _("{n} not fetched")),
        (len(aside.warned), _("{n} to check")),
    ]
    if len(aside):
        aside_counts = ", ".join(what.format(n=written(count)) for count, what in counts if count)
        names = _("{counts}: see {file}").format(counts=aside_counts, file=f"`{LIST_NAME}`")
        embed.add_field(name=_("From the last build"), value=names, inline=False)
    return embed


def whole_list(aside: SetAside) -> dict[str, bytes]:
    """A file with a line for each article and page that was set aside; None if there are none."""
    return {LIST_NAME: "".join(f"{line}\n" for line in aside.lines()).encode()} if len(aside) else {}


def _of_sources(states: Sequence[SourceState]) -> discord.Embed:
    if not states:
        return discord.Embed(
            title=_("There are no web sources"),
            description=_(
                "There is no sources.yaml in the articles folder, or it names no page. `/index add` with a link "
                "creates it; add feeds and sitemaps by hand."
            ),
        )
    ordered = sorted(states, key=lambda state: not state.has_problem)
    with_problems = sum(state.has_problem for state in states)
    title = plural("{n} source", "{n} sources", len(states))
    embed = discord.Embed(
        title=title + (_(", {n} with problems").format(n=written(with_problems)) if with_problems else ""),
        description=_fitting([_told(state) for state in ordered]),
        colour=discord.Colour.orange() if with_problems else discord.Colour.green(),
    )
    return embed.set_footer(text=" ".join(_next_steps(states)) or None)


def _told(state: SourceState) -> str:
    asked = _("checked {when}").format(when=format_dt(state.asked_at, "R")) if state.asked_at else _("never checked")
    pages = [
        f"{fit(page.url, _LONGEST_ADDRESS)}: {fit(told(page.reason), _LONGEST_REASON)}" for page in state.with_problems
    ]
    problems = [*([fit(told(state.problem), _LONGEST_REASON)] if state.problem else []), *pages[:PAGES_SHOWN]]
    lines = [
        f"**{state.source.kind}** {fit(state.source.url, _LONGEST_ADDRESS)}",
        plural("{fetched} of {n} page", "{fetched} of {n} pages", state.named, fetched=written(state.fetched))
        + f" · {asked}",
        *(f"⚠ {problem}" for problem in problems),
    ]
    if len(pages) > PAGES_SHOWN:
        left = len(pages) - PAGES_SHOWN
        lines.append(plural("and {n} more page with problems", "and {n} more pages with problems", left))
    return "\n".join(lines)


def _fitting(blocks: Sequence[str]) -> str:
    """The first ones, and how many more there are."""
    shown: list[str] = []
    for block in blocks:
        if width("\n".join([*shown, block])) > _LONGEST:
            break
        shown.append(block)
    if left := len(blocks) - len(shown):
        shown.append(
            plural(
                "and {n} more source; `footnote index sources` shows all",
                "and {n} more sources; `footnote index sources` shows all",
                left,
            )
        )
    return "\n".join(shown)


def _next_steps(states: Sequence[SourceState]) -> list[str]:
    steps = []
    if any(state.asked_at is None for state in states):
        steps.append(_("/index rebuild fetches new pages."))
    if any(state.has_problem for state in states):
        steps.append(
            _(
                "The next rebuild tries the failed ones again. If they keep failing, fix their line in "
                "sources.yaml in the articles folder, or remove the page with /index remove."
            )
        )
    return steps
