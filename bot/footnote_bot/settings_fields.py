"""Every setting, its default, and what it means. docs/settings.md and .env.example are made from this file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from footnote_bot.server_addresses import WebAddress, bare_address, gateway_address, server_address
from footnote_bot.shards import GivenShards

LogFormat = Literal["console", "json"]
Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]

OPENAI_MODEL = "gpt-5.4-mini"
"""The smallest of OpenAI's models that supports JSON schemas and had no retirement date when this was written."""

OPENAI_EMBEDDING_MODEL = "text-embedding-3-small"
"""The cheapest of OpenAI's current embedding models."""


class _Section(BaseSettings):
    """A heading of docs/settings.md. The text below a setting is what people read about it."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)


class DiscordSettings(_Section):
    """Discord"""

    discord_token: SecretStr | None = None
    """The bot's token, from its page in Discord's developer portal. Without it, Footnote answers in the terminal."""

    discord_guild_ids: Annotated[tuple[int, ...], NoDecode] = ()
    """The ids of the servers that the bot serves, separated by commas. Commands appear there at once. Empty: the bot
    serves every server that invites it, and commands can take an hour to appear. In that case only the application's
    owner or team may change the index, and members with Manage Server while the bot is in a single server."""

    discord_leave_other_guilds: bool = True
    """Whether the bot leaves servers that DISCORD_GUILD_IDS does not name. `false`: it stays and says nothing."""

    direct_messages: Annotated[bool, Field(validation_alias="FOOTNOTE_DIRECT_MESSAGES")] = True
    """Whether members of these servers may ask in direct messages. Each server can forbid it with /setup."""

    discord_api_url: Annotated[str, AfterValidator(server_address)] | None = None
    """A REST proxy or test server to use instead of Discord, with the API version: http://127.0.0.1:8080/api/v10"""

    discord_gateway_url: Annotated[str, AfterValidator(gateway_address)] | None = None
    """The gateway that goes with DISCORD_API_URL. Empty: Discord's own."""

    discord_shards: GivenShards = None
    """Shards, which Discord asks for from 2,500 servers on. `auto`: as many as Discord advises. `8`: so many. `0-3/8`:
    the first four of eight, while other processes have the rest; see docs/operating.md. Empty: none."""

    questions_per_minute: Annotated[int, Field(ge=0, validation_alias="FOOTNOTE_QUESTIONS_PER_MINUTE")] = 6
    """How many questions a member may ask in a minute. Beyond that, a private reply says when to try again. Moderators
    have no limit. 0: no limit for anybody."""

    questions_at_once: Annotated[int, Field(ge=0, validation_alias="FOOTNOTE_QUESTIONS_AT_ONCE")] = 2
    """How many questions of one member are answered at the same time. 0: no limit."""

    server_questions_per_minute: Annotated[
        int, Field(ge=0, validation_alias="FOOTNOTE_SERVER_QUESTIONS_PER_MINUTE")
    ] = 60
    """How many questions a whole server may ask in a minute. All direct messages together count as one server.
    0: no limit."""

    server_questions_at_once: Annotated[int, Field(ge=0, validation_alias="FOOTNOTE_SERVER_QUESTIONS_AT_ONCE")] = 8
    """How many questions of one server are answered at the same time. The others wait; the member with the fewest
    questions in progress is next. 0: no limit."""


