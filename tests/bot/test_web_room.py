"""The reading room over HTTP: what its pages show, who may see them, and what is refused."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from databases import SQLiteDatabases
from examples import an_abstention
from web_stage import BRIDGE, Visitor, WebStage, an_answer, bridge, cited

from footnote.errors import AnswererError
from footnote.models import Article, Candidate, Passage
from footnote.models.collections import Readable
from footnote.records.answers import Decision, Hold
from footnote.stores import Triage
from footnote.text.sentences import split_sentences
from footnote_bot.page_links import LinkedSentence

QUOTE = "The bridge opened in 1932."


@pytest.fixture
async def stage(sqlite: SQLiteDatabases) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite.migrated())
    yield stage
    await stage.engine.dispose()


@pytest.fixture
async def visitor(stage: WebStage) -> AsyncIterator[Visitor]:
    async with stage.served() as visitor:
        yield visitor


def place(article: Article, quote: str = QUOTE) -> LinkedSentence:
    start = article.text.index(quote)
    return LinkedSentence(article.id, article.version, start, start + len(quote))


# --- an answer


async def test_an_answer_is_next_to_its_article_with_the_cited_sentence_marked(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await stage.answered(QUOTE, "It has six arches.")
    text = await visitor.text(stage.links.answer(record))
    start = BRIDGE.index(QUOTE)
    assert f'<mark id="a1-s{start}-{start + len(QUOTE)}" data-cites="1">{QUOTE}</mark>' in text
    assert f'href="#a1-s{start}-{start + len(QUOTE)}" aria-label="Footnote 1: The *bridge*">1</a>' in text
    assert "Index as of" in text
    assert text.count('class="claim"') == 2
    assert "City News · 6 September 2021" in text
    assert "https://news.example/bridge#:~:text=The%20bridge%20opened%20in%201932." in text


async def test_a_translated_answer_says_so_once_and_quotes_the_original_below(
    stage: WebStage, visitor: Visitor
) -> None:
    outcome = an_answer("Wann und wie?", bridge(), QUOTE, "It has six arches.")
    claims = tuple(replace(claim, translation=f"<b>Auf Deutsch:</b> {claim.text}") for claim in outcome.claims)
    record = await stage.record(replace(outcome, claims=claims))
    text = await visitor.text(stage.links.answer(record))
    assert f"&lt;b&gt;Auf Deutsch:&lt;/b&gt; {QUOTE}" in text
    assert text.count("Translated by a language model from:") == 1
    assert text.index("Auf Deutsch") < text.index(f'<blockquote dir="auto">{QUOTE}</blockquote>')
    assert text.count('<blockquote dir="auto">') == 2


async def test_an_answer_without_a_translation_says_nothing_of_it(stage: WebStage, visitor: Visitor) -> None:
    assert "Translated" not in await visitor.text(stage.links.answer(await stage.answered()))


async def test_a_list_item_is_cited_without_its_mark(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.record(an_answer("How many arches?", bridge(), "- It has six arches."))
    assert ">It has six arches.</mark>" in await visitor.text(stage.links.answer(record))


async def test_the_receipt_is_for_those_who_got_its_link(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    assert "How this answer was made" not in await visitor.text(stage.links.answer(record))
    assert "Sentences considered" in await visitor.text(stage.links.receipt(record))


async def test_what_moderators_decided_is_said(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    await stage.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    assert "Approved by a moderator" in await visitor.text(stage.links.answer(record))


async def test_a_withdrawn_answer_is_gone(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    await stage.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)
    for address in (stage.links.answer(record), stage.links.receipt(record), stage.links.citation(record, 1)):
        text = await visitor.text(address, status=410)
        assert "Moderators withdrew this answer." in text
        assert "1932" not in text


@pytest.mark.parametrize("hold", [Hold.WAITING, Hold.CLOSED])
async def test_a_held_answer_is_not_shown(stage: WebStage, visitor: Visitor, hold: Hold) -> None:
    record = await stage.record(an_answer("When?", bridge(), QUOTE), triage=Triage(hold=hold))
    for address in (stage.links.answer(record), stage.links.receipt(record), stage.links.citation(record, 1)):
        assert "1932" not in await visitor.text(address, status=404)


async def test_an_answer_of_a_private_channel_is_not_shown_but_its_articles_are(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await stage.answered()
    stage.is_public = False
    for address in (stage.links.answer(record), stage.links.receipt(record)):
        assert "bridge" not in await visitor.text(address, status=404)
    await visitor.text(stage.links.citation(record, 1), status=302)


async def test_an_answer_is_shown_only_while_its_place_is_answered_from_what_it_cites(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await stage.answered()
    assert "Sentences considered" in await visitor.text(stage.links.receipt(record))
    article = stage.links.article(place(bridge()), 2_000_000_000)
    stage.readable = Readable(closed=frozenset({"town"}))
    for address in (stage.links.answer(record), stage.links.receipt(record), stage.links.citation(record, 1)):
        assert "1932" not in await visitor.text(address, status=404)
    assert "1932" in await visitor.text(article), "everybody with the signed link of an article may read it"


async def test_a_receipt_leaves_out_other_collections(stage: WebStage, visitor: Visitor) -> None:
    other = Article("staff/rota.md", "The rota", "The guards sleep at noon.")
    outcome = an_answer("When?", bridge(), QUOTE)
    passage = Passage(other, tuple(split_sentences(other.text)))
    foreign = Candidate(passage, passage.sentences[0], 1.0)
    receipt = replace(outcome.receipt, candidates=(*outcome.receipt.candidates, foreign))
    record = await stage.record(replace(outcome, receipt=receipt))
    assert "sleep at noon" in await visitor.text(stage.links.receipt(record))
    stage.readable = Readable(frozenset({"town"}))
    assert "sleep at noon" not in await visitor.text(stage.links.receipt(record))


async def test_a_link_ends_as_set(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    stage.later = timedelta(days=31)
    assert "has expired" in await visitor.text(stage.links.answer(record), status=403)


async def test_a_link_into_another_database_shows_nothing(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    await visitor.text(stage.links.answer(replace(record, mark="00000000")), status=404)
    await visitor.text(stage.links.answer(replace(record, id=99)), status=404)


async def test_every_text_is_escaped(stage: WebStage, visitor: Visitor) -> None:
    nasty = "<script>alert('1')</script> \u202eevil & \x1b[31m"
    text = f"{nasty} opened in 1932. It stood."
    article = replace(bridge(text), title=nasty, source=nasty, url=None)
    stage.articles.now = {article.id: article}
    record = await stage.record(an_answer(nasty, article, f"{nasty} opened in 1932.", texts=[nasty]))
    for address in (stage.links.receipt(record), stage.links.article(place(article, "It stood."), 0)):
        page = await visitor.text(address)
        assert "<script>" not in page
        assert "\u202e" not in page
        assert "\x1b" not in page
        assert "&lt;script&gt;alert(&#39;1&#39;)" in page


# --- an article


async def test_a_footnote_leads_to_its_sentence(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    async with visitor.session.get(stage.links.citation(record, 1), allow_redirects=False) as response:
        address = response.headers["Location"]
    assert address.endswith(f"#{place(bridge()).anchor}")
    text = await visitor.text(address)
    assert f'<mark id="{place(bridge()).anchor}" data-cites="1">{QUOTE}</mark>' in text
    assert "<h2><span" in text
    assert '<th scope="col">Year</th>' in text
    assert "<li" in text
    assert "<blockquote>" in text
    assert "<code>" in text


async def test_every_sentence_of_an_article_has_its_place(stage: WebStage, visitor: Visitor) -> None:
    text = await visitor.text(stage.links.present(bridge(), 0))
    start = BRIDGE.index("Before it")
    assert f'<span id="s{start}-{start + 28}">Before it there was a ferry.</span>' in text


async def test_a_changed_article_shows_the_cited_version_and_the_difference(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    now = bridge(BRIDGE.replace("in 1932.", "in 1933, a year late."))
    stage.articles.now = {now.id: now}
    text = await visitor.text(stage.links.article(place(bridge()), 0))
    assert "This article has changed." in text
    assert f">{QUOTE}</mark>" in text
    assert "<del>1932</del>" in text
    assert "<ins>1933" in text
    assert unescape(stage.links.present(now, 0)) in unescape(text)
    beside = await visitor.text(stage.links.answer(record))
    assert "changed since the answer was given" in beside
    assert "<del>1932</del>" in beside


async def test_a_page_says_that_an_unchanged_sentence_of_a_changed_article_has_not_changed(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await stage.answered()
    now = bridge(BRIDGE + "\n\nIt has been closed since.")
    stage.articles.now = {now.id: now}
    assert "but the text cited here has not" in await visitor.text(stage.links.answer(record))
    assert "The marked sentence has not changed." in await visitor.text(stage.links.article(place(bridge()), 0))


async def test_of_a_removed_article_only_the_quote_is_left(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    stage.articles.now = {}
    text = await visitor.text(stage.links.answer(record))
    assert f"<mark>{QUOTE}</mark>" in text
    assert "This article has been removed." in text
    assert "painted red" not in text
    assert "has been removed" in await visitor.text(stage.links.article(place(bridge()), 0), status=410)


async def test_a_row_that_came_closest_is_said_in_words_once_its_article_is_gone(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await stage.record(an_abstention("How many carts?", cited(bridge(), 1, "| 1950 | 2,600 |")))
    stage.articles.now = {}
    assert "<mark>Year: 1950; Carts a day: 2,600</mark>" in await visitor.text(stage.links.answer(record))


async def test_a_version_that_is_not_kept_is_said_to_be_gone(stage: WebStage, visitor: Visitor) -> None:
    old = bridge("Another text. It is old.")
    assert "is not kept" in await visitor.text(stage.links.article(place(old, "It is old."), 0), status=410)


@pytest.mark.parametrize("span", ["", "0-0", "5-3", "0-999999", "a-b", "1-2-3", "-1-5", "١-٢"])
async def test_a_span_that_is_none_marks_nothing(stage: WebStage, visitor: Visitor, span: str) -> None:
    address = stage.links.present(bridge(), 0)
    assert "<mark" not in await visitor.text(f"{address}&s={span}")


@pytest.mark.parametrize(
    "path", ["/articles/../../etc/passwd", "/articles/%2e%2e/%2e%2e/etc/passwd", "/static/../application.py", "/x"]
)
async def test_a_path_leaves_neither_the_articles_nor_the_static_files(visitor: Visitor, path: str) -> None:
    async with visitor.session.get(f"{visitor.url}{path}") as response:
        assert response.status in {403, 404}
        assert "root:" not in await response.text()


async def test_a_picture_of_a_page_is_drawn_for_its_own_link(stage: WebStage, visitor: Visitor) -> None:
    paged = bridge("One page. It opened in 1932.", pages=(0,))
    stage.articles.now = {paged.id: paged}
    stage.pictures.content = b"\x89PNG"
    address = stage.links.picture(place(paged, "It opened in 1932."), 0)
    async with visitor.session.get(address) as response:
        assert (response.content_type, await response.read()) == ("image/png", b"\x89PNG")
    assert stage.pictures.drawn == [("town/bridge.md", 1, "It opened in 1932.")]
    await visitor.text(address.replace("s=10-28", "s=0-9"), status=403)
    assert address.replace("&", "&amp;") in await visitor.text(
        stage.links.article(place(paged, "It opened in 1932."), 0)
    )


async def test_without_the_file_there_is_no_picture(stage: WebStage, visitor: Visitor) -> None:
    paged = bridge("One page. It opened in 1932.", pages=(0,))
    stage.articles.now = {paged.id: paged}
    text = await visitor.text(stage.links.picture(place(paged, "It opened in 1932."), 0), status=404)
    assert "its file is not in the articles folder" in text


# --- browsers, robots and other sites


async def test_every_response_is_closed_to_scripts_frames_and_robots(stage: WebStage, visitor: Visitor) -> None:
    record = await stage.answered()
    for address in ("/", "/nothing", "/robots.txt", "/answers/1?k=x", stage.links.citation(record, 1)):
        async with visitor.session.get(address, allow_redirects=False) as response:
            headers = response.headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["X-Robots-Tag"].startswith("noindex")
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Cache-Control"] == "private, no-store"
    assert "Disallow: /" in await visitor.text("/robots.txt")


async def test_pages_hold_no_script_no_style_and_no_address_of_another_server(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await stage.answered()
    for address in ("/", stage.links.receipt(record), stage.links.article(place(bridge()), 0)):
        text = await visitor.text(address)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?! src=\"/static/)", text)
        assert not re.search(r'(?:src|action)="(?!/)', text)


async def test_a_public_room_takes_no_questions(visitor: Visitor) -> None:
    assert "<form" not in await visitor.text("/")
    async with visitor.session.post("/ask", data={"question": "When?"}) as response:
        assert response.status == 404


async def test_a_question_box_answers_at_an_address_of_its_own(stage: WebStage) -> None:
    async def ask(question: str) -> str:
        return stage.links.receipt(await stage.answered(question=question))

    async with stage.served(ask) as visitor:
        assert 'name="question"' in await visitor.text("/")
        async with visitor.session.post("/ask", data={"question": "When <did> it open?"}) as response:
            assert response.url.path.startswith("/answers/1-")
            assert "When &lt;did&gt; it open?" in await response.text()


async def test_what_cannot_be_answered_is_said_above_the_question(stage: WebStage) -> None:
    async def ask(_question: str) -> str:
        raise AnswererError("The model is away.")

    async with stage.served(ask) as visitor, visitor.session.post("/ask", data={"question": "When?"}) as response:
        text = await response.text()
        assert response.status == 400
        assert "The model is away." in text
        assert 'value="When?"' in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
async def test_no_other_site_can_ask_on_behalf_of_the_user(
    stage: WebStage, headers: dict[str, str], status: int
) -> None:
    async def ask(_question: str) -> str:
        return "/"

    async with (
        stage.served(ask) as visitor,
        visitor.session.post("/ask", data={"question": "?"}, headers=headers, allow_redirects=False) as response,
    ):
        assert response.status == status


def test_an_article_that_is_cited_twice_is_one_source() -> None:
    from footnote_bot.web.room import _by_article

    one, two, other = (
        cited(bridge(), 1, QUOTE),
        cited(bridge(), 2, "It has six arches."),
        cited(bridge("X y."), 3, "X y."),
    )
    assert _by_article([one, other, two]) == [(one, two), (other,)]
