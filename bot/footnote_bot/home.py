"""Where the settings say that generations are kept."""

from __future__ import annotations

from footnote_bot.settings import Settings
from footnote_index.storage.generations import Generations
from footnote_index.storage.home import Home


def home_of(settings: Settings) -> Home:
    """The data folder, or the Chroma server; nothing is opened yet."""
    if settings.chroma_url is None:
        return Generations(settings.data)
    from footnote_index.server.connection import ChromaServer  # here: they bring Chroma
    from footnote_index.server.generations import SharedGenerations

    return SharedGenerations(settings.data, ChromaServer(settings.chroma_url, settings.chroma_key))
