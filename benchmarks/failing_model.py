"""A model that fails in a random way each time: `python benchmarks/failing_model.py SET_DIR [--questions N]`.

The questions are asked in a fake Discord on loopback by mention and by /ask, many at once; the client, the index, the
database and the openai SDK are real. Nothing may be lost, posted twice, or take longer than 35 seconds.

The circuit breaker is off, so that the model is asked each time: with it, one like this would soon be left alone.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from statistics import quantiles
from time import monotonic, perf_counter

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot")]

from aiohttp import web  # noqa: E402
from fake_discord import Channel, FakeDiscord, Message, Person  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console, settings_for  # noqa: E402
from scripted_openai import Asked, Reply, ScriptedOpenAI, answer, fails, says, sends, stalls, streams, tears  # noqa: E402

from footnote.adapters.database import open_engine, stores_of, upgrade  # noqa: E402
from footnote.adapters.openai import Chat, OpenAIAnswerer  # noqa: E402
from footnote.answering.budget import Allowances, Budget, MemoryLedger, Prices  # noqa: E402
from footnote.answering.circuit_breaker import CircuitBreaker  # noqa: E402
from footnote.answering.extractive import ExtractiveAnswerer  # noqa: E402
from footnote.answering.fallback import WithFallback  # noqa: E402
from footnote.answering.pipeline import Answering  # noqa: E402
from footnote.answering.suggestions import Suggestions  # noqa: E402
from footnote.grounding.fact_check import FactChecker  # noqa: E402
from footnote.reading.certainty import ABSTAIN_BELOW  # noqa: E402
from footnote.review.recording import Review, utc_now  # noqa: E402
from footnote.review.revisions import Revisions  # noqa: E402
from footnote.review.verdicts import Verdicts  # noqa: E402
from footnote_bot.app import opened  # noqa: E402
from footnote_bot.client import point_at  # noqa: E402
from footnote_bot.discord_app import make_client  # noqa: E402
from footnote_bot.discord_services import Core  # noqa: E402
from footnote_bot.operator_choices import Habits  # noqa: E402
from footnote_bot.settings import Settings  # noqa: E402
from footnote_bot.terminal.builds import build  # noqa: E402
from footnote_bot.terminal.evaluation_sets import read_questions  # noqa: E402
from footnote_bot.web.pictures import PagePictures  # noqa: E402
from footnote_index.article_folder import ArticleFolder  # noqa: E402
from footnote_index.attached import AttachedFiles  # noqa: E402
from footnote_index.web.source_list import SourceList  # noqa: E402

AT_ONCE = 40
ALLOWED = 35.0
"""Seconds."""

ANSWERS = 0.2
"""Of the requests; the others meet any fate."""

INVENTED = answer(("Paris lies in France.", ["S1"]), ("It cost 17 million.", ["S99"]))
FATES: dict[str, Reply] = {
    "answers": says(answer(("PLACE", ["S1"]))),
    "invents": says(INVENTED),
    "not there": says(answer()),
    "refuses": says(None, refusal="I will not."),
    "is cut off": says(INVENTED[:60], finish_reason="length"),
    "writes no JSON": says("Sure! Paris."),
    "writes nothing": says(""),
    "tears its stream": streams(INVENTED[:60], pause=0.05, tears=True),
    "stalls in its stream": streams(INVENTED[:60], pause=60.0),
    "never answers": stalls(60.0),
    "is torn": tears(),
    "is torn inside": tears(after=b'{"choices": ['),
    "sends no completion": sends(b"<html>"),
    **{str(status): fails(status) for status in (400, 401, 404, 500, 502, 503)},
    "429": fails(429, retry_after="1"),
    "quota": fails(429, code="insufficient_quota"),
}


class Model:
    """Meets each request with a fate drawn at random, and counts them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.fates: Counter[str] = Counter()

    async def __call__(self, asked: Asked, request: web.Request) -> web.StreamResponse:
        fate = "answers" if self._chance.random() < ANSWERS else self._chance.choice(list(FATES))
        self.fates[fate] += 1
        reply = FATES[fate]
        if fate == "answers":
            key, sentence = next(iter(asked.sentences.items()))
            reply = says(answer((sentence["sentence"], [key])))
        return await reply(asked, request)


