"""What the bot asks for when it is invited, and what /privacy says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import discord
import pytest
from discord_stage import Stage

from footnote_bot.access.invitation import PERMISSIONS, invite_url
from footnote_bot.access.permissions import missing_to_post, missing_to_review
from footnote_bot.cogs.privacy import short_form
from footnote_bot.settings import Settings

QUICKSTART = Path(__file__).parents[2] / "docs" / "quickstart.md"


def test_the_invitation_asks_for_what_is_needed_and_not_for_administrator() -> None:
    assert not PERMISSIONS.administrator
    assert missing_to_review(PERMISSIONS) == []
    assert missing_to_post(PERMISSIONS, in_thread=True) == []
    for name, is_granted in PERMISSIONS:
        if is_granted:
            less = discord.Permissions(PERMISSIONS.value & ~getattr(discord.Permissions, name).flag)
            assert missing_to_review(less) or missing_to_post(less, in_thread=True), f"{name} is not needed"


def test_the_quickstart_has_the_address_that_invites_the_bot() -> None:
    assert f"`{invite_url('ID')}`" in QUICKSTART.read_text(encoding="utf-8")


async def test_the_bot_works_with_just_these_permissions(empty: Stage) -> None:
    guild = empty.fake.add_guild("Small", bot_permissions=PERMISSIONS)
    channel = empty.fake.add_channel(guild, "here")
    bob = empty.fake.add_member(guild, "bob")
    async with empty.running(guild_ids=[guild.id, empty.guild.id]):
        assert (await (await bob.slash(channel, "ask", question="When?")).response()).embeds
        assert (await empty.fake.wait_for_reply(await bob.mention_bot(channel, "When?"))).embeds


async def test_privacy_shows_the_short_form_to_the_asker(empty: Stage) -> None:
    async with empty.running(guild_ids=[], keep_questions=timedelta(days=30), model_host="api.example.org"):
        for channel in (empty.channel, empty.alice.dms):
            shown = await (await empty.alice.slash(channel, "privacy")).response()
            assert "for 30 days" in shown.content
            assert "A language model at api.example.org gets your question" in shown.content
            assert "`/forget-me`" in shown.content


def test_privacy_says_when_nothing_leaves_the_machine() -> None:
    assert "nothing leaves the machine" in short_form(keep=timedelta(0), model_host=None)
    assert len(short_form(keep=timedelta(days=36500), model_host="h" * 253)) < 2000


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        ({}, None),
        ({"openai_api_key": "k"}, "api.openai.com"),
        ({"openai_base_url": "http://127.0.0.1:11434/v1"}, "127.0.0.1"),
        ({"openai_api_key": "k", "answerer": "extractive"}, None),
    ],
    ids=str,
)
def test_who_gets_questions_is_read_from_the_settings(
    settings: dict[str, str], host: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"answerer": "FOOTNOTE_ANSWERER"}
    for name, value in settings.items():
        monkeypatch.setenv(names.get(name, name.upper()), value)
    assert Settings().model_host == host
