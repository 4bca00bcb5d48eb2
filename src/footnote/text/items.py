"""How an item of a list begins."""

from __future__ import annotations

import re

ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
