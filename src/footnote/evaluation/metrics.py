"""Figures over many answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from footnote.evaluation.gold import GoldQuestion, holds, is_gold
from footnote.models import Abstention, Answer, AnswererName, Article, Citation, Fate


@dataclass(frozen=True, slots=True)
class Score:
    """The figures for the outcome of one question.

    `ranks` has, for each gold sentence, the ranks (from 0) of the passages that contain it; `cited_gold` says for each
    cited sentence of an answer whether it is gold. `exact` of the `citations` are in their articles byte for byte;
    those of an abstention, its nearest sentences, are counted too. `answerer` made the outcome, and each check named in
    `dropped` dropped one claim of its draft. `note`: the note below it about how it was made.
    """

    is_answerable: bool
    is_answered: bool
    confidence: float
    ranks: tuple[tuple[int, ...], ...]
    cited_gold: tuple[bool, ...]
    citations: int
    exact: int
    answerer: str = ""
    dropped: tuple[str, ...] = ()
    note: str | None = None

    @property
    def has_gold(self) -> bool:
        """Whether it is known which sentences answer the question."""
        return self.is_answerable and bool(self.ranks)


@dataclass(frozen=True, slots=True)
class Quality:
    """Of the answers of one answerer: how many of those to answerable questions cite a gold sentence, which share of
    their cited sentences is gold, and how many answer what is unanswerable.
    """

    cites_gold: float | None
    precision: float | None
    to_unanswerable: int


@dataclass(frozen=True, slots=True)
class AnswerQuality:
    """Shares from 0 to 1, and counts; None where there is nothing to divide by.

    Of the answerable questions: `any4` and `any10`, at least one gold sentence in the first passages; `share10`, the
    share of gold sentences in the first ten; `answered`; `cites_gold`, the answer cites at least one. `precision`: the
    share of cited sentences that are gold, in answers to answerable questions. `abstained`: the share of abstentions
    among the unanswerable ones. `auc`: the chance that an answerable question has a higher confidence than an
    unanswerable one. `answerers`: how many answers each has made, and `quality` how good these are; source sentences
    that replace a model's answer do not count as the model's. `notes`: how often each note was given. `dropped`: how
    many drafted claims each check has dropped.
    """

    questions: int
    answerable: int
    any4: float | None
    any10: float | None
    share10: float | None
    answered: float | None
    cites_gold: float | None
    precision: float | None
    abstained: float | None
    auc: float | None
    citations: int
    exact: int
    answerers: Mapping[str, int] = field(default_factory=dict)
    quality: Mapping[str, Quality] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)


def score(question: GoldQuestion, outcome: Answer | Abstention, *, exact: int) -> Score:
    """`exact`: how many of the outcome's citations are, see `is_exact`."""
    is_answered = isinstance(outcome, Answer)
    hits = outcome.receipt.hits
    return Score(
        is_answerable=question.is_answerable,
        is_answered=is_answered,
        confidence=outcome.confidence,
        ranks=tuple(tuple(rank for rank, hit in enumerate(hits) if holds(hit, one)) for one in question.gold),
        cited_gold=tuple(is_gold(one.article_id, one.quote, question.gold) for one in outcome.citations if is_answered),
        citations=len(outcome.citations),
        exact=exact,
        answerer=made_by(outcome),
        dropped=tuple(one.failed or "" for one in outcome.receipt.checked if one.fate is Fate.DROPPED),
        note=outcome.note,
    )


def made_by(outcome: Answer | Abstention) -> str:
    """The answerer, and the language model if it wrote what is shown."""
    receipt = outcome.receipt
    is_written = receipt.answerer == AnswererName.OPENAI and receipt.model
    return f"{receipt.answerer} ({receipt.model})" if is_written else receipt.answerer


def is_exact(citation: Citation, article: Article | None) -> bool:
    """Whether the quote is where the citation says, in the article version that it names."""
    return (
        article is not None
        and article.version == citation.version
        and article.text[citation.start : citation.end] == citation.quote
    )


def metrics_of(scores: Sequence[Score]) -> AnswerQuality:
    answerable = [one for one in scores if one.is_answerable]
    with_gold = [one for one in answerable if one.has_gold]
    return AnswerQuality(
        questions=len(scores),
        answerable=len(answerable),
        any4=_share(_is_found(one, 4) for one in with_gold),
        any10=_share(_is_found(one, 10) for one in with_gold),
        share10=_share(mean(any(rank < 10 for rank in ranks) for ranks in one.ranks) for one in with_gold),
        answered=_share(one.is_answered for one in answerable),
        cites_gold=_share(any(one.cited_gold) for one in with_gold),
        precision=_share(mean(one.cited_gold) for one in with_gold if one.cited_gold),
        abstained=_share(not one.is_answered for one in scores if not one.is_answerable),
        auc=area_under_curve([(one.confidence, one.is_answerable) for one in scores]),
        citations=sum(one.citations for one in scores),
        exact=sum(one.exact for one in scores),
        answerers=_counted(one.answerer for one in scores if one.is_answered),
        quality=_by_answerer([one for one in scores if one.is_answered]),
        notes=_counted(one.note for one in scores if one.note),
        dropped=_counted(name for one in scores for name in one.dropped),
    )


def area_under_curve(scores: Sequence[tuple[float, bool]]) -> float | None:
    """Chance that a positive case scores higher than a negative one (ties count half); None without both."""
    yes = [value for value, is_positive in scores if is_positive]
    no = [value for value, is_positive in scores if not is_positive]
    if not yes or not no:
        return None
    return mean((one > other) + (one == other) / 2 for one in yes for other in no)


def _by_answerer(answered: Sequence[Score]) -> dict[str, Quality]:
    by_name = {
        name: [one for one in answered if one.answerer == name] for name in _counted(one.answerer for one in answered)
    }
    return {
        name: Quality(
            cites_gold=_share(any(one.cited_gold) for one in made if one.has_gold),
            precision=_share(mean(one.cited_gold) for one in made if one.has_gold and one.cited_gold),
            to_unanswerable=sum(not one.is_answerable for one in made),
        )
        for name, made in by_name.items()
    }


def _is_found(one: Score, first: int) -> bool:
    return any(rank < first for ranks in one.ranks for rank in ranks)


def _counted(names: Iterable[str]) -> dict[str, int]:
    """Each with its count, the most frequent first."""
    return dict(Counter(names).most_common())


def _share(values: Iterable[float]) -> float | None:
    counted = [float(value) for value in values]
    return mean(counted) if counted else None
