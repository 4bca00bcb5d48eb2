"""The articles of a build, which are in a file meanwhile."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from footnote.models import Article
from footnote_index.building.planned_articles import PlannedArticles

DAM = Article("dam.md", "The dam", "It holds.", published=date(2019, 5, 6), remarks=("a remark",), characters_in=12)
TEA = Article("tea.txt", "Tea", "Green tea is poured.")


def test_articles_come_back_as_they_were_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    with PlannedArticles(tmp_path / "data/planned") as articles:
        for article in (TEA, DAM):
            articles.add(article)
        assert list(articles.values()) == [TEA, DAM]
        assert (articles["dam.md"].remarks, articles["dam.md"].characters_in) == (DAM.remarks, 12)
        articles.add(Article("new.txt", "New", "One more."))
        articles.leave_out(["dam.md"])
        assert [*articles] == ["tea.txt", "new.txt"]
        with pytest.raises(KeyError):
            articles["dam.md"]
    assert not (tmp_path / "data/planned").exists()


def test_another_process_reads_the_same_file(tmp_path: Path) -> None:
    with PlannedArticles(tmp_path / "planned") as articles:
        articles.add(DAM)
        sent = pickle.dumps(articles)
        articles.add(TEA)
        assert dict(pickle.loads(sent)) == {"dam.md": DAM}  # noqa: S301 - what was just made


def test_what_a_killed_build_left_is_deleted(tmp_path: Path) -> None:
    file = tmp_path / "planned"
    file.write_bytes(b"half")
    with PlannedArticles(file) as articles:
        assert not articles
        assert not file.read_bytes()
