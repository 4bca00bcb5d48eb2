"""Which generation a rollback makes live again, and whether it may."""

from __future__ import annotations

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
    name = wanted or _before(generations, live)
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


def _before(generations: Home, live: GenerationFolder) -> str | None:
    """The one that was live when the live one was built; the newest other one if that is no longer known."""
    try:
        return live.read_manifest().previous
    except DamagedIndex:
        return next((status.generation for status in generations.complete()), None)


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
