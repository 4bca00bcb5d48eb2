"""A generation that is not live takes little disk space: what can be made again from its texts is deleted.

It keeps its texts and cuts (catalogue.sqlite), the keys of its vectors (vectors.keys), which keep those in the
embedding cache, and the manifest, which then has the checksums of these two only. A rollback writes the rest again
(building/rollback.py), and nothing has to be embedded for it.

The manifest is written first, and the parts are deleted after it: what a killed process leaves behind is deleted the
next time.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from footnote.errors import DamagedIndex
from footnote_index.storage import checksums, folder_lock
from footnote_index.storage.cache_warming import warm
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home

log = logging.getLogger(__name__)


def is_reduced(folder: GenerationFolder) -> bool:
    """Raises DamagedIndex as `read_manifest` does."""
    return checksums.CHROMA not in folder.read_checksums()


def reduce_kept(home: Home, cache: Path) -> None:
    """Reduces every complete generation except the live one and those that are being read. The home must be locked.

    Not if several processes share them: what is in one process's cache, the others would have to embed again.
    """
    if home.is_shared:
        return
    for folder in home.all():
        if folder.manifest.is_file() and folder.id != home.live_id():
            with folder_lock.alone(folder.path) as is_alone:
                if is_alone:
                    _reduce(folder, cache)


def remove_parts(folder: GenerationFolder) -> None:
    """Deletes what a reduced generation does not have."""
    for part in (folder.chroma, folder.lexical):
        shutil.rmtree(part, ignore_errors=True)
    folder.sentence_vectors.unlink(missing_ok=True)


@contextmanager
def live_in_use(home: Home) -> Iterator[GenerationFolder | None]:
    """The live generation, which stays complete until the end of the block, whatever another process does meanwhile;
    None when there is none.
    """
    while folder := home.live():
        with folder_lock.in_use(folder.path):
            if folder.id == home.live_id():
                yield folder
                return
    yield None


def _reduce(folder: GenerationFolder, cache: Path) -> None:
    try:
        if not is_reduced(folder):
            known = folder.read_checksums()
            if not warm(folder, cache):
                return
            kept = {name: known[name] for name in (folder.catalogue.name, folder.vector_keys.name)}
            folder.write_manifest(folder.read_manifest(), kept)
    except Exception as error:  # of SQLite or Chroma, for example; staying whole takes space, but does no harm
        log.debug("generation %s stays whole: %s", folder.id, error, exc_info=not isinstance(error, DamagedIndex))
        return
    remove_parts(folder)
