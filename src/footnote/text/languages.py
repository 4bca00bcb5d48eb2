"""Which language a text is written in, as an ISO 639-1 code."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT = "en"
"""The result for a text that is too short, or has too few words, to tell."""

_LATIN = frozenset(
    [
        *["ca", "cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nl", "no"],
        *["pl", "pt", "ro", "sk", "sl", "sv", "tr", "vi"],
    ]
)
"""The languages in Latin letters."""

_OTHERS = frozenset(
    [
        *["am", "ar", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "kk", "kn", "ko", "ml", "mr", "my", "pa"],
        *["ru", "sr", "ta", "te", "th", "uk", "ur", "zh"],
    ]
)
LANGUAGES = _LATIN | _OTHERS
"""All languages that it can tell apart."""

_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and that with from this which their",
        "de": "der die das und nicht mit ist dem von eine",
        "fr": "les des est dans une pour du avec",
        "es": "el los las y del una por para pero",
        "ru": "что это для как его она они было",
    }.items()
}
"""Words of which a paragraph in another language rarely has several."""

_ENOUGH_COMMON = 2
_ENGLISH = frozenset(
    [
        *["the", "and", "of", "that", "with", "from", "this", "which", "their", "what", "who", "how", "when", "where"],
        *["does", "did", "has", "were", "been", "they", "his"],
    ]
)
_MOSTLY = 0.05
"""The share of these among a text's words that makes it English. No other language comes near."""

_PIECES = 3
_PIECE = 400  # characters; the detector takes about a microsecond for each
_SURE = 0.9
_LIKELY, _NOT_ENGLISH = 0.6, 0.05
_POSSIBLE = 0.2
_SHORTEST = 30
_PARAGRAPH = 120
_SURE_OF_ANOTHER = 0.98


def language_of(text: str) -> str:
    """The language of a whole text, judged by pieces of its beginning, middle and end."""
    if len(text) <= _PIECES * _PIECE:
        return _language_of(text)
    step = (len(text) - _PIECE) // (_PIECES - 1)
    return _language_of("\n".join(text[start : start + _PIECE] for start in range(0, len(text), step)))


@lru_cache(maxsize=500)  # the most used articles are checked for each question
def _language_of(sample: str) -> str:
    if _is_plainly_english(sample):
        return DEFAULT
    language, confidence = _identifier().classify(sample)
    if confidence >= _SURE or (sample and not is_latin(sample)):
        return str(language)
    is_likely = confidence >= _LIKELY and dict(_identifier().rank(sample)).get(DEFAULT, 0) < _NOT_ENGLISH
    return str(language) if is_likely else DEFAULT


def _is_plainly_english(sample: str) -> bool:
    """Loading the detector takes most of a second and much memory, which English articles do not need."""
    words = sample.lower().split()
    english = sum(word in _ENGLISH for word in words)
    others = max(sum(word in common for word in words) for name, common in _COMMON.items() if name != DEFAULT)
    return english > others and english >= max(_ENOUGH_COMMON, _MOSTLY * len(words))


def may_be(sentence: str, language: str) -> bool:
    """Whether a sentence can be in that language. It can be in both of two similar ones: Russian and Bulgarian."""
    return language_of(sentence) == language or dict(_identifier().rank(sentence)).get(language, 0) >= _POSSIBLE


def language_within(paragraph: str, around: str) -> str:
    """The language of a paragraph: that of the text around it, unless it is clearly another."""
    if len(paragraph) < _SHORTEST:
        return around
    common = _COMMON.get(around)
    if common and len(common.intersection(paragraph[:_PARAGRAPH].lower().split())) >= _ENOUGH_COMMON:
        return around  # the detector would take a hundred times as long
    language, confidence = _identifier().classify(paragraph[:_PARAGRAPH])
    is_clear = confidence >= _SURE_OF_ANOTHER or is_latin(paragraph) != (around in _LATIN)
    return str(language) if is_clear else around


def is_latin(paragraph: str) -> bool:
    """Whether most of its letters are; a text without letters counts as such."""
    letters = [letter for letter in paragraph[:_PARAGRAPH] if letter.isalpha()]
    return sum(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in letters) >= len(letters) / 2


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    all_of_them = LanguageIdentifier.from_model_file(MODEL_FILE)
    all_of_them.set_languages(LANGUAGES)
    return LanguageIdentifier(  # this one frees the other languages, which are 20 MB
        *(all_of_them.nb_ptc, all_of_them.nb_pc, all_of_them.nb_classes),
        *(all_of_them.tk_nextmove, all_of_them.tk_output),
        norm_probs=True,
        tk_row=all_of_them.tk_row,
    )
