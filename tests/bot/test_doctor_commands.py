"""`footnote doctor` and `footnote invite` as a person runs them."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest
from discord.http import Route
from discord_stage import OPENAPI
from fake_discord import FakeDiscord

from footnote_bot.access.invitation import invite_url
from footnote_bot.cli import main


class Shell:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.set = monkeypatch.setenv
        self._argv = monkeypatch.setattr
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output, errors."""
        self._argv(sys, "argv", ["footnote", *arguments])
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return (code, *self._capsys.readouterr())


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(monkeypatch, capsys)


def test_doctor_says_one_line_for_each_thing_and_fails_when_something_is_bad(shell: Shell) -> None:
    code, out, _ = shell.run("doctor")
    assert code == 1
    assert "BAD  Articles: there is no folder articles. To do: create it, or set FOOTNOTE_ARTICLES" in out.splitlines()
    assert "ok   Discord: DISCORD_TOKEN is not set, so Footnote answers in the terminal" in out.splitlines()
    assert len(out.splitlines()) == 8


def test_doctor_speaks_json(shell: Shell) -> None:
    code, out, _ = shell.run("doctor", "--json")
    findings = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert {tuple(one) for one in findings} == {("state", "subject", "line", "advice")}


def test_doctor_leaves_no_data_folder_behind(shell: Shell, tmp_path: Path) -> None:
    shell.run("doctor")
    assert [*tmp_path.iterdir()] == []


def test_invite_prints_the_link_and_what_it_asks_for(shell: Shell) -> None:
    code, out, err = shell.run("invite", "--id", "123456789")
    assert (code, out.strip()) == (0, invite_url("123456789"))
    assert "It asks for: View Channels, Send Messages, Embed Links" in err


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        ((), 1, "DISCORD_TOKEN is not set. Set it, or name the application"),
        (("--id", "x&y"), 2, "The id is the number"),
    ],
)
def test_invite_says_what_it_needs(shell: Shell, arguments: tuple[str, ...], code: int, expected: str) -> None:
    left, _, err = shell.run("invite", *arguments)
    assert left == code
    assert expected in " ".join(err.replace("│", " ").split())


async def test_invite_asks_discord_whose_token_it_is(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    async with FakeDiscord(openapi=OPENAPI) as fake:
        shell.set("DISCORD_TOKEN", fake.token)
        shell.set("DISCORD_API_URL", fake.api_url)
        _, out, _ = await asyncio.to_thread(shell.run, "invite")
        assert out.strip() == invite_url(fake.world.application_id)
        shell.set("DISCORD_TOKEN", "another")
        code, _, err = await asyncio.to_thread(shell.run, "invite")
    assert (code, "Discord rejected DISCORD_TOKEN" in err) == (1, True)
