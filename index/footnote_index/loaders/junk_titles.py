"""Titles among the properties of documents that are those of a program, a template or a file."""

from __future__ import annotations

import re

_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|word|powerpoint|print|layout|document|dokument|presentation|slide|folie"
    r"|untitled|unbenannt|sans titre|sin título|no title|title|titel|template|vorlage|new document|blank|default|temp"
    r"|draft|(?<!\w)\w++ template|powerpoint presentation|untitled document|unnamed|none|null|unknown|unspecified)"
    r"[\s_-]*\d*(?: - .*)?",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"^(?:\S*\.(?:docx?|dotx?|pptx?|xlsx?|odt|rtf|indd|qxd|qxp|tex|dvi|ps|eps|pdf|html?|txt|p65|fm|wpd|cdr|ai|pages|pub|mdi)\b.*"
    r"|(?:[a-z]:[\\/]|/|file:|https?:).*|[^\s_/\\]*+[_/\\]\S*+"
    r"|[\d\W]++|.*\.(?:docx?|pptx?|xlsx?|indd|qxd|tex|dvi|pdf|pub|odt|rtf))",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)++")
_OF_PROGRAMS = re.compile(
    r"D:\d{4,}.*|\(\w+\)|adobe .*|(?:latex|word|pages|indesign) (?:article|document|file)", re.IGNORECASE
)


def is_junk(title: str) -> bool:
    """Whether it names a program, a template or a file."""
    kinds = (_JUNK, _FILE_NAME, _SLUG, _OF_PROGRAMS)
    return any(kind.fullmatch(title) for kind in kinds) or not any(map(str.isalpha, title))
