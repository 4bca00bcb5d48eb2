"""An article as a page shows it: the whole article with one sentence, or next to an answer with all cited sentences.
Blocking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from footnote.models import Article, Citation
from footnote.text.languages import language_of
from footnote.text.sentences import split_sentences
from footnote_bot.citation_format import reader_date
from footnote_bot.page_links import LinkedSentence, Links
from footnote_bot.web.differences import TextDifference, difference
from footnote_bot.web.document import PageBlock, anchor_of, around_cited, blocks
from footnote_bot.web.originals import original

WHOLE = 150_000
"""Characters of an article that a page shows; for a longer one, the part around the sentence."""

BESIDE = 15_000
"""The same, next to an answer."""

_BLOCKS_AROUND = 40
_BLOCKS_BESIDE = 8
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Changed:
    """A cited sentence that is no longer in the article, and what is there now."""

    numbers: tuple[int, ...]
    difference: TextDifference


@dataclass(frozen=True, slots=True)
class SourceView:
    """One article next to an answer. `blocks` is empty when its cited version is not stored: then there are `quotes`.

    `anchor` leads to its first cited sentence; `remark` says what became of the article since.
    """

    citations: tuple[Citation, ...]
    about: str
    language: str
    blocks: tuple[PageBlock, ...]
    anchors: dict[int, str]
    href: str | None
    original: str | None
    remark: str | None = None
    changed: tuple[Changed, ...] = ()
    picture: str | None = None

    @property
    def title(self) -> str:
        return self.citations[0].title


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`present` is the address of the current article, if another version is shown."""

    article: Article
    about: str
    language: str
    blocks: tuple[PageBlock, ...]
    original: str | None
    quote: str = ""
    present: str | None = None
    change: TextDifference | None = None
    picture: str | None = None


def source_view(
    citations: tuple[Citation, ...],
    cited: Article | None,
    present: Article | None,
    *,
    links: Links,
    until: int,
    prefix: str,
) -> SourceView:
    """`citations` are those of one version of one article, `cited` is that version, if it is still known. For a removed
    article, only the quotes are shown.
    """
    first = citations[0]
    text = cited.text if cited and present else ""
    if not all(text[one.start : one.end] == one.quote for one in citations):
        cited = None
    shown = cited if present else None
    spans: dict[tuple[int, int], tuple[int, ...]] = {}
    for one in citations:
        spans[one.start, one.end] = (*spans.get((one.start, one.end), ()), one.number)
    found = blocks(shown, spans, prefix=prefix) if shown else []
    if shown and len(shown.text) > BESIDE:
        found = around_cited(found, around=_BLOCKS_BESIDE)
    place = LinkedSentence(first.article_id, first.version, first.start, first.end)
    return SourceView(
        citations=citations,
        about=_about(first.source, cited.author if cited else None, first),
        language=language_of(shown.text) if shown else "",
        blocks=tuple(found),
        anchors={one.number: anchor_of(one.start, one.end, prefix=prefix) for one in citations},
        href=links.article(place, until) if shown else None,
        original=original(present, first.quote) if present else None,
        remark=_remark(citations, present),
        changed=tuple(_changes(citations, present)),
        picture=links.picture(place, until) if shown and first.page else None,
    )


def article_page(shown: Article, present: Article, span: str, *, links: Links, until: int) -> ArticlePage:
    """`span` is the sentence, as START-END; nothing is marked if it is not in this text."""
    place = place_in(shown, span)
    quote = shown.text[place.start : place.end] if place else ""
    found = blocks(shown, {(place.start, place.end): (1,)} if place else {})
    if len(shown.text) > WHOLE and place:
        found = around_cited(found, around=_BLOCKS_AROUND)
    is_present = shown.version == present.version
    return ArticlePage(
        article=shown,
        about=_about(shown.source, shown.author, shown),
        language=language_of(shown.text),
        blocks=tuple(found),
        original=original(shown, quote),
        quote=quote,
        present=None if is_present else links.present(present, until),
        change=difference(quote, present) if quote and not is_present and not _stands(quote, present) else None,
        picture=links.picture(place, until) if place and shown.page_of(place.start) else None,
    )


def place_in(article: Article, span: str) -> LinkedSentence | None:
    """START-END as a place in an article; None: it is not in its text."""
    found = _SPAN.fullmatch(span)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    is_inside = start < end <= len(article.text)
    return LinkedSentence(article.id, article.version, start, end) if is_inside else None


def _changes(citations: Sequence[Citation], present: Article | None) -> list[Changed]:
    if present is None:
        return []
    lost = [one for one in citations if present.version != one.version and not _stands(one.quote, present)]
    return [Changed((one.number,), difference(one.quote, present)) for one in lost]


def _stands(quote: str, article: Article) -> bool:
    """Whether it is a sentence of the article."""
    text = article.text
    return quote in text and any(text[one.start : one.end] == quote for one in split_sentences(text))


def _remark(citations: Sequence[Citation], present: Article | None) -> str | None:
    if citations[0].is_attached:
        return "This is quoted from a file attached to the question. The file is not kept."
    if present is None:
        return "This article has been removed. This is what was quoted from it."
    if present.version == citations[0].version:
        return None
    if any(not _stands(one.quote, present) for one in citations):
        return "This article has changed since the answer was given. This is the version that was cited."
    return "This article has changed since, but the text cited here has not. This is the version that was cited."


def _about(source: str | None, author: str | None, dated: Article | Citation) -> str:
    """Source, author and date, as far as they are known."""
    parts = (source, author if author != source else None, reader_date(dated.published) if dated.published else None)
    return " · ".join(part for part in parts if part)
