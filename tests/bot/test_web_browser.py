"""The reading room in a real browser: what a person sees, with and without a mouse, scripts or light."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from browser import browser, faults, low_contrasts, watched
from databases import SQLiteDatabases
from examples import NOON
from playwright.async_api import Browser, Page
from web_stage import BRIDGE, Visitor, WebStage, an_answer, bridge, cited

from footnote.models import Claim
from footnote.records.answers import AnswerRecord, Decision
from footnote.stores import Revision
from footnote_bot.page_links import LinkedSentence

LONG = "\n\n".join(f"Paragraph {number} says nothing of it. It goes on for a while." for number in range(80))
TEXT = f"{LONG}\n\n{BRIDGE}\n\n{LONG}"
QUOTE = "The bridge opened in 1932."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chrome() -> AsyncIterator[Browser]:
    async with browser() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def stage(sqlite: SQLiteDatabases) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite.migrated())
    stage.articles.now = {bridge().id: bridge(TEXT)}
    yield stage
    await stage.engine.dispose()


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(stage: WebStage) -> AsyncIterator[Visitor]:
    async with stage.served(corrections=True) as visitor:
        yield visitor


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answered(stage: WebStage) -> AnswerRecord:
    return await stage.record(an_answer("When did it open?", bridge(TEXT), QUOTE, "| 1932 | 140 |"))


def address_of(stage: WebStage, quote: str = QUOTE) -> str:
    article = bridge(TEXT)
    one = cited(article, 1, quote)
    return stage.links.article(LinkedSentence(article.id, article.version, one.start, one.end), 0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 390])
async def test_the_cited_sentence_of_an_article_is_in_view_and_highlighted(
    chrome: Browser, stage: WebStage, visitor: Visitor, width: int, scripts: bool
) -> None:
    async with watched(chrome, visitor.url, width=width, scripts=scripts) as seen:
        await seen.go(address_of(stage))
        assert await seen.page.locator("mark").inner_text() == QUOTE
        assert await seen.is_in_view("mark")
        assert await seen.background("mark") == "rgb(216, 239, 232)"
        assert seen.complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_each_source_beside_an_answer_opens_at_its_cited_sentence(
    chrome: Browser, stage: WebStage, visitor: Visitor, scripts: bool
) -> None:
    record = await answered(stage)
    async with watched(chrome, visitor.url, scripts=scripts) as seen:
        await seen.go(stage.links.answer(record))
        assert await seen.is_in_view(".pane mark")
        assert await seen.page.locator(".pane").evaluate("e => e.scrollTop > 0")
        assert seen.complaints == []


async def test_a_footnote_is_reached_by_keys_and_leads_to_its_sentence(
    chrome: Browser, stage: WebStage, visitor: Visitor
) -> None:
    record = await answered(stage)
    async with watched(chrome, visitor.url) as seen:
        await seen.go(stage.links.answer(record))
        await seen.page.locator(".ref").nth(1).focus()
        await seen.page.keyboard.press("Enter")
        assert await seen.page.evaluate("location.hash.startsWith('#a1-s')")
        assert await seen.is_in_view("tr.cited")
        assert seen.complaints == []


async def test_hovering_a_claim_lights_its_sentences(chrome: Browser, stage: WebStage, visitor: Visitor) -> None:
    record = await answered(stage)
    async with watched(chrome, visitor.url) as seen:
        await seen.go(stage.links.answer(record))
        assert await seen.page.locator(".lit").count() == 0
        await seen.page.locator(".claim").nth(1).hover()
        lit = seen.page.locator(".lit[data-cites='2']")
        assert await lit.evaluate_all("all => all.map(e => e.tagName)") == ["P", "TR"]
        await seen.page.locator("h1").hover()
        assert await seen.page.locator(".lit").count() == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
async def test_every_page_reads_well_in_every_light_and_width(
    chrome: Browser, stage: WebStage, visitor: Visitor, scheme: str, width: int
) -> None:
    """Contrast of WCAG's level AA, names and roles for screen readers, nothing wider than the window."""
    record = await answered(stage)
    other = bridge("Another text, a very short one. It is new.")
    pages = ["/", stage.links.receipt(record), address_of(stage)]
    await _corrected(stage)
    async with watched(chrome, visitor.url, scheme=scheme, width=width) as seen:
        for address in pages:
            await seen.go(address)
            await _reads_well(seen.page)
        await seen.go("/corrections")
        await _reads_well(seen.page)
        stage.articles.now = {other.id: other}
        for address in pages[1:]:
            await seen.go(address)
            await _reads_well(seen.page)
        assert seen.complaints == []


async def _corrected(stage: WebStage) -> None:
    """One answer is corrected, then another one withdrawn."""
    corrected, withdrawn = [await stage.posted(QUOTE, question=one) for one in ("When did it open?", "And how?")]
    claim = Claim("It opened in 1933.", 1.0, corrected.claims[0].citations)
    await stage.stores.verdicts.edit(Revision(corrected.id, 0, (claim,), 9, NOON), in_round=1)
    await stage.verdicts.decide(withdrawn.id, Decision.REJECTED, moderator_id=9)


async def _reads_well(page: Page) -> None:
    assert await low_contrasts(page) == []
    assert await faults(page) == []


async def test_corrections_are_reached_from_the_first_page_and_lead_to_their_answers(
    chrome: Browser, stage: WebStage, visitor: Visitor
) -> None:
    await _corrected(stage)
    async with watched(chrome, visitor.url, scripts=False) as seen:
        await seen.go("/")
        await seen.page.get_by_role("link", name="What moderators corrected or withdrew").click()
        assert await seen.page.locator(".correction h2").all_inner_texts() == ["And how?", "When did it open?"]
        struck = seen.page.locator("del").first
        assert "line-through" in await struck.evaluate("e => getComputedStyle(e).textDecorationLine")
        assert await seen.page.get_by_text("Withdrawn. The answer is no longer shown.").is_visible()
        await seen.page.get_by_role("link", name="The answer to: When did it open?").click()
        assert await seen.page.locator("h1").inner_text() == "When did it open?"
        assert seen.complaints == []


async def test_a_question_is_asked_and_answered_in_the_browser(chrome: Browser, stage: WebStage) -> None:
    async def ask(question: str) -> str:
        return stage.links.receipt(await stage.record(an_answer(question, bridge(TEXT), QUOTE)))

    async with stage.served(ask) as visitor, watched(chrome, visitor.url) as seen:
        await seen.go("/")
        await seen.page.locator(":is(input, textarea):focus").wait_for()  # the box gets the focus by itself
        await seen.page.keyboard.type("When did it open?")
        await seen.page.keyboard.press("Enter")
        await seen.page.wait_for_url("**/answers/**")
        assert await seen.page.locator("h1").inner_text() == "When did it open?"
        await seen.page.get_by_text("How this answer was made").click()
        assert await seen.page.get_by_role("heading", name="Draft").is_visible()
        assert seen.complaints == []
