"""Any number of readers of a folder, or one that deletes parts of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from footnote_index.storage.folder_lock import alone, in_use


def is_alone(folder: Path) -> bool:
    with alone(folder) as is_alone:
        return is_alone


def test_a_reader_keeps_others_from_deleting(tmp_path: Path) -> None:
    with in_use(tmp_path):
        assert not is_alone(tmp_path)
    assert is_alone(tmp_path)


def test_each_of_several_readers_counts(tmp_path: Path) -> None:
    with in_use(tmp_path):
        with in_use(tmp_path):
            pass
        assert not is_alone(tmp_path)


def test_only_one_can_be_alone(tmp_path: Path) -> None:
    with alone(tmp_path) as first:
        assert first
        assert not is_alone(tmp_path)
    assert is_alone(tmp_path)


def test_whoever_is_refused_leaves_the_others_lock_alone(tmp_path: Path) -> None:
    with in_use(tmp_path):
        assert not is_alone(tmp_path)
        assert not is_alone(tmp_path)


def test_a_lock_ends_with_an_error(tmp_path: Path) -> None:
    for held in (in_use(tmp_path), alone(tmp_path)):
        with pytest.raises(ValueError, match="broken"), held:
            raise ValueError("broken")
        assert is_alone(tmp_path)


def test_folders_are_locked_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    with in_use(tmp_path / "inner"):
        assert is_alone(tmp_path)


def test_reading_a_folder_that_is_gone_is_no_error_here(tmp_path: Path) -> None:
    with in_use(tmp_path / "gone"):
        assert not (tmp_path / "gone").exists()


def test_nobody_is_alone_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), alone(tmp_path / "gone"):
        pytest.fail("there is no such folder")


def test_a_folder_can_be_deleted_while_it_is_locked(tmp_path: Path) -> None:
    folder = tmp_path / "generation"
    folder.mkdir()
    with alone(folder) as is_alone:
        assert is_alone
        folder.rmdir()
