"""Questions in one language over articles in another, from two sets with the same ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import crossed_set


def write(folder: Path, questions: list[dict[str, Any]], *articles: str) -> Path:
    (folder / "articles").mkdir(parents=True)
    for name in articles:
        (folder / "articles" / f"{name}.txt").write_text(f"About {name}.", encoding="utf-8")
    lines = "\n".join(json.dumps(one) for one in questions)
    (folder / "questions.dev.jsonl").write_text(lines, encoding="utf-8")
    return folder


def question(number: str, text: str, gold: str | None, *, is_answerable: bool = True) -> dict[str, Any]:
    sentences = [{"doc_id": gold, "text": f"About {gold}."}] if gold else []
    return {"id": number, "question": text, "answerable": is_answerable, "gold_sentences": sentences}


def test_a_question_keeps_its_words_and_gets_the_gold_of_the_other_set(tmp_path: Path) -> None:
    asked = write(
        tmp_path / "de",
        [
            question("1", "Wer?", "q1"),
            question("2", "Wo?", None, is_answerable=False),
            question("3", "Wie?", None, is_answerable=False),
            question("4", "Wann?", "q4"),
        ],
    )
    said = write(
        tmp_path / "en",
        [
            question("squad2_1", "Who?", "ships"),
            question("squad2_2", "Where?", "trains"),
            question("3", "How?", "ships"),
        ],
        *("ships", "trains"),
    )
    crossed_set.main(asked, said, tmp_path / "crossed")
    found = [json.loads(line) for line in (tmp_path / "crossed" / "questions.dev.jsonl").read_text().splitlines()]
    assert [(one["question"], one["answerable"]) for one in found] == [("Wer?", True), ("Wo?", False)]
    assert found[0]["gold_sentences"] == [{"doc_id": "ships", "text": "About ships."}]
    assert [file.name for file in (tmp_path / "crossed" / "articles").iterdir()] == ["ships.txt"]
