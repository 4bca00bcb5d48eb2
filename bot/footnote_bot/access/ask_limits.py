"""Limits how many questions are answered per minute and at once, for each member and each server."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import discord
from discord.ext.commands import Cooldown, CooldownMapping

from footnote.errors import FootnoteError
from footnote.stores import PolicyStore
from footnote_bot.access.permissions import moderates
from footnote_bot.translations.catalogue import _, plural

log = logging.getLogger(__name__)

_MINUTE = 60.0
_Found = TypeVar("_Found")
_User = discord.User | discord.Member


class TooManyQuestions(FootnoteError):
    """A member or a server has asked too much for now. The message says when to come back; `said` says it in the
    current language.
    """

    def __init__(self, said: Callable[[], str]) -> None:
        super().__init__(said())
        self.said = said


@dataclass(frozen=True, slots=True)
class AskLimits:
    """0: no limit. All direct messages together count as one server."""

    a_minute: int = 0
    at_once: int = 0
    server_a_minute: int = 0
    server_at_once: int = 0


class Turns:
    """Gives each member's questions their turn. Moderators have no limits."""

    def __init__(self, limits: AskLimits, policies: PolicyStore, *, clock: Callable[[], float] = time.time) -> None:
        self._limits = limits
        self._policies = policies
        self._clock = clock
        self._members = _a_minute(limits.a_minute, lambda user: user.id)
        self._servers = _a_minute(limits.server_a_minute, _server_of)
        self._told = _a_minute(1, lambda user: user.id)
        self._under_way: Counter[int] = Counter()
        self._rooms: dict[int, _Room] = {}

    @asynccontextmanager
    async def admitted(self, user: _User) -> AsyncIterator[QuestionTurn]:
        """The question counts as in progress inside the block. Raises TooManyQuestions."""
        if isinstance(user, discord.Member) and await moderates(user, self._policies):
            yield QuestionTurn(user.id, _Room(0))
            return
        self._require_few(user)
        room = self._rooms.setdefault(_server_of(user), _Room(self._limits.server_at_once))
        self._under_way[user.id] += 1
        turn = QuestionTurn(user.id, room)
        try:
            yield turn
        finally:
            turn.end()
            self._under_way[user.id] -= 1
            self._under_way += Counter()  # without members who have no questions in progress

    async def tell_privately(self, message: discord.Message, refusal: TooManyQuestions) -> None:
        """In a direct message, and once a minute: somebody who asks too much should not make the bot write as much."""
        if self._told and self._told.update_rate_limit(message.author, self._clock()) is not None:
            return
        with suppress(discord.HTTPException):  # some accept no direct messages, and nobody else should read this
            await message.author.send(refusal.said())

    def _require_few(self, user: _User) -> None:
        at_once = self._limits.at_once
        if at_once and self._under_way[user.id] >= at_once:
            raise TooManyQuestions(partial(_still_answering, at_once))
        if wait := self._members and self._members.update_rate_limit(user, self._clock()):
            raise TooManyQuestions(partial(_asked_enough, self._limits.a_minute, wait))
        if wait := self._servers and self._servers.update_rate_limit(user, self._clock()):
            raise TooManyQuestions(partial(_many_ask, wait))


class QuestionTurn:
    """One question's turn: it waits, is answered, and ends."""

    def __init__(self, user_id: int, room: _Room) -> None:
        self._user_id = user_id
        self._room = room
        self._has_begun = False

    async def then(self, work: Coroutine[Any, Any, _Found]) -> _Found:
        """Does the work when it is this question's turn."""
        try:
            await self._room.enter(self._user_id)
        except BaseException:
            work.close()
            raise
        self._has_begun = True
        return await work

    def end(self) -> None:
        """Makes room for the next question; has an effect only once."""
        if self._has_begun:
            self._has_begun = False
            self._room.leave(self._user_id)


class _Room:
    """Questions of one server that are answered at once. The member with the fewest questions in progress is next: a
    member with a hundred questions waits behind one with a first question.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._inside: Counter[int] = Counter()
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []

    async def enter(self, user_id: int) -> None:
        if not self._size or self._inside.total() < self._size:
            self._inside[user_id] += 1
            return
        place = user_id, asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place[1]
        except asyncio.CancelledError:
            if place in self._waiting:
                self._waiting.remove(place)
            else:
                self.leave(user_id)
            raise

    def leave(self, user_id: int) -> None:
        self._inside[user_id] -= 1
        self._inside += Counter()
        if self._waiting:
            first = min(self._waiting, key=lambda place: self._inside[place[0]])
            self._waiting.remove(first)
            self._inside[first[0]] += 1
            first[1].set_result(None)


def _a_minute(rate: int, key: Callable[[_User], int]) -> CooldownMapping[_User] | None:
    return CooldownMapping(Cooldown(rate, _MINUTE), key) if rate else None


def _server_of(user: _User) -> int:
    return user.guild.id if isinstance(user, discord.Member) else 0


def _seconds(wait: float) -> str:
    return plural("{n} second", "{n} seconds", max(1, math.ceil(wait)))


def _still_answering(at_once: int) -> str:
    return plural(
        "I am still answering {n} question of yours. Please wait for the answer.",
        "I am still answering {n} questions of yours. Please wait for the answer.",
        at_once,
    )


def _asked_enough(a_minute: int, wait: float) -> str:
    asked = plural("{n} question", "{n} questions", a_minute)
    enough = _("You have asked {questions} within a minute. Ask again in {seconds}.")
    return enough.format(questions=asked, seconds=_seconds(wait))


def _many_ask(wait: float) -> str:
    return _("Many questions are being asked right now. Ask again in {seconds}.").format(seconds=_seconds(wait))
