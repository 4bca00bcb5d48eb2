"""Waiting lines: in each channel, questions are answered in the order in which they were asked."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager


class Spot:
    """A place in a line."""

    def __init__(self, before: Collection[asyncio.Future[None]]) -> None:
        self._before = before

    @property
    def is_next(self) -> bool:
        return all(one.done() for one in self._before)

    async def comes(self) -> None:
        """Returns when everybody ahead has left the line."""
        if waiting := [one for one in self._before if not one.done()]:
            await asyncio.wait(waiting)


class ChannelQueues:
    """A line for each channel."""

    def __init__(self) -> None:
        self._lines: dict[int, list[asyncio.Future[None]]] = {}

    @contextmanager
    def spot(self, channel_id: int) -> Iterator[Spot]:
        """A place at the end of the line, held inside the block. Take it before awaiting anything, to keep the order in
        which Discord sent the questions.
        """
        line = self._lines.setdefault(channel_id, [])
        own = asyncio.get_running_loop().create_future()
        spot = Spot(tuple(line))
        line.append(own)
        try:
            yield spot
        finally:
            line.remove(own)
            own.set_result(None)
            if not line:
                del self._lines[channel_id]
