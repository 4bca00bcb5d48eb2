"""Answers that can be read without embeds: members can switch embeds off, and phones show them narrower."""

from __future__ import annotations

import discord

from footnote_bot.render.markdown import width

CONTENT_LIMIT = 2000
"""UTF-16 units of the text of a message."""


def text_of(embed: discord.Embed, *, room: int = CONTENT_LIMIT) -> str | None:
    """Takes as much of the embed's description as fits into this much room; None when nothing fits.

    It is cut between lines, or else between words; but not inside what is struck out.
    """
    lines = (embed.description or "").split("\n")
    taken: list[str] = []
    while lines and width("\n".join([*taken, lines[0]])) <= room:
        taken.append(lines.pop(0))
    if not taken and lines and "~~" not in lines[0]:
        beginning = lines[0][: room // 2].rpartition(" ")[0]  # a character takes two units at most
        if beginning:
            taken, lines[0] = [beginning], lines[0][len(beginning) + 1 :]
    rest = "\n".join(lines).strip("\n")
    embed.description = rest or None
    return "\n".join(taken).strip("\n") or None
