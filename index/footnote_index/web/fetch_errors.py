"""Why something was not fetched."""

from __future__ import annotations


class Unfetched(Exception):
    """It was not fetched this time; `str(error)` is the reason, without the address. What was fetched before stays."""


class Unreachable(Unfetched):
    """Its server does not answer properly: its other pages would fail too."""


class Postponed(Unfetched):
    """It was not even requested: its host is left alone until the next build."""


class Refused(Unfetched):
    """Its server refuses it (4xx)."""


class Gone(Refused):
    """Its server says that it does not exist, or no longer exists."""
