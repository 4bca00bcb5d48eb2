"""The embedder against the original model's vectors, and its late pooling against the plain definition."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from minilm_reference import TEXTS

from footnote.adapters.minilm.weights import converted, find_weights
from footnote.errors import ModelError
from footnote.models import Article, Passage, Sentence
from footnote_index.embedders.minilm import MiniLM
from footnote_index.passages import split_passages

REFERENCE = Path(__file__).with_name("minilm_reference.npz")


def whole(text: str) -> Passage:
    return Passage(Article("a.txt", "A", text), (Sentence(0, len(text)),))


def test_vectors_agree_with_the_original_model_in_fp32(minilm: MiniLM) -> None:
    reference = np.load(REFERENCE)["vectors"]
    passages = minilm.embed_passages([whole(text) for text in TEXTS]).passages
    questions = np.array([minilm.embed_question(text) for text in TEXTS])
    assert (passages * reference).sum(axis=1).mean() >= 0.995
    assert (questions * reference).sum(axis=1).mean() >= 0.995
    assert (passages * reference).sum(axis=1).min() >= 0.98


def test_every_vector_has_length_one_and_a_row_of_its_own(minilm: MiniLM) -> None:
    article = Article("a.txt", "A", "First sentence here. A second one! And a third? " * 40)
    passages = list(split_passages(article))
    vectors = minilm.embed_passages(passages)
    assert vectors.passages.shape == (len(passages), 384)
    assert vectors.sentences.shape == (sum(len(passage.sentences) for passage in passages), 384)
    assert np.allclose(np.linalg.norm(vectors.passages, axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(vectors.sentences, axis=1), 1, atol=1e-5)


def test_a_passage_of_one_sentence_has_that_sentence_s_vector(minilm: MiniLM) -> None:
    vectors = minilm.embed_passages([whole("The valley is 115 kilometres long.")])
    assert np.allclose(vectors.passages, vectors.sentences, atol=1e-5)


def test_a_sentence_is_nearest_to_the_question_it_answers(minilm: MiniLM) -> None:
    text = "The valley is long. Ahmad Massoud leads the front. Emeralds are mined there. Snow closes the pass."
    (passage,) = split_passages(Article("a.txt", "A", text))
    sentences = minilm.embed_passages([passage]).sentences
    nearest = [int((sentences @ minilm.embed_question(question)).argmax()) for question in QUESTIONS]
    assert nearest == [0, 1, 2, 3]


QUESTIONS = (
    "How long is the valley?",
    "Who is the leader of the front?",
    "Which gems are dug up?",
    "What shuts the pass?",
)


def test_the_order_and_the_company_of_passages_change_nothing_to_speak_of(minilm: MiniLM) -> None:
    passages = [whole(text) for text in TEXTS]
    forward = minilm.embed_passages(passages).passages
    backward = minilm.embed_passages(passages[::-1]).passages[::-1]
    assert (forward * backward).sum(axis=1).min() > 0.99  # int8 scales are taken over a batch


@pytest.mark.parametrize("text", ["\u200b", "😀", "\u202e", "x" * 900, "word " * 170, "中" * 800])
def test_odd_texts_have_vectors_too(minilm: MiniLM, text: str) -> None:
    vectors = minilm.embed_passages([whole(text)])
    assert np.isfinite(vectors.passages).all()
    assert np.isfinite(vectors.sentences).all()


def test_sentences_beyond_the_model_s_reach_get_their_passage_s_vector(minilm: MiniLM) -> None:
    sentences = ("中" * 400 + "。", "文" * 400 + "。")
    text = "".join(sentences)
    passage = Passage(Article("a.txt", "A", text), (Sentence(0, 401), Sentence(401, 802)))
    vectors = minilm.embed_passages([passage, Passage(passage.article, (Sentence(0, 600), Sentence(600, 802)))])
    assert np.allclose(vectors.sentences[3], vectors.passages[1], atol=1e-6)


def test_missing_weights_are_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.safetensors is missing.*make run"):
        converted(tmp_path, tmp_path / "models")


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(find_weights(), tmp_path / "weights")
    with (tmp_path / "weights" / "model.safetensors").open("r+b") as stream:
        stream.seek(50_000_000)
        stream.write(b"\x00\x01")
    with pytest.raises(ModelError, match=r"is not the published model.*make run"):
        converted(tmp_path / "weights", tmp_path / "models")
    assert not list(tmp_path.glob("models/*"))


def test_the_model_is_converted_once(models: Path, minilm: MiniLM, tmp_path: Path) -> None:  # noqa: ARG001 - converts
    assert converted(tmp_path / "no weights needed", models).is_dir()
