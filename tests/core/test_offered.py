"""Which sentences an answerer is offered beside the best ones."""

from __future__ import annotations

from footnote.answering.candidates import offered
from footnote.models import Article, Candidate, Passage, Reading
from footnote.text.sentences import split_sentences

TEXT = (
    "The pool will close on 1 May. It was opened in 1962. Visitors pay 4 euros. Children pay 2 euros."
    " It has three pools. Two of them are heated. The heating was renewed. It runs on wood. Wood comes from the valley."
    " After protests the council dropped the plan."
)


def read(*scores: float) -> Reading:
    sentences = split_sentences(TEXT)
    passage = Passage(Article("pool.md", "The pool", TEXT), sentences)
    found = [Candidate(passage, sentence, score) for sentence, score in zip(sentences, scores, strict=True)]
    return Reading(tuple(sorted(found, key=lambda one: -one.score)), 0.9)


def test_a_plan_brings_the_sentence_that_drops_it() -> None:
    candidates = offered(read(8, 7, 6.9, 6.8, 6.7, 6.6, 6.5, 6.4, 6.3, -3))
    assert [one.quote for one in candidates.values()][:2] == [
        "The pool will close on 1 May.",
        "After protests the council dropped the plan.",
    ]


def test_a_plan_that_is_not_the_best_sentence_brings_none() -> None:
    candidates = offered(read(6, 8, 7.9, 7.8, 7.7, 7.6, 7.5, 7.4, 7.3, -3))
    assert "After protests the council dropped the plan." not in {one.quote for one in candidates.values()}
