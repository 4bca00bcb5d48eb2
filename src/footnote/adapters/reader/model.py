"""Runs the trained readers on the CPU: a question beside passages, or a claim beside the sentences it cites."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from footnote.adapters.bert.encoder import opened as opened_encoder
from footnote.adapters.bert.tokenizer import tokenizer_of
from footnote.adapters.loaded_once import LoadedOnce
from footnote.adapters.reader.kinds import ENGLISH, ReaderKind
from footnote.adapters.reader.weights import opened
from footnote.models import Entailment, Evidence, PassageScores

_MOST_HEADER = 40


@dataclass(frozen=True, slots=True)
class _Room:
    """Tokens, of the whole and of what is `asked`. Sentences that do not fit get the lowest score."""

    whole: int
    asked: int


_OF_QUESTIONS, _OF_CLAIMS = _Room(384, 64), _Room(512, 400)
"""A claim of 400 characters is read to its end, whatever they are: else its last words could say anything."""

UNREAD = -20.0


@dataclass(frozen=True, slots=True)
class _Input:
    """`asked` of the ids are the question's, with what stands around it."""

    ids: list[int]
    asked: int
    spans: list[tuple[int, int]]


class TrainedModel:
    """Implements `Scorer` and `Entailer`. What reads passages and what reads claims are each loaded at their first use.
    Safe for threads.

    Each call raises ModelError while the weights are missing or damaged.
    """

    def __init__(self, models: Path, kind: ReaderKind = ENGLISH, *, cores: int | None = None) -> None:
        self._passages = LoadedOnce(lambda: LoadedModel(models, kind, cores=cores))
        self._claims = LoadedOnce(lambda: LoadedModel(models, kind.claims or kind, cores=cores))

    def load(self) -> None:
        """What reads passages. Blocking; so that the first question need not wait for it."""
        self._passages()

    def load_claims(self) -> None:
        """The same for what reads claims."""
        self._claims()

    async def score(self, question: str, passages: Sequence[Evidence]) -> list[PassageScores]:
        return await asyncio.to_thread(lambda: self._passages().score(question, passages))

    async def entail(self, claims: Sequence[str], evidence: Sequence[Evidence]) -> list[Entailment]:
        return await asyncio.to_thread(lambda: self._claims().entail(claims, evidence))


class LoadedModel:
    """Blocking. `score` and `entail` raise ModelError where the weights are of a kind that cannot do it."""

    def __init__(self, models: Path, kind: ReaderKind = ENGLISH, *, cores: int | None = None) -> None:
        folder, self._heads = opened(kind, models)
        cores = cores or os.cpu_count() or 1
        self._encoder = opened_encoder(folder, cores=cores)
        self._threads = ThreadPoolExecutor(cores, "reader")
        self._tokenizer = tokenizer_of(folder)
        vocabulary = self._tokenizer.get_vocab()
        self._begin, self._end = vocabulary[kind.begin], vocabulary[kind.end]
        self._plain, self._has_types = kind.plain(folder), kind.has_types

    def score(self, question: str, passages: Sequence[Evidence]) -> list[PassageScores]:
        """One logit for each sentence, and one for whether the passage answers at all."""
        inputs = self._inputs([question] * len(passages), passages, _OF_QUESTIONS)
        return [self._scores(one, hidden) for one, hidden in zip(inputs, self._encode(inputs), strict=True)]

    def entail(self, claims: Sequence[str], evidence: Sequence[Evidence]) -> list[Entailment]:
        """What the sentences say to each claim: the mean of two readings, the second without header and in reverse
        order. Read once, much hangs on the order.
        """
        turned = [Evidence("", one.sentences[::-1]) for one in evidence]
        inputs = self._inputs([*claims, *claims], [*evidence, *turned], _OF_CLAIMS)
        read = [self._chances(one, hidden) for one, hidden in zip(inputs, self._encode(inputs), strict=True)]
        pairs = zip(read[: len(claims)], read[len(claims) :], strict=True)
        return [Entailment(*((one + other) / 2).tolist()) for one, other in pairs]

    def _scores(self, one: _Input, hidden: NDArray[np.float32]) -> PassageScores:
        first = hidden[0]
        (passage,) = self._heads["passage"](first[None])[0]
        scores = [UNREAD] * len(one.spans)
        read = [number for number, (start, end) in enumerate(one.spans) if end > start]
        if read:
            means = [hidden[slice(*one.spans[number])].mean(axis=0) for number in read]
            logits = self._heads["sentence"](np.stack([np.concatenate([mean, first]) for mean in means]))[:, 0]
            for number, logit in zip(read, logits.tolist(), strict=True):
                scores[number] = logit
        return PassageScores(float(passage), tuple(scores))

    def _chances(self, one: _Input, hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        claim = hidden[: one.asked].mean(axis=0)
        logits = self._heads["entailment"](np.concatenate([claim, hidden[0]])[None])[0]
        shares = np.exp(logits - logits.max())
        chances: NDArray[np.float32] = shares / shares.sum()
        return chances

    def _encode(self, inputs: Sequence[_Input]) -> list[NDArray[np.float32]]:
        """Token vectors of each text. Each is encoded alone: so it fits the processor's cache, and its scores do not
        depend on what else is read.
        """
        if len(inputs) == 1:
            return [self._encode_one(inputs[0])]
        longest_first = sorted(range(len(inputs)), key=lambda number: -len(inputs[number].ids))
        encoded = self._threads.map(self._encode_one, [inputs[number] for number in longest_first])
        result = dict(zip(longest_first, encoded, strict=True))
        return [result[number] for number in range(len(inputs))]

    def _encode_one(self, one: _Input) -> NDArray[np.float32]:
        output = self._encoder.forward_batch([one.ids], token_type_ids=[self._types(one)])
        hidden: NDArray[np.float32] = np.array(output.last_hidden_state)[0]
        return hidden

    def _inputs(self, asked: Sequence[str], passages: Sequence[Evidence], room: _Room) -> list[_Input]:
        texts = [
            text
            for question, one in zip(asked, passages, strict=True)
            for text in map(self._plain, (question, one.header, *one.sentences))
        ]
        encoded = iter(self._tokenizer.encode_batch(texts, add_special_tokens=False))
        return [
            self._input(next(encoded), next(encoded), [next(encoded) for _ in one.sentences], room) for one in passages
        ]

    def _input(self, asked: Encoding, header: Encoding, sentences: Sequence[Encoding], room: _Room) -> _Input:
        question = [self._begin, *asked.ids[: room.asked], self._end]
        ids = [*question, *header.ids[:_MOST_HEADER], self._end]
        spans = []
        for sentence in sentences:
            fits = sentence.ids[: room.whole - len(ids) - 1]
            spans.append((len(ids), len(ids) + len(fits)))
            ids += fits
        ids.append(self._end)
        return _Input(ids, len(question), spans)

    def _types(self, one: _Input) -> list[int]:
        return [0] * one.asked + [int(self._has_types)] * (len(one.ids) - one.asked)
