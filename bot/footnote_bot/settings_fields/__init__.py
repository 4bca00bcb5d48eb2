"""Every setting, its default, and what it means. docs/settings.md and .env.example are made from this folder."""

from __future__ import annotations

from pydantic_settings import BaseSettings

from footnote_bot.settings_fields.models import OPENAI_EMBEDDING_MODEL, OPENAI_MODEL, ModelSettings
from footnote_bot.settings_fields.operation import LogFormat, LogLevel, RecordSettings, RunningSettings, WebSettings
from footnote_bot.settings_fields.section import variable
from footnote_bot.settings_fields.use import ArticleSettings, DiscordSettings

SECTIONS: tuple[type[BaseSettings], ...] = (
    DiscordSettings,
    ArticleSettings,
    ModelSettings,
    RecordSettings,
    WebSettings,
    RunningSettings,
)

__all__ = [
    "OPENAI_EMBEDDING_MODEL",
    "OPENAI_MODEL",
    "SECTIONS",
    "ArticleSettings",
    "DiscordSettings",
    "LogFormat",
    "LogLevel",
    "ModelSettings",
    "RecordSettings",
    "RunningSettings",
    "WebSettings",
    "variable",
]
