"""A bot that watches its articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from discord_stage import Stage, until
from fake_services import REPORT

from footnote.errors import WouldShrink
from footnote_index.building.difference import FolderDifference

CHANGED = replace(
    REPORT, difference=FolderDifference(added=("new.md",), changed=tuple(f"changed-{number}.md" for number in range(8)))
)
GONE = [f"gone-{number}.md" for number in range(8)]
LINE = (
    "The index was updated from the articles. Added: new.md; changed: changed-0.md, changed-1.md, changed-2.md, "
    "changed-3.md, changed-4.md and 3 more."
)


async def looked(empty: Stage, times: int) -> None:
    so_far = empty.index.builds
    await until(lambda: empty.index.builds >= so_far + times)


async def test_what_has_changed_is_posted_without_pings_in_the_review_channel(empty: Stage) -> None:
    await empty.set_up_review()
    empty.index.report = CHANGED
    async with empty.running(seconds_between_looks=0.01):
        await empty.fake.wait_for(lambda: empty.desk.messages)
        empty.index.report = REPORT
        await looked(empty, 3)
    (message,) = empty.desk.messages
    assert message.content.replace("\\", "") == LINE
    assert message.flags & 1 << 12, "it makes no sound"
    assert not message.pinged
    assert empty.channel.messages == []


async def test_the_same_problem_is_reported_once(empty: Stage) -> None:
    await empty.set_up_review()
    empty.index.build_error = WouldShrink(GONE, 10)
    async with empty.running(seconds_between_looks=0.01):
        await looked(empty, 4)
        empty.index.build_error = None
        await looked(empty, 2)
        empty.index.build_error = WouldShrink(GONE, 10)
        await empty.fake.wait_for(lambda: len(empty.desk.messages) == 2)
    assert "the index was not rebuilt" in empty.desk.messages[0].content


@pytest.mark.parametrize("options", [{}, {"seconds_between_looks": 0.01}])
async def test_where_nobody_reviews_and_where_nothing_changes_nothing_is_said(
    empty: Stage, options: dict[str, float]
) -> None:
    async with empty.running(**options):
        if options:
            await looked(empty, 2)
    assert empty.desk.messages == []
    assert bool(empty.index.builds) == bool(options)
    assert empty.index.was_regular is (True if options else None)
