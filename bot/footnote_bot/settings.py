"""The environment, read once in `main()`. docs/settings.md explains every variable."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError, field_validator

from footnote.answering.budget import Allowance, Allowances, Prices
from footnote.errors import SettingsError
from footnote.records.sharing import Share
from footnote_bot.setting_problems import problem
from footnote_bot.settings_fields import (
    ArticleSettings,
    DiscordSettings,
    ModelSettings,
    RecordSettings,
    RunningSettings,
    WebSettings,
)
from footnote_bot.shards import share_of

Limit = TypeVar("Limit", int, float)

_MEMBERS_SHARE = 10
_DATABASE = "footnote.sqlite"


class Settings(DiscordSettings, ArticleSettings, ModelSettings, RecordSettings, WebSettings, RunningSettings):
    """Plain values for the composition root. A real environment variable overrides the `.env` file."""

    @field_validator("discord_guild_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("articles", "data")
    @classmethod
    def _from_home(cls, folder: Path) -> Path:
        written = os.path.expandvars(folder.expanduser())
        if unset := re.search(r"\$\{?\w+", written):
            raise ValueError(f"{unset[0]} in it is not set")
        return Path(written)

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("openai_api_key", "chroma_token")
    @classmethod
    def _fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        if key and not re.fullmatch(r"[\x21-\x7e]+", key.get_secret_value()):
            raise ValueError("it contains a character that cannot be in a key")
        return key

    @property
    def uses_language_model(self) -> bool:
        """Raises SettingsError when a model is configured but cannot be reached with these settings."""
        if self.answerer == "openai" and not self._has_openai_server:
            raise SettingsError(
                "FOOTNOTE_ANSWERER is openai, but no model is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL "
                "for your own server."
            )
        return self._has_openai_server and self.answerer != "extractive"

    @property
    def uses_embedding_server(self) -> bool:
        """Raises SettingsError when a server is configured but cannot be reached with these settings."""
        if self.embedder == "openai" and not self._has_openai_server:
            raise SettingsError(
                "FOOTNOTE_EMBEDDER is openai, but no server is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL "
                "for your own server."
            )
        return self.embedder == "openai"

    @property
    def model_host(self) -> str | None:
        """The host that questions are sent to; None: nowhere."""
        if not (self.uses_language_model or self.uses_embedding_server):
            return None
        return urlsplit(self.openai_base_url or "https://api.openai.com").hostname

    @property
    def openai_key(self) -> str | None:
        return self.openai_api_key.get_secret_value() if self.openai_api_key else None

    @property
    def chroma_key(self) -> str | None:
        return self.chroma_token.get_secret_value() if self.chroma_token else None

    @property
    def _has_openai_server(self) -> bool:
        return bool(self.openai_api_key or self.openai_base_url)

    @property
    def prices(self) -> Prices:
        """The prices of the language model. Raises SettingsError when dollars are limited and no prices are set."""
        dollars = (self.daily_dollars, self.daily_dollars_per_user, self.daily_dollars_per_server)
        prompt, completion = self.openai_price_input, self.openai_price_output
        if any(limit is not None for limit in dollars) and (prompt is None or completion is None):
            raise SettingsError(
                "A limit in dollars needs the model's prices. Set OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT, in "
                "dollars per million tokens."
            )
        cached = prompt if self.openai_price_cached_input is None else self.openai_price_cached_input
        return Prices(prompt or 0.0, cached or 0.0, completion or 0.0)

    @property
    def allowances(self) -> Allowances:
        """What the language model may cost in a day."""
        return Allowances(
            user=Allowance(
                _share(self.daily_tokens_per_user, self.daily_tokens_per_server, self.daily_tokens),
                _share(self.daily_dollars_per_user, self.daily_dollars_per_server, self.daily_dollars),
            ),
            guild=Allowance(self.daily_tokens_per_server, self.daily_dollars_per_server),
            everybody=Allowance(self.daily_tokens, self.daily_dollars),
        )

    @property
    def database(self) -> str:
        """Where answers and verdicts are stored, as a SQLAlchemy URL."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.own_database.as_posix()}"

    @property
    def share(self) -> Share:
        """Which servers this process looks after. Raises SettingsError when other processes could not see what it has
        done.
        """
        share = share_of(self.discord_shards)
        if not share.is_whole and not (self.database_url and self.database.startswith("postgres")):
            raise SettingsError(
                "DISCORD_SHARDS gives this process some of the shards, and all processes need one PostgreSQL database. "
                "Set DATABASE_URL to it for all of them."
            )
        return share

    @property
    def own_database(self) -> Path:
        """The SQLite file that is used without DATABASE_URL."""
        return self.data / _DATABASE

    @property
    def shared_database(self) -> str:
        """The database of a shared index. Raises SettingsError when each Footnote would have its own."""
        if self.database_url is None:
            raise SettingsError(
                "CHROMA_URL is for several Footnotes that share an index, and they need one database too. "
                "Set DATABASE_URL to the same database for all of them."
            )
        return self.database

    @property
    def has_database(self) -> bool:
        """Whether answers were stored here before, as far as is known without opening the database."""
        return self.database_url is not None or self.own_database.exists()


def _share(own: Limit | None, *limits: Limit | None) -> Limit | None:
    """What one member may use in a day: `own` if that is set, or else a tenth of the smallest limit."""
    smallest = min((limit for limit in limits if limit is not None), default=None)
    if own is not None or smallest is None:
        return own
    return type(smallest)(smallest / _MEMBERS_SHARE)


def read_settings() -> Settings:
    """Raises SettingsError, which names the variable and what it should be; values are not repeated, because some are
    secret.
    """
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(
            "The file .env is not UTF-8 text. Save it as UTF-8; .env.example shows the format."
        ) from error
    except ValidationError as error:
        raise SettingsError(problem(error.errors(include_input=False)[0])) from error
