"""A moderator's own answer as an article: Markdown with front matter."""

from __future__ import annotations

import yaml

from footnote.errors import ArticleError
from footnote.records.answers import AnswerRecord
from footnote_bot.citation_format import on_one_line
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import in_public


def of(record: AnswerRecord, *, server: str) -> tuple[str, bytes]:
    """File name and content; the same answer always has the same name.

    Raises ArticleError when no moderator has answered, or when the question is forgotten.
    """
    claims = [claim.text for claim in record.shown_claims]
    if record.verdict is None or not record.is_taught or not claims:
        raise ArticleError(_("No moderator has answered this in their own name."))
    if not record.question:
        raise ArticleError(_("The question was removed, so the answer cannot be an article."))
    with in_public():
        source = _("Answered by the moderators of {server}").format(server=on_one_line(server))
    front_matter = {
        "title": on_one_line(record.understood or record.question),
        "source": source,
        "published": record.verdict.decided_at.date().isoformat(),
    }
    if record.posted and record.guild_id:
        posted = record.posted
        front_matter["url"] = f"https://discord.com/channels/{record.guild_id}/{posted.channel_id}/{posted.message_id}"
    fields = yaml.safe_dump(front_matter, allow_unicode=True, sort_keys=False, width=10_000)
    return f"answer-{record.key}.md", f"---\n{fields}---\n\n{chr(10).join(claims)}\n".encode()
