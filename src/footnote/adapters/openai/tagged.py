"""Data inside a prompt: JSON between tags, which nothing that somebody wrote can close. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

# What nobody sees can still be read by a model: control and format characters, and letters made of Unicode's tags. The
# joiners (200c, 200d) stay: Persian and Hindi are written with them.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e0fff]"
)


def tagged(tag: str, lines: Sequence[str]) -> str:
    """Lines between `<tag>` and `</tag>`. Only `as_json` may write into them what articles and readers say."""
    return "\n".join([f"<{tag}>", *lines, f"</{tag}>"])


def as_json(value: object) -> str:
    """On one line and without `<`."""
    return UNSEEN.sub("", json.dumps(value, ensure_ascii=False)).replace("<", "\\u003c")
