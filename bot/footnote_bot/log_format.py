"""Lines of the log: text for people, or JSON objects for programs. Each names the question that it belongs to."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from footnote_bot.settings_fields import LogFormat

_question: ContextVar[int | None] = ContextVar("question", default=None)


def begin_question(number: int) -> None:
    """From here on, what this task and the tasks that it starts log belongs to this question.

    `number` is Discord's id of the message or interaction that asked.
    """
    _question.set(number)


class _Console(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        number = _question.get()
        if number is None:
            return line
        first, end, others = line.partition("\n")
        return f"{first} (question {number}){end}{others}"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (number := _question.get()) is not None:
            fields["question"] = str(number)  # longer than JavaScript's numbers
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def formatter(form: LogFormat) -> logging.Formatter:
    return _Json() if form == "json" else _Console()
