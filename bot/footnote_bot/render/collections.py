"""A server's collections in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import discord

from footnote.collections import Target
from footnote_bot.render.markdown import fit
from footnote_bot.reviewing.collection_setup import Shelves, listed

_LONGEST = 80
_NAMED = 6  # so that all of it fits into a message

RULE = (
    "Each folder in the articles folder is a collection. A channel is answered from its collections only; one that has "
    "none, from those of its category; all others, from what is given to nobody. A role's collections are added when "
    "only its members read the answer: `/ask private:True`, and direct messages."
)


def overview(shelves: Shelves, guild: discord.Guild) -> str:
    """Who has which, and what is left for everybody."""
    given = shelves.given
    lines = [RULE, *_of(Target.PLACE, given.places, guild), *_of(Target.ROLE, given.roles, guild)]
    free = [name for name in shelves.names if name not in given.given]
    if not shelves.names:
        lines.append("There are no collections yet: put articles into folders, then rebuild the index.")
    elif given:
        lines.append(f"Given to nobody: {_names(free)}.")
    else:
        lines.append(f"There are: {_names(free)}. All are given to nobody, so they are answered everywhere.")
    if shelves.gone:
        lines.append(f"⚠️ No article is in {_names(shelves.gone)}.")
    return "\n".join(lines)


def of_target(shelves: Shelves, guild: discord.Guild, target: Target, number: int) -> str:
    """What one channel, category or role has."""
    names, subject = shelves.given.of(target, number), named(guild, target, number)
    if target is Target.ROLE:
        if not names:
            return f"{subject} has no collections."
        return f"What only a member with {subject} reads is also answered from: {_names(names)}."
    if names:
        return f"Questions in {subject} are answered from: {_names(names)}, and from nothing else."
    return f"{subject} has no collections of its own. What you choose here is answered here, and nothing else."


def named(guild: discord.Guild, target: Target, number: int) -> str:
    """A mention, as far as it exists."""
    if target is Target.ROLE:
        return f"<@&{number}>" if guild.get_role(number) else f"a deleted role ({number})"
    return f"<#{number}>" if guild.get_channel(number) else f"a deleted channel ({number})"


def plain(guild: discord.Guild, target: Target, number: int) -> str:
    """Its name, for menus, which show no mentions."""
    known = guild.get_role(number) if target is Target.ROLE else guild.get_channel(number)
    return f"{'@' if target is Target.ROLE else '#'}{known.name if known else f'deleted ({number})'}"


def _of(target: Target, given: Mapping[int, frozenset[str]], guild: discord.Guild) -> Iterator[str]:
    for number, names in [*given.items()][:_NAMED]:
        yield f"{named(guild, target, number)}: {_names(names)}"
    if len(given) > _NAMED:
        yield f"And {len(given) - _NAMED} more."


def _names(names: frozenset[str] | tuple[str, ...] | list[str]) -> str:
    return fit(listed(names), _LONGEST)
