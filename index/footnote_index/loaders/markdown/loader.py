"""`.md`: front matter (front_matter.py), then Markdown as a reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from footnote.models import Article
from footnote_index.loaders.blocks import Block, BlockKind, Blocks, text_of
from footnote_index.loaders.dates import dateline
from footnote_index.loaders.encodings import decoded
from footnote_index.loaders.markdown import front_matter
from footnote_index.loaders.markdown.blocks import add_markdown
from footnote_index.loaders.markdown.dialects import without_marks_of_programs
from footnote_index.loaders.markdown.html import parts_of
from footnote_index.loaders.markdown.inline import Inline, references_in
from footnote_index.loaders.markdown.mdx import gaps
from footnote_index.loaders.markdown.mdx.page_code import is_mdx
from footnote_index.loaders.markdown.properties import properties_of
from footnote_index.loaders.markup.hidden import comments_in, remark_on
from footnote_index.loaders.suspicion import suspicious_links

_LONGEST_TITLE = 300


def parse(article_id: str, content: bytes) -> Article:
    """The title falls back to a first heading, then to the file's name. Raises ArticleError."""
    matter, body = front_matter.split(decoded(content))
    of_mdx = is_mdx(article_id, body)
    shown, notes, written = without_marks_of_programs(body, of_mdx=of_mdx)
    blocks, inline = Blocks(), Inline(references=references_in(shown))
    for part in parts_of(shown):
        add_markdown(blocks, part, inline, of_mdx=of_mdx) if isinstance(part, str) else blocks.add(part)
    title, found = matter.line("title"), blocks[:]
    if title is None and _begins_with_title(found):
        title, found = found[0].text, found[1:]
    title = title or PurePosixPath(article_id).stem
    above = Blocks()
    for each in () if of_mdx else properties_of(matter, shown, title):
        above.paragraph(each, is_close=True)
    hidden = remark_on([*comments_in(body), *notes])
    known = (matter.line("source"), matter.author, matter.published, matter.url, matter.line("category"))
    source, author, published, url, category = known
    return Article(
        article_id,
        title,
        "\n\n".join(filter(None, [above.text, text_of(found).strip()])),
        source,
        author,
        published or dateline([one.text for one in found if one.kind is BlockKind.PARAGRAPH]),
        url,
        category,
        remarks=tuple(filter(None, [*matter.remarks, hidden, gaps.remark_on(written), *suspicious_links(body)])),
        characters_in=len(body),
    )


def _begins_with_title(blocks: Sequence[Block]) -> bool:
    first = blocks[0] if blocks else None
    return bool(first and first.kind is BlockKind.HEADING and first.level == 1 and len(first.text) <= _LONGEST_TITLE)
