"""Pages of PDF files as pictures, read from the articles folder by a process that can be ended."""

from __future__ import annotations

import asyncio
import base64
from collections import OrderedDict
from pathlib import Path

from footnote.errors import ArticleError
from footnote_bot.discord_services import PagePicture
from footnote_index.article_folder import ArticleFolder
from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.loaders.pdf.picture import DrawnPage

_KEPT = 32
_TIME_LIMIT = 10.0


class PagePictures:
    """One page at a time; the last ones are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = ArticleFolder(folder)
        self._process = ParserProcess(time_limit=_TIME_LIMIT)
        self._drawing = asyncio.Lock()
        self._kept: OrderedDict[tuple[str, int, str], PagePicture] = OrderedDict()

    async def picture(self, article_id: str, version: str, page: int, quote: str) -> PagePicture:
        """Raises ArticleError when the file is gone, has changed since that version, or cannot be drawn."""
        key = (version, page, quote)
        async with self._drawing:
            if key not in self._kept:
                self._kept[key] = await self._drawn(article_id, version, page, quote)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def close(self) -> None:
        """Ends the process."""
        self._process.close()

    async def _drawn(self, article_id: str, version: str, page: int, quote: str) -> PagePicture:
        content = await asyncio.to_thread(self._content, article_id)
        try:
            drawn = await self._process.read_soon("pdf picture", content, DrawnPage, page=page, quote=quote)
        except Unreadable as error:
            await self._require_version(article_id, content, version)  # its page may be gone
            raise ArticleError(str(error)) from error
        if not drawn.is_marked:
            await self._require_version(article_id, content, version)
        return PagePicture(base64.b64decode(drawn.png), drawn.is_marked)

    async def _require_version(self, article_id: str, content: bytes, version: str) -> None:
        """Reads the whole file, which is only worth it when the sentence is not found on its page."""
        if (await asyncio.to_thread(self._process.parse, article_id, content)).version != version:
            raise ArticleError("its file has changed since it was read")

    def _content(self, article_id: str) -> bytes:
        if not article_id.lower().endswith(".pdf") or not self._files.has(article_id):
            raise ArticleError("its file is not in the articles folder")
        try:
            return (self._folder / article_id).read_bytes()
        except OSError as error:
            raise ArticleError(f"its file cannot be read: {error.strerror}") from error
