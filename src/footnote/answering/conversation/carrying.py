"""A follow-up gets what the question before it was about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from footnote.answering.conversation.pointing import (
    has_verb,
    is_fragment,
    points_back,
    points_to_a_person,
    points_to_a_thing,
)
from footnote.answering.conversation.topics import Kind, Topic, content, has_number, names, topics
from footnote.answering.small_talk import small_talk
from footnote.checks import QuotedSource, has_dates, has_known_addresses, has_names, has_numbers
from footnote.checks.words import WORD, plain
from footnote.checks.words import content as stems
from footnote.ports import Asker, Turn

LONGEST_CONVERSATION = 10
"""How many messages are used, not counting the question itself."""

LONGEST_REWRITTEN = 500
"""Characters of a question together with what was added to it."""

_MOST_CARRIED = 3
_MOST_NEW_WORDS = 1
_MOST_NEW = 2  # names in an answer; the first ones are the most likely
_ASKS_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_DAY = re.compile(
    r"\A(?:\W{0,3}\b(?:\d\w{0,3}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b)+\W{0,3}\Z"
)
_THE_NOUN = re.compile(r"\bthe (\w+)\b(?! of\b)", re.IGNORECASE)

_ASKS_FOR_A_NAME = re.compile(r"\b(?:who(?:m|se)?|which|what(?!\s+about))\b", re.IGNORECASE)
_MEASURES = re.compile(r"\b(?:who|when|where|why|how(?!\s+about)|which)\b", re.IGNORECASE)
_CARRIED = re.compile(r" \((?P<carried>[^()]+)\)\Z")
"""What was carried to a question before."""

_ONE_WORD = re.compile(r"\A\W*(?:(?:and|but|so|ok|okay)\s+)?(?P<word>when|where|why|how)\W*\Z", re.IGNORECASE)
_WHETHER = re.compile(
    r"\A(?:did|does|do|is|are|was|were|has|have|had|will|can|could|should|would|may|must)\b(?!.*\bor\b).{4,}\Z",
    re.IGNORECASE | re.DOTALL,
)


class CarryOver:
    """Implements `Rewriter` without a model: a follow-up gets, in brackets, what the question before it was about."""

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:  # noqa: ARG002 - it costs nothing
        exchanges = _exchanges(conversation)
        if not exchanges or question.casefold() == exchanges[0].asked.casefold():
            return question
        if turned := _turned(question, exchanges[0].asked):
            return turned
        if is_fragment(question):
            return _with(question, _asked_before(question, exchanges))
        if points_back(question) or _takes_up(question, exchanges[0]):
            return _with(question, _meant_before(question, exchanges))
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


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question with the answer to it; "" for what is missing. What was carried to the question is kept apart."""

    asked: str
    answered: str
    carried: tuple[str, ...]

    @property
    def topics(self) -> list[Topic]:
        return topics(self.asked)

    @property
    def new_names(self) -> list[str]:
        """The first names in the answer, apart from days and names that the question has too."""
        known = {plain(word) for text in (self.asked, *self.carried) for word in WORD.findall(text)}
        told = [name for name in names(self.answered, in_answer=True) if not _DAY.match(name)]
        return [name for name in told if not known.issuperset(map(plain, name.split()))][:_MOST_NEW]

    @property
    def asks_who(self) -> bool:
        """Whether the answer names somebody: "who leads the front", and not "who is Massoud"."""
        named = {word for name in names(self.asked) for word in WORD.findall(name)}
        is_described = not named.issuperset(re.sub(r"['’]s\Z", "", word) for word in content(self.asked))
        return is_described and bool(_ASKS_WHO.search(self.asked))

    @property
    def people(self) -> list[str]:
        """The names that are surely a person's: somebody asked who it is, or about "her"."""
        found = [*self.carried] if points_to_a_person(self.asked) else []
        if _ASKS_WHO.search(self.asked):
            found += self.new_names if self.asks_who else names(self.asked)
        return [name for name in found if not name.isupper()]


def _exchanges(conversation: Sequence[Turn]) -> list[_Exchange]:
    """Newest first. Thanks and greetings are left out, with what was answered to them."""
    pairs: list[tuple[str, str]] = []
    for turn in conversation[-LONGEST_CONVERSATION:]:
        if not turn.is_answer:
            pairs.append((turn.text, ""))
        else:
            asked = pairs.pop()[0] if pairs and not pairs[-1][1] else ""
            pairs.append((asked, turn.text))
    return [_exchange(asked, answered) for asked, answered in reversed(pairs) if not small_talk(asked)]


