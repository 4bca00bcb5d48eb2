"""What was fetched from one address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """What a server answered: bytes after decompression, content type in lower case and without its charset."""

    final_url: str
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    body: bytes
