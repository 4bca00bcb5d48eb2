"""What the bot says to greetings, thanks and questions about itself. Pure."""

from __future__ import annotations

from footnote.answering.small_talk import SmallTalk, small_talk
from footnote_bot.translations.catalogue import N_

REPLIES = {
    SmallTalk.INTRODUCTION: N_(
        "I answer questions from a set of articles, and quote the sentence behind each answer. What would you like to "
        "know?"
    ),
    SmallTalk.THANKS: N_("You are welcome!"),
    SmallTalk.GREETING: N_(
        "Hello! I answer questions from a set of articles, and quote the sentence behind each answer. What would you "
        "like to know?"
    ),
    SmallTalk.ASSENT: N_("All right. Ask me whenever you want to know something from the articles."),
    SmallTalk.FAREWELL: N_("Goodbye! Ask me whenever you want to know something from the articles."),
}


def reply_to_small_talk(message: str) -> str | None:
    """One line, in English; None for everything that asks the articles something."""
    kind = small_talk(message)
    return REPLIES[kind] if kind else None
