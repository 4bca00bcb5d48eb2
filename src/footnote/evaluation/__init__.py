"""How good answers are, compared with the gold sentences of a set or with moderators' decisions."""

from footnote.evaluation.gold import Gold, GoldQuestion, holds, is_gold, squeeze
from footnote.evaluation.metrics import (
    AnswerQuality,
    Quality,
    Score,
    area_under_curve,
    is_exact,
    made_by,
    metrics_of,
    score,
)
from footnote.evaluation.regressions import DecisionOutcome, Quoted, Regression, held

__all__ = [
    "AnswerQuality",
    "DecisionOutcome",
    "Gold",
    "GoldQuestion",
    "Quality",
    "Quoted",
    "Regression",
    "Score",
    "area_under_curve",
    "held",
    "holds",
    "is_exact",
    "is_gold",
    "made_by",
    "metrics_of",
    "score",
    "squeeze",
]
