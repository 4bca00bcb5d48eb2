"""What a language model is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from footnote.adapters.openai.dialect import Form, Messages, Schema
from footnote.ports import Asker, Spent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """What the model is to write within so many `seconds`, retries and simpler ways to ask included.

    `messages` depend on the form that its server can be held to (always lines without a `schema`), and on how many of
    the `parts` fit that may be left out from the end. `read` makes something of what was written, or raises
    AnswererError. With `read_cut_off` what was written counts though its end is missing, if that makes anything of it;
    such an answer is asked for as a stream. `on_text` gets all that has been written so far, again and again.
    """

    messages: Callable[[Form, int], Messages]
    seconds: float
    read: Callable[[str], T]
    read_cut_off: Callable[[str], T | None] | None = None
    parts: int = 0
    schema: Schema | None = None
    asker: Asker | None = None
    on_text: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What was made of what the model wrote, and what that took, attempts that failed included. `is_whole`: it came to
    its end.
    """

    said: T
    spent: Spent
    is_whole: bool = True
