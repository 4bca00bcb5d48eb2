"""A follow-up gets what the question before it was about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from footnote.answering.conversation.pointing import is_fragment, points_back, points_to_a_person
from footnote.answering.conversation.topics import content, has_number, names
from footnote.checks import QuotedSource, has_dates, has_known_addresses, has_names, has_numbers
from footnote.checks.words import WORD, plain
from footnote.checks.words import content as stems
from footnote.ports import Asker, Turn

LONGEST_CONVERSATION = 10
"""How many messages are used, not counting the question itself."""

LONGEST_REWRITTEN = 500
"""Characters of a question together with what was added to it."""

_MOST_CARRIED = 8
_MOST_NEW_WORDS = 1
_MOST_NEW = 2  # names in an answer; the first ones are the most likely
_ASKS_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_DAY = re.compile(
    r"\A(?:\W{0,3}\b(?:\d\w{0,3}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b)+\W{0,3}\Z"
)
_THE_NOUN = re.compile(r"\bthe (\w+)\b(?! of\b)", re.IGNORECASE)


_ONE_WORD = re.compile(r"\A\W*(?:(?:and|but|so|ok|okay)\s+)?(?P<word>when|where|why|how)\W*\Z", re.IGNORECASE)
_WHETHER = re.compile(
    r"\A(?:did|does|do|is|are|was|were|has|have|had|will|can|could|should|would|may|must)\b(?!.*\bor\b).{4,}\Z",
    re.IGNORECASE | re.DOTALL,
)


class CarryOver:
    """Implements `Rewriter` without a model: a follow-up gets, in brackets, what the question before it was about."""

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:  # noqa: ARG002 - it costs nothing
        exchanges = _exchanges(conversation)
        if not exchanges or question.casefold() == exchanges[0][0].casefold():
            return question
        if turned := _turned(question, exchanges[0][0]):
            return turned
        if is_fragment(question):
            return _with(question, _asked_before(question, exchanges))
        if points_back(question) or _takes_up(question, exchanges[0]):
            return _with(question, _named_before(question, exchanges))
        return question


def is_faithful(rewritten: str, question: str, conversation: Sequence[Turn]) -> bool:
    """Whether every number, date, name and address of a rewritten question was said before, by anybody, and all but one
    of its other content words: what is shown as understood should not be somebody else's words.
    """
    texts = [question, *(turn.text for turn in conversation)]
    said = [QuotedSource(text, "", None) for text in texts]
    new = stems(rewritten).difference(*map(stems, texts))
    has_known_parts = all(check(rewritten, said) for check in (has_numbers, has_dates, has_names, has_known_addresses))
    return has_known_parts and len(new) <= _MOST_NEW_WORDS


def _exchanges(conversation: Sequence[Turn]) -> list[tuple[str, str]]:
    """Each question with the answer to it, newest first; "" for what is missing."""
    exchanges: list[tuple[str, str]] = []
    for turn in conversation[-LONGEST_CONVERSATION:]:
        if not turn.is_answer:
            exchanges.append((turn.text, ""))
        else:
            asked = exchanges.pop()[0] if exchanges else ""
            exchanges.append((asked, turn.text))
    return exchanges[::-1]


def _turned(question: str, asked: str) -> str | None:
    """ "When?" after "Did Herat fall?" asks when Herat fell; None for other pairs."""
    word, whether = _ONE_WORD.match(question), _WHETHER.match(asked)
    if not (word and whether) or points_back(asked):
        return None
    return f"{word['word'].capitalize()} {asked[0].lower()}{asked[1:]}"


def _named_before(question: str, exchanges: Sequence[tuple[str, str]]) -> list[str]:
    """Names, from the newest exchange that has any. Where it asked "who", "he" is the person that its answer names."""
    for asked, answered in exchanges:
        named, new = names(asked), _new_names(asked, answered)
        if named and points_to_a_person(question) and _ASKS_WHO.search(asked) and _besides_names(asked):
            return new or named
        if named or new:
            return named or [*content(asked), *new]
    return content(exchanges[0][0])


def _asked_before(question: str, exchanges: Sequence[tuple[str, str]]) -> list[str]:
    """The whole previous question, without the names or numbers that the fragment replaces with its own."""
    asked = next((asked for asked, _ in exchanges if content(asked)), "")
    carried = [*([] if names(question) else _named_before(question, exchanges)), *_besides_names(asked)]
    return [one for one in carried if not has_number(one)] if has_number(question) else carried


def _new_names(asked: str, answered: str) -> list[str]:
    """The first names in an answer, apart from days and names that the question has too."""
    known = {plain(word) for word in WORD.findall(asked)}
    told = [name for name in names(answered) if not _DAY.match(name)]
    return [name for name in told if not known.issuperset(map(plain, name.split()))][:_MOST_NEW]


def _besides_names(asked: str) -> list[str]:
    in_names = {plain(word) for name in names(asked) for word in WORD.findall(name)}
    return [word for word in content(asked) if plain(word) not in in_names]


def _takes_up(question: str, exchange: tuple[str, str]) -> bool:
    """Whether it only names something like "the valley", which was just mentioned."""
    said = {plain(word) for text in exchange for word in WORD.findall(text)}
    return not names(question) and any(plain(noun) in said for noun in _THE_NOUN.findall(question))


def _with(question: str, carried: Iterable[str]) -> str:
    """As many as fit, each of which adds a new word."""
    known = {plain(word) for word in WORD.findall(question)}
    added: list[str] = []
    rewritten = question
    for one in carried:
        longer = f"{question} ({', '.join([*added, one])})"
        new = {plain(word) for word in one.split()} - known
        if new and len(added) < _MOST_CARRIED and len(longer) <= LONGEST_REWRITTEN:
            added.append(one)
            known |= new
            rewritten = longer
    return rewritten
