"""`.html`, `.htm`: a saved web page; trafilatura tells its article from menus and advertisements."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.encodings import decoded_markup
from footnote_index.loaders.layout import Layout
from footnote_index.loaders.markup import lay_out

_STYLE = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\r\n', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN = ["//*[@hidden]", *(f"//*[contains({_STYLE}, '{rule}')]" for rule in ("display:none", "visibility:hidden"))]


def parse(article_id: str, content: bytes) -> Article:
    """Title, author, day, address and site come from the page's own metadata. Raises ArticleError."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = bare_extraction(
        decoded_markup(content),
        with_metadata=True,
        include_comments=False,
        prune_xpath=_HIDDEN,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or isinstance(page, dict):
        raise ArticleError("it has no text")
    layout = Layout()
    lay_out(page.body, layout)
    title = metadata.line(page.title)
    return Article(
        article_id,
        title or PurePosixPath(article_id).stem,
        _without_title(layout.text, title),
        source=metadata.line(page.sitename),
        author=metadata.line(page.author),
        published=metadata.day(page.date),
        url=page.url if page.url and metadata.is_web_address(page.url) else None,
    )


def _without_title(text: str, title: str | None) -> str:
    """Without a first heading that only repeats the title."""
    first, _, rest = text.partition("\n\n")
    return rest if first.lstrip("# ") == title and first.startswith("#") else text
