"""Words that turn a question into another one, and words that may replace each other. All by their stems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from operator import eq

import Stemmer

from footnote.checks.sense.opposites import OPPOSITES

stem_of = Stemmer.Stemmer("english").stemWord

_MORE_OPPOSITES = """
highest/lowest most/least most/fewest oldest/youngest oldest/newest longest/shortest biggest/smallest better/worse
older/younger longer/shorter larger/smaller bigger/smaller earlier/later earliest/latest maximum/minimum high/low
superior/inferior improve/worsen grow/shrink gain/lose win/defeat win/loss join/leave arrive/depart attack/defend
buy/sell import/export north/south east/west northern/southern eastern/western male/female man/woman men/women
son/daughter brother/sister father/mother husband/wife born/died birth/death cause/effect advantage/disadvantage
old/new existing/new majority/minority senior/junior major/minor inside/outside above/below over/under with/without
like/unlike similar/different same/different change/remain change/maintain agree/disagree positive/negative ally/enemy
friend/enemy strength/weakness teacher/student arrest/release summer/winter take/lose give/take he/she him/her his/her
"""

_INTERCHANGEABLE = """
begin start commence | end finish conclude | found establish create form | write wrote written author pen
say claim state suggest tell report | talk speak | show demonstrate prove reveal | make produce build create manufacture
kill murder slay | die perish | buy purchase | get receive obtain acquire | gain achieve attain | put place set
share portion proportion part fraction | change alter modify | limit restrict | forbid ban prohibit outlaw
allow permit let | need require | help aid assist | use utilise employ | happen occur | live reside dwell inhabit
defeat beat | fight battle combat | choose select pick | lead head | call name | big large | quick fast rapid
child kid | children kids | film movie | car automobile | disease illness sickness | job profession occupation
aim purpose goal | benefit advantage | effect impact influence consequence | reason cause | rich wealthy
think believe | whole entire | main chief principal | hurt injure wound | flee escape | capture seize | discover find
take took taken | give gave given | go went gone | come came | become became | lose lost | win won | leave left
lead led | build built | fight fought | buy bought | sell sold | speak spoke spoken | fall fell fallen | hold held
keep kept | bring brought | teach taught | grow grew grown | begin began begun | run ran | sing sang sung
know knew known | meet met | send sent | pay paid | tell told | make made | do did done | say said | see saw seen
think thought | break broke broken | find found
"""

_DENYING = ("un", "in", "im", "il", "ir", "dis", "non")
_ONLY_LOOK_SO = ("inside", "income", "input", "inform", "invest", "insight", "import", "impress", "display", "discover")
_NO_DENIALS = frozenset(map(stem_of, _ONLY_LOOK_SO))
"""They only look like the opposite of side, come, put ..."""

_LITTLE = """
locat situat call name exact current now actual one between both either rather quit realli veri much just togeth whether
give get got have has had must might shall ought need do did done go goe gone unlik becaus sinc upon via per whi let us
somebodi someon anybodi anyon everybodi everyon particular
"""
_COME_AND_GO = frozenset(_LITTLE.split())
"""Words that do not change what a question means."""


def _groups(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each stem with the stems of all words in the same group."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        stems = {stem_of(word) for word in line.split()}
        for stem in stems:
            known[stem] |= stems - {stem}
    return {stem: frozenset(others) for stem, others in known.items()}


_OPPOSITE = _groups(pair.replace("/", " ") for pair in (*OPPOSITES, *_MORE_OPPOSITES.split()))
_SYNONYMS = _groups(_INTERCHANGEABLE.replace("\n", " | ").split(" | "))


def has_opposite(stem: str, among: frozenset[str]) -> bool:
    """Whether its opposite is there, or the same word with "un" or the like in front of it."""
    return not among.isdisjoint(_OPPOSITE.get(stem, ())) or any(_denies(other, stem) for other in among)


def _denies(other: str, stem: str) -> bool:
    """illeg and legal: a word with something in front of it may have another stem."""
    if other in _NO_DENIALS:
        return False
    rests = (other.removeprefix(beginning) for beginning in _DENYING if other.startswith(beginning))
    return any(len(rest) > 2 and (stem.startswith(rest) or rest.startswith(stem)) for rest in rests)


def unsaid(stems: frozenset[str], among: frozenset[str]) -> list[str]:
    """The words that are missing in the others: neither they, nor other forms, nor words that may replace them."""
    return [stem for stem in stems - among if not _is_said(stem, among)]


def _is_said(stem: str, among: frozenset[str]) -> bool:
    return stem in _COME_AND_GO or any(
        any(_is_akin(one, other) for one in _SYNONYMS.get(stem, frozenset()) | {stem})
        or any(_is_akin(stem, one) for one in _SYNONYMS.get(other, ()))
        for other in among
    )


def _is_akin(one: str, other: str) -> bool:
    """recogniz and recognis, lead and leader, favor and favour."""
    if one == other:
        return True
    shared = sum(1 for _ in takewhile(bool, map(eq, one, other)))
    return shared >= max(4, min(len(one), len(other)) - 1)
