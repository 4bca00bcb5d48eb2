"""Makes an evaluation set of questions in one language over articles in another, from two sets that share ids:
`python benchmarks/crossed_set.py QUESTIONS_SET ARTICLES_SET TARGET`.

XQuAD's questions are those of SQuAD translated: a question keeps its id, and its gold sentences are those of the other
set. Questions that the first set calls unanswerable stay so; articles that would answer them are left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

Question = dict[str, Any]


def crossed(asked: list[Question], said: dict[str, Question]) -> tuple[list[Question], set[str]]:
    """The questions, and the names of the articles to use."""
    both = [(one, said[one["id"]]) for one in asked if one["id"] in said]
    articles = {gold["doc_id"] for one, other in both if one["answerable"] for gold in other["gold_sentences"]}
    questions = []
    for one, other in both:
        gold = {sentence["doc_id"] for sentence in other["gold_sentences"]}
        if one["answerable"] and other["answerable"]:
            questions.append({**other, "id": one["id"], "question": one["question"]})
        elif not one["answerable"] and gold and not gold & articles:
            nothing: Question = {"answerable": False, "answer": None, "gold_docs": [], "gold_sentences": []}
            questions.append({"id": one["id"], "question": one["question"], **nothing})
    return questions, articles


def _read(folder: Path) -> list[Question]:
    lines = (folder / "questions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [{**one, "id": one["id"].rpartition("_")[2]} for one in map(json.loads, lines)]


def main(questions: Path, articles: Path, target: Path) -> None:
    said = {one["id"]: one for one in _read(articles)}
    found, names = crossed(_read(questions), said)
    (target / "articles").mkdir(parents=True, exist_ok=True)
    for file in (articles / "articles").iterdir():
        if file.stem in names:
            (target / "articles" / file.name).write_bytes(file.read_bytes())
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    (target / "questions.dev.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    main(given.questions, given.articles, given.target)
