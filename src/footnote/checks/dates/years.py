"""How years look that articles are about."""

from __future__ import annotations

YEAR = r"(?:1[5-9]|20)\d\d"
"""A pattern for 1500 to 2099."""
