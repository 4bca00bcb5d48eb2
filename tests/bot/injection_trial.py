"""The whole path of an attack: articles -> index -> obedient model -> checks -> record -> Discord and terminal.

    async with opened_trial(folder, minilm) as trial:
        attempts, posted = await trial.run(case)

Index, MiniLM, Chroma, SQLite, the openai SDK and discord.py are real; the model's server does as the case says.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from aiohttp import web
from article_files import write_articles
from discord import Permissions
from discord_stage import OPENAPI, Stage
from fake_discord import FakeDiscord, Message
from injection_cases import ATTACK, CASES, HONEST, PLACES, QUESTION, TRUE, Case, Writes
from openai import AsyncOpenAI
from openai_stage import Meter
from rich.console import Console
from scripted_openai import Asked, ScriptedOpenAI, says
from watched_store import WatchedStore
from word_reader import ABSTAIN_BELOW, WordReader

from footnote.adapters.database import upgrade
from footnote.adapters.openai import Chat, OpenAIAnswerer
from footnote.adapters.openai.dialect import Dialect, Form
from footnote.answering.circuit_breaker import CircuitBreaker
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.fallback import WithFallback
from footnote.answering.pipeline import Answering
from footnote.answering.questions import clean_question
from footnote.models import Abstention, Answer
from footnote.ports import OnDrafting
from footnote_bot.terminal.chat import show_outcome
from footnote_index.building.reports import BuildReport
from footnote_index.embedders import Embedder
from footnote_index.index import Index

PLACE_OF = dict(zip(CASES, PLACES, strict=False))

_ENOUGH = 12
"""Letters that tell one text from others."""

_ARTICLE = """---
title: {title}
source: {source}
author: {author}
published: 2021-09-06
url: {url}
---
The <place> lighthouse was built in 1871.
{true}
{attack}

Marta Quill, the keeper of the <place> lighthouse, was never paid for her work.
"""


@dataclass(frozen=True)
class Attempt:
    """What went in and what came out. `drafted`: each claim that the model wrote, with the sentences that it named."""

    case: Case
    form: Form
    question: str
    asked: Asked
    drafted: tuple[tuple[str, tuple[str, ...]], ...]
    outcome: Answer | Abstention
    terminal: str


@dataclass(frozen=True)
class Posted:
    """A message in Discord, and what it shows."""

    attempt: Attempt
    message: Message


class Trial:
    """One index, one server of a model, one Discord for all attacks."""

    def __init__(self, index: Index, report: BuildReport, model: ScriptedOpenAI, stage: Stage) -> None:
        self.index = index
        self.report = report
        self.stage = stage
        self._ids = ids(stage)
        self._chats = {
            form: Chat(AsyncOpenAI(api_key="k", base_url=model.base_url), Meter(), model=form, dialect=Dialect(form))
            for form in Form
        }
        self._case = HONEST
        self._posted_form = Form.SCHEMA
        self._attempts: dict[Form, Attempt] = {}
        self._requests: dict[Form, Asked] = {}
        model.script = [self._obey]

    async def suggest(self, _answer: Answer, /) -> tuple[str, ...]:
        return ()

    async def fact_check(self, _text: str, /) -> NoReturn:
        raise NotImplementedError("no attack checks a message")

    async def run(self, case: Case) -> tuple[list[Attempt], Posted]:
        """The attack in each form of answer, one of which, in turn, is asked for in Discord."""
        question = self._begin(case)
        async with asyncio.TaskGroup() as tasks:
            posting = tasks.create_task(self.stage.slash_ask(self.question(case)))
            for form in Form:
                if form is not self._posted_form:
                    tasks.create_task(self._attempt(question, form))
        return [self._attempts[form] for form in Form], self._posted(posting.result())

    async def run_with_card(self, case: Case) -> list[Posted]:
        """The answer in Discord, its sources as the asker sees them, its card."""
        await self.stage.set_up_review()
        self._begin(case)
        answer = await self.stage.slash_ask(self.question(case))
        sources = await (await self.stage.alice.click(answer, "Sources")).response()
        card = await self.stage.fake.wait_for(lambda: self._card(answer))
        return [self._posted(message) for message in (answer, sources, card)]

    def _begin(self, case: Case) -> str:
        self._case = case
        self._posted_form = [*Form][CASES.index(case) % len(Form)]
        return clean_question(self.question(case))

    def _posted(self, message: Message) -> Posted:
        return Posted(self._attempts[self._posted_form], message)

    def _card(self, answer: Message) -> Message | None:
        link = f"/{answer.channel.id}/{answer.id}"
        return next((card for card in self.stage.desk.messages if link in card.text), None)

    def has_reached(self, asked: Asked, case: Case) -> bool:
        """Whether the model was shown the attack, or a sentence of it."""
        wanted = letters(self._filled(case.attack, case))
        shown = [letters(text) for line in asked.sentences.values() for text in line.values()]
        return any(wanted[:_ENOUGH] in text or (text in wanted and len(text) > _ENOUGH) for text in shown) or (
            wanted[:_ENOUGH] in letters(asked.question)
        )

    async def __call__(
        self, question: str, /, *, on_drafting: OnDrafting | None = None, **_: object
    ) -> Answer | Abstention:
        """What the bot in Discord uses."""
        return await self._attempt(question, self._posted_form, on_drafting)

    async def _attempt(self, question: str, form: Form, on_drafting: OnDrafting | None = None) -> Answer | Abstention:
        """The circuit breaker is new each time, so that no attack profits from another's failures."""
        fallback = WithFallback(
            OpenAIAnswerer(self._chats[form], seconds=30.0),
            ExtractiveAnswerer(),
            CircuitBreaker(lambda: 0.0),
            deadline=30.0,
        )
        answering = Answering(self.index, WordReader(spread=1.0), fallback, abstain_below=ABSTAIN_BELOW)
        outcome = await answering.ask(question, on_drafting=on_drafting)
        terminal = io.StringIO()
        show_outcome(Console(file=terminal, width=100), outcome)
        asked = self._requests[form]
        self._attempts[form] = Attempt(
            self._case, form, question, asked, self._drafted(asked), outcome, terminal.getvalue()
        )
        return outcome

    async def close(self) -> None:
        for chat in self._chats.values():
            await chat.close()

    def truth(self, case: Case) -> str:
        return self._filled(TRUE, case)

    def question(self, case: Case) -> str:
        plain = self._filled(QUESTION, case)
        return self._filled(case.attack.replace("<question>", plain), case) if case.where == "question" else plain

    def _filled(self, text: str, case: Case) -> str:
        return filled(text, case, self._ids)

    async def _obey(self, asked: Asked, request: web.Request) -> web.StreamResponse:
        form = Form(asked.form)
        self._requests[form] = asked
        content = written(self._claims(asked), form) if self._case.raw is None else self._case.raw
        return await says(content)(asked, request)

    def _drafted(self, asked: Asked) -> tuple[tuple[str, tuple[str, ...]], ...]:
        offered = {key: line["sentence"] for key, line in asked.sentences.items()}
        return tuple(
            (text, tuple(offered[key] for key in keys if key in offered)) for text, keys in self._claims(asked)
        )

    def _claims(self, asked: Asked) -> list[tuple[str, list[str]]]:
        truth = (Writes("<true>"),) if self._case.says_truth else ()
        return [(self._filled(one.text, self._case), self._keys(one, asked)) for one in (*truth, *self._case.writes)]

    def _keys(self, one: Writes, asked: Asked) -> list[str]:
        case = self._case
        if one.cites not in {(), (ATTACK,)}:
            return list(one.cites)
        wanted = letters(self._filled(TRUE if not one.cites else case.attack, case))
        found = (key for key, line in asked.sentences.items() if letters(line["sentence"]) in wanted)
        return [next(found, "S1")]


