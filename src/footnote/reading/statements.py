"""Whether a few words state something, or only name it: "Clickable links in chat"."""

from __future__ import annotations

import re

from footnote.text.languages import DEFAULT

MOST_WORDS, MOST_FOREIGN = 12, 4
"""Words of what only names something. In other languages than English no verb is looked for, so only a few."""

_ASIDE = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_ENDS = re.compile(r"[.!?…。！？؟][\"'”’»)\]*_]{0,4}\Z")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|can|cannot|could|would|shall|should|must|might|do|does|did)\b"
    r"|\b(?-i:may|will)\b|n['’]t\b|\b(?:it|that|there|you|we|they|i)['’](?:s|re|ve|ll|m|d)\b"
    r"|\w\s(?:works?|needs?|requires?|uses?|supports?|allows?|means|makes?|gets?|goes|includes?|contains?|shows?|costs?"
    r"|provides?|opens?|closes?|starts?|begins?|ends?|becomes?|remains?|lets|keeps?|takes?|gives?|happens?)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",?\s(?:who|whose|which|that|where|when|if)\b")
_ORDERS = """
add allow ask avoid bring build buy call change check choose click close connect copy create delete disable do download
drag edit enable enter find follow give go hold install join keep leave let log make move open paste pay pick place
press pull push put read remove rename replace reset restart run save see select send set sign start stop switch take
tap tell try turn type uninstall unpack update upgrade use visit wait wash wear write
"""
_ORDER = re.compile(rf"(?:please\s|then\s|now\s)?(?:{'|'.join(_ORDERS.split())})\s\S", re.IGNORECASE)


def is_only_named(said: str, language: str = DEFAULT) -> bool:
    """Whether it has a few words, no verb of its own and no full stop."""
    if ends_as_sentence(said):
        return False
    own = _RELATIVE.split(_ASIDE.sub(" ", said), maxsplit=1)[0]
    words = len(own.split())
    return words <= MOST_WORDS and not _FINITE.search(own) if language == DEFAULT else words <= MOST_FOREIGN


def is_order(said: str) -> bool:
    """Whether it begins by saying what to do: "Set the port"."""
    return bool(_ORDER.match(said))


def ends_as_sentence(said: str) -> bool:
    return bool(_ENDS.search(said.strip()))
