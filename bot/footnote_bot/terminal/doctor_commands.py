"""`footnote doctor` and `footnote invite`."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from footnote.errors import SettingsError
from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.options import AsJson

if TYPE_CHECKING:
    from footnote_bot.doctor.findings import Finding, State
    from footnote_bot.terminal.session import Session

app = Commands()

_MARKS = {"ok": ("ok  ", "green"), "warn": ("look", "yellow"), "bad": ("BAD ", "bold red")}


@app.command()
def doctor(*, as_json: AsJson = False) -> None:
    """Check everything that Footnote needs, and say what to do. Changes nothing. Exit code 1 if something is wrong."""
    from footnote_bot.doctor.findings import State
    from footnote_bot.terminal.session import open_session

    session = open_session()
    if session.settings.discord_token:
        from footnote_bot.client import point_at

        point_at(session.settings.discord_api_url, session.settings.discord_gateway_url)
    states = asyncio.run(_examine(session, as_json=as_json))
    if State.BAD in states:
        sys.exit(1)


@app.command()
def invite(
    *,
    application: Annotated[str | None, typer.Option("--id", help="Of the application, if there is no token.")] = None,
) -> None:
    """Print the link that invites the bot, with only the permissions that it needs."""
    from footnote_bot.access.invitation import invite_url
    from footnote_bot.terminal.session import open_session

    if application is not None and not (application.isascii() and application.isdigit()):
        raise typer.BadParameter("The id is the number on the page General Information in the developer portal.")
    session = open_session()
    known = application or asyncio.run(_application_id(session))
    session.out.print(invite_url(known), soft_wrap=True)
    session.err.print(f"It asks for: {_permission_names()}.")


async def _examine(session: Session, *, as_json: bool) -> list[State]:
    from footnote_bot.doctor.examination import examine

    states = []
    async for finding in examine(session.settings):
        states.append(finding.state)
        _show(session, finding, as_json=as_json)
    return states


def _show(session: Session, finding: Finding, *, as_json: bool) -> None:
    from dataclasses import asdict

    from rich.text import Text

    from footnote_bot.citation_format import on_one_line
    from footnote_bot.terminal.own_command import typeable

    if as_json:
        session.print_json(asdict(finding))
        return
    mark, style = _MARKS[finding.state]
    line = f"{finding.subject}: {finding.line}" + (f". To do: {finding.advice}" if finding.advice else "")
    session.out.print(Text(f"{mark} ", style=style) + Text(on_one_line(typeable(line))), soft_wrap=True)


async def _application_id(session: Session) -> int:
    """Discord knows which application the token belongs to. Raises SettingsError."""
    import discord

    from footnote_bot.client import point_at
    from footnote_bot.wire.retrying import UNREACHABLE

    settings = session.settings
    if settings.discord_token is None:
        raise SettingsError("DISCORD_TOKEN is not set. Set it, or name the application: `footnote invite --id ID`.")
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(settings.discord_token.get_secret_value())
            return (await client.application_info()).id
    except discord.LoginFailure as error:
        raise SettingsError("Discord rejected DISCORD_TOKEN. Copy it again from the developer portal.") from error
    except UNREACHABLE as error:
        raise SettingsError("Discord cannot be reached. Try again, or use `footnote invite --id ID`.") from error


def _permission_names() -> str:
    from footnote_bot.access.invitation import PERMISSIONS

    names = (name for name, is_granted in PERMISSIONS if is_granted)
    return ", ".join("View Channels" if name == "read_messages" else name.replace("_", " ").title() for name in names)
