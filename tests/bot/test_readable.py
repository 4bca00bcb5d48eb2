"""Answers that can be read without embeds."""

from __future__ import annotations

import discord
import pytest
from examples import a_citation, a_claim, a_record
from hypothesis import given
from hypothesis import strategies as st

from footnote_bot.posts.places import Content
from footnote_bot.render import answers as render
from footnote_bot.render.markdown import width
from footnote_bot.render.readable import CONTENT_LIMIT, text_of


def test_an_answer_is_text_and_its_quotes_are_an_embed() -> None:
    shown = Content.of(render.answer(a_record(a_claim(a_citation()))))
    assert shown.content == "The bridge opened in 1932.¹"
    assert shown.embed
    assert shown.embed.description is None
    assert shown.embed.fields[0].name == "¹ The bridge"


def test_what_does_not_fit_goes_on_in_the_embed() -> None:
    embed = discord.Embed(description="\n".join(["word " * 199 + "end."] * 3))
    text = text_of(embed)
    assert text is not None
    assert text.count("end.") == 2
    assert embed.description == "word " * 199 + "end."


def test_one_long_line_is_cut_between_words() -> None:
    embed = discord.Embed(description="word " * 700 + "end.")
    text = text_of(embed)
    assert text is not None
    assert text.endswith("word")
    assert f"{text} {embed.description}" == "word " * 700 + "end."


def test_struck_words_stay_together() -> None:
    embed = discord.Embed(description=f"> ~~{'word ' * 700}~~")
    assert text_of(embed) is None
    assert embed.description == f"> ~~{'word ' * 700}~~"


@pytest.mark.parametrize("led_by", [None, "<@1> here it is."])
@given(lines=st.lists(st.text(min_size=1, max_size=900), min_size=1, max_size=5))
def test_discords_limit_holds(led_by: str | None, lines: list[str]) -> None:
    shown = Content.of(discord.Embed(description="\n".join(lines)), led_by=led_by)
    assert width(shown.content or "") <= CONTENT_LIMIT
