"""Attacks on permissions, many times: `python benchmarks/attacks.py [--rounds N]`.

The real client on the fake Discord, a database of its own for each attack. Prints how many tries there were of each,
and how many succeeded; exits with 1 if any did. They are in tests/bot/attack_cases.py; tests run each once.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot"), str(TESTS / "index")]

from attack_cases import ATTACKS, Attack, Tally  # noqa: E402
from discord_stage import OPENAPI, Stage  # noqa: E402
from fake_discord import FakeDiscord  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console  # noqa: E402
from watched_store import WatchedStore  # noqa: E402

from footnote.adapters.database import upgrade  # noqa: E402

ROUNDS = 20


async def attacked(attack: Attack, url: str, folder: Path) -> Tally:
    store = WatchedStore(url, folder)
    try:
        async with FakeDiscord(openapi=OPENAPI) as fake:
            return await attack(Stage(fake, store))
    finally:
        await store.close()


def once(attack: Attack) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/footnote.sqlite"
        upgrade(url)
        return asyncio.run(attacked(attack, url, Path(folder)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    table = Table("attack", "rounds", "tries", "came through", "which")
    came_through = 0
    for name, attack in ATTACKS.items():
        tallies = [once(attack) for _ in range(rounds)]
        through = [what for tally in tallies for what in tally.through]
        came_through += len(through)
        tried = sum(tally.tried for tally in tallies)
        table.add_row(
            name.replace("_", " "), str(rounds), str(tried), str(len(through)), ", ".join(dict.fromkeys(through))
        )
    console.print(table)
    return 1 if came_through else 0


if __name__ == "__main__":
    sys.exit(main())
