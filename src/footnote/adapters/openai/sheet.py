"""Candidate sentences as a model reads them: by article, in reading order, under keys of their own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from footnote.adapters.openai.tagged import as_json
from footnote.answering.subjects import context_of
from footnote.models import Article, Candidate, Sentence
from footnote.models.structure import Outline
from footnote.ports import DraftClaim

WITHOUT_KEY = "-"
"""Replaces the key of a sentence that only says what the next one is about."""

SentencePlace = tuple[str, Sentence]


class Sheet:
    """The candidates of one question, which come best first.

    Articles stand in the order of their best sentence and sentences in that of the text; the keys S1, S2, S3 and so on
    follow that order, whatever the candidates' own keys are.
    """

    def __init__(self, candidates: Mapping[str, Candidate]) -> None:
        articles = list(dict.fromkeys(one.article.id for one in candidates.values()))
        self._ranked = list(candidates)
        self._ordered = sorted(
            candidates.items(), key=lambda item: (articles.index(item[1].article.id), item[1].sentence.start)
        )
        self._own_key = {f"S{number}": own for number, (own, _) in enumerate(self._ordered, 1)}
        self._candidates = candidates

    def __len__(self) -> int:
        return len(self._ranked)

    def lines(self, most: int) -> list[str]:
        """The best candidates, `most` of them; those left out leave gaps in the keys."""
        chosen = set(self._ranked[:most])
        keyed = zip(self._own_key, self._ordered, strict=True)
        shown = [(key, candidate) for key, (own, candidate) in keyed if own in chosen]
        places = {_place(candidate) for _, candidate in shown}
        return [
            line
            for _, group in groupby(shown, key=lambda pair: pair[1].article.id)
            for line in _article(list(group), places)
        ]

    def says(self, words: str, keys: Iterable[str]) -> bool:
        """Whether the words stand in one of the sentences with these keys."""
        sentences = (self._candidates[self._own_key[key]].quote for key in keys if key in self._own_key)
        return any(words in " ".join(sentence.split()) for sentence in sentences)

    def with_own_keys(self, claim: DraftClaim) -> DraftClaim:
        """The claim under the candidates' own keys; without those that stand for none."""
        return replace(claim, keys=tuple(self._own_key[key] for key in claim.keys if key in self._own_key))


def _article(shown: list[tuple[str, Candidate]], places: set[SentencePlace]) -> Iterator[str]:
    article = shown[0][1].article
    outline = Outline(article.text)
    yield as_json(_about(article))
    above: tuple[str, ...] = ()
    for key, candidate in shown:
        headings = outline.at(candidate.sentence.start)
        if headings != above:
            above = headings
            yield as_json({"heading": " › ".join(headings)})
        for before in context_of(candidate):
            if (article.id, before) not in places:
                yield _sentence(WITHOUT_KEY, article, before)
        yield _sentence(key, article, candidate.sentence)


def _about(article: Article) -> dict[str, str]:
    day = article.published
    about = {
        "article": article.title,
        "source": article.source,
        "date": f"{day:%A}, {day.day} {day:%B} {day.year}" if day else None,
    }
    return {name: value for name, value in about.items() if value}


def _sentence(key: str, article: Article, sentence: Sentence) -> str:
    return f"{key}: {as_json(article.text[sentence.start : sentence.end])}"


def _place(candidate: Candidate) -> SentencePlace:
    return candidate.article.id, candidate.sentence
