"""What a build says of articles in languages that its embedder does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_files import write_articles
from counted_words import CountedWords

from footnote_index.building.outcomes import report_on
from footnote_index.building.plan import plan_build
from footnote_index.building.planned_articles import PlannedArticles
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import Foreign

ENGLISH = "The harbour was opened in 1902 and has three lighthouses."
GERMAN = "Der Hafen wurde im Jahr 1902 eröffnet und hat drei Leuchttürme."
CHINESE = "港口于1902年建成，有三座灯塔。"


class Named(CountedWords):
    def __init__(self, name: str) -> None:
        self.name = name


def foreign(folder: Path, texts: list[str], embedder: str) -> Foreign | None:
    write_articles(folder / "articles", {f"{number}.txt": f"Title\n{text}" for number, text in enumerate(texts)})
    with PlannedArticles(folder / "planned") as articles:
        plan = plan_build(folder / "articles", {}, ProgressMeter(lambda _progress: None), articles)
        return report_on(plan, Named(embedder), generation=None, passages=0, sentences=0, seconds=0.0).foreign


@pytest.mark.parametrize(
    ("texts", "embedder", "expected"),
    [
        ([ENGLISH, GERMAN, CHINESE], "minilm", Foreign(2, 3, "minilm")),
        ([GERMAN], "minilm", Foreign(1, 1, "minilm")),
        ([ENGLISH, ENGLISH + " Ships call."], "minilm", None),
        ([GERMAN, CHINESE], "multilingual-e5-small", None),
        ([GERMAN], "openai:text-embedding-3-small", None),
        ([f"{ENGLISH} Berth {number} is free." for number in range(12)] + [GERMAN], "minilm", None),
    ],
    ids=["many", "only", "English", "multilingual", "server", "few"],
)
def test_a_build_counts_articles_that_its_embedder_does_not_know_the_language_of(
    tmp_path: Path, texts: list[str], embedder: str, expected: Foreign | None
) -> None:
    assert foreign(tmp_path, texts, embedder) == expected
