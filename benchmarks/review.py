"""Review in a fake Discord: `python benchmarks/review.py [--only PART] [--postgresql] [--seed N]`.

*clicks*: six moderators click at once on the cards of 50 answers, and the bot is killed in the middle. *holds*: answers
that wait for a moderator while nobody comes, while Discord is away, over a restart, and with verdict and deadline at
the same instant. *way*: one answer from the question until its source changes, printed line by line.

Exits 1 when something was lost, shown wrongly, shown too early or posted twice.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot")]

from databases import Databases, PostgreSQLDatabases, SQLiteDatabases, postgresql_server  # noqa: E402
from discord_stage import OPENAPI, Stage  # noqa: E402
from fake_discord import FakeDiscord  # noqa: E402
from review_clicks import clicks  # noqa: E402
from review_holds import holds  # noqa: E402
from running_set import console  # noqa: E402
from watched_store import WatchedStore  # noqa: E402
from way_of_an_answer import Way  # noqa: E402

from footnote.adapters.database import upgrade  # noqa: E402
from footnote_index.embedders.minilm import MiniLM  # noqa: E402

PARTS = ("clicks", "holds", "way")


@contextmanager
def databases(folder: Path, *, on_postgresql: bool) -> Iterator[Databases]:
    if on_postgresql:
        os.environ["TESTS_NEED_POSTGRESQL"] = "1"
        with postgresql_server() as url:
            yield PostgreSQLDatabases(url)
        return
    template = folder / "template.sqlite"
    upgrade(f"sqlite:///{template}")
    yield SQLiteDatabases(folder, template)


async def way(kept_in: Databases, folder: Path) -> None:
    """Raises AssertionError when something else happens than expected."""
    data = folder / "way"
    data.mkdir()
    store = WatchedStore(kept_in.migrated(), data)
    async with FakeDiscord(openapi=OPENAPI) as fake:
        tell = partial(console.print, markup=False, soft_wrap=True)
        await Way(Stage(fake, store), MiniLM(folder / "models"), tell=tell).go()
    await store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # the faults are what this is about
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with databases(folder, on_postgresql=arguments.postgresql) as kept_in:
            for part in [arguments.only] if arguments.only else PARTS:
                if part == "clicks":
                    problems += asyncio.run(clicks(kept_in, folder, arguments.seed))
                elif part == "holds":
                    problems += asyncio.run(holds(kept_in, folder))
                else:
                    asyncio.run(way(kept_in, folder))
    for problem in problems:
        console.print(problem, markup=False)
    console.print(f"Problems: {len(problems)}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
