"""Everything fails at the same time: `python benchmarks/faults.py [--seconds 180] [--drops 20] [--kills 5] [--share
0.1]`.

People ask by turns with /ask and by mention, each once. Meanwhile the gateway drops its connections, of ten requests
one fails (before or after it has its effect), and the bot is killed at random instants and started again, as a service
manager does. Then the faults end, and what is left has to be repaired: in the end each question has one answer or one
apology, or Discord itself said at once that the bot did not respond. It ends with 1 if one has none, or two.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot")]

from fake_discord import Channel, FakeDiscord, Guild, Interaction, Message, Person  # noqa: E402
from load import FOOTNOTE, environment  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console, settings_for  # noqa: E402

from footnote_bot.app import opened  # noqa: E402
from footnote_bot.terminal.builds import build  # noqa: E402

SAMPLES = Path(__file__).parents[1] / "articles"
QUESTIONS = (
    "How long is the Panjshir Valley?",
    "When did Kabul fall?",
    "Who held out in Panjshir?",
    "What do footnotes of an answer show?",
    "What is the airspeed of a swallow?",
)
LOOK_EVERY = 1.0
NO_RESPONSE = "Discord said that the bot did not respond"


@dataclass(frozen=True, slots=True)
class Question:
    """What a member asked, and all that may be a reply to it."""

    member: Person
    channel: Channel
    act: Interaction | Message

    def replies(self) -> list[Message]:
        """Final ones: neither "thinking" nor a draft."""
        return [one for one in self._all() if not (one.is_thinking or one.deleted) and (one.buttons or not one.embeds)]

    def _all(self) -> Iterator[Message]:
        if isinstance(self.act, Interaction):
            yield from self.act.messages
        for one in (*self.channel.all_messages(), *self.member.dms.all_messages()):
            is_for_member = one.reply_to is self.act or self.member.mention in one.content
            if is_for_member and one.author.is_bot and one.interaction is None:
                yield one

    @property
    def is_unheard(self) -> bool:
        return isinstance(self.act, Interaction) and self.act.failed and not self.replies()

    @property
    def is_done(self) -> bool:
        return self.is_unheard or bool(self.replies())

    def end(self) -> str:
        """In words."""
        found = self.replies()
        kind = "/ask" if isinstance(self.act, Interaction) else "mention"
        if not found:
            return f"{kind}: {NO_RESPONSE if self.is_unheard else 'lost'}"
        if len(found) > 1:
            return f"{kind}: {len(found)} replies"
        return f"{kind}: {'answered, or told that the articles do not answer' if found[0].buttons else 'an apology'}"


class Service:
    """`footnote bot`, started again whenever it ends."""

    def __init__(self, data: Path, variables: dict[str, str]) -> None:
        self.starts = 0
        self._data = data
        self._variables = variables
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        try:
            while True:
                with (self._data / "log").open("ab") as log:
                    self._process = await asyncio.create_subprocess_exec(
                        *(FOOTNOTE, "bot"), cwd=self._data, env=self._variables, stdout=log, stderr=log
                    )
                self.starts += 1
                await self._process.wait()
                await asyncio.sleep(0.5)
        finally:
            if self._process and self._process.returncode is None:
                self._process.terminate()
                await self._process.wait()

    async def kill(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()


async def cause_faults(acts: Sequence[Callable[[], Awaitable[None]]], seconds: float, chance: random.Random) -> None:
    """Each at an instant of its own, within the time."""
    began = perf_counter()
    for at, act in sorted(((chance.uniform(0, seconds), act) for act in acts), key=lambda each: each[0]):
        await asyncio.sleep(max(0.0, began + at - perf_counter()))
        await act()


async def asked(fake: FakeDiscord, guild_members: list[Person], channel: Channel, rate: float) -> list[Question]:
    found, began = list[Question](), perf_counter()
    for number, member in enumerate(guild_members):
        await asyncio.sleep(max(0.0, began + number / rate - perf_counter()))
        text = QUESTIONS[number % len(QUESTIONS)]
        if number % 2:
            act: Interaction | Message = await member.slash(channel, "ask", question=text)
        else:
            act = await member.say(channel, f"{fake.bot.mention} {text}")
        found.append(Question(member, channel, act))
    return found


async def repaired(questions: list[Question], patience: float) -> float:
    """Seconds until each question has a reply, or until patience ends."""
    began = perf_counter()
    for _ in range(int(patience / LOOK_EVERY)):
        if all(one.is_done for one in questions):
            break
        await asyncio.sleep(LOOK_EVERY)
    return perf_counter() - began


async def run(folder: Path, given: argparse.Namespace) -> bool:
    chance = random.Random(given.seed)  # noqa: S311 - a benchmark's
    data = folder / "data"
    async with opened(settings_for(SAMPLES.parent, str(data))) as footnote:
        await build(console, footnote)
    async with FakeDiscord() as fake:
        guild = fake.add_guild("Problems")
        channel = fake.add_channel(guild, "general")
        members = [fake.add_member(guild, f"m{number}") for number in range(int(given.rate * given.seconds))]
        service = Service(data, environment(fake, SAMPLES, data, guild.id, is_limited=False))
        running = asyncio.create_task(service.run())
        try:
            await _ready(fake, guild, channel)
            fake.fail_by_chance(given.share, chance)
            acts = [fake.drop_gateway] * given.drops + [service.kill] * given.kills
            _, questions = await asyncio.gather(
                cause_faults(acts, given.seconds, chance), asked(fake, members, channel, given.rate)
            )
            requests = len(fake.requests)
            fake.fail_by_chance(0.0, chance)
            took = await repaired(questions, given.patience)
            await asyncio.sleep(5)  # for what would come twice
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        return report(
            questions, took, {"starts": service.starts, "resumes": fake.gateway.resumes, "requests": requests}
        )


async def _ready(fake: FakeDiscord, guild: Guild, channel: Channel) -> None:
    """A bot that was never online would have missed nothing."""
    await fake.wait_for(lambda: fake.commands.of(guild), timeout=120)
    await fake.wait_until_connected(timeout=120)
    first = await fake.add_member(guild, "first").mention_bot(channel, QUESTIONS[0])
    await fake.wait_for(lambda: any(one.reply_to is first and one.buttons for one in channel.messages), timeout=120)


def report(questions: list[Question], took: float, counts: dict[str, int]) -> bool:
    ends = Counter(one.end() for one in questions)
    table = Table(
        "", "", title=f"{len(questions):,} questions; the last reply came {took:.0f} s after the faults ended"
    )
    for end, number in sorted(ends.items()):
        table.add_row(end, f"{number:,}")
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    console.print(table)
    wrong = [one for one in questions if len(one.replies()) != 1 and not one.is_unheard]
    for one in wrong[:10]:
        console.print(f"{one.member.name}: {[each.text[:80] for each in one.replies()]}", markup=False)
    return not wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=180.0, help="how long there are questions and faults")
    parser.add_argument("--rate", type=float, default=2.0, help="questions a second")
    parser.add_argument("--drops", type=int, default=20)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--share", type=float, default=0.1, help="of requests that fail")
    parser.add_argument("--patience", type=float, default=600.0, help="seconds for what is left to be repaired")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        is_well = asyncio.run(run(Path(folder), given))
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
