"""Puts all marked texts into the bot's catalogues: `python scripts/write_catalogue.py`, after you have changed a text.

Existing translations stay, new texts come without one, and texts that are gone are dropped. For a new language, copy
the head of de.po into LANGUAGE.po first, up to its first empty line.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from discord.ext import commands

from footnote_bot import cogs
from footnote_bot.translations.commands import texts_of

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "bot" / "footnote_bot"
CATALOGUES = SOURCES / "translations"

_KEYWORDS = {**DEFAULT_KEYWORDS, "plural": (1, 2)}


def marked() -> Catalog:
    """All marked texts, each with its file. Without line numbers, which would change with every commit."""
    found = Catalog(charset="utf-8")
    texts = [
        (file_of(SOURCES / name), text, comments, context)
        for name, _, text, comments, context in extract_from_dir(SOURCES, keywords=_KEYWORDS, comment_tags=["NOTE:"])
    ]
    for cog in _cogs():
        made = cog.__new__(cog)  # which makes its commands; what they need to work is not needed here
        file = f"bot/{cog.__module__.replace('.', '/')}.py"
        for command in [made.app_command] if made.app_command else made.get_app_commands():
            texts += [(file, text, [], context) for context, text in texts_of(command)]
    for file, text, comments, context in sorted(texts, key=_place):
        found.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    return found


def file_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _place(text: tuple[str, str | tuple[str, ...], list[str], str | None]) -> tuple[str, str]:
    """The same on each Python: they read f-strings in different orders."""
    return text[0], str(text[1])


def _cogs() -> Iterator[type[commands.Cog]]:
    for module in pkgutil.iter_modules(cogs.__path__, f"{cogs.__name__}."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, commands.Cog) and one.__module__ == module.name:
                yield one


def updated(old: str, language: str) -> str:
    """The catalogue with today's texts. Its head is kept as it is: comments, and what gettext wants to know."""
    head, _, _ = old.partition("\n\n")
    catalogue = read_po(io.BytesIO(old.encode()), locale=language, abort_invalid=True)
    catalogue.update(marked(), no_fuzzy_matching=True)
    written = io.BytesIO()
    write_po(
        written, catalogue, width=120, omit_header=True, ignore_obsolete=True, sort_by_file=True, include_lineno=False
    )
    return f"{head.rstrip()}\n\n{written.getvalue().decode().strip()}\n"


def main() -> None:
    for file in sorted(CATALOGUES.glob("*.po")):
        file.write_text(updated(file.read_text(encoding="utf-8"), file.stem), encoding="utf-8")
        with file.open("rb") as written:
            missing = [one for one in read_po(written, locale=file.stem) if one.id and not _is_translated(one.string)]
        print(f"{file.relative_to(ROOT)}: {len(missing)} without a translation", file=sys.stderr)


def _is_translated(text: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(text) if text is None or isinstance(text, str) else all(text)


if __name__ == "__main__":
    main()
