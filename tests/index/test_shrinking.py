"""A build that would lose much of the index."""

from __future__ import annotations

import pytest
from small_index import SmallIndex

from footnote.errors import WouldShrink
from footnote.models.collections import EVERYTHING


async def test_a_build_loses_a_quarter_of_the_articles_and_not_more(small: SmallIndex) -> None:
    first = (await small.build()).generation
    for name in ("bread.txt", "tea.txt"):
        (small.articles / name).unlink()
    removed = r"^2 of 5 articles would be removed from the index: bread\.txt, tea\.txt\."
    line = removed + r" .* run `footnote index build --yes`\.$"
    with pytest.raises(WouldShrink, match=line) as refused:
        await small.build()
    assert (refused.value.lost, refused.value.before) == (("bread.txt", "tea.txt"), 5)
    assert await small.live() == first
    assert small.folders() == {first}
    assert (await small.build(may_shrink=True)).removed == 2
    await small.built(1)
    (small.articles / "snow.txt").unlink()
    assert (await small.build()).removed == 1  # one of four


async def test_a_build_loses_as_many_as_somebody_has_agreed_to(small: SmallIndex) -> None:
    async def build(may_lose: int) -> int:
        report = await small.index.build(may_lose=may_lose, started_by="A test", on_progress=lambda _: None)
        return report.removed

    await small.build()
    for name in ("bread.txt", "tea.txt"):
        (small.articles / name).unlink()
    with pytest.raises(WouldShrink):
        await build(may_lose=1)
    assert await build(may_lose=2) == 2


async def test_a_dry_run_tells_of_what_a_build_would_refuse(small: SmallIndex) -> None:
    await small.build()
    for name in ("bread.txt", "tea.txt"):
        (small.articles / name).unlink()
    difference = (await small.build(dry_run=True)).difference
    assert (difference.removed, difference.shrinks) == (("bread.txt", "tea.txt"), True)


async def test_an_article_that_can_no_longer_be_read_is_lost_and_not_removed(small: SmallIndex) -> None:
    await small.build()
    (small.articles / "tea.txt").write_bytes(b"Tea\n\xff")
    report = await small.build()
    assert (report.removed, report.difference.unreadable, report.articles) == (0, ("tea.txt",), 4)
    assert await small.index.article("tea.txt", readable=EVERYTHING) is None
    assert (await small.build()).difference.is_empty
    for name in ("bread.txt", "snow.txt"):
        (small.articles / name).write_bytes(b"\xff")
    with pytest.raises(WouldShrink, match="2 of 4"):
        await small.build()


async def test_a_folder_that_can_no_longer_be_read_takes_its_articles_along(small: SmallIndex) -> None:
    folder = small.articles / "more"
    folder.mkdir()
    (folder / "moon.txt").write_text("Moon\nThe moon is grey.")
    await small.build()
    (folder / "moon.txt").unlink()
    folder.rmdir()
    folder.symlink_to(small.articles.parent)  # reported as a link that leaves the folder
    assert (await small.build()).difference.unreadable == ("more/moon.txt",)
