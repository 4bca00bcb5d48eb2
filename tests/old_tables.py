"""Databases from earlier versions of Footnote, with an answer on record."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from footnote.adapters.database import open_engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "footnote.adapters.database:migrations")
    return config


REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())
"""All versions of the tables, the present one last."""

_ROWS = """
INSERT INTO answers (question, answered, confidence, answerer, generation, asker_id, channel_id, asked_at,
    posted_channel_id, posted_message_id, shown)
VALUES ('When?', true, 0.9, 'extractive', 'g1', 1, 2, '2026-03-01 12:00:00', 3, 4, 'approved');
INSERT INTO claims (answer_id, position, text, support) VALUES (1, 0, 'It opened in 1932.', 0.9);
INSERT INTO citations (answer_id, claim_position, position, number, article_id, version, title, start, "end", quote)
VALUES (1, 0, 0, 1, 'a.md', 'v', 'A', 0, 18, 'It opened in 1932.');
INSERT INTO verdicts (answer_id, decision, moderator_id, decided_at) VALUES (1, 'approved', 9, '2026-03-01 12:00:00')
"""


async def make_old_tables(url: str, revision: str) -> None:
    """With answer 1, posted as message 4 and approved."""
    config = _config()

    def make(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in _ROWS.split(";"):
            connection.exec_driver_sql(statement)

    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(make)
    await engine.dispose()
