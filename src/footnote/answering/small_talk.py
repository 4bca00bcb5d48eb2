"""Messages that ask the articles nothing: greetings, thanks, and questions about the bot itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum, auto


class SmallTalk(Enum):
    """What somebody wants who says it; what asks for a longer reply comes first."""

    INTRODUCTION = auto()  # to know who the bot is
    THANKS = auto()
    GREETING = auto()
    ASSENT = auto()
    FAREWELL = auto()


_ENGLISH = {
    SmallTalk.INTRODUCTION: """
        who are you | who r u | who're you | what are you | what's your name | what is your name
        are you a bot | are you a robot | are you a human | are you human | are you an ai | are you real | are you there
        what can you do | what can you do for me | what can you do for us | what can u do | what do you do
        what are you for | what are you good for | what is your purpose | what's your purpose | how do you work
        how can you help | how can you help me | how can you help us | can you help | can you help me | help me
        what can i ask | what can i ask you | what should i ask | what should i ask you | what do you know
        introduce yourself | tell me about yourself
    """,
    SmallTalk.THANKS: """
        thanks | thank you | thank u | thankyou | thx | thnx | tnx | ty | tysm | tyvm | cheers | much appreciated
        thanks a lot | thanks a bunch | thanks a million | thanks so much | thanks very much | thank you very much
        thank you so much | thank you kindly | many thanks | thanks again | thank you again | thanks in advance
        thanks for the help | thanks for your help | thank you for the help | thank you for your help | thanks anyway
        thanks for now | thanks for the info | thanks for the answer | thank you for the answer | i appreciate it
        appreciated | that helps | that helped | that helps a lot | that was helpful | very helpful | good bot
        good job | nice job | well done | great answer | good answer
    """,
    SmallTalk.GREETING: """
        hello | hi | hey | hiya | heya | howdy | yo | hallo | hello hello | greetings | good day | good morning
        good afternoon | good evening | what's up | whats up | sup | how are you | how are you doing
        how are you today | how r u | how's it going | hows it going | how do you do | nice to meet you
    """,
    SmallTalk.ASSENT: """
        ok | okay | okey | okie | alright | all right | sure | great | good | nice | cool
        awesome | perfect | excellent | wonderful | brilliant | amazing | wow | yes | yeah | yep | yup | no | nope
        got it | i see | understood | makes sense | sounds good | that's great | that's good | that's fine | no problem
        never mind | nevermind | nvm | sorry | oops | please | lol | haha | hahaha | hehe | ok then
    """,
    SmallTalk.FAREWELL: """
        bye | bye bye | goodbye | good bye | good night | goodnight | see you | see ya | see you later | see you soon
        cya | farewell | have a nice day | have a good day | have a great day | take care | until next time
    """,
}
_GERMAN = {
    SmallTalk.INTRODUCTION: """
        wer bist du | wer bist du denn | was bist du | wie heißt du | bist du ein bot | bist du ein mensch
        was kannst du | was kannst du denn | was kannst du alles | was machst du | wie funktionierst du
        was weißt du | was kann ich dich fragen | was kann ich fragen
        kannst du mir helfen | stell dich vor
    """,
    SmallTalk.THANKS: """
        danke | danke schön | dankeschön | danke sehr | danke dir | danke euch | danke vielmals | vielen dank
        vielen lieben dank | herzlichen dank | besten dank | tausend dank | danke für die hilfe
        danke für deine hilfe | danke für die antwort | danke nochmal | ich danke dir | merci | danke schoen | das hilft
        das hilft mir
    """,
    SmallTalk.GREETING: """
        hallo | hallöchen | hallo zusammen | guten tag | guten morgen | guten abend | gute morgen | moin | moin moin
        servus | grüß gott | grüß dich | grüezi | wie geht's | wie gehts | wie geht es dir | mahlzeit
    """,
    SmallTalk.ASSENT: """
        ok | okay | alles klar | gut | sehr gut | super | prima | toll | klasse | schön | fein | genau | ja | jo | nein
        nee | verstehe | verstanden | kein problem | bitte | entschuldigung | passt | egal | schon gut | ach so | aha
    """,
    SmallTalk.FAREWELL: """
        tschüss | tschüs | tschuess | tschau | ciao | auf wiedersehen | bis dann | bis bald | bis später | bis morgen
        gute nacht | schönen tag | schönen tag noch | schönen abend | mach's gut | machs gut
    """,
}
_ADDRESSED_LIST = """
    there all everyone everybody bot footnote guys folks team mate friend friends zusammen alle allerseits leute
"""
_ADDRESSED = frozenset(_ADDRESSED_LIST.split())
"""Who is spoken to."""

_JOINING = frozenset({"and", "und"})
"""Between two phrases. "Ok, and?" asks for more."""

_LONGEST = 12
"""Words of a message, so that a long one is not looked at."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def small_talk(message: str) -> SmallTalk | None:
    """What kind of small talk a message is, if it is nothing else: "Thanks, and when is it open?" is a question.

    The words of all languages of the interface count everywhere, since many people mix them.
    """
    said = unicodedata.normalize("NFKC", message).casefold().replace("’", "'")
    words = _WORD.findall(said)
    if not words or len(words) > _LONGEST or words[-1] in _JOINING:
        return None
    kinds: set[SmallTalk] = set()
    while words:
        length = next((length for length in range(_MOST_WORDS, 0, -1) if tuple(words[:length]) in _PHRASES), 0)
        if length:
            kinds.add(_PHRASES[tuple(words[:length])])
        elif not kinds or words[0] not in _ADDRESSED | _JOINING:
            return None
        del words[: length or 1]
    return min(kinds, key=lambda kind: kind.value)


def _phrases(*tables: Mapping[SmallTalk, str]) -> dict[tuple[str, ...], SmallTalk]:
    return {
        tuple(phrase.casefold().split()): kind
        for table in tables
        for kind, lines in table.items()
        for line in lines.strip().splitlines()
        for phrase in line.split("|")
    }


_PHRASES = _phrases(_ENGLISH, _GERMAN)
_MOST_WORDS = max(map(len, _PHRASES))
