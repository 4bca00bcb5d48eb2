"""What vectors do not see: a changed number, name, date or negation, an opposite, swapped roles, one replaced word.

Each guard is `(one, other) -> bool`, and symmetric: whether nothing shows that they ask different things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

from footnote.checks.dates.given_dates import dates_in
from footnote.checks.sense.negation import negations_in
from footnote.review.question_matching.asked import Asked, read
from footnote.review.question_matching.words import has_opposite, stem_of, unsaid
from footnote.text.languages import DEFAULT
from footnote.text.terms import all_terms, question_language

_MARKERS = frozenset({"from", "to", "into", "before", "after", "than", "until", "since", "by", "over", "join", "leav"})
_JOINED = re.compile(r"\b(?:and|or|between|versus|vs)\b", re.IGNORECASE)
_ASKING_ANYTHING = frozenset({"", "what", "how", "whether"})
_LIMITS = re.compile(r" \([^()]++\)\Z")
_FEW_PLACES, _MOST_OF_IT = 2, 0.65
_ENDINGS_OF_A_NAME = frozenset({"s", "n", "ns", "an", "ans", "ian", "ians", "i", "is", "istan", "ese"})


def asks_the_same(one: str, other: str) -> bool:
    """Whether the two ask the same, given that their vectors are close to each other.

    The guards know English. In another language the two have to have the same words in the same order.
    """
    language = question_language(one)
    if language != DEFAULT or question_language(other) != DEFAULT:
        return all_terms(one, language) == all_terms(other, language)
    return all(guard(read(one), read(other)) for guard in _GUARDS)


def are_alike(one: str, other: str) -> bool:
    """Whether nothing shows that they ask for different things, given that their vectors or words are close to each
    other. That is less than for reusing an answer: they are only counted together. Limits in brackets, such as "since
    2026-01-01", have to be the same.
    """
    if _LIMITS.findall(one) != _LIMITS.findall(other):
        return False
    if DEFAULT not in {question_language(one), question_language(other)}:
        return _has_same_numbers(read(one), read(other))
    return all(guard(read(one), read(other)) for guard in _GUARDS_OF_ALIKE)


def _has_same_kind(one: Asked, other: Asked) -> bool:
    """A plain "when" matches "in what year", and "who" matches "which chemist" if the other mentions a chemist. If
    neither has a question word, as in another language, all words have to be the same.
    """
    asked, wanted = one.kind, other.kind
    if None not in {asked.is_past, wanted.is_past} and asked.is_past != wanted.is_past:
        return False
    if not asked.word and not wanted.word:
        return one.meant == other.meant
    if asked.word == wanted.word:
        return asked.word not in {"when", "where"} or None in {asked.noun, wanted.noun} or asked.noun == wanted.noun
    if {asked.word, wanted.word} == {"who", "what"}:
        noun = asked.noun or wanted.noun
        return noun is not None and stem_of(noun) in one.meant & other.meant
    return {asked.word, wanted.word} == {"", "what"}


def _asks_for_something_alike(one: Asked, other: Asked) -> bool:
    """Who does not ask how much. What and whether may ask for anything: "how much is it" is "what is the price"."""
    words = {"who" if asked.kind.word in {"whom", "whose"} else asked.kind.word for asked in (one, other)}
    return len(words) == 1 or not words.isdisjoint(_ASKING_ANYTHING)


def _has_same_numbers(one: Asked, other: Asked) -> bool:
    return one.numbers == other.numbers


def _has_same_dates(one: Asked, other: Asked) -> bool:
    return dates_in(one.text) == dates_in(other.text)


def _has_same_names(one: Asked, other: Asked) -> bool:
    return _names_stand_in(one, other) and _names_stand_in(other, one)


def _names_stand_in(one: Asked, other: Asked) -> bool:
    short_there = [words for initials, words in one.long_forms.items() if initials.casefold() in other.words]
    return all(
        "".join(name).upper() in other.long_forms
        or any(words.issuperset(name) for words in short_there)
        or _stands_in(name, other)
        for name in one.names
    )


def _stands_in(name: tuple[str, ...], other: Asked) -> bool:
    """In full, or shortened to its beginning or end: Massoud for Ahmad Massoud, who is not Ahmad Shah Massoud."""
    alike = [known for known in other.names if any(_is_form_of(word, part) for word in name for part in known)]
    if alike:
        return any(_is_short_for(name, known) or _is_short_for(known, name) for known in alike)
    return _is_inside(name, other.words) or _is_shortened_in(name, other.words)


def _is_short_for(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    ends = (name[: len(short)], name[-len(short) :])
    return len(short) <= len(name) and any(all(map(_is_form_of, short, end)) for end in ends)


def _is_inside(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    starts = range(len(words) - len(name) + 1)
    return any(all(map(_is_form_of, name, words[start:])) for start in starts)


def _is_shortened_in(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether only its beginning or its end is there, as in a question in lower case."""
    there = [any(_is_form_of(part, word) for word in words) for part in name]
    length = sum(there)
    return 0 < length < len(name) and (all(there[:length]) or all(there[-length:]))


