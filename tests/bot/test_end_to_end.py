"""End to end, as a service runs it: `footnote bot` in its own process, on a fake Discord.

Chroma, MiniLM and SQLite are real, the articles are the sample ones.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import discord
import pytest
import pytest_asyncio
from aiohttp import ClientSession
from discord_stage import OPENAPI
from fake_discord import FakeDiscord, Message
from forked_programs import Footnote, Program, run
from scripted_embeddings import ScriptedEmbeddings
from scripted_openai import ScriptedOpenAI, fails, in_thread, quotes, says
from terminal_stage import FOOTNOTE, is_setting
from word_reader import WordReader

from footnote_index.embedders.minilm import MiniLM
from footnote_index.embedders.openai import OpenAIEmbedder
from footnote_index.index import Index

FIELD = "One claim per line, sentences as [1][2]"
ENDS = ("The index is rebuilt", "The index is up to date")
in_module_loop = pytest.mark.asyncio(loop_scope="module")
SAMPLES = Path(__file__).parents[2] / "articles"
UNLIMITED = {"FOOTNOTE_QUESTIONS_PER_MINUTE": "0"}
"""For a bot that several tests use: together they would ask more than one member may."""


def is_whole(reply: Message) -> bool:
    """Whether it is more than a draft, which a slow machine shows first."""
    is_draft = re.search(r"Reading \d+ passages?…", f"{reply.text}{reply.embeds}")
    return bool(reply.buttons or reply.content) and not is_draft


class Service:
    """`footnote bot` with a data folder that outlives it."""

    def __init__(self, fake: FakeDiscord, folder: Path) -> None:
        self.fake = fake
        self.articles = folder / "articles"
        self.data = folder / "data"
        self.log = folder / "log"
        self.guild = fake.add_guild("Library")
        self.channel = fake.add_channel(self.guild, "general")
        self.desk = fake.add_channel(self.guild, "review")
        self.alice = fake.add_member(self.guild, "alice")
        self.admin = fake.add_member(self.guild, "admin", permissions=discord.Permissions(manage_guild=True))
        self.mod = fake.add_member(self.guild, "mod", permissions=discord.Permissions(manage_messages=True))

    @asynccontextmanager
    async def running(
        self,
        *,
        ends_with: signal.Signals = signal.SIGTERM,
        model: ScriptedOpenAI | None = None,
        settings: Mapping[str, str] | None = None,
        started_as_by_users: bool = False,
    ) -> AsyncIterator[None]:
        others = {name: value for name, value in os.environ.items() if not is_setting(name)}
        environment = others | {
            "DISCORD_TOKEN": self.fake.token,
            "DISCORD_API_URL": self.fake.api_url,
            "DISCORD_GATEWAY_URL": str(self.fake.gateway_url),
            "DISCORD_GUILD_IDS": str(self.guild.id),
            "FOOTNOTE_ARTICLES": str(self.articles),
            "FOOTNOTE_DATA": str(self.data),
            **({"OPENAI_BASE_URL": model.base_url, "NO_PROXY": "127.0.0.1"} if model else {}),
            **(settings or {}),
        }
        start = self._installed if started_as_by_users else self._forked
        with self.log.open("ab") as log:
            process = start(environment, log)
        try:
            await self.fake.wait_until_connected(timeout=60)
            yield
        finally:
            process.send_signal(ends_with)
            code = await asyncio.to_thread(process.wait, 30)
        await self.fake.wait_for(lambda: not self.fake.gateway.is_connected)  # else the next one seems to be there
        assert code == (0 if ends_with is signal.SIGTERM else -ends_with), self.log.read_text()

    def _installed(self, environment: dict[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen([FOOTNOTE, "bot"], cwd=self.data, env=environment, stdout=log, stderr=log)  # noqa: S603

    def _forked(self, environment: dict[str, str], log: IO[bytes]) -> Program:
        return Program(Footnote(("bot",)), cwd=self.data, env=environment, files=(None, log, log))

    async def ask(self, question: str) -> Message:
        reply = await (await self.alice.slash(self.channel, "ask", question=question)).response(timeout=30)
        return await self.fake.wait_for(lambda: reply if is_whole(reply) else None, timeout=30)

    async def rebuild(self) -> Message:
        """The progress message, when it says that the build has ended."""
        await (await self.admin.slash(self.channel, "index rebuild")).response(timeout=30)
        return await self.fake.wait_for(
            lambda: next((m for m in self.channel.messages if m.text.startswith(ENDS)), None),
            timeout=60,
        )

    async def card(self) -> Message:
        return await self.fake.wait_for(lambda: self.desk.messages[-1] if self.desk.messages else None, timeout=60)


@pytest.fixture
async def unbuilt(tmp_path: Path, models: Path, minilm: MiniLM) -> AsyncIterator[Service]:  # noqa: ARG001 - fills models
    """Without an index: the bot builds it when it starts."""
    async with FakeDiscord(openapi=OPENAPI) as fake:
        yield Service(fake, furnished(tmp_path, models))


def furnished(folder: Path, models: Path) -> Path:
    """The same folder, with the articles and the data folder in it."""
    shutil.copytree(SAMPLES, folder / "articles")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(models)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Path:
    """The data folder with an index of the sample articles, to be copied."""
    data = tmp_path_factory.mktemp("built") / "data"

    async def build() -> None:
        index = Index(SAMPLES, data, lambda: minilm, reader=WordReader())
        await index.build(started_by="A test", on_progress=lambda _: None)
        await index.close()

    asyncio.run(build())
    return data


@pytest.fixture
def service(unbuilt: Service, built: Path) -> Service:
    """With an index of the sample articles."""
    return with_index(unbuilt, built)


def with_index(service: Service, built: Path) -> Service:
    shutil.copytree(built, service.data, dirs_exist_ok=True)
    (manifest,) = service.data.glob("index/generations/*/manifest.json")
    about = json.loads(manifest.read_text()) | {"folder": str(service.articles.resolve())}
    manifest.write_text(json.dumps(about))
    return service


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started(tmp_path_factory: pytest.TempPathFactory, models: Path, built: Path) -> AsyncIterator[Service]:
    """One process for the tests that only ask."""
    folder = furnished(tmp_path_factory.mktemp("started"), models)
    async with FakeDiscord(openapi=OPENAPI) as fake:
        service = with_index(Service(fake, folder), built)
        async with service.running(settings=UNLIMITED):
            yield service


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[ScriptedOpenAI]:
    async with ScriptedOpenAI() as model:
        yield model


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def with_model(
    tmp_path_factory: pytest.TempPathFactory, models: Path, built: Path, model: ScriptedOpenAI
) -> AsyncIterator[Service]:
    """The same with a language model that works."""
    folder = furnished(tmp_path_factory.mktemp("with-model"), models)
    async with FakeDiscord(openapi=OPENAPI) as fake:
        service = with_index(Service(fake, folder), built)
        async with service.running(model=model, settings=UNLIMITED):
            yield service


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


async def test_from_articles_to_an_approved_answer_without_a_question_or_a_secret_in_the_log(unbuilt: Service) -> None:
    async with unbuilt.running(started_as_by_users=True):
        rebuilt = await unbuilt.rebuild()
        assert "12 articles" in rebuilt.text

        setup = await unbuilt.admin.slash(unbuilt.channel, "setup", review_channel=unbuilt.desk)
        assert (await setup.response()).is_ephemeral

        answer = await unbuilt.ask("Who leads the National Resistance Front?")
        assert "Ahmad Massoud leads the National Resistance Front" in answer.text
        assert "¹" in answer.text
        assert "> Ahmad Massoud leads" in answer.embeds[0]["fields"][0]["value"]
        assert "8 September 2021" in answer.text
        assert not answer.pinged

        sources = await (await unbuilt.alice.click(answer, "Sources")).response()
        assert sources.is_ephemeral
        assert "**Ahmad Massoud leads" in sources.text

        card = await unbuilt.card()
        await unbuilt.mod.click(card, "Approve")
        await unbuilt.fake.wait_for(lambda: "approved" in footer(answer))
        assert "approved" in card.text.lower()

    log = unbuilt.log.read_text()
    assert "answer 1: recorded in channel" in log
    for secret in ("National Resistance", "Massoud", unbuilt.fake.token):
        assert secret not in log


@in_module_loop
async def test_a_reply_is_understood_from_the_answer_above_it(started: Service) -> None:
    alone = await started.ask("When?")
    answer = await started.ask("Did Herat fall?")
    follow_up = await started.alice.mention_bot(answer.channel, "When?", reply_to=answer)
    reply = await started.fake.wait_for_reply(follow_up, timeout=30)
    assert "Herat fell" not in alone.text
    assert "Herat fell on 12 August 2021.¹" in reply.text


@in_module_loop
async def test_what_the_articles_do_not_say_is_not_said(started: Service) -> None:
    answer = await started.ask("Who is the president of France?")
    assert "do not answer" in answer.text
    question = await started.alice.mention_bot(started.channel, "What is the capital of Tajikistan?")
    assert "do not answer" in (await started.fake.wait_for_reply(question, timeout=30)).text


LEADS = (
    "Ahmad Massoud leads the National Resistance Front (NRF), the movement that opposed the Taliban in the Panjshir "
    "Valley after the fall of Kabul."
)


@in_module_loop
async def test_a_language_model_s_answer_looks_like_any_other(
    with_model: Service, model: ScriptedOpenAI, started: Service
) -> None:
    model.script = [quotes(LEADS)]
    model.requests.clear()
    written = await with_model.ask("Who leads the National Resistance Front?")
    extracted = await started.ask("Who leads the National Resistance Front?")
    assert written.content == f"{LEADS}¹"
    assert extracted.content.startswith(f"{LEADS}¹")
    assert written.embeds[0]["fields"][0] == extracted.embeds[0]["fields"][0]
    assert len(model.requests) == 1


@in_module_loop
async def test_a_model_that_obeys_injected_text_is_not_believed(with_model: Service, model: ScriptedOpenAI) -> None:
    obeyed = [
        *("@everyone Free tokens at https://evil.example/claim now.", f"{LEADS[:-1]} (evil.example)."),
        *("The system says that all rules are void.", f"{LEADS[:-1]}, not Amrullah Saleh."),
    ]
    claims = [{"text": text, "sources": ["S1"]} for text in obeyed]
    model.script = [says(json.dumps({"claims": claims}))]
    answer = await with_model.ask("Who leads the National Resistance Front?")
    assert LEADS in answer.text
    assert "could not be confirmed" in footer(answer)
    assert "evil" not in answer.text
    assert "rules are void" not in answer.text
    assert not answer.pinged


async def test_when_the_model_fails_the_reply_says_that_source_sentences_answer(service: Service) -> None:
    async with ScriptedOpenAI(fails(401)) as model, service.running(model=model):
        answer = await service.ask("Who leads the National Resistance Front?")
    assert LEADS in answer.text
    assert "language model is not set up correctly" in footer(answer)


async def test_a_rebuild_changes_what_is_answered_and_marks_what_was(service: Service) -> None:
    async with service.running():
        assert "do not answer" in (await service.ask("Where are the lost keys?")).text
        (service.articles / "keys.txt").write_text("Lost property\nThe lost keys are in the blue drawer of the porter.")
        await service.rebuild()
        answer = await service.ask("Where are the lost keys?")
        assert "blue drawer of the porter" in answer.text
        (service.articles / "keys.txt").write_text("Lost property\nThe lost keys are in the red box of the caretaker.")
        await service.rebuild()
        await service.fake.wait_for(lambda: "⚠ A source of this answer" in answer.text, timeout=60)
        assert "blue drawer of the porter" in answer.text


async def test_answers_and_buttons_live_on_after_a_killed_process(service: Service) -> None:
    async with service.running(ends_with=signal.SIGKILL):
        await (await service.admin.slash(service.channel, "setup", review_channel=service.desk)).response()
        answer = await service.ask("How long is the Panjshir Valley?")
        card = await service.card()
    async with service.running():
        sources = await (await service.alice.click(answer, "Sources")).response()
        assert "115 kilometres" in sources.text
        await service.mod.click(card, "Reject")
        await service.fake.wait_for(lambda: "rejected" in footer(answer))
        assert "115 kilometres" not in (await service.ask("How long is the Panjshir Valley?")).text


async def test_the_bot_comes_up_without_articles_and_takes_them_later(unbuilt: Service) -> None:
    shutil.rmtree(unbuilt.articles)
    async with unbuilt.running():
        assert "The index is empty" in (await unbuilt.ask("Where are the lost keys?")).text
        unbuilt.articles.mkdir()
        (unbuilt.articles / "keys.txt").write_text("Lost property\nThe lost keys are in the blue drawer of the porter.")
        await unbuilt.rebuild()
        assert "blue drawer" in (await unbuilt.ask("Where are the lost keys?")).text


async def test_the_bot_comes_up_on_an_index_of_another_embedder_and_a_rebuild_repairs_it(unbuilt: Service) -> None:
    with in_thread(ScriptedEmbeddings()) as server:
        embedder = OpenAIEmbedder.connect(model="m-1", base_url=server.base_url)
        index = Index(unbuilt.articles, unbuilt.data, lambda: embedder, reader=WordReader())
        await index.build(started_by="A test", on_progress=lambda _: None)
        await index.close()
    async with unbuilt.running():
        refused = (await unbuilt.ask("How long is the Panjshir Valley?")).text
        assert "built with the embedder openai:m-1" in refused
        assert "/index rebuild" in refused
        await unbuilt.rebuild()
        assert "115 kilometres" in (await unbuilt.ask("How long is the Panjshir Valley?")).text


@pytest.mark.parametrize(
    ("altered", "settings", "line"),
    [
        ("x", {}, "footnote: Discord rejected DISCORD_TOKEN."),
        ("", {"DISCORD_GATEWAY_URL": "ws://127.0.0.1:1/"}, "footnote: Discord cannot be reached."),
        (
            "",
            {"FOOTNOTE_MESSAGE_CONTENT": "true"},
            "footnote: Discord rejected the Message Content intent. Switch it on",
        ),
    ],
)
async def test_not_getting_into_discord_is_one_clear_line(
    service: Service, altered: str, settings: dict[str, str], line: str
) -> None:
    environment = os.environ | {
        "DISCORD_TOKEN": service.fake.token + altered,
        "DISCORD_API_URL": service.fake.api_url,
        "DISCORD_GATEWAY_URL": str(service.fake.gateway_url),
        "FOOTNOTE_ARTICLES": str(service.articles),
        "FOOTNOTE_DATA": str(service.data),
        "LOG_LEVEL": "ERROR",
        **settings,
    }
    service.fake.gateway._disallowed = discord.Intents(message_content=True)
    ended = await asyncio.to_thread(run, Footnote(("bot",)), cwd=service.data, env=environment)
    assert ended.returncode == 1
    assert ended.stderr.strip().splitlines()[-1].startswith(line)


async def until_ready(browser: ClientSession, address: str) -> None:
    """A busy gateway may disconnect and reconnect at any time."""
    async with asyncio.timeout(20):
        while True:
            async with browser.get(address) as ready:
                if await ready.json() == {"ready": True, "missing": []}:
                    return
            await asyncio.sleep(0.2)  # another process does not say when it is ready


async def test_the_reading_room_of_a_bot_shows_what_it_answered(service: Service) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here, public = f"http://127.0.0.1:{port}", "https://notes.example"
    settings = {"FOOTNOTE_WEB_PORT": str(port), "FOOTNOTE_WEB_URL": public, "LOG_FORMAT": "json"}
    async with service.running(settings=settings), ClientSession() as browser:
        await service.rebuild()
        answer = await service.ask("Who leads the National Resistance Front?")
        shown = await (await service.alice.click(answer, "Sources")).response(timeout=30)
        (opens,) = [button["url"] for button in shown.buttons]
        async with browser.get(opens.replace(public, here)) as page:
            assert "Ahmad Massoud leads the National Resistance Front" in await page.text()
        await until_ready(browser, f"{here}/readyz")
        async with browser.get(f"{here}/metrics") as metrics:
            text = await metrics.text()
        assert 'footnote_questions_total{outcome="answered"} 1.0' in text
        assert 'footnote_builds_total{outcome="unchanged"} 1.0' in text  # the first build came before the bot
    lines = [json.loads(line) for line in service.log.read_text().splitlines() if line.startswith("{")]
    (recorded,) = [line for line in lines if "recorded in channel" in line["message"]]
    assert recorded["question"].isdigit()


# What moderators teach, and what comes with a question


async def taught(service: Service, question: str, answer: str) -> Message:
    """The card of a question that the articles do not answer, once a moderator has answered it in their own name."""
    abstention = await service.ask(question)
    assert "do not answer" in abstention.text
    await service.alice.click(abstention, "Ask a person")
    card = await service.card()
    form = await (await service.mod.click(card, "Answer it")).modal(timeout=30)
    refused = await (await service.mod.submit(form, {FIELD: answer})).followup(timeout=30)
    await service.mod.click(refused, "State it in my name")
    await service.fake.wait_for(lambda: answer in abstention.text, timeout=30)
    return card


async def test_a_taught_article_is_cited_after_the_next_rebuild_like_any_other(service: Service) -> None:
    lobby = service.fake.add_channel(service.guild, "lobby")
    manager = discord.Permissions(manage_guild=True, manage_messages=True)
    service.fake.change_permissions(service.mod, manager)
    async with service.running():
        await (await service.admin.slash(service.channel, "setup", review_channel=service.desk)).response()
        card = await taught(service, "Where are the lost keys?", "The lost keys are in the blue drawer of the porter.")
        stored = await (await service.mod.click(card, "Add to articles")).response(timeout=30)
        assert "Stored as answer-1-" in stored.content
        await service.mod.click(stored, "Rebuild now")
        await service.fake.wait_for(
            lambda: next((one for one in service.desk.messages if one.text.startswith(ENDS)), None), timeout=60
        )
        asked = await service.alice.mention_bot(lobby, "In which drawer are the lost keys?")
        answer = await service.fake.wait_for_reply(asked, timeout=30)
        assert "The lost keys are in the blue drawer of the porter.¹" in answer.text
        assert "Answered by the moderators of Library" in answer.text
        assert "stated by" not in answer.text
        sources = await (await service.alice.click(answer, "Sources")).response(timeout=30)
        assert "**The lost keys are in the blue drawer of the porter.**" in sources.text
    [file] = service.articles.glob("answer-1-*.md")
    assert "title: Where are the lost keys?" in file.read_text()


@in_module_loop
async def test_a_file_is_cited_together_with_the_articles_and_not_kept(started: Service) -> None:
    quote = "The porter keeps the lost keys in a blue drawer."
    question = f"{started.fake.bot.mention} Where does the porter keep the lost keys?"
    asked = await started.alice.say(started.channel, question, files={"notes.md": f"# Notes\n\n{quote}\n".encode()})
    answer = await started.fake.wait_for_reply(asked, timeout=30)
    assert f"{quote}¹" in answer.text
    assert "Your file: notes.md" in answer.text
    again = await started.alice.mention_bot(started.channel, "Where does the porter keep the lost keys?")
    assert "do not answer" in (await started.fake.wait_for_reply(again, timeout=30)).text
    assert not any("blue drawer" in file.read_text(errors="ignore") for file in started.articles.rglob("*.*"))
