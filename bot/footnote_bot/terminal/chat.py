"""Answers in the terminal, with superscript footnotes and the sentences they refer to."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from footnote.answering.conversation import LONGEST_CONVERSATION
from footnote.answering.questions import clean_question
from footnote.errors import FootnoteError
from footnote.models import Abstention, Answer, Citation, Claim
from footnote.ports import Drafting, OnDrafting, Turn
from footnote.reading.certainty import Certainty, certainty
from footnote_bot.citation_format import (
    TRANSLATED,
    annotated,
    byline,
    closest,
    on_one_line,
    page_marks,
    section_path,
    superscript,
    translated,
)
from footnote_bot.render.small_talk import reply_to_small_talk
from footnote_bot.terminal.builds import build_or_ask, show_report
from footnote_bot.terminal.chat_commands import ChatCommand, NotACommand, understood
from footnote_bot.terminal.ctrl_c import on_ctrl_c, stopped_by_ctrl_c
from footnote_bot.terminal.own_command import typeable
from footnote_bot.terminal.recording import Keep
from footnote_bot.terminal.typed_input import PromptLeft, typed

if TYPE_CHECKING:
    from footnote_bot.app import Footnote

HELP = (
    "Ask about the articles. /rebuild reads them again, /new starts a new conversation, /help shows this, /quit "
    "(or Ctrl-D) leaves. Ctrl-C stops an answer."
)


def show_outcome(console: Console, outcome: Answer | Abstention) -> None:
    """Everything is printed as plain text: an article can neither style nor control the terminal."""
    if outcome.receipt.understood:
        console.print(Text(on_one_line(f"Understood as: {outcome.receipt.understood}"), style="dim"))
    if isinstance(outcome, Answer):
        console.print(Text(on_one_line(annotated(outcome.claims)), style="bold"))
        _show_originals(console, translated(outcome.claims))
    else:
        console.print(Text(outcome.text, style="bold yellow"))
    if certainty(outcome) is Certainty.UNSURE:
        console.print(Text("Not sure: the articles may not answer exactly this.", style="yellow"))
    if outcome.note:
        console.print(Text(outcome.note, style="dim"))
    if isinstance(outcome, Abstention) and outcome.nearest:
        console.print(Text("Closest in the articles:"))
    cited = outcome.citations if isinstance(outcome, Answer) else closest(outcome.citations)
    for _, citations in groupby(cited, key=lambda citation: citation.article_id):
        _show_article(console, [*citations])


def _show_originals(console: Console, claims: Sequence[Claim]) -> None:
    if claims:
        console.print(Text(TRANSLATED, style="dim"))
    for claim in claims:
        _indented(console, 2, Text(f"“{on_one_line(claim.text)}”", style="dim"))


def _show_article(console: Console, citations: Sequence[Citation]) -> None:
    """Consecutive sentences of one article, and below them once the article's details."""
    console.print()
    for citation in citations:
        _indented(console, 2, Text(f"{superscript(citation.number)} “{on_one_line(citation.quote)}”"))
    first = citations[0]
    path = section_path(citations)
    place = [path and f"in {path}", page_marks(citations)]
    about = " · ".join(filter(None, [first.title, byline(first), first.article_id, *place]))
    _indented(console, 4, Text(on_one_line(about), style="dim"))
    if first.url:
        console.print(
            Text(f"    {on_one_line(first.url)}", style="dim"), soft_wrap=True
        )  # in one piece, so that it can be clicked


def _indented(console: Console, columns: int, text: Text) -> None:
    """Wrapped for people, whole lines in a pipe."""
    if console.soft_wrap:
        console.print(Text(" " * columns) + text)
    else:
        console.print(Padding(text, (0, 0, 0, columns)))


@contextmanager
def drafts(console: Console) -> Iterator[OnDrafting | None]:
    """Shows an answer while it is being made, and removes that again; None if there is no terminal."""
    if not console.is_terminal:
        yield None
        return
    with Live(console=console, transient=True) as live:
        yield lambda state: live.update(_draft(state), refresh=True)


def _draft(state: Drafting) -> Text:
    reading = f"Reading {state.passages} passage{'' if state.passages == 1 else 's'}…"
    return Text(on_one_line(f"{annotated(state.claims)} …") if state.claims else reading, style="dim")


async def chat(console: Console, footnote: Footnote, keep: Keep) -> None:
    """Questions and answers until the end of the input; each question may build on earlier ones. `keep` stores it.

    Ctrl-C stops an answer or a rebuild; at a prompt it leaves, as /quit does.
    """
    console.print(Text(HELP, style="dim"))
    conversation = _Conversation(console, footnote, keep)
    try:
        async for command, question in _typed(console):
            try:
                with stopped_by_ctrl_c() as stopped:
                    await conversation.go_on(command, question)
                if stopped.is_set():
                    console.print(Text("Stopped.", style="dim"))
            except FootnoteError as error:
                _refuse(console, error)
    except PromptLeft:
        console.print()


class _Conversation:
    """Carries out what is typed, one line after the other."""

    def __init__(self, console: Console, footnote: Footnote, keep: Keep) -> None:
        self._console = console
        self._footnote = footnote
        self._keep = keep
        self._turns: deque[Turn] = deque(maxlen=LONGEST_CONVERSATION)

    async def go_on(self, command: ChatCommand | None, question: str) -> None:
        console = self._console
        if command is ChatCommand.HELP:
            console.print(Text(HELP, style="dim"))
        elif command is ChatCommand.REBUILD:
            show_report(console, await build_or_ask(console, self._footnote))
        elif command is ChatCommand.NEW:
            self._turns.clear()
            console.print(Text("A new conversation.", style="dim"))
        if reply := reply_to_small_talk(question):
            console.print(Text(reply))
        elif question:
            await self._answer(clean_question(question))

    async def _answer(self, question: str) -> None:
        with drafts(self._console) as on_drafting:
            outcome = await self._footnote.answering.ask(
                question, conversation=tuple(self._turns), on_drafting=on_drafting
            )
        show_outcome(self._console, outcome)
        self._turns.append(Turn(outcome.receipt.understood or outcome.question))
        self._turns.append(Turn(outcome.text, is_answer=True))
        left = asyncio.Event()
        with on_ctrl_c(left.set):  # the answer is there: it is stored, then Ctrl-C does the same as at the prompt
            await self._keep(outcome)
        if left.is_set():
            raise PromptLeft


async def _typed(console: Console) -> AsyncIterator[tuple[ChatCommand | None, str]]:
    """Commands and questions until somebody leaves. Raises PromptLeft."""
    while True:
        console.print()
        try:
            line = (await typed(console, "?")).strip()
        except EOFError:
            console.print()
            return
        if line and not sys.stdin.isatty():
            console.print(Text(on_one_line(line)))  # it was not typed here
        try:
            command, question = understood(line)
        except NotACommand as error:
            _refuse(console, error)
            continue
        if command is ChatCommand.QUIT:
            return
        if line:
            yield command, question


def _refuse(console: Console, error: FootnoteError) -> None:
    console.print(Text(on_one_line(typeable(str(error))), style="red"))
