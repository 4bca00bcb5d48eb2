"""A message of Discord as an article: Markdown with front matter."""

from __future__ import annotations

from collections.abc import Sequence

import discord
import yaml

from footnote.errors import ArticleError
from footnote_bot.citation_format import on_one_line
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import in_public
from footnote_index.loaders.encodings import decoded

_TEXTS = (".txt", ".md")
_LONGEST_TITLE = 100


def sorted_attachments(message: discord.Message) -> tuple[list[discord.Attachment], list[discord.Attachment]]:
    """Those that are text, and the others."""
    texts = [file for file in message.attachments if file.filename.lower().endswith(_TEXTS)]
    return texts, [file for file in message.attachments if file not in texts]


def of(message: discord.Message, attached: Sequence[bytes]) -> tuple[str, bytes]:
    """File name and content; `attached` is what its texts hold. The same message always has the same name.

    Raises ArticleError when there is no text.
    """
    # `clean_content` breaks pings with an unseen blank, which no article needs: articles do not ping.
    said = message.clean_content.replace("@\u200b", "@")
    text = "\n\n".join(part.strip() for part in [said, *map(decoded, attached)] if part.strip())
    if not text:
        raise ArticleError(_("That message has no text. If its file is an article, add it with `/index add`."))
    front_matter = {
        "title": _title(text),
        "author": on_one_line(message.author.display_name),
        "published": message.created_at.date().isoformat(),
        "url": message.jump_url,
    }
    fields = yaml.safe_dump(front_matter, allow_unicode=True, sort_keys=False, width=10_000)
    return f"message-{message.id}.md", f"---\n{fields}---\n\n{text}\n".encode()


def _title(text: str) -> str:
    """The first line without Markdown, cut to the length of a title."""
    line = on_one_line(text.partition("\n")[0]).strip("#*_~`> ")
    if len(line) <= _LONGEST_TITLE:
        with in_public():
            return line or _("A message")
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]}…"
