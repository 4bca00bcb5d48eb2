"""What a question names: labels, numbers and things, and which of them are missing in a text.

"How long is quay 6?" is not answered by a sentence about quay 5, however similar the words are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from footnote.checks.names.names import long_forms, names_in
from footnote.checks.words import WORD, content, plain
from footnote.reading.dimensions import dimension_in, tells_another
from footnote.reading.identifiers import identifiers_in, lacks_identifier
from footnote.reading.labels import Labels, labels_in, lacks_one
from footnote.text.spelling import unaccented

_LONG_ENOUGH = 4
"""Letters that two forms of a name share at least: Afghan and Afghanistan."""

_PLACES_AND_BODIES = """
valley city town village river lake sea bay island mountain pass province state county district street road bridge
harbour port airport station university school church museum bank company party front army war battle treaty act
north south east west new the of
"""
_KINDS = frozenset(_PLACES_AND_BODIES.split())
"""Words of names that say what kind of thing is named."""

_ASKS_FOR_IT = r"^(?!why\b|.*\b(?:add|change|confirm|delete|edit|enter|hide|need|remove|update|use|verify)\b).*\b"
"""Not "How do I change my ..." """
_FORMS = {
    "@": (
        re.compile(
            rf"{_ASKS_FOR_IT}e-?mail address|^what(?:'s| is| are) (?:the|your|their) e-?mails?\b", re.IGNORECASE
        ),
        re.compile("@"),
    ),
    "www": (
        re.compile(
            r"\b(?:url|web address)\b|\b(?:have|has) a web ?site\b"
            r"|^what(?:['’]s| is| are)(?: [\w'’]+){0,3} web ?(?:site|page)s?(?: of\b| address\b|\?|$)",
            re.IGNORECASE,
        ),
        re.compile(r"https?://|\bwww\.|\w\.[a-z]{2,6}\b", re.IGNORECASE),
    ),
    "phone": (
        re.compile(rf"{_ASKS_FOR_IT}(?:tele)?(?:phone|fax) number", re.IGNORECASE),
        re.compile(r"\d(?:[\s()/.-]{0,2}\d){5}"),
    ),
}
"""Things with a recognisable form: how a question asks for one, and what it looks like, such as an e-mail address."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The question's labels; the words of its names; the stems of all its content words; the forms (see `_FORMS`) that
    it asks for; the settings, options and files that it names; and the dimension of a thing that it asks for.
    """

    labels: Labels
    names: frozenset[str]
    words: frozenset[str]
    forms: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    dimension: str = ""


def asked_for(question: str) -> AskedFor:
    text = unaccented(question)
    names = frozenset(word for run in names_in(text) for word in _own_names(run) if not any(map(str.isdigit, word)))
    forms = frozenset(form for form, (asks, _) in _FORMS.items() if asks.search(question))
    return AskedFor(labels_in(question), names, content(text), forms, identifiers_in(question), dimension_in(question))


def _own_names(run: Sequence[str]) -> Sequence[str]:
    """In “the Bamiyan Valley”, only Bamiyan matters."""
    return [word for word in run if word not in _KINDS] or run


def lacks_label(asked: AskedFor, text: str, around: str = "") -> bool:
    """Whether a form, an identifier, a dimension or a label that the question asks for is missing in the text. An
    identifier may also stand in the text around: a page about `settings.toml` does not name it in each section.
    """
    if not all(_FORMS[form][1].search(text) for form in asked.forms) or tells_another(asked.dimension, text):
        return True
    return lacks_identifier(asked.identifiers, f"{text} {around}") or lacks_one(asked.labels, text)


def without_name(asked: AskedFor, text: str) -> float:
    """The share of the question's names that are missing in the text (0 to 1); 0 when it has no names."""
    if not asked.names:
        return 0.0
    text = unaccented(text)
    known = {part for word in WORD.findall(text) for part in (plain(word), *plain(word).split("-"))}
    initials = {short.casefold() for short in long_forms(text)}
    there = known | initials
    lost = sum(name not in there and not any(_are_one(name, word) for word in known) for name in asked.names)
    return lost / len(asked.names)


def covered(asked: AskedFor, text: str) -> float:
    """The share of the question's words that the text has (0 to 1), regardless of how rare they are in the index."""
    return len(asked.words & content(unaccented(text))) / len(asked.words) if asked.words else 0.0


def _are_one(name: str, word: str) -> bool:
    begins = name.startswith(word) or word.startswith(name)
    return name == word or (begins and min(len(name), len(word)) >= _LONG_ENOUGH)
