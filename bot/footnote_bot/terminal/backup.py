"""Index and database into one file, and back. Blocking, with its own event loops."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from footnote.adapters.database import dump
from footnote.errors import BackupError, DamagedIndex, FootnoteError
from footnote_bot.settings import Settings
from footnote_bot.terminal import archive
from footnote_index.building.reports import Status
from footnote_index.storage import backup, data_folder
from footnote_index.storage.disk import told_when_full
from footnote_index.storage.generations import Generations

log = logging.getLogger(__name__)

OnStep = Callable[[str, int, int | None], None]
"""Called with the current step, and how much of how much is done."""

_NOTHING_YET = "There is no index and no database yet. Run `footnote index build` first."
_NOTHING_HERE = "The index is on the Chroma server, and there is no database yet: there is nothing to back up here."
_DATABASE = "database"
_STAGING = "restoring-"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What went into the file; None if there was none. `rows` counts those of each table."""

    generation: Status | None
    rows: dict[str, int] | None
    has_index_elsewhere: bool


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """What came out of the file, and where the previous data is kept.

    `why_no_index` says why the index in it could not be used.
    """

    generation: Status | None
    rows: dict[str, int] | None
    index_before: str | None
    database_before: str | None
    why_no_index: str | None


def back_up(settings: Settings, file: Path, on_step: OnStep) -> BackedUp:
    """Works while a bot is running. Raises BackupError, SettingsError, DamagedIndex, DiskFull."""
    if file.exists():
        raise BackupError(f"{file} already exists. Choose another name, or move it.")
    if not os.access(file.absolute().parent, os.W_OK):
        raise BackupError(f"{file.absolute().parent} is not a folder that Footnote can write to. Choose another one.")
    is_elsewhere = settings.chroma_url is not None
    with tempfile.TemporaryDirectory(prefix="footnote-", dir=file.absolute().parent) as temporary:
        folder = Path(temporary)
        with told_when_full(folder):
            contents = dump.export_rows(
                settings.database, folder / _DATABASE, lambda rows: on_step("reading the database", rows, None)
            )
            status = None
            if not is_elsewhere:
                status = backup.save(settings.data, folder, lambda *done: on_step("copying the index", *done))
        if contents is None and status is None:
            raise BackupError(_NOTHING_HERE if is_elsewhere else _NOTHING_YET)
        about = {"footnote": version("footnote"), "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
        archive.pack(folder, about, file, lambda *done: on_step("packing", *done))
    return BackedUp(status, contents.rows if contents else None, is_elsewhere)


def restore(settings: Settings, file: Path, *, may_move_aside: bool, on_step: OnStep) -> RestoredBackup:
    """Everything is checked before anything is changed, and the last two steps are the commit of the database and the
    switch of the index. Raises BackupError, DataInUse, SettingsError, DiskFull.
    """
    with data_folder.locked(settings.data), _staging(settings.data) as folder:
        archive.unpack(file, folder, lambda *done: on_step("unpacking", *done))
        with _found_sound(file):
            backup.check_fetched(folder)
            contents = dump.read_contents(folder / _DATABASE) if (folder / _DATABASE).is_dir() else None
        if not may_move_aside:
            _refuse_to_replace(settings)
        aside = f"before_{datetime.now(UTC):%Y%m%d_%H%M%S}"
        with _found_sound(file):
            fresh, why_not = _fresh_generation(settings, folder, on_step)
        database_before = None
        try:
            if contents:
                with _found_sound(file):
                    database_before = dump.import_rows(
                        settings.database,
                        folder / _DATABASE,
                        aside=aside if may_move_aside else None,
                        on_row=lambda row: on_step("filling the database", row, sum(contents.rows.values())),
                    )
        except BaseException:
            if fresh:
                fresh.discard()
            raise
        index_before = fresh.go_live() if fresh else None
        backup.restore_fetched(folder, settings.data, aside)
        live = Generations(settings.data).live() if fresh else None
        return RestoredBackup(
            live.read_manifest() if live else None,
            contents.rows if contents else None,
            index_before,
            database_before,
            why_not,
        )


@contextmanager
def _found_sound(file: Path) -> Iterator[None]:
    """Checksums prove that a file is as it was written, but not who wrote it: its content may have any form."""
    try:
        yield
    except (FootnoteError, KeyboardInterrupt):
        raise
    except Exception as error:
        log.debug("%s cannot be restored", file, exc_info=True)
        raise archive.damaged(file) from error


def _refuse_to_replace(settings: Settings) -> None:
    if Generations(settings.data).live():
        raise BackupError(f"{settings.data} already contains an index. With --yes it is kept next to the restored one.")
    if dump.holds_rows(settings.database):
        raise BackupError("The database already contains answers. With --yes they are moved aside first.")


def _fresh_generation(
    settings: Settings, folder: Path, on_step: OnStep
) -> tuple[backup.RestoredGeneration | None, str | None]:
    """The index of the backup, or else why there is none."""
    saved = backup.saved_generation(folder)
    if saved is None:
        return None, None
    if settings.chroma_url is not None:
        return None, "CHROMA_URL names a server. Run `footnote index build`"
    try:
        saved.read_manifest()
    except DamagedIndex as error:  # intact according to the checksums, but in another format
        return None, f"{error.what}. Run `footnote index build`"
    return backup.RestoredGeneration(settings.data, saved, lambda *done: on_step("writing the index", *done)), None


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    for left in data.glob(f"{_STAGING}*"):  # by a restore that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_STAGING, dir=data) as folder:
        yield Path(folder)