class ArticleSettings(_Section):
    """Articles and index"""

    articles: Annotated[Path, Field(validation_alias="FOOTNOTE_ARTICLES")] = Path("articles")
    """The folder of articles: .txt, .md, .html, .pdf, .docx and .epub files, subfolders included."""

    data: Annotated[Path, Field(validation_alias="FOOTNOTE_DATA")] = Path("var")
    """The folder for the index, the database and the converted models. Only one Footnote may use it at a time."""

    watch_minutes: Annotated[float | None, Field(gt=0, validation_alias="FOOTNOTE_WATCH_MINUTES")] = None
    """How often, in minutes, the bot checks whether articles have changed. If so, it rebuilds the index and says so in
    the review channel. Empty: it rebuilds only when asked to."""

    embedder: Annotated[Literal["minilm", "openai"], Field(validation_alias="FOOTNOTE_EMBEDDER")] = "minilm"
    """What turns text into vectors. `minilm`: all-MiniLM-L6-v2 on this machine, no key needed. `openai`: a model at
    OpenAI or at OPENAI_BASE_URL, which receives articles and questions. After a change, run `footnote index build`."""

    allow_private_addresses: Annotated[bool, Field(validation_alias="FOOTNOTE_ALLOW_PRIVATE_ADDRESSES")] = False
    """Whether sources.yaml may name pages of this machine and its network. `false`: only pages of the internet."""

    chroma_url: Annotated[str, AfterValidator(bare_address)] | None = None
    """A Chroma server (`chroma run`) that several Footnotes share, such as http://127.0.0.1:8000. Each has its own
    FOOTNOTE_DATA, and all share DATABASE_URL. Empty: the index is in FOOTNOTE_DATA."""

    chroma_token: SecretStr | None = None
    """The token for the Chroma server or the proxy in front of it. It is sent with each request, as `Authorization:
    Bearer` and as `X-Chroma-Token`, so use https. `chroma run` asks for no token: without a proxy, keep it in a private
    network."""


