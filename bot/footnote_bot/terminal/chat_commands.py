"""What somebody types in a chat: a command, or else a question."""

from __future__ import annotations

from enum import StrEnum

from footnote.errors import FootnoteError


class ChatCommand(StrEnum):
    """The commands of a chat."""

    HELP = "help"
    NEW = "new"
    REBUILD = "rebuild"
    QUIT = "quit"


_OTHER_NAMES = {"exit": ChatCommand.QUIT}
_WITHOUT_SLASH = {"help", "quit", "exit"}


class NotACommand(FootnoteError):
    """A line begins with / and is no command, or has more after its command than that takes."""


def understood(line: str) -> tuple[ChatCommand | None, str]:
    """The command, if it is one, and the question, which may be empty. Raises NotACommand."""
    if line.casefold() in _WITHOUT_SLASH:
        line = f"/{line}"
    if not line.startswith("/"):
        return None, line
    word, _, rest = line.partition(" ")
    command = _named(word)
    if rest.strip() and command is not ChatCommand.NEW:
        raise NotACommand(f"/{command} stands alone. Type /{command}, or ask your question without it.")
    return command, rest.strip()


def _named(word: str) -> ChatCommand:
    name = word.removeprefix("/").casefold()
    try:
        return _OTHER_NAMES.get(name) or ChatCommand(name)
    except ValueError:
        raise NotACommand(f"There is no command {word}. /help shows those that there are.") from None
