"""Whether two questions ask the same, so that an approved answer may be reused, or they are counted together."""

from footnote.review.question_matching.guards import are_alike, asks_the_same
from footnote.review.question_matching.known import SAME_FROM, Known, KnownQuestions, QuestionEmbedder

__all__ = ["SAME_FROM", "Known", "KnownQuestions", "QuestionEmbedder", "are_alike", "asks_the_same"]
