"""Links to the page that an article comes from, at the sentence: browsers scroll to a text fragment and highlight it.

https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

from urllib.parse import quote

from footnote.models import Article
from footnote_bot.render.markdown import link

_WHOLE = 120
"""Characters of a quote that go into a link as they are; of a longer one, its first and last words."""

_WORDS = 6


def original(article: Article, sentence: str = "") -> str | None:
    """The article's address, with the text fragment of a sentence. None: it has no address."""
    address = link(article.url)
    if address is None or not sentence:
        return address
    joint = ":~:text=" if "#" in address else "#:~:text="
    return address + joint + _directive(sentence)


def _directive(sentence: str) -> str:
    words = sentence.split()
    whole = " ".join(words)
    if len(whole) <= _WHOLE or len(words) < 2 * _WORDS:
        return _encoded(whole)
    return f"{_encoded(' '.join(words[:_WORDS]))},{_encoded(' '.join(words[-_WORDS:]))}"


def _encoded(words: str) -> str:
    """A hyphen, comma or ampersand would be read as part of the directive's syntax."""
    return quote(words, safe="").replace("-", "%2D")
