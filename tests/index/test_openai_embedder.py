"""The embedder that asks a server: the real SDK against a scripted server on loopback."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from openai import OpenAI
from scripted_embeddings import Data, ScriptedEmbeddings, embeds
from scripted_openai import Reply, endless, fails, in_thread, redirects, sends, tears

from footnote.errors import BuildError, ModelError
from footnote.models import Article, Passage
from footnote_index.embedders import PassageVectors
from footnote_index.embedders.openai import OpenAIEmbedder
from footnote_index.passages import split_passages

TEXT = "The valley is long. Ahmad Massoud leads the front. Emeralds are mined there. Snow closes the pass."


@dataclass
class Stage:
    """An embedder, its server, and the pauses that it would have made."""

    server: ScriptedEmbeddings
    embedder: OpenAIEmbedder
    pauses: list[float]

    def embed(self, *texts: str) -> PassageVectors:
        return self.embedder.embed_passages(passages(*texts), pause=self.pauses.append)

    def error(self, *texts: str) -> str:
        with pytest.raises(ModelError) as raised:
            self.embed(*texts or (TEXT,))
        assert "\n" not in str(raised.value)
        return str(raised.value)


def passages(*texts: str) -> list[Passage]:
    return [passage for text in texts for passage in split_passages(Article("a.txt", "A", text))]


@contextmanager
def stage(*script: Reply, **options: Any) -> Iterator[Stage]:
    server = ScriptedEmbeddings(*script)
    with in_thread(server), OpenAI(api_key="sk-test", base_url=server.base_url) as client:
        yield Stage(server, OpenAIEmbedder(client, model="m-1", **options), [])


def test_passages_and_their_sentences_have_unit_vectors_in_reading_order() -> None:
    with stage() as it:
        vectors = it.embed(TEXT, "Bread is baked. It is hot.")
        questions = [it.embedder.embed_question(text) for text in ("Who leads the front?", "What is hot?")]
    assert (vectors.passages.shape, vectors.sentences.shape) == ((2, 64), (6, 64))
    assert np.allclose(np.linalg.norm(np.vstack([vectors.passages, vectors.sentences, questions]), axis=1), 1)
    assert [int((vectors.sentences @ question).argmax()) for question in questions] == [1, 5]
    assert it.server.requests[0].body["model"] == "m-1"
    assert it.server.requests[0].headers["Authorization"] == "Bearer sk-test"


def test_vectors_can_be_compared_wherever_a_model_is_served() -> None:
    first, second = (OpenAIEmbedder.connect(model="m-1", base_url=f"http://{host}.example/v1") for host in "ab")
    assert first.name == second.name != OpenAIEmbedder.connect(model="m-2").name


def test_a_text_is_sent_once_and_no_request_is_too_large() -> None:
    with stage() as it:
        it.embed(
            *(f"Sentence number {number} stands alone." for number in range(600)), "Sentence number 7 stands alone."
        )
    sizes = [len(asked.body["input"]) for asked in it.server.requests]
    assert (sum(sizes), len(set(it.server.texts))) == (600, 600)
    assert max(sizes) <= 256


def test_decimals_are_read_as_base64_is() -> None:
    with stage(embeds(encoding="float")) as it:
        decimals = it.embed(TEXT)
    with stage(embeds(encoding="base64")) as it:
        assert np.array_equal(it.embed(TEXT).sentences, decimals.sentences)


def test_a_server_that_refuses_base64_is_asked_for_decimals_from_then_on() -> None:
    with stage(fails(400, message="Unknown value 'base64' for encoding_format."), embeds()) as it:
        it.embed(TEXT)
        it.embed("More.")
    assert [asked.body["encoding_format"] for asked in it.server.requests] == ["base64", "float", "float"]


def test_vectors_belong_to_the_texts_that_their_indices_name() -> None:
    with stage(embeds(change=lambda data: data[::-1])) as it, stage() as other:
        assert np.array_equal(it.embed(TEXT).sentences, other.embed(TEXT).sentences)


def replaced(value: Any) -> Callable[[Data], Data]:
    return lambda data: [*data[:-1], data[-1] | {"embedding": value}]


@pytest.mark.parametrize(
    "reply",
    [
        embeds(change=lambda data: data[:-1]),
        embeds(change=lambda data: [*data, data[0] | {"index": len(data)}]),
        embeds(change=lambda data: [one | {"index": 0} for one in data]),
        embeds(change=lambda _: []),
        embeds(change=lambda _: None),
        embeds(change=replaced([float("nan")] * 64)),
        embeds(change=replaced([float("inf")] * 64)),
        embeds(change=replaced([0.0] * 64)),
        embeds(change=replaced([1.0] * 63)),
        embeds(change=replaced([])),
        embeds(change=replaced(None)),
        embeds(change=replaced("not base64")),
        embeds(change=replaced([["1"]])),
        sends(b"<html>Welcome</html>"),
        sends(b"[1]"),
    ],
)
def test_what_is_no_vector_for_each_text_is_refused(reply: Reply) -> None:
    with stage(reply) as it:
        assert "Check that OPENAI_EMBEDDING_MODEL is an embedding model" in it.error()
    assert len(it.server.requests) == 1


def test_vectors_of_another_length_than_before_are_refused() -> None:
    with stage(embeds(), embeds(change=lambda data: [one | {"embedding": [1.0] * 32} for one in data])) as it:
        it.embed(TEXT)
        assert "vectors of 32 numbers after vectors of 64" in it.error()


@pytest.mark.parametrize(
    ("reply", "pause"),
    [(fails(429, retry_after="7"), 7.0), (fails(500), 1.0), (tears(), 1.0), (tears(after=b"{"), 1.0)],
)
def test_what_passes_is_tried_again_after_a_pause(reply: Reply, pause: float) -> None:
    with stage(reply, embeds()) as it:
        assert it.embed(TEXT).passages.shape == (1, 64)
    assert it.pauses == [pause]
    assert it.server.requests[0].body == it.server.requests[1].body


def test_what_does_not_pass_is_given_up() -> None:
    with stage(fails(503)) as it:
        assert it.error() == "The embedding server failed (503). Try again later."
    assert it.pauses == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (fails(401), "refused the key. Check OPENAI_API_KEY."),
        (fails(404), "Check OPENAI_EMBEDDING_MODEL and OPENAI_BASE_URL."),
        (fails(400), "refused the request (400). Check that OPENAI_EMBEDDING_MODEL"),
        (fails(429, code="insufficient_quota"), "quota is used up"),
        (fails(429, retry_after="3600"), "too busy. Try again later"),
    ],
)
def test_what_cannot_pass_is_one_line_at_once(reply: Reply, line: str) -> None:
    with stage(reply) as it:
        assert line in it.error()
    assert (len(it.server.requests), it.pauses) == (1, [])


def test_a_server_that_is_down_is_one_line_at_question_time() -> None:
    with OpenAI(api_key="x", base_url="http://127.0.0.1:9/v1") as client:
        embedder = OpenAIEmbedder(client, model="m-1", first_pause=0.01)
        with pytest.raises(ModelError, match=r"cannot be reached\. Check the network and OPENAI_BASE_URL"):
            embedder.embed_question("Who leads the front?")


def test_a_question_is_not_waited_for_as_long_as_a_server_likes() -> None:
    with stage(fails(429, retry_after="7")) as it, pytest.raises(ModelError, match="too busy"):
        it.embedder.embed_question("Who leads the front?")
    assert len(it.server.requests) == 1


def test_a_pause_can_end_the_embedding() -> None:
    def stop(_: float) -> None:
        raise BuildError("The build was stopped.")

    with stage(fails(500)) as it, pytest.raises(BuildError, match="stopped"):
        it.embedder.embed_passages(passages(TEXT), pause=stop)
    assert len(it.server.requests) == 1


def test_no_more_tokens_a_minute_are_sent_than_allowed() -> None:
    with stage(tokens_per_minute=600) as it:
        it.embed("a" * 400)  # about 100 tokens: ten seconds of them
        it.embed("b" * 400)
        it.embed("c" * 400)
        it.embedder.embed_question("Questions do not wait.")
    assert it.pauses == [pytest.approx(10, abs=2), pytest.approx(20, abs=2)]


def test_the_servers_count_of_tokens_is_reported_or_else_an_estimate() -> None:
    with stage(embeds(usage={"total_tokens": 77}), embeds()) as it:
        assert it.embed("a" * 400).tokens == 77
        assert it.embed("a" * 400).tokens == 100


def test_what_passages_cost_is_known_before_they_are_sent() -> None:
    with stage(price=0.5) as it:
        expense = it.embedder.expense(passages("a" * 400, TEXT))
    assert expense.tokens == pytest.approx(100 + 2 * len(TEXT) / 4, abs=5)
    assert expense.dollars == pytest.approx(expense.tokens * 0.5 / 1e6)
    assert it.server.requests == []


def test_a_text_beyond_the_model_s_reach_counts_with_its_beginning() -> None:
    with stage() as it:
        (passage,) = passages(". ".join(["é" * 890] * 20))
        it.embedder.embed_passages([passage])
    assert it.server.texts[0] == passage.text.encode()[:8000].decode()


@pytest.mark.parametrize(
    "reply", [endless(b" " * 65_536), endless(gzip.compress(b" " * 20_000_000), content_encoding="gzip")]
)
def test_vectors_without_end_are_left_in_time(reply: Reply) -> None:
    tracemalloc.start()
    server = ScriptedEmbeddings(reply)
    with in_thread(server):
        embedder = OpenAIEmbedder.connect(model="m-1", base_url=server.base_url)
        with pytest.raises(ModelError, match="an answer that is too large or compressed"):
            embedder.embed_question("How long is the valley?")
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
    assert len(server.requests) == 1, "it is not asked for again"


def test_articles_are_not_carried_to_another_server() -> None:
    other = ScriptedEmbeddings(embeds())
    with in_thread(other):
        server = ScriptedEmbeddings(redirects(other))
        with in_thread(server):
            embedder = OpenAIEmbedder.connect(model="m-1", base_url=server.base_url)
            with pytest.raises(ModelError, match="redirects to another address"):
                embedder.embed_question("How long is the valley?")
    assert not other.requests
