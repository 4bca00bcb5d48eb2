"""The full list of what the last build skipped, left out, could not fetch or found suspicious, stored next to the
index.

A build reports only the first few. The full list can be read afterwards, without another build.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from footnote_index.building.reports import BuildReport, Duplicate, NotFetched, Skipped, Warned
from footnote_index.storage.disk import write_durably


@dataclass(frozen=True, slots=True)
class SetAside:
    """The full list of the last build; `warned` also has the warnings of earlier builds. `generation` was live then,
    and fails those canary questions.
    """

    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    warned: tuple[Warned, ...] = ()
    not_fetched: tuple[NotFetched, ...] = ()
    failed_canaries: tuple[str, ...] = ()
    generation: str | None = None

    def __len__(self) -> int:
        kinds = (self.skipped, self.duplicates, self.warned, self.not_fetched, self.failed_canaries)
        return sum(map(len, kinds))

    def failing_on(self, generation: str) -> tuple[str, ...]:
        """The canary questions that are known to fail on it."""
        return self.failed_canaries if generation == self.generation else ()

    def lines(self) -> Iterator[str]:
        """A line for each, in the words of a build."""
        yield from (f"Skipped {one.article_id}: {one.reason}." for one in self.skipped)
        yield from (f"Not fetched: {one.url}: {one.reason}." for one in self.not_fetched)
        yield from (f"Left out {one.article_id}: the same text as {one.original_id}." for one in self.duplicates)
        yield from (f"Check {one.article_id}: it contains {one.found}." for one in self.warned)
        yield from (f"A canary question fails: {one}." for one in self.failed_canaries)


def keep(data: Path, report: BuildReport) -> None:
    """Keeps what was said before about articles that have not changed. Raises OSError."""
    before = read(data) or SetAside()
    unchanged = {*report.difference.unchanged}
    warned = [*(one for one in before.warned if one.article_id in unchanged), *report.warned]
    kept = SetAside(
        report.skipped,
        report.duplicates,
        tuple({one.article_id: one for one in warned}.values()),
        report.not_fetched,
        report.failed_canaries,
        report.generation,
    )
    file = _file(data)
    file.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(asdict(kept), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    write_durably(file.with_suffix(".new").open("wb"), content, file)


def read(data: Path) -> SetAside | None:
    """None when no build has stored one, or its file is damaged."""
    try:
        fields = json.loads(_file(data).read_bytes())
        return SetAside(
            tuple(Skipped(**one) for one in fields["skipped"]),
            tuple(Duplicate(**one) for one in fields["duplicates"]),
            tuple(Warned(**one) for one in fields["warned"]),
            tuple(NotFetched(**one) for one in fields["not_fetched"]),
            tuple(fields.get("failed_canaries", ())),
            fields.get("generation"),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(data: Path) -> Path:
    return data / "index" / "set_aside.json"
