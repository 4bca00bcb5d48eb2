"""The trained reader as shipped: its file, and that it works."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors import safe_open
from safetensors.numpy import load_file

from footnote.adapters.reader import CLAIMS, ENGLISH, MULTILINGUAL, TrainedModel
from footnote.adapters.reader.model import UNREAD, LoadedModel
from footnote.adapters.reader.weights import opened
from footnote.errors import ModelError
from footnote.models import Evidence

PASSAGE = Evidence(
    "The port of Norvik · 4 September 2021",
    ("Quay 5 is 120 metres long.", "The harbour was opened by the king in 1902.", "Seals rest on the north pier."),
)
OTHER = Evidence("Recipes", ("Knead the dough for ten minutes.", "Let it rest under a cloth."))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def model(models: Path) -> LoadedModel:
    return LoadedModel(models)


def test_the_files_are_small_and_say_where_they_come_from() -> None:
    kinds = (ENGLISH, CLAIMS, MULTILINGUAL)
    assert sum(kind.file.stat().st_size for kind in kinds) <= 12_000_000
    for kind in kinds:
        with safe_open(kind.file, "np") as file:
            assert file.metadata().keys() >= {"name", "base", "data", "licence", "steps"}


@pytest.mark.parametrize(
    ("question", "best"),
    [("When was the harbour opened?", 1), ("who opened the harbour", 1), ("How long is quay 5?", 0)],
)
def test_the_sentence_that_answers_scores_best(model: LoadedModel, question: str, best: int) -> None:
    scores, others = model.score(question, [PASSAGE, OTHER])
    assert max(range(3), key=scores.sentences.__getitem__) == best
    assert scores.passage > others.passage
    assert scores.sentences[best] > max(others.sentences)


def test_one_passage_scores_the_same_alone_and_among_others(model: LoadedModel) -> None:
    question = "When was the harbour opened?"
    (alone,) = model.score(question, [PASSAGE])
    among = model.score(question, [OTHER, PASSAGE, OTHER, OTHER, OTHER])[1]
    assert among == alone


def test_no_passage_gives_no_scores(model: LoadedModel) -> None:
    assert model.score("When?", []) == []


def test_a_sentence_behind_what_fits_is_unread(model: LoadedModel) -> None:
    long = Evidence("", (*("It is so, and was so before, and will be so again." for _ in range(60)), "The end."))
    (scores,) = model.score("Is it so?", [long])
    assert scores.sentences[-1] == UNREAD < min(scores.sentences[:5])


def test_what_reads_claims_is_a_change_of_the_reader_that_is_shipped() -> None:
    with safe_open(CLAIMS.file, "np") as file:
        made_for = file.metadata()["base_tensors"]
    reader = load_file(ENGLISH.file)
    assert hashlib.sha256(b"".join(reader[name].tobytes() for name in sorted(reader))).hexdigest() == made_for


async def test_what_sentences_say_to_a_claim_adds_up(models: Path) -> None:
    model = TrainedModel(models)
    claims = ["The harbour was opened in 1902.", "The harbour was opened in 1950.", "Dough has to rest."]
    told = await model.entail(claims, [PASSAGE] * 3)
    assert all(one.supported + one.contradicted + one.unsaid == pytest.approx(1, abs=1e-5) for one in told)
    right, wrong, unsaid = told
    assert right.supported > max(wrong.supported, unsaid.supported)
    assert wrong.contradicted > right.contradicted
    assert unsaid.unsaid > right.unsaid


async def test_a_claim_is_read_in_both_orders_of_its_sentences(models: Path) -> None:
    first, second, _ = PASSAGE.sentences
    evidence = [Evidence("", (first, second)), Evidence("", (second, first))]
    one, other = await TrainedModel(models).entail(["Quay 5 was opened in 1902."] * 2, evidence)
    assert (one.supported, one.contradicted) == pytest.approx((other.supported, other.contradicted))


async def test_the_last_words_of_a_long_claim_are_read(models: Path) -> None:
    claim = "The harbour was opened by the king in 1902, " + "when the old quay was made longer and wider, " * 7
    one, other = await TrainedModel(models).entail([f"{claim}it is said.", f"{claim}and it burned."], [PASSAGE] * 2)
    assert one != other


async def test_a_missing_file_is_said_in_one_line(tmp_path: Path) -> None:
    kind = replace(ENGLISH, file=tmp_path / "none.safetensors")
    with pytest.raises(ModelError, match=r"The trained reader .* is missing\. Install Footnote again"):
        await TrainedModel(tmp_path, kind).score("When?", [PASSAGE])


async def test_claims_are_read_by_weights_of_their_own(models: Path) -> None:
    claims = replace(CLAIMS, file=models / "none.safetensors")
    model = TrainedModel(models, replace(ENGLISH, claims=claims))
    assert await model.score("When was the harbour opened?", [PASSAGE])
    with pytest.raises(ModelError, match=r"none\.safetensors is missing"):
        await model.entail(["The harbour was opened in 1902."], [PASSAGE])


def test_what_reads_passages_reads_no_claims(model: LoadedModel) -> None:
    with pytest.raises(ModelError, match="no head 'entailment'"):
        model.entail(["The harbour was opened in 1902."], [PASSAGE])


def test_a_damaged_file_is_said_in_one_line(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(ENGLISH.file.read_bytes()[:5000])
    with pytest.raises(ModelError, match="damaged"):
        opened(replace(ENGLISH, file=damaged), tmp_path / "models")
