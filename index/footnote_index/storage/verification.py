"""Whether a generation is still what was built, and whether its parts belong together.

Nothing in the generation's folder is written to: Chroma, which changes its files when it opens them, gets a copy. So
this works while a bot answers from the same generation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager

import numpy as np

from footnote.errors import DamagedIndex
from footnote.models import Passage
from footnote_index.building.reports import Status
from footnote_index.storage import checksums
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.chroma import ChromaPassages, StoredPassage
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.lexical import Lexical

OnChecked = Callable[[int, int], None]
"""Called with the number of checked passages, and of all."""

_SAMPLE = 200
"""How many passages are searched for by their own vector. All of 9,000 would take seconds, and damage is rarely
small.
"""

_OFF_LENGTH = 1e-3
_MOSTLY = 0.95
"""The share of them that must be found: HNSW is allowed to miss one."""


def find_damage(folder: GenerationFolder, on_checked: OnChecked | None = None) -> list[str]:
    """One line for each thing that is wrong; none when the generation is intact. For a reduced one (reduced.py), only
    its parts are checked. Blocking.
    """
    try:
        status, known = folder.read_manifest(), folder.read_checksums()
    except DamagedIndex as error:
        return [error.what]
    findings = [*_altered_files(folder, known)]
    with _readable("the catalogue", findings), closing(Catalogue(folder.catalogue)) as catalogue:
        findings.extend(_catalogue_damage(catalogue, status))
        if checksums.CHROMA not in known:
            return findings
        with _readable("Chroma", findings), folder.passages_to_examine() as chroma:
            findings.extend(_chroma_damage(chroma, catalogue, known.get(checksums.CHROMA), on_checked))
            findings.extend(_sentence_vector_damage(folder, status, chroma.shape()[1]))
    with _readable("the words of BM25", findings):
        findings.extend(_differs("BM25", "passages", Lexical.load(folder.lexical).rows, status.passages))
    return findings


@contextmanager
def _readable(part: str, findings: list[str]) -> Iterator[None]:
    """Whatever a library raises because of damaged files becomes one finding."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - SQLite, NumPy, Chroma and bm25s have no common base
        findings.append(f"{part} cannot be read ({' '.join(str(error).split())[:200] or type(error).__name__})")


def _altered_files(folder: GenerationFolder, known: Mapping[str, str]) -> Iterator[str]:
    present = set(checksums.files_of(folder))
    for name in sorted(known.keys() - {checksums.CHROMA}):
        if name not in present:
            yield f"{name} is missing"
        elif checksums.of_file(folder.path / name) != known[name]:
            yield f"{name} has been altered"


def _differs(part: str, what: str, found: int, told: int) -> Iterator[str]:
    if found != told:
        yield f"{part} has {found:,} {what}, and the manifest says {told:,}"


def _catalogue_damage(catalogue: Catalogue, status: Status) -> Iterator[str]:
    versions = catalogue.versions()
    yield from _differs("the catalogue", "articles", len(versions), status.articles)
    yield from _differs("the catalogue", "passages", len(catalogue.days), status.passages)
    yield from _differs("the catalogue", "sentences", int(catalogue.sentence_rows[-1]), status.sentences)
    for article_id, (version, text) in versions.items():
        if hashlib.sha256(text.encode()).hexdigest() != version:
            yield f"the text of {article_id} does not have the sha256 that it is cited by"


def _chroma_damage(
    chroma: ChromaPassages, catalogue: Catalogue, checksum: str | None, on_checked: OnChecked | None
) -> Iterator[str]:
    total = len(catalogue.days)
    yield from _differs("Chroma", "passages", chroma.collection.count(), total)
    rows_sum, done, sought, found = checksums.RowSum(), 0, 0, 0
    ids = catalogue.ids()
    for rows in checksums.stored_rows(chroma, ids):
        rows_sum.add(rows)
        numbers = range(done, min(done + checksums.ROWS, total))
        for number, passage in zip(numbers, catalogue.passages(numbers), strict=True):
            row = rows.get(ids[number])
            yield from _row_damage(number, passage, row)
            if row and number % max(total // _SAMPLE, 1) == 0:
                sought += 1
                found += _is_found(row, chroma)
        done = numbers.stop
        if on_checked:
            on_checked(done, total)
    if found < sought * _MOSTLY:
        yield f"Chroma finds {found} of {sought} passages by their own vectors"
    if rows_sum.value != checksum:
        yield "Chroma's rows have been altered"


def _row_damage(number: int, passage: Passage, row: StoredPassage | None) -> Iterator[str]:
    """`number` is that of the passage; `row` is what Chroma has under it."""
    where = f"passage {number} ({passage.article.id})"
    offsets = [offset for sentence in passage.sentences for offset in (sentence.start, sentence.end)]
    if not 0 <= offsets[0] < offsets[-1] <= len(passage.article.text) or offsets != sorted(offsets):
        yield f"{where} has sentences that do not lie in its article's text"
    elif row is None:
        yield f"{where} has no vector in Chroma"
    elif row.text != passage.text:
        yield f"{where} has another text in Chroma"
    elif not _about(passage).items() <= row.metadata.items():
        yield f"{where} has another article or span in Chroma"
    elif not abs(float(np.linalg.norm(row.vector)) - 1) < _OFF_LENGTH:
        yield f"{where} has a vector that is not of length 1"


def _about(passage: Passage) -> dict[str, str | int]:
    article = passage.article
    return {"article": article.id, "version": article.version, "start": passage.start, "end": passage.end}


def _is_found(row: StoredPassage, chroma: ChromaPassages) -> bool:
    _, cosines = chroma.nearest(row.vector, limit=1)
    return bool(cosines.size and cosines[0] > 1 - _OFF_LENGTH)


def _sentence_vector_damage(folder: GenerationFolder, status: Status, dimensions: int) -> Iterator[str]:
    size, needed = folder.sentence_vectors.stat().st_size, status.sentences * dimensions
    if size != needed:
        yield f"{folder.sentence_vectors.name} has {size:,} bytes, and {status.sentences:,} vectors take {needed:,}"
