"""What a page shows of an article: its cited sentences, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from footnote.models import Article, Citation, Sentence
from footnote.models.articles import attached_id
from footnote_bot.page_links import Links
from footnote_bot.web.article_page import BESIDE, WHOLE, SourceView, article_page, place_in, source_view
from footnote_bot.web.document import BlockKind, PageBlock

LINKS = Links(b"key", "https://footnote.example", days=0)
OPENED, LONG = "The bridge opened in 1932.", "It is 503 metres long."
ARTICLE = Article(
    "bridge.md", "The bridge", f"{OPENED} {LONG}", "City News", "Ann", date(2021, 9, 6), "https://news.example/bridge"
)
CHANGED = replace(ARTICLE, text=f"The bridge opened in 1933. {LONG}")
MOVED = replace(ARTICLE, text=f"Welcome. {OPENED} {LONG}")


def cited(quote: str, number: int = 1, article: Article = ARTICLE) -> Citation:
    start = article.text.index(quote)
    return Citation.of(article, Sentence(start, start + len(quote)), number)


def beside(*citations: Citation, known: Article | None = ARTICLE, present: Article | None = ARTICLE) -> SourceView:
    return source_view(citations or (cited(OPENED),), known, present, links=LINKS, until=0, prefix="a-")


def marked(blocks: tuple[PageBlock, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(piece.text, piece.numbers) for block in blocks for piece in block.pieces if piece.numbers]


def filler(size: int) -> str:
    return "\n\n".join(["Water flows under it."] * (size // 22))


def test_an_article_next_to_an_answer_has_its_cited_sentences_marked() -> None:
    view = beside(cited(OPENED, 1), cited(LONG, 2))
    assert marked(view.blocks) == [(OPENED, (1,)), (LONG, (2,))]
    assert view.anchors == {1: "a-s0-26", 2: "a-s27-49"}
    assert (view.title, view.about, view.language) == ("The bridge", "City News · Ann · 6 September 2021", "en")
    assert (view.remark, view.changed) == (None, ())
    assert view.href
    assert view.href.startswith("https://footnote.example/articles/bridge.md?")


def test_a_sentence_that_two_footnotes_cite_has_both_numbers() -> None:
    assert marked(beside(cited(OPENED, 1), cited(OPENED, 3)).blocks) == [(OPENED, (1, 3))]


@pytest.mark.parametrize(
    ("present", "remark", "lost"),
    [
        (CHANGED, "This article has changed since the answer was given.", [(1,)]),
        (MOVED, "This article has changed since, but the text cited here has not.", []),
        (None, "This article has been removed.", []),
    ],
)
def test_a_remark_says_what_became_of_the_article(
    present: Article | None, remark: str, lost: list[tuple[int, ...]]
) -> None:
    view = beside(cited(OPENED, 1), cited(LONG, 2), present=present)
    assert view.remark
    assert view.remark.startswith(remark)
    assert [one.numbers for one in view.changed] == lost


def test_of_a_removed_article_only_the_quotes_are_shown() -> None:
    view = beside(present=None)
    assert (view.blocks, view.href, view.original, view.language) == ((), None, None, "")


@pytest.mark.parametrize("known", [None, CHANGED], ids=["not stored", "another text"])
def test_nothing_is_marked_in_a_text_that_does_not_have_the_quote(known: Article | None) -> None:
    view = beside(known=known)
    assert (view.blocks, view.href) == ((), None)
    assert view.about == "City News · 6 September 2021"


def test_a_part_of_a_sentence_does_not_count_as_the_sentence() -> None:
    longer = replace(ARTICLE, text=f"He said: {OPENED[:-1]}, and left.")
    quote = OPENED[:-1]
    assert [one.numbers for one in beside(cited(quote), present=longer).changed] == [(1,)]
    assert beside(cited(quote)).changed == (), "the article is the one that was cited"


def test_a_quote_from_an_attached_file_says_that_the_file_is_gone() -> None:
    view = beside(replace(cited(OPENED), article_id=attached_id("notes.txt")), known=None, present=None)
    assert view.remark == "This is quoted from a file attached to the question. The file is not kept."


def test_of_a_long_article_the_part_around_the_sentence_is_shown() -> None:
    long = replace(ARTICLE, text=f"{filler(BESIDE)}\n\n{OPENED}\n\n{filler(BESIDE)}")
    kinds = [block.kind for block in beside(cited(OPENED, article=long), known=long, present=long).blocks]
    assert kinds[0] is kinds[-1] is BlockKind.GAP
    assert kinds[1:-1] == [BlockKind.PARAGRAPH] * 17
    page = article_page(long, long, f"{long.text.index(OPENED)}-{long.text.index(OPENED) + 26}", links=LINKS, until=0)
    assert BlockKind.GAP not in {block.kind for block in page.blocks}, "a page of its own has room"
    assert len(long.text) < WHOLE


@pytest.mark.parametrize(
    ("span", "quote"),
    [
        ("0-26", OPENED),
        ("27-49", LONG),
        ("27-50", ""),
        ("26-26", ""),
        ("9-3", ""),
        ("", ""),
        ("-1-5", ""),
        ("٠-٥", ""),
        ("0-9999999999", ""),
    ],
)
def test_a_span_is_a_place_in_the_text_or_nothing(span: str, quote: str) -> None:
    page = article_page(ARTICLE, ARTICLE, span, links=LINKS, until=0)
    assert page.quote == quote
    assert marked(page.blocks) == ([(quote, (1,))] if quote else [])
    assert bool(place_in(ARTICLE, span)) is bool(quote)


def test_an_old_version_leads_to_the_present_one_and_shows_what_changed() -> None:
    page = article_page(ARTICLE, CHANGED, "0-26", links=LINKS, until=0)
    assert page.present == LINKS.present(CHANGED, 0)
    assert page.change
    assert page.change.place == Sentence(0, 26)
    assert article_page(ARTICLE, CHANGED, "27-49", links=LINKS, until=0).change is None
    now = article_page(CHANGED, CHANGED, "0-26", links=LINKS, until=0)
    assert (now.present, now.change) == (None, None)


def test_only_what_has_pages_has_a_picture() -> None:
    pages = replace(ARTICLE, pages=(0, 27))
    assert article_page(pages, pages, "27-49", links=LINKS, until=0).picture
    assert article_page(pages, pages, "", links=LINKS, until=0).picture is None
    assert article_page(ARTICLE, ARTICLE, "0-26", links=LINKS, until=0).picture is None
    assert beside(cited(OPENED, article=pages), known=pages, present=pages).picture
    assert beside().picture is None


def test_an_author_who_is_the_source_is_named_once() -> None:
    assert article_page(replace(ARTICLE, author="City News"), ARTICLE, "", links=LINKS, until=0).about == (
        "City News · 6 September 2021"
    )
    bare = replace(ARTICLE, source=None, author=None, published=None, url=None)
    assert article_page(bare, bare, "", links=LINKS, until=0).about == ""
    assert article_page(bare, bare, "0-26", links=LINKS, until=0).original is None