def _exchange(asked: str, answered: str) -> _Exchange:
    found = _CARRIED.search(asked)
    if not found or not (is_fragment(asked[: found.start()]) or points_back(asked[: found.start()])):
        return _Exchange(asked, answered, ())
    return _Exchange(asked[: found.start()], answered, tuple(found["carried"].split(", ")))


def _turned(question: str, asked: str) -> str | None:
    """ "When?" after "Did Herat fall?" asks when Herat fell; None for other pairs."""
    word, whether = _ONE_WORD.match(question), _WHETHER.match(asked)
    if not (word and whether) or points_back(asked):
        return None
    return f"{word['word'].capitalize()} {asked[0].lower()}{asked[1:]}"


def _meant_before(question: str, exchanges: Sequence[_Exchange]) -> list[str]:
    """What "he", "it" or "that" means, from the newest exchange that has anything like it."""
    people = {name for exchange in exchanges for name in exchange.people}
    is_person = points_to_a_person(question)
    found = (
        map(_persons, exchanges)
        if is_person
        else (_things(exchange, people, with_verbs=not points_to_a_thing(question)) for exchange in exchanges)
    )
    newest = exchanges[0]
    return next(filter(None, found), newest.new_names or [one.text for one in newest.topics])


def _persons(exchange: _Exchange) -> list[str]:
    """The person that an answer names, if the question was who it is; or else the person in the question."""
    named = [one.text for one in exchange.topics if one.kind is Kind.NAME]
    things = [one.text for one in exchange.topics if one.kind is Kind.THING]
    if exchange.asks_who and exchange.new_names:
        return exchange.new_names
    return named or [*exchange.carried] or [*exchange.new_names, *things]


def _things(exchange: _Exchange, people: set[str], *, with_verbs: bool) -> list[str]:
    """What it is about, apart from people; what was carried to it only if it names nothing itself."""
    own = [one for one in exchange.topics if one.text not in people and one.kind is not Kind.MEASURE]
    named = [one.text for one in own if one.kind is Kind.NAME and not _DAY.match(one.text)]
    if named:
        return named
    things = [one.text for one in own if one.kind is Kind.THING or with_verbs]
    carried = [] if things and not with_verbs else [one for one in exchange.carried if one not in people]
    is_naming = not exchange.asked or _ASKS_FOR_A_NAME.search(exchange.asked)
    new = [name for name in exchange.new_names if name not in people] if is_naming else []
    return [*things, *carried, *new]


def _asked_before(question: str, exchanges: Sequence[_Exchange]) -> list[str]:
    """The whole previous question, without the names or numbers that the fragment replaces with its own; what was
    carried to it only if the fragment has no verb either, or it was nothing without.
    """
    before = next((one for one in exchanges if one.topics or one.carried or one.new_names), exchanges[0])
    own = [one for one in before.topics if one.kind is not Kind.MEASURE or not _MEASURES.search(question)]
    carried = [one.text for one in sorted(own, key=lambda one: one.kind is not Kind.NAME)]
    if not any(one.kind is Kind.THING for one in own) or not has_verb(question):
        carried += before.carried
    if not before.asked or (_ASKS_WHO.search(before.asked) and not any(one.kind is Kind.NAME for one in own)):
        carried += before.new_names
    if names(question):
        carried = [one for one in carried if one not in {topic.text for topic in own if topic.kind is Kind.NAME}]
    return [one for one in carried if not has_number(one)] if has_number(question) else carried


def _takes_up(question: str, exchange: _Exchange) -> bool:
    """Whether it only names something like "the valley", which was just mentioned."""
    texts = (exchange.asked, exchange.answered, *exchange.carried)
    said = {plain(word) for text in texts for word in WORD.findall(text)}
    return not names(question) and any(plain(noun) in said for noun in _THE_NOUN.findall(question))


def _with(question: str, carried: Iterable[str]) -> str:
    """As many as fit, each of which adds a new word."""
    known = {plain(word) for word in WORD.findall(question)}
    added: list[str] = []
    rewritten = question
    for one in carried:
        longer = f"{question} ({', '.join([*added, one])})"
        new = {plain(word) for word in WORD.findall(one)} - known
        if new and len(added) < _MOST_CARRIED and len(longer) <= LONGEST_REWRITTEN:
            added.append(one)
            known |= new
            rewritten = longer
    return rewritten
