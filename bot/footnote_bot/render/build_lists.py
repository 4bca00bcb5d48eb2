"""Lists in the reports of builds: which articles, of which kind, and how many more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from footnote_bot.render.markdown import ELLIPSIS, fit, width
from footnote_bot.translations.catalogue import N_, _, written
from footnote_bot.translations.from_below import told
from footnote_index.building.difference import FolderDifference

NAMED = 10
_LONGEST_NAME = 100
_LONGEST_FIELD = 1024  # Discord's limit, as are the next two
_LONGEST_DESCRIPTION = 4096
_LONGEST_EMBED = 6000

DONE = (N_("Added"), N_("Changed"), N_("Removed"), N_("Removed, because they can no longer be read"))
AHEAD = (
    N_("Would be added"),
    N_("Would be changed"),
    N_("Would be removed"),
    N_("Would be removed, because they can no longer be read"),
)


def sizes(articles: int, passages: int, sentences: int) -> str:
    return _("**{articles} articles · {passages} passages · {sentences} sentences**").format(
        articles=written(articles), passages=written(passages), sentences=written(sentences)
    )


def kinds(difference: FolderDifference, titles: Sequence[str]) -> dict[str, Sequence[str]]:
    """The articles of each kind, by the title of their list."""
    lists = (difference.added, difference.changed, difference.removed, difference.unreadable)
    return {_(title): names for title, names in zip(titles, lists, strict=True)}


def with_lists(embed: discord.Embed, lists: Mapping[str, Sequence[str]]) -> discord.Embed:
    """The first names of each list under its title, in the room that is left."""
    embed.description = _whole_lines(embed.description or "", _LONGEST_DESCRIPTION)
    shown = {title: names for title, names in lists.items() if names}
    room = _LONGEST_EMBED - width(embed.title or "") - width(embed.description or "") - sum(map(len, shown))
    for title, names in shown.items():
        value = _listed(names, min(_LONGEST_FIELD, room // len(shown)))
        embed.add_field(name=title, value=value, inline=False)
    return embed


def _whole_lines(text: str, room: int) -> str:
    """Without the last ones that do not fit."""
    lines = text.split("\n")
    while width("\n".join(lines)) > room:
        lines.pop()
    return "\n".join(lines)


def _listed(names: Sequence[str], room: int) -> str:
    """The first names, one per line, and how many more there are; at most `room` wide."""
    more = _("and {left} more")
    lines: list[str] = []
    for name in names[:NAMED]:
        line = fit(name, _LONGEST_NAME) or ELLIPSIS
        if width("\n".join([*lines, line, more.format(left=written(len(names)))])) > room:
            break
        lines.append(line)
    if left := len(names) - len(lines):
        lines.append(more.format(left=written(left)))
    return "\n".join(lines)


def count_lines(number: int, line: str) -> list[str]:
    return ["\n" + _(line).format(n=written(number))] if number else []


def article_lines(line: str, articles: Sequence[tuple[str, str]], most: int) -> list[str]:
    """The first articles, with a remark on each."""
    if not articles:
        return []
    lines = [f"{fit(name, 100)}: {fit(told(words), 140)}" for name, words in articles[:most]]
    if len(articles) > most:
        lines.append(_("and {left} more").format(left=written(len(articles) - most)))
    return ["\n" + _(line).format(n=written(len(articles))), *lines]
