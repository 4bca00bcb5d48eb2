"""Whether a question stands alone or points back to what was said before it: by its words, and in English only."""

from __future__ import annotations

import re

from footnote.answering.conversation.topics import content, has_number, names
from footnote.checks.words import WORD, plain

_GOES_ON = re.compile(r"\A\W*(?:and|but|so|also|or)\b|\b(?:what|how) about\b", re.IGNORECASE)
_BEGINS_INSIDE = re.compile(r"\A\W*(?:in|on|at|by|for|from|to|of|with|since|after|before|near)\b", re.IGNORECASE)
_INTERJECTIONS = re.compile(
    r"\A(?:\W*\b(?:thanks|thank you|ok|okay|great|good|nice|hi|hello|hey|yes|no|please|well|sorry)\b)+\W*",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would)\b|n['’]t\b",
    re.IGNORECASE,
)
_FILLER_LIST = """
anything else exactly explain far happen happened long many much not often right something sure tell true
"""
_FILLERS = frozenset(_FILLER_LIST.split())

_PRONOUN = re.compile(r"\b(?!(?-i:IT)\b)(?:he|him|she|it|they|them|hers|theirs|her(?=\W*\Z))\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\bthe (?-i:man|men|woman|women|boy|girl|person)\b"
    r"(?! (?:wh\w{1,4}|that|of|in|at|on|from|behind|with|to|\w{2,12}ing|accused|arrested|believed|called|charged"
    r"|convicted|known|named|suspected)\b)",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\b(?:is|was) it (?:true|possible|likely|known|clear|certain|right|correct|said)\b|\b(?:does|did|will) it take\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:the|an?|my|our|your|any|each|every) \w+", re.IGNORECASE)
_ANYBODY = re.compile(r"\b(?:an?|any|each|every) \w+", re.IGNORECASE)
_SUCH_PEOPLE = re.compile(
    r"\b(?:do|did|can|could|may|must|shall|should|will|would|are|were|have) (?:people|\w{3,}(?<!s)s)\b", re.IGNORECASE
)
_NEW_CLAUSE = re.compile(
    r"[,.;:?!]|\b(?:and|but|or|when|while|because|after|before|since|until|if|that|who|which|what|why|how|where)\b",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"""
      \b(?:this|these)\b(?!\ (?:year|month|week|morning|evening)\b)
    | \bthose\b(?!\ (?:who|that|of|in)\b)
    | \bthat\W*\Z | \b(?:is|was|are|were|do|does|did|of|on|in|at|by|after|before|about|since|for|like)\ that\b
    | \b(?:the|that|this|which|other|first|second|third|last|next)\ ones?\b
    | \bthe\ latter\b | \bthe\ same\b(?!\ (?:time|day|year)\b)
    | \bthe\ former(?=\W*\Z|\ (?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|say|said|says)\b)
    | \b(?:do|does|did|will|would|can|could)\ the\ former\ \w+(?=\W*\Z|\ (?:about|after|at|before|on|that|to|when)\b)
    | \bthe\ others\b(?!\ (?:who|that|of|in)\b) | \bthe\ other\W*\Z
    | \b(?:says?|said|thinks?|thought|do|does|did|done)\ so\W*\Z
    | (?<!-)\bthen\b(?!-) | \belse\b | \b(?:afterwards?|later|next|before|earlier)\W*\Z
    | (?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbe)(?<!\bbeen)\ there\b   # "is there" points nowhere
    """,
    re.IGNORECASE | re.VERBOSE,
)


def points_back(question: str) -> bool:
    """Whether it has a word that refers to something said before, and not to something in the question itself; or no
    word that says what it is about.
    """
    question = _EMPTY_IT.sub(" ", _INTERJECTIONS.sub("", question.lower() if question.isupper() else question))
    return (
        bool(_GOES_ON.search(question) or _POINTER.search(question))
        or _says_nothing(question)
        or any(
            not _is_in_an_earlier_clause(question[: found.start()])
            for pattern in (_PRONOUN, _SOMEBODY)
            for found in pattern.finditer(question)
        )
        or any(not _has_owner(question[: found.start()], found[0]) for found in _POSSESSIVE.finditer(question))
    )


def is_fragment(question: str) -> bool:
    """Whether it is not a full question, but a new part for the previous one: "Why?", "And in 2022?"."""
    said = _INTERJECTIONS.sub("", question)
    if not said or _PRONOUN.search(said) or _POSSESSIVE.search(said):
        return False
    goes_on = bool(_GOES_ON.search(said) or _BEGINS_INSIDE.search(said))
    if goes_on and not _VERB.search(said):
        return True
    return not names(said) and all(plain(word) in _FILLERS or has_number(word) for word in content(said))


def points_to_a_person(question: str) -> bool:
    return bool(_PERSON.search(question) or _SOMEBODY.search(question))


def points_to_a_thing(question: str) -> bool:
    """Whether it has "it", "they" or the like, and no word for a person."""
    return bool(_PRONOUN.search(question) or _POSSESSIVE.search(question)) and not points_to_a_person(question)


def has_verb(question: str) -> bool:
    """Whether it has one of the verbs that questions are made with."""
    return bool(_VERB.search(question))


def _says_nothing(question: str) -> bool:
    """Whether it has only question words, and others that mean nothing by themselves: "How many?"."""
    has_words = bool(WORD.search(question)) and not has_number(question)
    return has_words and not names(question) and all(plain(word) in _FILLERS for word in content(question))


def _is_in_an_earlier_clause(before: str) -> bool:
    """Whether the text before a pronoun may name what it refers to: in the same clause it refers to something else."""
    meant = [before.find(name) + len(name) for name in names(before)]
    meant += [found.end() for found in _NOUN.finditer(before)]
    return bool(meant) and bool(_NEW_CLAUSE.search(before, min(meant)))


def _has_owner(before: str, possessive: str) -> bool:
    """Whether a name before it may be the owner, or anybody of a kind ("a member", "skippers"); for "his" and "her" it
    must be a person's, without an article.
    """
    owners = names(before)
    if _PERSON.fullmatch(possessive):
        owners = [name for name in owners if not re.search(rf"\bthe {re.escape(name)}", before, re.IGNORECASE)]
    return bool(owners or _ANYBODY.search(before)) or (
        possessive.casefold() == "their" and bool(_SUCH_PEOPLE.search(before))
    )
