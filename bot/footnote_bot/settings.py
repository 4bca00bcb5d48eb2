"""The environment, read once in `main()`. Every variable is explained in .env.example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, ValidationError, WebsocketUrl, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from footnote.budget import Allowance, Allowances, Prices
from footnote.errors import SettingsError


def _server(url: str, *, example: str = "http://127.0.0.1:11434/v1") -> str:
    """The address of a server, which may have a path."""
    try:
        parsed = HttpUrl(url)
    except ValidationError:
        parsed = None
    if parsed is None or parsed.username or parsed.password or parsed.query or parsed.fragment:
        raise ValueError(f"it is not an address such as {example}")
    return url


def _bare_server(url: str) -> str:
    bare = _server(url, example="http://127.0.0.1:8000").rstrip("/")
    if HttpUrl(bare).path not in {None, "/"}:
        raise ValueError("it is not an address such as http://127.0.0.1:8000, without a path")
    return bare


def _gateway(url: str) -> str:
    try:
        WebsocketUrl(url)
    except ValidationError as error:
        raise ValueError("it is not an address such as wss://gateway.discord.gg") from error
    return url


LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]

OPENAI_MODEL = "gpt-5.4-mini"
"""The smallest of OpenAI's models that knows JSON schemas and had no date of retirement when this was written."""

OPENAI_EMBEDDING_MODEL = "text-embedding-3-small"
"""The cheapest of OpenAI's current models for vectors."""


Limit = TypeVar("Limit", int, float)

_MEMBERS_SHARE = 10
_DATABASE = "footnote.sqlite"


