"""`footnote ask`, `chat` and `bot`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.options import AsJson, UpToDate

if TYPE_CHECKING:
    from footnote_bot.app import Footnote
    from footnote_bot.terminal.session import Session

app = Commands()


def _day(written: str) -> date:
    try:
        return datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise typer.BadParameter(f"“{written}” is not a day. Write year, month and day, as in 2024-05-31.") from error


Since = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only articles published then or later.")
]
Until = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only articles published then or earlier.")
]

Collections = Annotated[
    list[str] | None, typer.Option(help="Only articles in this subfolder of the articles folder. Can be repeated.")
]


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="What do you want to know? Quotes are optional.")] = None,
    *,
    as_json: AsJson = False,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
    batch: Annotated[Path | None, typer.Option(help="Answer each line of this JSONL file (id, question).")] = None,
    out: Annotated[Path | None, typer.Option(help="Where --batch writes its answers.")] = None,
    build: UpToDate = False,
) -> None:
    """Answer one question, or a file of them."""
    if since and until and since > until:
        raise typer.BadParameter("--since is later than --until.")
    asked, collections = " ".join(question or ()), tuple(collection or ())
    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise typer.BadParameter("Give either a question, or --batch with --out.")
    if batch and out:
        _answer_file(batch, out, collections, since=since, until=until, up_to_date=build)
    elif not as_json and _has_replied(asked):
        return
    elif asked.strip():
        _answer(asked, collections, since=since, until=until, up_to_date=build, as_json=as_json)
    else:
        raise typer.BadParameter("The question is empty.")


@app.command()
def chat(*, build: UpToDate = False) -> None:
    """Ask in the terminal, as often as you like."""
    from footnote_bot.terminal.session import open_session

    _chat(open_session(), up_to_date=build)


@app.command()
def bot(*, build: UpToDate = False) -> None:
    """Answer in Discord. Without DISCORD_TOKEN, in the terminal."""
    from footnote_bot.settings import read_settings
    from footnote_bot.terminal.session import open_session

    if read_settings().discord_token:
        _run_bot(open_session(quiet=False), up_to_date=build)
        return
    session = open_session()
    session.err.print("No DISCORD_TOKEN is set, so Footnote answers here in the terminal. See docs/quickstart.md.")
    _chat(session, up_to_date=build)


def _has_replied(message: str) -> bool:
    """Whether it was small talk, which gets a line and no answer."""
    from footnote_bot.render.small_talk import reply_to_small_talk
    from footnote_bot.terminal.session import open_session

    reply = reply_to_small_talk(message)
    if reply:
        open_session().out.print(reply, markup=False)
    return reply is not None


def _answer(
    question: str,
    collections: Sequence[str],
    *,
    since: date | None,
    until: date | None,
    up_to_date: bool,
    as_json: bool,
) -> None:
    from footnote.answering.questions import clean_question
    from footnote_bot import json_form
    from footnote_bot.terminal.application import run
    from footnote_bot.terminal.builds import warn_of_undated
    from footnote_bot.terminal.chat import drafts, show_outcome
    from footnote_bot.terminal.collections import articles_in
    from footnote_bot.terminal.recording import limited, recording
    from footnote_bot.terminal.session import open_session

    question = clean_question(question)
    session = open_session()

    async def work(footnote: Footnote) -> None:
        async with recording(session, footnote) as keep:
            articles = await articles_in(footnote, collections)
            with drafts(session.err) as on_drafting:
                outcome = await footnote.answering.ask(
                    question, since=since, until=until, articles=articles, on_drafting=on_drafting
                )
            if as_json:
                session.print_json(json_form.outcome_json(outcome))
            else:
                show_outcome(session.out, outcome)
            session.out.file.flush()
            await keep(limited(outcome, since, until, collections))
            if since or until:
                await warn_of_undated(session.err, footnote)

    run(session, work, up_to_date=up_to_date)


def _answer_file(
    batch: Path, target: Path, collections: Sequence[str], *, since: date | None, until: date | None, up_to_date: bool
) -> None:
    from footnote_bot.terminal.application import run
    from footnote_bot.terminal.batch import answer_all, read_questions, require_file
    from footnote_bot.terminal.builds import warn_of_undated
    from footnote_bot.terminal.collections import articles_in
    from footnote_bot.terminal.session import open_session

    require_file(target, questions=batch)
    questions = read_questions(batch)
    session = open_session()

    async def work(footnote: Footnote) -> None:
        articles = await articles_in(footnote, collections)
        await answer_all(
            session.err, footnote.answering, questions, target, since=since, until=until, articles=articles
        )
        if since or until:
            await warn_of_undated(session.err, footnote)

    run(session, work, up_to_date=up_to_date)


def _chat(session: Session, *, up_to_date: bool) -> None:
    from footnote_bot.terminal.application import run
    from footnote_bot.terminal.chat import chat as chat_in
    from footnote_bot.terminal.recording import recording

    async def work(footnote: Footnote) -> None:
        async with recording(session, footnote) as keep:
            await chat_in(session.out, footnote, keep)

    run(session, work, up_to_date=up_to_date)


def _run_bot(session: Session, *, up_to_date: bool) -> None:
    from footnote_bot.running import run_bot
    from footnote_bot.terminal.application import run
    from footnote_bot.terminal.session import Terminated

    settings = session.settings
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    with suppress(Terminated):  # the usual way for a service to end
        run(session, lambda footnote: run_bot(footnote, settings, token), up_to_date=up_to_date, is_bot=True)
