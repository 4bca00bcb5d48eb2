"""`.txt`: the first line is the title, the rest is the text."""

from __future__ import annotations

from footnote.errors import ArticleError
from footnote.models import Article


def parse(article_id: str, content: str) -> Article:
    """Raises ArticleError when there is no title or no text."""
    title, _, text = content.lstrip().partition("\n")
    if not title.strip():
        raise ArticleError("it is empty")
    return Article(article_id, " ".join(title.split()), text.strip())
