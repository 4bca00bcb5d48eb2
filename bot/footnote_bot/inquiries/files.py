"""A file attached to a question: chosen, downloaded from Discord and read, for this question only."""

from __future__ import annotations

from collections.abc import Sequence
from mimetypes import guess_type

import aiohttp
import discord

from footnote.errors import ArticleError, FootnoteError
from footnote.models import Article
from footnote_bot.discord_services import FileService
from footnote_bot.render.markdown import fit
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.from_below import told
from footnote_index.attached import FORMATS, MOST_BYTES

ONE_FILE = N_("I read one file per question. Attach the one that your question is about.")
NO_PICTURES = N_(
    "I cannot read pictures. Write what it says as text, or attach a .txt, .md or .pdf file; then ask again. Without "
    "the picture, I answer from the articles."
)
NOT_THIS_KIND = N_("I can read .txt, .md and .pdf files, but not {}. Save it as one of these, then ask again.")
TOO_LARGE = N_(
    "{} is too large ({:.0f} MB): I read up to {:.0f} MB for a question. Attach only the part that your question is "
    "about."
)
NOT_DELIVERED = N_("Discord did not deliver that file. Try again in a moment.")
UNREADABLE = N_("I could not read {}: {}. Attach another file, or ask without it.")

_LONGEST_NAME = 80


class FileRefused(FootnoteError):
    """A file cannot be read for a question."""


class Files:
    """Reads what people attach."""

    def __init__(self, service: FileService) -> None:
        self._service = service

    def chosen(self, attached: Sequence[discord.Attachment]) -> discord.Attachment | None:
        """The file to read, if there is any. Raises FileRefused before anything is fetched."""
        if not attached:
            return None
        for file in attached:
            if not file.filename.lower().endswith(FORMATS):
                raise FileRefused(NO_PICTURES if _is_picture(file) else _(NOT_THIS_KIND).format(_named(file)))
        if len(attached) > 1:
            raise FileRefused(ONE_FILE)
        [file] = attached
        if file.size > MOST_BYTES:
            raise FileRefused(_(TOO_LARGE).format(_named(file), file.size / 1e6, MOST_BYTES / 1e6))
        return file

    async def read(self, file: discord.Attachment) -> Article:
        """Raises FileRefused."""
        try:
            content = await file.read()
        except (discord.HTTPException, aiohttp.ClientError) as error:
            raise FileRefused(NOT_DELIVERED) from error
        try:
            return await self._service.read(file.filename[:_LONGEST_NAME], content)
        except ArticleError as error:
            raise FileRefused(_(UNREADABLE).format(_named(file), told(str(error)))) from error


def _is_picture(file: discord.Attachment) -> bool:
    kinds = (file.content_type, guess_type(file.filename)[0])
    return any(kind and kind.startswith("image/") for kind in kinds)


def _named(file: discord.Attachment) -> str:
    return fit(file.filename, _LONGEST_NAME)
