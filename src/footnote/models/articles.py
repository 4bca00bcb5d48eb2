"""Articles, and what they are split into."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from footnote.errors import ArticleError
from footnote.models.structure import outline_of

LONGEST_FIELD = 300
"""Characters of an article's title, source, author or category; longer ones are cut."""

_ATTACHED = "/attached/"
"""How the id of an attached file begins: no path in the articles folder begins with a slash."""

LONGEST_URL = 2000
"""Characters of an article's address; a longer one is left out, because a part of it would lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Article:
    """One document. `id` is its path in the articles folder, `version` the sha256 of its text as UTF-8. `pages` says
    where its pages 1, 2, 3 and so on begin in its text, if it has pages; a page without text begins where the next one
    does. `remarks` say what was left out of its file or is doubtful there, `characters_in` how much text the file had;
    neither is stored in an index.

    Raises ArticleError when anything in it cannot be written as UTF-8 (lone surrogates), when its text is blank, or
    when it contains a NUL character.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    category: str | None = None
    pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = field(default=(), compare=False, repr=False)
    characters_in: int = field(default=0, compare=False, repr=False)
    version: str = field(init=False)

    def __post_init__(self) -> None:
        self._keep_to_limits()
        if not self.text.strip():
            raise ArticleError("it has no text below its title")
        about = (self.id, self.title, self.source, self.author, self.url, self.category)
        try:
            for part in (*filter(None, about), self.text):
                encoded = part.encode()
        except UnicodeEncodeError as error:
            raise ArticleError(f"character {error.start} is half of a surrogate pair, which is not text") from error
        if b"\0" in encoded:
            raise ArticleError("it is a binary file, not text")
        object.__setattr__(self, "version", hashlib.sha256(encoded).hexdigest())

    def _keep_to_limits(self) -> None:
        remarks = [*self.remarks]
        for name in ("title", "source", "author", "category"):
            value = getattr(self, name)
            if value and len(value) > LONGEST_FIELD:
                object.__setattr__(self, name, value[:LONGEST_FIELD].rstrip())
                remarks.append(f"{len(value):,} characters as its {name}, cut to {LONGEST_FIELD}")
        if self.url and len(self.url) > LONGEST_URL:
            remarks.append(f"{len(self.url):,} characters as its url, which is left out")
            object.__setattr__(self, "url", None)
        object.__setattr__(self, "remarks", tuple(remarks))

    def page_of(self, start: int) -> int | None:
        """The page, counted from 1, that a character is on; None when the article has no pages."""
        return bisect_right(self.pages, start) or None

    def headings_at(self, start: int) -> tuple[str, ...]:
        """The headings above a character, outermost first; in a table, the names of its columns last."""
        return outline_of(self.text).at(start)

    def sections_at(self, start: int) -> tuple[str, ...]:
        """The headings above a character, as a citation names them: without any that repeat the title."""
        title = self.title.casefold()
        return tuple(one for one in outline_of(self.text).sections(start) if one.casefold() != title)

    def columns_at(self, start: int) -> tuple[str, ...]:
        """The names of the columns of a row that begins with this character, if it has any."""
        return outline_of(self.text).columns(start)


def attached_id(name: str) -> str:
    """The id of an attached file of that name, which is not an article of the index."""
    return _ATTACHED + name


def is_attached(article_id: str) -> bool:
    return article_id.startswith(_ATTACHED)


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A span of an article's text, white space trimmed, never empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article: what is embedded and retrieved. Never without a sentence.

    `headings` are those above its first sentence, outermost first, without the article's title. Inside a table, the
    last one names the table's columns.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    headings: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]
