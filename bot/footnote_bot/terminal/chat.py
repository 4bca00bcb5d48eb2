"""Answers in the terminal, with superscript footnotes and the sentences they refer to."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
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
    on_one_line,
    page_marks,
    section_path,
    superscript,
    translated,
)
from footnote_bot.render.small_talk import reply_to_small_talk
from footnote_bot.terminal.builds import build_or_ask, show_report
from footnote_bot.terminal.own_command import typeable
from footnote_bot.terminal.recording import Keep
from footnote_bot.terminal.typed_input import typed

if TYPE_CHECKING:
    from footnote_bot.app import Footnote

HELP = (
    "Ask about the articles. /rebuild reads them again, /new starts a new conversation, /help shows this, /quit "
    "(or Ctrl-D) leaves."
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
    by_article: dict[str, list[Citation]] = {}
    for citation in outcome.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    for citations in by_article.values():
        _show_article(console, citations)


def _show_originals(console: Console, claims: Sequence[Claim]) -> None:
    if claims:
        console.print(Text(TRANSLATED, style="dim"))
    for claim in claims:
        _indented(console, 2, Text(f"“{on_one_line(claim.text)}”", style="dim"))


def _show_article(console: Console, citations: Sequence[Citation]) -> None:
    """The sentences cited from one article, and below them once the article's details."""
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
    """Questions and answers until the end of the input; each question may build on earlier ones. `keep` stores it."""
    console.print(Text(HELP, style="dim"))
    conversation: deque[Turn] = deque(maxlen=LONGEST_CONVERSATION)
    async for line in _lines(console):
        try:
            if line == "/rebuild":
                show_report(console, await build_or_ask(console, footnote))
            elif line == "/new":
                conversation.clear()
                console.print(Text("A new conversation.", style="dim"))
            elif line.startswith("/") or line.casefold() == "help":
                console.print(Text(HELP, style="dim"))
            elif reply := reply_to_small_talk(line):
                console.print(Text(reply))
            else:
                question, before = clean_question(line), tuple(conversation)
                with drafts(console) as on_drafting:
                    outcome = await footnote.answering.ask(question, conversation=before, on_drafting=on_drafting)
                show_outcome(console, outcome)
                await keep(outcome)
                conversation.append(Turn(outcome.receipt.understood or outcome.question))
                conversation.append(Turn(outcome.text, is_answer=True))
        except FootnoteError as error:
            console.print(Text(on_one_line(typeable(str(error))), style="red"))


async def _lines(console: Console) -> AsyncIterator[str]:
    while True:
        try:
            line = (await typed(lambda: console.input("\n[bold]?[/bold] "))).strip()
        except EOFError:
            console.print()
            return
        if line.removeprefix("/") in {"quit", "exit"}:
            return
        if line:
            if not sys.stdin.isatty():
                console.print(Text(on_one_line(line)))  # it was not typed here
            yield line
