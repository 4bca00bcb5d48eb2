"""Articles in the versions that answers cite."""

from __future__ import annotations

from typing import Protocol

from footnote.models import Article


class CitedArticles(Protocol):
    """Stores the text of each cited version, also after the article has changed. It is written together with the
    answer.
    """

    async def get(self, article_id: str, version: str) -> Article | None:
        """`version` may be only its first digits. None: the answer is older than these texts."""
        ...
