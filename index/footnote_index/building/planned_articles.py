"""The articles of a build while it is planned and written: in a file, so that they need not all be in memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from footnote.models import Article


class PlannedArticles(Mapping[str, Article]):
    """Articles by id, in the order in which they came. Each access reads the article from the file.

    It can be sent to another process, which then reads the same file, and adds nothing.
    """

    def __init__(self, file: Path) -> None:
        """`file` belongs to this build: what an earlier one left there is deleted."""
        self._file = file
        self._begins: dict[str, int] = {}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        self._written = file.open("xb", buffering=0)

    def add(self, article: Article) -> None:
        self._begins[article.id] = self._written.tell()
        self._written.write(pickle.dumps(article))

    def leave_out(self, names: Iterable[str]) -> None:
        for name in names:
            del self._begins[name]

    def __getitem__(self, name: str) -> Article:
        with self._file.open("rb") as stream:
            stream.seek(self._begins[name])
            article: Article = pickle.load(stream)  # noqa: S301 - what `add` has written
        return article

    def __iter__(self) -> Iterator[str]:
        return iter(self._begins)

    def __len__(self) -> int:
        return len(self._begins)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._written.close()
        self._file.unlink(missing_ok=True)

    def __getstate__(self) -> dict[str, Any]:
        return {"_file": self._file, "_begins": self._begins}
