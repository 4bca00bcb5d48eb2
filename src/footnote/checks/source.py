"""What a claim is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from footnote.checks.dates.resolved_dates import resolved
from footnote.text.languages import DEFAULT

_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")


@dataclass(frozen=True, slots=True)
class QuotedSource:
    """A source sentence, and what its article adds to it: title and outlet, the date of publication, and the text
    `before` it, where it points back there ("she", "the company"). `prohibition` is what says above a list that its
    items are not done or not so: "Never do the following:". `question` stands above an answer that is not whole without
    it, `lead` over an item or paragraph that may be said with it. `language` is that of its article.
    """

    quote: str
    header: str = ""
    published: date | None = None
    before: str = ""
    language: str = DEFAULT
    prohibition: str = ""
    question: str = ""
    lead: str = ""

    @property
    def about(self) -> str:
        """Text that tells who and what is meant, but supports nothing itself: of the text before it only the names."""
        return " ".join([self.header, *_CAPITAL.findall(self.before)])


def known(source: QuotedSource) -> str:
    """The quote, followed by the days that it refers to, given the day of publication."""
    meant = resolved(source.quote, source.published)
    return f"{source.quote} ({meant})" if meant else source.quote
