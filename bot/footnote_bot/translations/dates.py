"""Days and times in the current language, for places without Discord's timestamps."""

from __future__ import annotations

from datetime import date, datetime

from footnote_bot.translations.language import ENGLISH, present


def long_date(day: date) -> str:
    """6 September 2021."""
    if present() == ENGLISH:
        return f"{day.day} {day:%B} {day.year}"
    from babel.dates import format_date

    return format_date(day, "long", locale=present())


def short_date(day: date, *, with_year: bool = False) -> str:
    """6 Sep, or 6 Sep 2021."""
    if present() == ENGLISH:
        return f"{day.day} {day:{'%b %Y' if with_year else '%b'}}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMd" if with_year else "MMMd", day, locale=present())


def date_and_time(moment: datetime) -> str:
    """6 September 2021 14:05 UTC."""
    if present() == ENGLISH:
        return f"{moment:%-d %B %Y %H:%M} UTC"
    from babel.dates import format_skeleton

    return f"{format_skeleton('yMMMMdHm', moment, locale=present())} UTC"
