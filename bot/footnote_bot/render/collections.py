"""A server's collections in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import discord

from footnote.models.collections import Target
from footnote_bot.render.markdown import fit
from footnote_bot.server_records.collection_setup import Shelves, listed
from footnote_bot.translations.catalogue import N_, _

_LONGEST = 70
_NAMED = 6  # so that all of it fits into a message, in each language

RULE = N_(
    "Each folder in the articles folder is a collection. Questions in a channel are answered only from its "
    "collections, or from its category's if it has none. All other channels use everything that is not assigned. A "
    "role's collections are added when only the member can see the answer: `/ask private:True`, and direct messages."
)


def overview(shelves: Shelves, guild: discord.Guild) -> str:
    """Who has which, and what is left for everybody."""
    given = shelves.given
    lines = [_(RULE), *_of(Target.PLACE, given.places, guild), *_of(Target.ROLE, given.roles, guild)]
    free = [name for name in shelves.names if name not in given.given]
    if not shelves.names:
        lines.append(_("There are no collections yet: put articles into folders, then rebuild the index."))
    elif given:
        lines.append(_("Not assigned: {names}.").format(names=_names(free)))
    else:
        there_are = _("Collections: {names}. None is assigned, so all are used everywhere.")
        lines.append(there_are.format(names=_names(free)))
    if shelves.gone:
        lines.append(_("⚠️ No article is in {names}.").format(names=_names(shelves.gone)))
    return "\n".join(lines)


def of_target(shelves: Shelves, guild: discord.Guild, target: Target, number: int) -> str:
    """What one channel, category or role has."""
    names, subject = shelves.given.of(target, number), named(guild, target, number)
    if target is Target.ROLE:
        if not names:
            return _("{role} has no collections.").format(role=subject)
        line = _("Private answers to members with {role} also use: {names}.")
        return line.format(role=subject, names=_names(names))
    if names:
        line = _("Questions in {channel} are answered only from: {names}.")
        return line.format(channel=subject, names=_names(names))
    line = _("{channel} has no collections of its own. If you choose some, its questions are answered only from these.")
    return line.format(channel=subject)


def named(guild: discord.Guild, target: Target, number: int) -> str:
    """A mention, if it exists."""
    if target is Target.ROLE:
        deleted = _("a deleted role ({number})").format(number=number)
        return f"<@&{number}>" if guild.get_role(number) else deleted
    deleted = _("a deleted channel ({number})").format(number=number)
    return f"<#{number}>" if guild.get_channel(number) else deleted


def plain(guild: discord.Guild, target: Target, number: int) -> str:
    """Its name, for menus, which show no mentions."""
    known = guild.get_role(number) if target is Target.ROLE else guild.get_channel(number)
    name = known.name if known else _("deleted ({number})").format(number=number)
    return f"{'@' if target is Target.ROLE else '#'}{name}"


def _of(target: Target, given: Mapping[int, frozenset[str]], guild: discord.Guild) -> Iterator[str]:
    for number, names in [*given.items()][:_NAMED]:
        yield f"{named(guild, target, number)}: {_names(names)}"
    if len(given) > _NAMED:
        yield _("And {left} more.").format(left=len(given) - _NAMED)


def _names(names: frozenset[str] | tuple[str, ...] | list[str]) -> str:
    return fit(listed(names), _LONGEST)
