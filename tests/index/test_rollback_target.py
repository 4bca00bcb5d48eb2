"""Which generation a rollback makes live again. The generations are reduced ones, as those are that are not live."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from footnote.errors import CannotRollBack, EmptyIndex
from footnote.models import Article, Passage, Sentence
from footnote_index.building.reports import Status
from footnote_index.storage import catalogue
from footnote_index.storage.generations import GenerationFolder, Generations
from footnote_index.storage.rollback_target import find_target

TEA = Article("tea.txt", "Tea", "Green tea is poured.")
PASSAGE = Passage(TEA, (Sentence(0, 20),))


@pytest.fixture
def home(tmp_path: Path) -> Generations:
    return Generations(tmp_path)


def write(
    home: Generations, tmp_path: Path, name: str, day: int, *, previous: str | None = None, embedder: str = "minilm"
) -> GenerationFolder:
    folder = GenerationFolder(tmp_path / "index/generations" / name)
    folder.path.mkdir(parents=True)
    catalogue.write(folder.catalogue, [TEA], [PASSAGE])
    folder.write_vector_keys([bytes(32)])
    status = Status(name, datetime(2021, 9, day, 10, 30, tzinfo=UTC), 1, 1, 1, embedder, "articles", previous)
    files = (folder.catalogue, folder.vector_keys)
    folder.write_manifest(status, {file.name: sha256(file.read_bytes()).hexdigest() for file in files})
    home.switch_to(folder)
    return folder


def test_nothing_is_live_before_the_first_build(home: Generations) -> None:
    with pytest.raises(EmptyIndex):
        find_target(home, None, "minilm")


def test_without_a_name_it_is_the_one_that_was_live_before_and_not_the_newest(
    home: Generations, tmp_path: Path
) -> None:
    first = write(home, tmp_path, "first", 1)
    second = write(home, tmp_path, "second", 2, previous="first")
    write(home, tmp_path, "third", 3, previous="first")
    assert find_target(home, None, "minilm") == first
    assert find_target(home, "second", "minilm") == second


def test_the_first_generation_has_none_before_it(home: Generations, tmp_path: Path) -> None:
    write(home, tmp_path, "first", 1)
    with pytest.raises(CannotRollBack, match=r"^There is no earlier generation\. There is no other generation\.$"):
        find_target(home, None, "minilm")


def test_the_message_lists_the_others_of_the_same_embedder_newest_first(home: Generations, tmp_path: Path) -> None:
    write(home, tmp_path, "first", 1)
    write(home, tmp_path, "second", 2)
    write(home, tmp_path, "other", 3, embedder="multilingual")
    write(home, tmp_path, "live", 4)
    with pytest.raises(CannotRollBack) as error:
        find_target(home, "fifth", "minilm")
    assert str(error.value) == (
        "There is no generation fifth. Available: second (2 September 2021 10:30 UTC, 1 articles), "
        "first (1 September 2021 10:30 UTC, 1 articles)."
    )


def test_the_live_one_is_no_target(home: Generations, tmp_path: Path) -> None:
    write(home, tmp_path, "first", 1)
    write(home, tmp_path, "second", 2, previous="first")
    with pytest.raises(CannotRollBack, match=r"^Generation second is already live\. Available: first "):
        find_target(home, "second", "minilm")


@pytest.mark.parametrize("wanted", [None, "first"])
def test_one_of_another_embedder_is_no_target(home: Generations, tmp_path: Path, wanted: str | None) -> None:
    write(home, tmp_path, "first", 1, embedder="multilingual")
    write(home, tmp_path, "second", 2, previous="first")
    with pytest.raises(
        CannotRollBack, match="it was built with the embedder multilingual, but the settings name minilm"
    ):
        find_target(home, wanted, "minilm")


def test_a_damaged_one_is_no_target_and_the_first_damage_is_named(home: Generations, tmp_path: Path) -> None:
    first = write(home, tmp_path, "first", 1)
    write(home, tmp_path, "second", 2, previous="first")
    first.vector_keys.write_bytes(b"other")
    with pytest.raises(CannotRollBack, match=r"it is damaged: vectors\.keys has been altered\. Available"):
        find_target(home, None, "minilm")
    first.vector_keys.unlink()
    status = first.read_manifest()
    first.write_manifest(replace(status, articles=3, sentences=9), first.read_checksums())
    with pytest.raises(CannotRollBack, match=r"it is damaged: vectors\.keys is missing, and 2 more\."):
        find_target(home, "first", "minilm")


def test_one_without_a_manifest_is_no_target(home: Generations, tmp_path: Path) -> None:
    first = write(home, tmp_path, "first", 1)
    write(home, tmp_path, "second", 2, previous="first")
    first.manifest.unlink()
    with pytest.raises(CannotRollBack, match="the manifest of generation first cannot be read"):
        find_target(home, "first", "minilm")


def test_one_that_was_deleted_since_is_named(home: Generations, tmp_path: Path) -> None:
    write(home, tmp_path, "second", 2, previous="first")
    with pytest.raises(CannotRollBack, match=r"^There is no generation first\. There is no other generation\.$"):
        find_target(home, None, "minilm")


def damage(folder: GenerationFolder) -> None:
    folder.manifest.write_text(json.dumps(json.loads(folder.manifest.read_text()) | {"format": 0}))


def test_if_the_live_one_is_of_another_version_only_intact_ones_of_this_embedder_come_next(
    home: Generations, tmp_path: Path
) -> None:
    first = write(home, tmp_path, "first", 1)
    write(home, tmp_path, "second", 2).vector_keys.write_bytes(b"other")
    write(home, tmp_path, "third", 3, embedder="multilingual")
    damage(write(home, tmp_path, "live", 4))
    assert find_target(home, None, "minilm") == first
    first.vector_keys.unlink()
    with pytest.raises(CannotRollBack, match=r"^Generation second cannot be rolled back to: it is damaged: "):
        find_target(home, None, "minilm")


def test_if_the_live_one_is_of_another_version_and_no_other_fits_the_newest_is_named(
    home: Generations, tmp_path: Path
) -> None:
    write(home, tmp_path, "first", 1, embedder="multilingual")
    damage(write(home, tmp_path, "live", 2))
    with pytest.raises(CannotRollBack, match=r"^Generation first .* embedder multilingual"):
        find_target(home, None, "minilm")


def test_if_the_live_one_is_of_another_version_the_newest_other_one_comes_next(
    home: Generations, tmp_path: Path
) -> None:
    write(home, tmp_path, "first", 1)
    second = write(home, tmp_path, "second", 2)
    live = write(home, tmp_path, "third", 3, previous="first")
    live.manifest.write_text(json.dumps(json.loads(live.manifest.read_text()) | {"format": 0}))
    assert find_target(home, None, "minilm") == second
