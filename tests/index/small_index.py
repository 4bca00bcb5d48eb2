"""An index of five small articles, for tests of what happens to its generations."""

from __future__ import annotations

from pathlib import Path

from article_files import write_articles
from word_reader import WordReader

from footnote_index.building.reports import BuildReport
from footnote_index.embedders.minilm import MiniLM
from footnote_index.index import Index

ARTICLES = {
    "valley.md": "---\ntitle: The valley\npublished: 2021-09-01\n---\nThe valley is 115 kilometres long. It is green.",
    "front.md": "---\ntitle: The front\npublished: 2021-09-08\n---\nAhmad Massoud leads the front. Talks failed.",
    "bread.txt": "Baking bread\nKnead the dough for ten minutes. Let it rest overnight.",
    "snow.txt": "Snow\nSnow closes the pass in winter. It melts in May.",
    "tea.txt": "Tea\nGreen tea is poured into small glasses.",
}


class SmallIndex:
    """The index of `articles`, in the folder `data`."""

    def __init__(self, folder: Path, minilm: MiniLM) -> None:
        self.articles = write_articles(folder / "articles", ARTICLES)
        self.data = folder / "data"
        self.generations = self.data / "index/generations"
        self.minilm = minilm
        self.open()

    def open(self) -> None:
        """As another run of the program does."""
        self.index = Index(self.articles, self.data, lambda: self.minilm, reader=WordReader())

    async def build(self, *, full: bool = False, dry_run: bool = False, may_shrink: bool = False) -> BuildReport:
        return await self.index.build(
            full=full, dry_run=dry_run, may_shrink=may_shrink, started_by="A test", on_progress=lambda _: None
        )

    async def built(self, number: int) -> str:
        """The id of a generation that differs from all others by one article."""
        write_articles(self.articles, {f"number-{number}.txt": f"Number {number}\nThe number is {number}."})
        return str((await self.build()).generation)

    async def live(self) -> str:
        return (await self.index.status()).generation

    def folders(self) -> set[str]:
        return {folder.name for folder in self.generations.iterdir()}
