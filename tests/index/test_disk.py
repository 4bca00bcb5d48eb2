"""Files are replaced in one step, and a full disk is recognised by what libraries say."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from footnote.errors import BuildError, DiskFull
from footnote_index.storage.disk import is_of_full_disk, taken, told_when_full, write_durably


def test_a_file_is_replaced_and_the_temporary_one_is_gone(tmp_path: Path) -> None:
    target = tmp_path / "live"
    target.write_bytes(b"a longer old content")
    write_durably((tmp_path / "live.new").open("wb"), b"new", target)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"live": b"new"}


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    target = tmp_path / "live"
    target.mkdir()
    with pytest.raises(IsADirectoryError):
        write_durably((tmp_path / "live.new").open("wb"), b"new", target)
    assert [*tmp_path.iterdir()] == [target]


def test_a_file_that_is_not_writable_leaves_nothing_behind(tmp_path: Path) -> None:
    fresh, target = tmp_path / "live.new", tmp_path / "live"
    target.write_bytes(b"old")
    fresh.touch()
    with pytest.raises(OSError, match="write"):
        write_durably(fresh.open("rb"), b"new", target)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"live": b"old"}


def test_the_size_of_a_folder_is_that_of_its_blocks(tmp_path: Path) -> None:
    assert taken(tmp_path) == 0
    (tmp_path / "inner").mkdir()
    for file in (tmp_path / "one", tmp_path / "inner/two"):
        file.write_bytes(b"a")
    (tmp_path / "link").symlink_to("one")
    used = sum((tmp_path / name).stat().st_blocks * 512 for name in ("one", "inner/two"))
    assert taken(tmp_path) - used == (tmp_path / "link").lstat().st_blocks * 512
    assert used >= 2 * 512


def test_the_size_of_no_folder_is_none(tmp_path: Path) -> None:
    assert taken(tmp_path / "missing") == 0


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No"),
        OSError(errno.EDQUOT, "No"),
        OSError(errno.EFBIG, "No"),
        sqlite3.OperationalError("database or disk is full"),
        RuntimeError("write failed: No space left on device"),
        ValueError("Disk quota exceeded"),
    ],
)
def test_libraries_say_in_many_ways_that_a_disk_is_full(error: Exception, tmp_path: Path) -> None:
    assert is_of_full_disk(error, tmp_path)


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "No"), ValueError("28"), RuntimeError("it is full of errors")])
def test_other_errors_are_not_of_a_full_disk(error: Exception, tmp_path: Path) -> None:
    assert not is_of_full_disk(error, tmp_path / "not/there/yet")


def test_a_cause_or_what_was_handled_meanwhile_may_say_it(tmp_path: Path) -> None:
    full, middle, outer, last = OSError(errno.ENOSPC, "No"), KeyError(), ValueError(), RuntimeError()
    middle.__context__, outer.__cause__, last.__context__ = full, middle, outer
    assert is_of_full_disk(last, tmp_path)


def test_a_full_disk_is_told_with_its_cause(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No")
    with pytest.raises(DiskFull, match="the index is unchanged") as told, told_when_full(tmp_path):
        raise full
    assert str(tmp_path) in str(told.value)
    assert told.value.__cause__ is full


@pytest.mark.parametrize("error", [ValueError("broken"), BuildError("The disk is full of articles.")])
def test_other_errors_and_our_own_stay_as_they_are(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(error)) as told, told_when_full(tmp_path):
        raise error
    assert told.value is error