def _is_form_of(one: str, other: str) -> bool:
    """Afghan and Afghans of Afghanistan; Niger is no form of Nigeria."""
    short, long = sorted((one, other), key=len)
    return one == other or (long.startswith(short) and long[len(short) :] in _ENDINGS_OF_A_NAME)


def _has_same_negations(one: Asked, other: Asked) -> bool:
    denied, denied_there = negations_in(one.text), negations_in(other.text)
    return len(denied) == len(denied_there) and all(
        any(words & known or not words or not known for known in denied_there) for words in denied
    )


def _has_no_opposite(one: Asked, other: Asked) -> bool:
    return not (_throttles(one, other) or _throttles(other, one))


def _throttles(one: Asked, other: Asked) -> bool:
    """Whether it has a word that the other replaces with its opposite."""
    stems, known = frozenset(one.stems), frozenset(other.stems)
    return any(has_opposite(stem, known - stems) for stem in stems - known)


def _has_same_roles(one: Asked, other: Asked) -> bool:
    """What follows "from", "before" or "than" in one does not follow another of these in the other, and two names have
    not changed places in otherwise the same words: which team beat the other.
    """
    ways, known_ways = dict(_ways(one)), dict(_ways(other))
    for marker in (ways.keys() & known_ways.keys()) - {"to"}:
        here, there = ways[marker], known_ways[marker]
        if here != there and here in other.meant and there in one.meant:
            return False
    if _leads_elsewhere(ways, known_ways) or _leads_elsewhere(known_ways, ways):
        return False
    return one.meant != other.meant or not _has_turned_round(one, other)


def _leads_elsewhere(ways: Mapping[str, str], known_ways: Mapping[str, str]) -> bool:
    """Requests made to them are not requests made from them."""
    return "from" in ways and "from" not in known_ways and ways["from"] == known_ways.get("to")


def _ways(asked: Asked) -> Iterator[tuple[str, str]]:
    """Each direction word that occurs once, with the word that it leads to."""
    for position, stem in enumerate(asked.stems):
        if stem in _MARKERS and asked.stems.count(stem) == 1:
            led_to = next((later for later in asked.stems[position + 1 :] if later in asked.meant), None)
            if led_to:
                yield stem, led_to


def _has_turned_round(one: Asked, other: Asked) -> bool:
    if _JOINED.search(one.text) or ("by" in one.words) != ("by" in other.words) or "," in one.text + other.text:
        return False
    order = [name for name in one.names if name in other.names]
    return order != [name for name in other.names if name in order]


def _does_not_turn_on_one_word(one: Asked, other: Asked) -> bool:
    """Questions that differ in only one word differ in meaning; questions in entirely different words may not."""
    new, missing = unsaid(one.unnamed, other.meant), unsaid(other.unnamed, one.meant)
    return len(new) > 1 or len(missing) > 1 or not (new or missing)


def _replaces_no_words(one: Asked, other: Asked) -> bool:
    """Neither question is the other one with only a place or two changed."""
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal"]
    if len(edits) > _FEW_PLACES or matcher.ratio() < _MOST_OF_IT:
        return True
    replaced = [(frozenset(one.stems[a:b]), frozenset(other.stems[c:d])) for _, a, b, c, d in edits]
    return not any(
        unsaid(here & one.unnamed, there) and unsaid(there & other.unnamed, here) for here, there in replaced
    )


_Guard = Callable[[Asked, Asked], bool]
_SAME: tuple[_Guard, ...] = (
    _has_same_numbers,
    _has_same_dates,
    _has_same_names,
    _has_same_negations,
    _has_no_opposite,
    _has_same_roles,
)
_GUARDS: tuple[_Guard, ...] = (_has_same_kind, *_SAME, _does_not_turn_on_one_word, _replaces_no_words)
_GUARDS_OF_ALIKE: tuple[_Guard, ...] = (_asks_for_something_alike, *_SAME, _replaces_no_words)
