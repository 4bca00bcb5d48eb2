"""Records, the reading room, and running."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from footnote_bot.server_addresses import WebAddress
from footnote_bot.settings_fields.section import SettingsSection

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["console", "json"]


class RecordSettings(SettingsSection):
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
    """How often, in days, the review channel gets a summary of questions and verdicts, with a chart. 0: never."""


class WebSettings(SettingsSection):
    """Web pages"""

    web_port: Annotated[int | None, Field(ge=1, le=65535, validation_alias="FOOTNOTE_WEB_PORT")] = None
    """The port of the reading room: pages that show answers next to their sources. Empty: the bot serves no pages."""

    web_host: Annotated[str, Field(validation_alias="FOOTNOTE_WEB_HOST")] = "127.0.0.1"
    """The address that the port is opened on. 127.0.0.1: only this machine, for example a proxy that adds https."""

    web_url: Annotated[WebAddress | None, Field(validation_alias="FOOTNOTE_WEB_URL")] = None
    """The public address of the pages, such as https://footnote.example. Footnotes in Discord then lead there."""

    web_link_days: Annotated[int, Field(ge=0, le=36500, validation_alias="FOOTNOTE_WEB_LINK_DAYS")] = 365
    """For how many days after the question the links to an answer and its sources work. 0: forever."""

    web_corrections: Annotated[bool, Field(validation_alias="FOOTNOTE_WEB_CORRECTIONS")] = False
    """Whether there is a page, /corrections, of what moderators corrected or withdrew in channels that every member of
    the server can read. Everybody who knows the address of the pages can read it, without a signed link.
    """


class RunningSettings(SettingsSection):
    """Running"""

    log_level: LogLevel = "INFO"
    """DEBUG, INFO, WARNING or ERROR. Questions and answers are never logged at INFO or above."""

    log_format: LogFormat = "console"
    """`console`: lines for people. `json`: an object a line, for programs that collect logs."""