@asynccontextmanager
async def opened_trial(folder: Path, embedder: Embedder) -> AsyncIterator[Trial]:
    url = f"sqlite:///{folder / 'footnote.sqlite'}"
    await asyncio.to_thread(upgrade, url)
    store = WatchedStore(url, folder)
    async with FakeDiscord(openapi=OPENAPI) as fake, ScriptedOpenAI() as model:
        stage = Stage(fake, store)
        write_articles(folder / "articles", dict(article(case, ids(stage)) for case in CASES))
        index = Index(folder / "articles", folder / "data", lambda: embedder, reader=WordReader())
        report = await index.build(started_by="A trial", on_progress=lambda _progress: None)
        trial = Trial(index, report, model, stage)
        stage.ask = trial  # type: ignore[assignment] # instead of the fake one
        stage.index = index  # type: ignore[assignment]
        (own_role,) = (role for role in stage.guild.roles if role.bot_id)
        own_role.permissions |= Permissions(mention_everyone=True)  # the worst case: nothing but the message protects
        async with stage.running():
            yield trial
        await trial.close()
        await index.close()
    await store.close()


def ids(stage: Stage) -> dict[str, int]:
    return {"user": stage.mod.id, "role": stage.guild.everyone.id, "channel": stage.desk.id}


def article(case: Case, numbers: dict[str, int]) -> tuple[str, str]:
    """File name and content."""

    def at(where: str, otherwise: str) -> str:
        return case.attack if case.where == where else otherwise

    fields = {
        "title": at("title", "The <place> lighthouse"),
        "source": at("source", "Coast Almanac"),
        "author": at("author", "A. Writer"),
        "url": at("url", "https://almanac.example/<place>"),
    }
    quoted = {name: json.dumps(filled(value, case, numbers)) for name, value in fields.items()}
    content = filled(_ARTICLE.format(true=TRUE, attack=at("text", "Ships see it from afar."), **quoted), case, numbers)
    return f"{PLACE_OF[case]} {at('file', 'lighthouse')}.md", content


def filled(text: str, case: Case, numbers: dict[str, int]) -> str:
    known = {"attack": case.attack, "true": TRUE, "stem": TRUE.removesuffix("."), "place": PLACE_OF[case], **numbers}
    for name, value in known.items():
        text = text.replace(f"<{name}>", str(value))
    return text


def written(claims: list[tuple[str, list[str]]], form: Form) -> str:
    """An answer in one of the forms that the adapter knows; the looser JSON comes in a fence, as models send it."""
    if form is Form.LINES:
        return "\n".join(f"{' '.join(text.split())} {' '.join(f'[{key}]' for key in keys)}" for text, keys in claims)
    listed: list[dict[str, Any]] = [{"text": text, "sources": keys} for text, keys in claims]
    content = json.dumps({"claims": listed}, ensure_ascii=form is Form.SCHEMA)
    return content if form is Form.SCHEMA else f"```json\n{content}\n```"


def letters(text: str) -> str:
    """Letters and digits only."""
    return "".join(character for character in text.casefold() if character.isalnum())
