"""What a feed or sitemap says about a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yarl import URL

from footnote_index.web.addresses import checked
from footnote_index.web.fetch_errors import Unfetched


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page by its address, in normal form. `changed` only tells which pages are newer."""

    url: str
    title: str | None = None
    published: date | None = None
    changed: date | None = None

    @property
    def newness(self) -> date:
        return self.published or self.changed or date.min


def absolute(link: str, base: str) -> str | None:
    """A link found at `base`, in normal form; None when it must not be fetched."""
    if not link:
        return None
    try:
        return str(checked(URL(base).join(URL(link.strip()))))
    except (ValueError, Unfetched):
        return None
