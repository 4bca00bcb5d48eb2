"""The page of a PDF that a cited sentence stands on, as a picture below *Sources*."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from discord import Permissions
from discord_stage import Stage, line
from examples import a_citation, a_claim, an_answer
from fake_discord import Message, Person
from PIL import Image
from sample_files import page, pdf

from footnote.models import Citation
from footnote.models.collections import Target
from footnote.records.answers import Ruling
from footnote_bot.page_links import Links
from footnote_index.loaders.folder import read_article

QUOTE = "The bridge opened in 1932."
FILE = pdf([page("An unrelated page."), page("The harbour lies in the north.", QUOTE)])
OTHER = pdf([page("An unrelated page."), page("Nobody says when it opened.")])
BUTTON = "[1] Show on page 2"
VERSION = read_article("bridge.pdf", FILE).version


def cited(quote: str = QUOTE, number: int = 1) -> Citation:
    return replace(a_citation(number, quote, page=2), article_id="town/bridge.pdf", version=VERSION)


@pytest.fixture
async def paged(empty: Stage) -> AsyncIterator[Stage]:
    """A bot whose answer cites the second page of a PDF file, and an article without pages."""
    empty.ask.outcome = lambda question: an_answer(question, a_claim(cited(), a_citation(2, "It is red.")))
    (empty.articles / "town").mkdir()
    (empty.articles / "town" / "bridge.pdf").write_bytes(FILE)
    async with empty.running():
        yield empty


async def sources(person: Person, answer: Message) -> Message:
    return await (await person.click(answer, "Sources")).response()


async def shown(stage: Stage) -> Message:
    below = await sources(stage.alice, await stage.slash_ask())
    return await (await stage.alice.click(below, BUTTON)).response()


def tinted(content: bytes) -> bool:
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    return any(green > red + 20 for _, (red, green, _) in picture.getcolors(picture.width * picture.height) or [])  # type: ignore[misc]


async def test_the_page_is_shown_to_the_asker_with_the_sentence_marked(paged: Stage) -> None:
    picture = await shown(paged)
    assert picture.is_ephemeral
    (attached,) = picture.attachments
    assert attached.filename == "page.png"
    assert tinted(attached.content)
    (embed,) = picture.embeds
    assert embed["image"]["url"] == "attachment://page.png"
    assert QUOTE in picture.text


async def test_only_citations_with_a_page_have_the_button_and_it_is_next_to_open(empty: Stage) -> None:
    empty.ask.outcome = lambda question: an_answer(question, a_claim(cited(), a_citation(2, "It is red.")))
    async with empty.running(links=Links(b"k" * 32, "https://notes.example", days=30)):
        below = await sources(empty.alice, await empty.slash_ask())
        assert [button["label"] for button in below.buttons] == ["Open", BUTTON]


async def test_no_page_is_shown_of_a_collection_that_is_another_channels(paged: Stage) -> None:
    below = await sources(paged.alice, await paged.slash_ask())
    await paged.stores.collections.give(paged.guild.id, Target.PLACE, paged.desk.id, {"town"})
    assert "There is no picture of this page" in await line(await paged.alice.click(below, BUTTON))


async def test_however_many_pages_are_cited_the_buttons_fit(empty: Stage) -> None:
    claims = [a_claim(cited(f"Sentence {number}.", number)) for number in range(1, 40)]
    empty.ask.outcome = lambda question: an_answer(question, *claims)
    async with empty.running():
        below = await sources(empty.alice, await empty.slash_ask())
        assert len(below.buttons) == 20


async def test_without_its_file_there_is_no_picture(paged: Stage) -> None:
    (paged.articles / "town" / "bridge.pdf").unlink()
    picture = await shown(paged)
    assert picture.content == "There is no picture of this page: its file is not in the articles folder."
    assert picture.attachments == []


@pytest.mark.parametrize("content", [OTHER, pdf([page("One page.")])], ids=["other words", "no such page"])
async def test_a_file_that_has_changed_since_is_not_shown(paged: Stage, content: bytes) -> None:
    (paged.articles / "town" / "bridge.pdf").write_bytes(content)
    picture = await shown(paged)
    assert picture.content == "There is no picture of this page: its file has changed since it was read."


async def test_a_damaged_file_is_refused_in_one_line(paged: Stage) -> None:
    (paged.articles / "town" / "bridge.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert (await shown(paged)).content.startswith("There is no picture of this page: ")


async def test_an_article_that_was_changed_or_removed_is_not_shown(paged: Stage) -> None:
    below = await sources(paged.alice, await paged.slash_ask())
    paged.index.changed = {"town/bridge.pdf"}
    told = await line(await paged.alice.click(below, BUTTON))
    assert told == (
        "There is no picture of this page: the article has changed since it was cited, or has been removed."
    )


async def test_a_sentence_that_cannot_be_found_again_is_on_the_page_and_that_is_said(paged: Stage) -> None:
    """As if it continued on a second page."""
    paged.ask.outcome = lambda question: an_answer(question, a_claim(cited("The bridge opened in 1932 and fell.")))
    picture = await shown(paged)
    assert not tinted(picture.attachments[0].content)
    assert "could not be marked" in picture.text


async def test_a_footnote_that_a_moderator_found_wrong_no_longer_has_a_picture(paged: Stage) -> None:
    below = await sources(paged.alice, await paged.slash_ask())
    await paged.verdicts.rule(1, 1, Ruling.WRONG, moderator_id=9, revision=0)
    told = await line(await paged.alice.click(below, BUTTON))
    assert told == "There is no picture of this page: the footnote is no longer shown."


async def test_a_moderator_sees_the_page_below_the_card_unless_they_may_not_read_the_channel(paged: Stage) -> None:
    await paged.set_up_review()
    await paged.slash_ask()
    below = await sources(paged.mod, await paged.card())
    picture = await (await paged.mod.click(below, BUTTON)).response()
    assert len(picture.attachments) == 1
    paged.fake.set_overwrite(paged.channel, paged.guild.everyone, deny=Permissions(view_channel=True))
    paged.fake.set_overwrite(paged.channel, paged.fake.bot, allow=Permissions(view_channel=True))
    told = await (await paged.mod.click(below, BUTTON)).response()
    assert told.attachments == []
    assert "1932" not in told.text


async def test_a_private_answer_has_its_pages_too(paged: Stage) -> None:
    interaction = await paged.alice.slash(paged.channel, "ask", question="When did it open?", private=True)
    below = await sources(paged.alice, await interaction.response())
    picture = await (await paged.alice.click(below, BUTTON)).response()
    assert len(picture.attachments) == 1
