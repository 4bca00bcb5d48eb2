"""Which generation a rollback makes live again, and whether it may."""

from __future__ import annotations

from itertools import chain

from footnote.errors import CannotRollBack, DamagedIndex, EmptyIndex
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home
from footnote_index.storage.verification import find_damage


def find_target(generations: Home, wanted: str | None, embedder: str) -> GenerationFolder:
    """An intact generation of this embedder that is not live: the `wanted` one, or the one that was live before.

    Blocking. Raises EmptyIndex when nothing is live, or CannotRollBack.
    """
    live = generations.live()
    if live is None:
        raise EmptyIndex
    choices = _choices(generations, live, embedder)
    name = wanted or _before(generations, live, embedder)
    if name is None:
        raise CannotRollBack(f"There is no earlier generation. {choices}")
    if name == live.id:
        raise CannotRollBack(f"Generation {name} is already live. {choices}")
    target = generations.find(name)
    if target is None:
        raise CannotRollBack(f"There is no generation {name}. {choices}")
    if why_not := _why_not(target, embedder):
        raise CannotRollBack(f"Generation {name} cannot be rolled back to: {why_not}. {choices}")
    return target


def _before(generations: Home, live: GenerationFolder, embedder: str) -> str | None:
    """The one that was live when the live one was built. If that is no longer known, the newest other one that fits, or
    else the one that is nearest to it.
    """
    try:
        return live.read_manifest().previous
    except DamagedIndex:
        others = [status for status in generations.complete() if status.generation != live.id]
        fitting = [status.generation for status in others if status.embedder == embedder]
        found = ((name, generations.find(name)) for name in fitting)
        intact = (name for name, folder in found if folder and _why_not(folder, embedder) is None)
        return next(chain(intact, fitting, (status.generation for status in others)), None)


def _choices(generations: Home, live: GenerationFolder, embedder: str) -> str:
    names = [
        f"{status.generation} ({status.built_at:%-d %B %Y %H:%M} UTC, {status.articles:,} articles)"
        for status in generations.complete()
        if status.generation != live.id and status.embedder == embedder
    ]
    return f"Available: {', '.join(names)}." if names else "There is no other generation."


def _why_not(target: GenerationFolder, embedder: str) -> str | None:
    try:
        built_with = target.read_manifest().embedder
    except DamagedIndex as error:
        return error.what
    if built_with != embedder:
        return f"it was built with the embedder {built_with}, but the settings name {embedder}"
    damage = find_damage(target)
    more = f", and {len(damage) - 1:,} more" if len(damage) > 1 else ""
    return f"it is damaged: {damage[0]}{more}" if damage else None
