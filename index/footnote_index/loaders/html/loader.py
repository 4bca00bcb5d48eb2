"""`.html`, `.htm`: a saved web page; trafilatura separates the article from menus and advertisements."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders.blocks import Block, BlockKind, Blocks, on_one_line, text_of
from footnote_index.loaders.encodings import decoded_markup
from footnote_index.loaders.html.accordions import with_headings
from footnote_index.loaders.html.content import main_content, seen_text
from footnote_index.loaders.html.facts import facts
from footnote_index.loaders.html.kinds import why_no_article
from footnote_index.loaders.html.tabs import name_parts, open_tabs
from footnote_index.loaders.markup.formulas import written_once
from footnote_index.loaders.markup.hidden import as_seen, comments_in, remark_on
from footnote_index.loaders.markup.tree_to_blocks import lay_out
from footnote_index.loaders.trees import Element

_BEGINNING = 50  # characters
_MUCH = 0.5
_LEAST_LEFT_OUT = 2_000


def parse(article_id: str, content: bytes) -> Article:
    """Title, author, day, address and site come from the page's own metadata. Raises ArticleError."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    source = decoded_markup(content)
    page = _page(source)
    known = facts(page)
    open_tabs(page)
    hidden = [*as_seen(page), *comments_in(source)]
    has_script = any(True for _ in page.iter("script"))
    whole = seen_text(page)
    with_headings(page)
    written_once(page)
    blocks = Blocks()
    content = main_content(page)
    name_parts(content)
    lay_out(content, blocks)
    kept = _without_title(blocks[:], known.title)
    text = text_of(kept)
    if reason := why_no_article(page, known.title or "", text, whole, has_script=has_script):
        raise ArticleError(reason)
    return Article(
        article_id,
        known.title or PurePosixPath(article_id).stem,
        text,
        source=known.site,
        author=known.author,
        published=known.published,
        url=known.url,
        remarks=tuple(filter(None, [remark_on(hidden), _remark_on_loss(whole, text)])),
        characters_in=len(whole),
    )


def _page(source: str) -> Element:
    """The page's tree. trafilatura refuses one with a single child unless it sees "html" in its first letters, so a
    part of a page, or a page that begins with a long comment, gets the tag: a second one changes nothing.
    """
    from trafilatura.utils import load_html

    if "html" not in source[:_BEGINNING].lower():
        source = f"<html>{source}"
    page = load_html(source)
    if page is None:
        raise ArticleError("it has no text")
    return page


def _without_title(blocks: Sequence[Block], title: str | None) -> Sequence[Block]:
    """Without a first heading that only repeats the title, and without headings that have no text below."""
    first = blocks[0].text if blocks and blocks[0].kind is BlockKind.HEADING else None
    start = 1 if first and title and first.casefold() == title.casefold() else 0
    end = len(blocks)
    while end > start + 1 and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    return blocks[start:end]


def _remark_on_loss(whole: str, text: str) -> str | None:
    left_out = len(whole) - len(on_one_line(text))
    if left_out < max(_LEAST_LEFT_OUT, _MUCH * len(whole)):
        return None
    return (
        f"much text that seems not to belong to the article and is left out ({left_out:,} of {len(whole):,} characters)"
    )
