"""BM25 compared with PostgreSQL's text search: `python benchmarks/text_search.py SET_DIR [--times 1] [--questions
300]`.

Both rank the same passages by words alone, each with English stemming: how often a gold sentence is among the first ten
passages, how many of the gold sentences are, and how long a question takes. PostgreSQL ranks the passages that contain
any of the question's words (`ts_rank_cd`, divided by the length), with a GIN index.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import fmean, median, quantiles
from time import perf_counter

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS)]

import psycopg  # noqa: E402
from databases import postgresql_server  # noqa: E402
from drawn_vectors import passages_of  # noqa: E402
from growth import grown  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console  # noqa: E402

from footnote.evaluation import GoldQuestion, squeeze  # noqa: E402
from footnote.models import Passage  # noqa: E402
from footnote_bot.terminal.evaluation_sets import read_questions  # noqa: E402
from footnote_index.fusion import best_of  # noqa: E402
from footnote_index.storage.lexical import Lexical, passage_header  # noqa: E402

FIRST = 10

Rank = Callable[[str], Sequence[int]]
"""Question -> numbers of the first passages, best first."""

_TABLE = """
CREATE TABLE passages (number int PRIMARY KEY, words tsvector);
"""
_ADD = "INSERT INTO passages VALUES (%s, to_tsvector('english', %s))"
_INDEX = "CREATE INDEX ON passages USING gin (words)"
_ASK = """
SELECT number FROM passages, CAST(replace(CAST(plainto_tsquery('english', %s) AS text), '&', '|') AS tsquery) AS asked
WHERE words @@ asked ORDER BY ts_rank_cd(words, asked, 2) DESC LIMIT %s
"""


def measured(rank: Rank, questions: Sequence[GoldQuestion], texts: Sequence[str]) -> list[str]:
    times, shares = [], []
    for question in questions:
        began = perf_counter()
        first = rank(question.text)[:FIRST]
        times.append(1000 * (perf_counter() - began))
        shares.append(fmean(any(gold.text in texts[number] for number in first) for gold in question.gold))
    found = fmean(share > 0 for share in shares)
    return [f"{found:.3f}", f"{fmean(shares):.3f}", f"{median(times):.1f}", f"{quantiles(times, n=20)[-1]:.1f}"]


def by_bm25(passages: Sequence[Passage], folder: Path) -> Rank:
    Lexical.build(passages).save(folder / "lexical")
    lexical = Lexical.load(folder / "lexical")
    return lambda question: best_of(lexical.scores(question), FIRST).tolist()


def by_postgresql(passages: Sequence[Passage], connection: psycopg.Connection[tuple[int]]) -> Rank:
    connection.execute(_TABLE)
    rows = ((number, f"{passage_header(one.article)} {one.text}") for number, one in enumerate(passages))
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)
    connection.execute(_INDEX)
    connection.execute("ANALYZE passages")
    return lambda question: [number for (number,) in connection.execute(_ASK, (question, FIRST))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--questions", type=int, default=300)
    given = parser.parse_args()
    asked = [one for one in read_questions(given.folder, limit=given.questions) if one.is_answerable]
    table = Table("ranked by", "passages", f"any@{FIRST}", f"share@{FIRST}", "p50 ms", "p95 ms")
    with (
        tempfile.TemporaryDirectory() as place,
        postgresql_server() as url,
        closing(psycopg.connect(url, autocommit=True)) as connection,
    ):
        passages = passages_of(grown(given.folder, given.times, Path(place)) / "articles")
        texts = [squeeze(passage.text) for passage in passages]
        ways = {"BM25": by_bm25(passages, Path(place)), "PostgreSQL": by_postgresql(passages, connection)}
        for name, rank in ways.items():
            table.add_row(name, f"{len(passages):,}", *measured(rank, asked, texts))
    console.print(table)


if __name__ == "__main__":
    main()
