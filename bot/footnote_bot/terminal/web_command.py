"""`footnote web`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.options import UpToDate

if TYPE_CHECKING:
    from footnote_bot.app import Footnote

app = Commands()


@app.command()
def web(
    *,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Instead of FOOTNOTE_WEB_PORT.")] = None,
    opens: Annotated[bool, typer.Option("--open", help="Open the page in this machine's browser.")] = False,
    build: UpToDate = False,
) -> None:
    """Ask questions and read articles in a browser, on this machine only."""
    from footnote_bot.running import run_web
    from footnote_bot.terminal.application import run
    from footnote_bot.terminal.session import Terminated, open_session

    session = open_session()
    settings = session.settings.model_copy(update={"web_port": port}) if port else session.settings

    def show(address: str) -> None:
        session.out.print(f"Footnote answers at {address} (Ctrl-C stops it)", soft_wrap=True)
        if opens:
            typer.launch(address)

    async def work(footnote: Footnote) -> None:
        await run_web(footnote, settings, on_start=show)

    with suppress(Terminated):  # the usual way for a service to end
        run(session, work, up_to_date=build, keeps_answers=True)
