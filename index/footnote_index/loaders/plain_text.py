"""`.txt`: the first line is the title, the rest is the text."""

from __future__ import annotations

from pathlib import PurePosixPath

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders.encodings import decoded

LONGEST_TITLE = 300
"""A longer first line is a paragraph: such a file has no title but its name."""


def parse(article_id: str, content: bytes) -> Article:
    """Raises ArticleError when there is no title or no text."""
    whole = decoded(content)
    title, _, text = whole.lstrip().partition("\n")
    if not title.strip():
        raise ArticleError("it is empty")
    if len(title) > LONGEST_TITLE:
        return Article(article_id, PurePosixPath(article_id).stem, whole.strip())
    return Article(article_id, " ".join(title.split()), text.strip())
