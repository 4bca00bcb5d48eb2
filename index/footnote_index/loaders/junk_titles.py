"""Titles among the properties of documents that are those of a program, a template or a file."""

from __future__ import annotations

import re

_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation|untitled|unbenannt|untitled document|unnamed"
    r"|(?:document|dokument|presentation) ?\d+)[\s_-]*\d*(?: - .*)?"
    r"|(?:word|powerpoint|print|layout|document|dokument|presentation|slide|folie"
    r"|sans titre|sin título|no title|title|titel|template|vorlage|new document|blank|default|temp"
    r"|draft|(?<!\w)\w++ template|none|null|unknown|unspecified)[\s_-]*\d*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"^(?:\S*\.(?:docx?|dotx?|pptx?|xlsx?|odt|rtf|indd|qxd|qxp|tex|dvi|ps|eps|pdf|html?|txt|p65|fm|wpd|cdr|ai|pages|pub|mdi)\b.*"
    r"|(?:[a-z]:[\\/]|/|file:|https?:).*|[^\s_\\]*+[_\\]\S*+|[^\s/]*+/[^\s/]*+/\S*+|(?=\S*?\d{3})[^\s/]*+/\S*+"
    r"|[\d\W]++|.*\.(?:docx?|pptx?|xlsx?|indd|qxd|tex|dvi|pdf|pub|odt|rtf))",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)++")
_NO_SLUG = re.compile(
    r"(?<![a-z])[a-z]-[a-z0-9]++|(?<![a-z])(?!(?:chapter|kapitel|part|page|section|report|bericht|version|file|scan|img|image|issue|vol)-)"
    r"[a-z]++-\d{1,3}"
)
_OF_PROGRAMS = re.compile(
    r"D:\d{4,}.*|\(\w+\)|adobe .*|(?:latex|word|pages|indesign) (?:article|document|file)", re.IGNORECASE
)


def is_junk(title: str) -> bool:
    """Whether it names a program, a template or a file."""
    kinds = (_JUNK, _FILE_NAME, _OF_PROGRAMS)
    return is_slug(title) or any(kind.fullmatch(title) for kind in kinds) or not any(map(str.isalpha, title))


def is_slug(title: str) -> bool:
    """Whether it is words in small letters with hyphens, as in an address: the-old-dam. A single word with a number or
    a letter is none: covid-19, e-mail.
    """
    return bool(_SLUG.fullmatch(title)) and not _NO_SLUG.fullmatch(title)