class ModelSettings(_Section):
    """Language model and embedding server"""

    answerer: Annotated[Literal["auto", "extractive", "openai"], Field(validation_alias="FOOTNOTE_ANSWERER")] = "auto"
    """What writes the answers. `extractive`: source sentences as they are, no key needed. `openai`: a language model,
    with source sentences as the fallback. `auto`: `openai` when OPENAI_API_KEY or OPENAI_BASE_URL is set."""

    openai_api_key: SecretStr | None = None
    """The key for OpenAI, or for the server at OPENAI_BASE_URL. Questions and the sentences found for them are sent
    there."""

    openai_base_url: Annotated[str, AfterValidator(server_address)] | None = None
    """A server with an OpenAI-compatible API, such as Ollama, vLLM or llama.cpp: http://127.0.0.1:11434/v1"""

    openai_model: str = OPENAI_MODEL
    """The name of the language model."""

    openai_embedding_model: str = OPENAI_EMBEDDING_MODEL
    """The name of the embedding model, when FOOTNOTE_EMBEDDER is `openai`. For Ollama: nomic-embed-text"""

    daily_tokens: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS")] = None
    """How many tokens the language model may use in a day (UTC). When they are used up, answers are source sentences
    and say so. In the terminal the limit holds for one run. Empty: no limit."""

    daily_tokens_per_user: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS_PER_USER")] = None
    """The same for one user. Empty: a tenth of the smaller of the other two limits."""

    daily_tokens_per_server: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS_PER_SERVER")] = (
        None
    )
    """The same for one Discord server. Empty: no limit."""

    daily_dollars: Annotated[float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS")] = None
    """How many US dollars the language model may cost in a day (UTC). Needs OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT.
    Empty: no limit."""

    daily_dollars_per_user: Annotated[float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS_PER_USER")] = (
        None
    )
    """The same for one user. Empty: a tenth of the smaller of the other two limits."""

    daily_dollars_per_server: Annotated[
        float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS_PER_SERVER")
    ] = None
    """The same for one Discord server. Empty: no limit."""

    openai_price_input: Dollars | None = None
    """What the model costs for input, in US dollars per million tokens. It also applies to the judge."""

    openai_price_cached_input: Dollars | None = None
    """What it costs for cached input. Empty: the same as other input."""

    openai_price_output: Dollars | None = None
    """What it costs for output, in US dollars per million tokens."""

    openai_judge_model: str | None = None
    """A second model that compares each claim with the sentences it cites, before anybody sees the answer. It can only
    drop claims. Answers are then shown whole, not claim by claim. Empty: no judge."""

    openai_temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    """The model's temperature, from 0 to 2."""

    openai_max_tokens: Annotated[int, Field(gt=0)] = 2000
    """How many tokens the model may write for one answer. A reasoning model also needs them for its thoughts: give it
    8000 or more."""

    openai_time_limit: Annotated[float, Field(gt=0, le=300)] = 28.0
    """How many seconds the model may take for a question, up to 300; then source sentences are shown instead. A slow
    model on your own machine needs more than the default. Rewriting a follow-up may use a quarter of the time; a judge,
    if there is one, has a quarter to itself."""

    openai_retries: Annotated[int, Field(ge=0, le=10)] = 2
    """How many times a request is repeated after a failure that may be temporary."""

    openai_embedding_price: Dollars | None = None
    """What the embedding model costs, in US dollars per million tokens, so that a build can announce its price.
    0: free. Empty: unknown."""

    openai_embedding_tokens_per_minute: Annotated[int, Field(gt=0)] | None = None
    """How many tokens a build may send to the embedding server in a minute. Empty: as many as the server accepts."""


class RecordSettings(_Section):
    """Recorded answers and review"""

    database_url: SecretStr | None = None
    """Where answers and verdicts are stored. PostgreSQL: postgresql://user:password@host/footnote. The database must
    exist; its tables are created at the first start. Empty: SQLite in FOOTNOTE_DATA."""

    keep_days: Annotated[int, Field(ge=0, le=36500, validation_alias="FOOTNOTE_KEEP_DAYS")] = 0
    """After how many days an answer loses its question and its asker, in the database and in Discord. The answer and
    its verdict stay, but an approved answer is no longer reused. 0: never."""

    answers_age_days: Annotated[int, Field(ge=0, le=36500, validation_alias="FOOTNOTE_ANSWERS_AGE_DAYS")] = 30
    """For how many days after the question a posted answer is checked against the articles. If a cited sentence has
    changed or is gone, the answer says so and goes back to review. 0: never."""

    undo_minutes: Annotated[float, Field(ge=0, validation_alias="FOOTNOTE_UNDO_MINUTES")] = 10.0
    """For how many minutes any moderator can undo a verdict, a ruling or an edit. 0: never."""

    digest_days: Annotated[int, Field(ge=0, le=365, validation_alias="FOOTNOTE_DIGEST_DAYS")] = 7
    """How often, in days, the review channel gets a summary of questions and verdicts, with a picture. 0: never."""


class WebSettings(_Section):
    """Web pages"""

    web_port: Annotated[int | None, Field(ge=1, le=65535, validation_alias="FOOTNOTE_WEB_PORT")] = None
    """The port of the reading room: pages that show answers beside their sources. Empty: the bot serves no pages."""

    web_host: Annotated[str, Field(validation_alias="FOOTNOTE_WEB_HOST")] = "127.0.0.1"
    """The address that the port is opened on. 127.0.0.1: only this machine, for example a proxy that adds https."""

    web_url: Annotated[WebAddress | None, Field(validation_alias="FOOTNOTE_WEB_URL")] = None
    """The public address of the pages, such as https://footnote.example. Footnotes in Discord then lead there."""

    web_link_days: Annotated[int, Field(ge=0, le=36500, validation_alias="FOOTNOTE_WEB_LINK_DAYS")] = 365
    """For how many days after the question the links to an answer and its sources work. 0: for ever."""

    web_corrections: Annotated[bool, Field(validation_alias="FOOTNOTE_WEB_CORRECTIONS")] = False
    """Whether everybody may read, at /corrections, what moderators changed in channels that all members can read."""


class RunningSettings(_Section):
    """Running"""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """DEBUG, INFO, WARNING or ERROR. Questions and answers are never logged at INFO or above."""

    log_format: LogFormat = "console"
    """`console`: lines for people. `json`: an object a line, for programs that collect logs."""


SECTIONS: tuple[type[BaseSettings], ...] = (
    DiscordSettings,
    ArticleSettings,
    ModelSettings,
    RecordSettings,
    WebSettings,
    RunningSettings,
)


def variable(section: type[BaseSettings], field: str) -> str:
    """The environment variable that a setting is read from."""
    return str(section.model_fields[field].validation_alias or field).upper()