@asynccontextmanager
async def stage(folder: Path, model: ScriptedOpenAI) -> AsyncIterator[FakeDiscord]:
    """The bot in a fake Discord, with an answerer whose breaker never trips."""
    async with AsyncExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        settings: Settings = settings_for(folder, data)
        footnote = await stack.enter_async_context(opened(settings))
        await build(console, footnote)
        await asyncio.to_thread(upgrade, settings.database)
        engine = open_engine(settings.database)
        stores = stores_of(engine)
        stack.push_async_callback(engine.dispose)
        meter = Budget(MemoryLedger(), Allowances(), Prices(), clock=utc_now)
        chat = Chat.connect(meter, model="m", base_url=model.base_url)
        stack.push_async_callback(chat.close)
        answerer = WithFallback(
            OpenAIAnswerer(chat, seconds=21.0),
            ExtractiveAnswerer(),
            CircuitBreaker(monotonic, failures_before_rest=sys.maxsize, rest=0.0),
            deadline=30.0,
        )
        fake = await stack.enter_async_context(FakeDiscord())
        point_at(fake.api_url, str(fake.gateway_url))
        pictures = stack.enter_context(closing(PagePictures(settings.articles)))
        core = Core(
            ask=Answering(footnote.index, footnote.reader, answerer, abstain_below=ABSTAIN_BELOW).ask,
            suggest=Suggestions(footnote.reader).after,
            fact_check=FactChecker(footnote.index, footnote.entailer).check,
            files=AttachedFiles(footnote.index.load_embedder),
            index=footnote.index,
            review=Review(stores.answers),
            verdicts=Verdicts(stores.answers, stores.verdicts),
            revisions=Revisions(stores.answers, stores.verdicts, footnote.index, footnote.reader),
            stores=stores,
            articles=ArticleFolder(settings.articles),
            sources=SourceList(settings.articles, settings.data),
            pictures=pictures,
        )
        client = make_client(core, habits=Habits(answer_within=40.0))
        work = asyncio.create_task(client.start(fake.token))
        stack.push_async_callback(client.close)
        await fake.wait_until_connected(timeout=30)
        await client.wait_until_ready()
        yield fake
        work.cancel()


async def ask_one(
    fake: FakeDiscord, person: Person, channel: Channel, question: str, *, by_command: bool
) -> tuple[float, str]:
    """Seconds until the reply has its buttons, and what it became."""
    began = perf_counter()
    if by_command:
        message: Message = await (await person.slash(channel, "ask", question=question)).response(timeout=60)
    else:
        asked = await person.mention_bot(channel, question)
        message = await fake.wait_for_reply(asked, timeout=60)
    while not message.buttons:
        if perf_counter() - began > 60:
            return perf_counter() - began, "lost"
        await asyncio.sleep(0.02)
    note = "fallback" if "sentences from the articles" in message.text else "model"
    return perf_counter() - began, f"{'abstained' if 'do not answer' in message.text else 'answered'} ({note})"


async def main(folder: Path, count: int) -> None:
    questions = [question.text for question in read_questions(folder)]
    questions = (questions * (count // len(questions) + 1))[:count]
    chance = random.Random(7)  # noqa: S311 - a benchmark's
    model = Model(chance)
    async with ScriptedOpenAI(model) as server, stage(folder, server) as fake:
        guild = fake.add_guild("Library")
        channels = [fake.add_channel(guild, f"channel-{number}") for number in range(20)]
        people = [fake.add_member(guild, f"person-{number}") for number in range(20)]
        room = asyncio.Semaphore(AT_ONCE)

        async def one(number: int, question: str) -> tuple[float, str]:
            async with room:
                channel, person = channels[number % len(channels)], people[number % len(people)]
                return await ask_one(fake, person, channel, question, by_command=number % 2 == 0)

        outcomes = await asyncio.gather(*(one(number, text) for number, text in enumerate(questions)))
        posts = [message for channel in channels for message in channel.messages if message.author.id == fake.bot.id]
        report(outcomes, model, posts)


def report(outcomes: list[tuple[float, str]], model: Model, posts: list[Message]) -> None:
    seconds = [taken for taken, _ in outcomes]
    table = Table(
        "", "questions", title=f"{len(outcomes):,} questions, {sum(model.fates.values()):,} calls of the model"
    )
    for what, number in Counter(outcome for _, outcome in outcomes).most_common():
        table.add_row(what, f"{number:,}")
    table.add_row("later than 35 s", str(sum(taken > ALLOWED for taken in seconds)))
    table.add_row("posted twice", str(len(posts) - len(outcomes)))
    console.print(table)
    console.print(
        f"seconds: p50 {quantiles(seconds, n=100)[49]:.1f}, p95 {quantiles(seconds, n=100)[94]:.1f}, "
        f"longest {max(seconds):.1f}"
    )
    console.print("fates: " + ", ".join(f"{fate} {number}" for fate, number in model.fates.most_common()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set_dir", type=Path)
    parser.add_argument("--questions", type=int, default=1000)
    arguments = parser.parse_args()
    asyncio.run(main(arguments.set_dir, arguments.questions))
