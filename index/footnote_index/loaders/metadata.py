"""What a file says about its article, as far as it makes sense: one line of text, a day, a web address."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from footnote_index.loaders.dates import believable

_LONGEST_LINE = 300
_NO_NAME = re.compile(r"://|^www\.|^\S+@\S+$|^@|^[\W\d_]+$")
_MAIL = re.compile(r"(?<!\s)\s++[<(][^<>()\s@]++@[^<>()\s]++[>)]")
_PROGRAMS = {
    *(
        "python-docx",
        "python-pptx",
        "docx4j",
        "apache poi",
        "openpyxl",
        "libreoffice",
        "openoffice",
        "microsoft office user",
    ),
    *(
        "un-named",
        "unnamed",
        "unknown",
        "author",
        "user",
        "admin",
        "administrator",
        "default",
        "windows user",
        "mac user",
    ),
    *(
        "pandoc",
        "calibre",
        "aspose",
        "google docs",
        "owner",
        "pc",
        "hp",
        "acer",
        "lenovo",
        "dell",
        "root",
        "none",
        "untitled",
    ),
}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def line(value: str | None) -> str | None:
    """On one line, without unprintable characters; None if nothing is left."""
    return " ".join(_UNSEEN.sub(" ", value or "").split()) or None


def day(value: str | None) -> date | None:
    """The day of an ISO date or time; None for a year or month alone."""
    try:
        return believable(datetime.fromisoformat((value or "").strip()).date())
    except ValueError:
        return None


def author(value: str | None) -> str | None:
    """A name, but not an address or a program's default."""
    name = line(_MAIL.sub("", value or ""))
    if name is None or name.casefold() in _PROGRAMS or _NO_NAME.search(name):
        return None
    return name


def is_web_address(url: str) -> bool:
    """Whether it can be shown as a link: http or https, a host, and no invisible characters or any that end a link
    early.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.netloc)
        and not (re.search(r"[\s<>]", url) or _UNSEEN.search(url))
    )