class Settings(BaseSettings):
    """Plain values for the composition root. A real environment variable beats the `.env` file."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    discord_token: SecretStr | None = None
    discord_api_url: Annotated[str, AfterValidator(_server)] | None = None
    discord_gateway_url: Annotated[str, AfterValidator(_gateway)] | None = None
    discord_guild_ids: Annotated[tuple[int, ...], NoDecode] = ()
    discord_leave_other_guilds: bool = True
    articles: Annotated[Path, Field(validation_alias="FOOTNOTE_ARTICLES")] = Path("articles")
    data: Annotated[Path, Field(validation_alias="FOOTNOTE_DATA")] = Path("var")
    allow_private_addresses: Annotated[bool, Field(validation_alias="FOOTNOTE_ALLOW_PRIVATE_ADDRESSES")] = False
    direct_messages: Annotated[bool, Field(validation_alias="FOOTNOTE_DIRECT_MESSAGES")] = True
    answerer: Annotated[Literal["auto", "extractive", "openai"], Field(validation_alias="FOOTNOTE_ANSWERER")] = "auto"
    embedder: Annotated[Literal["minilm", "openai"], Field(validation_alias="FOOTNOTE_EMBEDDER")] = "minilm"
    watch_minutes: Annotated[float | None, Field(gt=0, validation_alias="FOOTNOTE_WATCH_MINUTES")] = None
    answers_age_days: Annotated[int, Field(ge=0, le=36500, validation_alias="FOOTNOTE_ANSWERS_AGE_DAYS")] = 30
    digest_days: Annotated[int, Field(ge=0, le=365, validation_alias="FOOTNOTE_DIGEST_DAYS")] = 7
    keep_days: Annotated[int, Field(ge=0, le=36500, validation_alias="FOOTNOTE_KEEP_DAYS")] = 0
    undo_minutes: Annotated[float, Field(ge=0, validation_alias="FOOTNOTE_UNDO_MINUTES")] = 10.0
    questions_per_minute: Annotated[int, Field(ge=0, validation_alias="FOOTNOTE_QUESTIONS_PER_MINUTE")] = 6
    questions_at_once: Annotated[int, Field(ge=0, validation_alias="FOOTNOTE_QUESTIONS_AT_ONCE")] = 2
    server_questions_per_minute: Annotated[
        int, Field(ge=0, validation_alias="FOOTNOTE_SERVER_QUESTIONS_PER_MINUTE")
    ] = 60
    server_questions_at_once: Annotated[int, Field(ge=0, validation_alias="FOOTNOTE_SERVER_QUESTIONS_AT_ONCE")] = 8
    openai_api_key: SecretStr | None = None
    openai_base_url: Annotated[str, AfterValidator(_server)] | None = None
    openai_model: str = OPENAI_MODEL
    openai_judge_model: str | None = None
    openai_temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    openai_max_tokens: Annotated[int, Field(gt=0)] = 2000
    openai_time_limit: Annotated[float, Field(gt=0, le=90)] = 28.0
    openai_retries: Annotated[int, Field(ge=0, le=10)] = 2
    openai_price_input: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    openai_price_cached_input: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    openai_price_output: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    daily_tokens: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS")] = None
    daily_tokens_per_user: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS_PER_USER")] = None
    daily_tokens_per_server: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS_PER_SERVER")] = (
        None
    )
    daily_dollars: Annotated[float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS")] = None
    daily_dollars_per_user: Annotated[float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS_PER_USER")] = (
        None
    )
    daily_dollars_per_server: Annotated[
        float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS_PER_SERVER")
    ] = None
    openai_embedding_model: str = OPENAI_EMBEDDING_MODEL
    openai_embedding_price: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    openai_embedding_tokens_per_minute: Annotated[int, Field(gt=0)] | None = None
    chroma_url: Annotated[str, AfterValidator(_bare_server)] | None = None
    chroma_token: SecretStr | None = None
    database_url: SecretStr | None = None
    log_level: LogLevel = "INFO"

    @field_validator("discord_guild_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("articles", "data")
    @classmethod
    def _from_home(cls, folder: Path) -> Path:
        return folder.expanduser()

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("openai_api_key", "chroma_token")
    @classmethod
    def _fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        if key and not re.fullmatch(r"[\x21-\x7e]+", key.get_secret_value()):
            raise ValueError("it has a blank or a character that no key has")
        return key

    @property
    def uses_language_model(self) -> bool:
        """Raises SettingsError when a model is asked for and there is no way to reach one."""
        if self.answerer == "openai" and not self._has_openai_server:
            raise SettingsError(
                "FOOTNOTE_ANSWERER is openai, and there is no model to ask. "
                "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."
            )
        return self._has_openai_server and self.answerer != "extractive"

    @property
    def uses_embedding_server(self) -> bool:
        """Raises SettingsError when one is asked for and there is no way to reach one."""
        if self.embedder == "openai" and not self._has_openai_server:
            raise SettingsError(
                "FOOTNOTE_EMBEDDER is openai, and there is no server to ask. "
                "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."
            )
        return self.embedder == "openai"

    @property
    def model_host(self) -> str | None:
        """Where questions are sent; None: nowhere."""
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
        """Of the language model. Raises SettingsError when dollars are limited and nobody says what a token costs."""
        dollars = (self.daily_dollars, self.daily_dollars_per_user, self.daily_dollars_per_server)
        prompt, completion = self.openai_price_input, self.openai_price_output
        if any(limit is not None for limit in dollars) and (prompt is None or completion is None):
            raise SettingsError(
                "A limit in dollars needs the model's prices. "
                "Set OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT, in dollars for a million tokens."
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
        """Where answers and verdicts are kept, as a SQLAlchemy URL."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{(self.data / _DATABASE).as_posix()}"

    @property
    def shared_database(self) -> str:
        """For what belongs to a shared index. Raises SettingsError when each Footnote would have its own."""
        if self.database_url is None:
            raise SettingsError(
                "CHROMA_URL is for several Footnotes that share an index, and they need one database too. "
                "Set DATABASE_URL to the same database for all of them."
            )
        return self.database

    @property
    def has_database(self) -> bool:
        """Whether answers were kept here before, as far as can be told without opening it."""
        return self.database_url is not None or (self.data / _DATABASE).exists()


def _share(own: Limit | None, *limits: Limit | None) -> Limit | None:
    """What one member may take in a day: `own` where that is set, else a tenth of the smallest limit there is."""
    smallest = min((limit for limit in limits if limit is not None), default=None)
    if own is not None or smallest is None:
        return own
    return type(smallest)(smallest / _MEMBERS_SHARE)


def read_settings() -> Settings:
    """Raises SettingsError that names the variable and what it should be; values are not repeated, some are secret."""
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError("The file .env is not UTF-8 text. Save it as such; .env.example shows its form.") from error
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = str(first["loc"][0]).upper()
        problem = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} is not usable: {problem}. See .env.example for what it may be.") from error
