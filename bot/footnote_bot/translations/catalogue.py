"""Texts in the current language: `_("Only moderators can do this.")`.

`scripts/write_catalogue.py` finds all that are marked with the functions of this file, and puts them into the catalogue
of each language. Missing texts are shown in English. Values are filled in by name: `_("Answer {n}").format(n=12)`.
"""

from __future__ import annotations

import gettext
import io
from functools import cache

from footnote_bot.translations.language import CATALOGUES, ENGLISH, languages, present


def _(text: str) -> str:
    """The text in the current language."""
    return _catalogue(present()).gettext(text) if text else ""  # an empty text would give the catalogue's header


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for this
    """The unchanged text, marked for the catalogues: for constants, which are translated when they are used."""
    return text


def pgettext(context: str, text: str) -> str:
    """Like `_`, if one English word has several translations: `context` says which one is meant."""
    return _catalogue(present()).pgettext(context, text)


def plural(one: str, many: str, number: int, **values: object) -> str:
    """The right form, with the number as `{n}`: `plural("{n} article", "{n} articles", 1250)`."""
    return _catalogue(present()).ngettext(one, many, number).format(n=written(number), **values)


def in_each_language(text: str) -> tuple[str, ...]:
    """A text in all languages, to recognise messages that were posted before."""
    return tuple(dict.fromkeys(_catalogue(language).gettext(text) for language in sorted(languages())))


def written(number: int) -> str:
    """A number in a text: 1,250 or 1.250."""
    if present() == ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=present())


def decimal(number: float, digits: int) -> str:
    """12.5 or 12,5, with this many digits after the point."""
    if present() == ENGLISH:
        return f"{number:,.{digits}f}"
    from babel.numbers import format_decimal

    return format_decimal(number, format=f"#,##0.{'0' * digits}", locale=present())


def percent(share: float) -> str:
    """50% or 50 %."""
    if present() == ENGLISH:
        return f"{share:.0%}"
    from babel.numbers import format_percent

    return format_percent(share, locale=present())


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Babel is imported for the first catalogue that is needed: English needs none."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
