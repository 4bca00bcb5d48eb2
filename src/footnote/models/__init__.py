"""The values that pass through Footnote, all frozen.

Everywhere: `article.text[x.start:x.end]` is the text of x, in Python characters (Unicode code points).
"""

from footnote.models.answers import (
    NO_ANSWER,
    Abstention,
    Answer,
    AnswererName,
    CheckedClaim,
    Citation,
    CitationStatus,
    Claim,
    Fate,
    Receipt,
    citations_of,
)
from footnote.models.articles import (
    LONGEST_FIELD,
    LONGEST_URL,
    Article,
    Passage,
    Sentence,
    attached_id,
    is_attached,
)
from footnote.models.hits import (
    Candidate,
    Entailment,
    Evidence,
    Hit,
    PassageScores,
    Reading,
    Signals,
    best_by_part,
)

__all__ = [
    "LONGEST_FIELD",
    "LONGEST_URL",
    "NO_ANSWER",
    "Abstention",
    "Answer",
    "AnswererName",
    "Article",
    "Candidate",
    "CheckedClaim",
    "Citation",
    "CitationStatus",
    "Claim",
    "Entailment",
    "Evidence",
    "Fate",
    "Hit",
    "Passage",
    "PassageScores",
    "Reading",
    "Receipt",
    "Sentence",
    "Signals",
    "attached_id",
    "best_by_part",
    "citations_of",
    "is_attached",
]
